"""What the parts of the driver share: the API, the waits, the end by `close`, the charges that are being presented."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Event, Lock

from kiosk.connectors.payments.port import TerminalLostError
from kiosk.connectors.payments.stripe_terminal.api import Found, StripeApi
from kiosk.connectors.payments.stripe_terminal.failures import FailureKind, StripeFailure
from kiosk.connectors.payments.stripe_terminal.replies import OPEN, status_of


@dataclass(frozen=True, slots=True)
class Waits:
    """Time limits in seconds. `poll_s`: between two looks at the reader; Stripe allows an account about 100 reads a
    second. `authorise_s`: for the issuer's answer after the card was read. `outage_s`: how long a look may fail before
    the answer counts as lost."""

    create_s: float = 14.0
    query_s: float = 4.8
    follow_up_s: float = 14.0
    call_s: float = 10.0
    poll_s: float = 0.75
    authorise_s: float = 45.0
    outage_s: float = 10.0


class Session:
    """State of one driver. Safe to use from any thread."""

    def __init__(self, api: StripeApi, reader_id: str, waits: Waits) -> None:
        self.api, self.reader_id, self.waits = api, reader_id, waits
        self._closed = Event()
        self._presented: dict[str, int] = {}
        self._lock, self._hand_over = Lock(), Lock()
        self._number = 0

    def until(self, seconds: float) -> float:
        """The end of a time that begins now (`time.monotonic`)."""
        return time.monotonic() + seconds

    def pause(self, seconds: float) -> None:
        """Waits. Raises TerminalLostError when the driver is closed."""
        if self._closed.wait(seconds):
            raise TerminalLostError("the driver is closed")

    def close(self) -> None:
        """Ends all waiting calls."""
        self._closed.set()
        self.api.connections.close()

    @contextmanager
    def presenting(self, key: str) -> Iterator[None]:
        """Meanwhile a query of that key ends nothing."""
        with self._lock:
            self._presented[key] = self._presented.get(key, 0) + 1
        try:
            yield
        finally:
            with self._lock:
                self._presented[key] -= 1
                if not self._presented[key]:
                    del self._presented[key]

    def is_presented(self, key: str) -> bool:
        """Whether a thread of this process presents that charge."""
        with self._lock:
            return key in self._presented

    def new_call(self, key: str, what: str) -> str:
        """An idempotency key of its own for a call that may be repeated, as the intent guards against doubles."""
        with self._lock:
            self._number += 1
            return f"{key}-{what}-{time.time_ns():x}-{self._number}"

    def action_of(self, reader: Found, intent_id: str) -> Found | None:
        """The reader's action if it is about that intent."""
        action = reader.get("action")
        if not isinstance(action, dict):
            return None
        about = action.get("process_payment_intent") or {}
        found = about.get("payment_intent")
        found_id = found.get("id") if isinstance(found, dict) else found
        return action if found_id == intent_id else None

    def is_waiting(self, reader: Found, intent_id: str) -> bool:
        """Whether the reader waits for a card, or works on one, for that intent."""
        action = self.action_of(reader, intent_id)
        return action is not None and action.get("status") == "in_progress"

    def end(self, intent_id: str, key: str, until_s: float, reason: str = "requested_by_customer") -> Found:
        """Stops the reader if it works on that intent, and cancels the intent if nothing was collected.

        Returns the intent as it is then: still open while a card is being authorised. Raises StripeFailure.

        The reader is stopped first, and nothing is handed over meanwhile: the cancelling of an intent would undo an
        authorisation that came between.
        """
        with self._alone(until_s):
            return self._ended(intent_id, key, until_s, reason)

    def process(self, intent_id: str, key: str, until_s: float) -> None:
        """Hands an intent to the reader. Raises StripeFailure."""
        with self._alone(until_s):
            self.api.process(intent_id, self.new_call(key, "process"), until_s)

    @contextmanager
    def _alone(self, until_s: float) -> Iterator[None]:
        if not self._hand_over.acquire(timeout=max(0.0, until_s - time.monotonic())):
            raise StripeFailure(FailureKind.CONFLICT)
        try:
            yield
        finally:
            self._hand_over.release()

    def _ended(self, intent_id: str, key: str, until_s: float, reason: str) -> Found:
        if self.is_waiting(self.api.reader(until_s), intent_id) and not self._stopped(key, until_s):
            return self.api.intent(intent_id, until_s)
        intent = self.api.intent(intent_id, until_s)
        if status_of(intent) not in OPEN:
            return intent
        try:
            return self.api.cancel_intent(intent_id, reason, key, until_s)
        except StripeFailure as failure:
            if failure.kind is not FailureKind.INVALID:
                raise
            return self.api.intent(intent_id, until_s)

    def _stopped(self, key: str, until_s: float) -> bool:
        """False while a card is being authorised; True also if the reader is offline: it can authorise nothing."""
        try:
            self.api.cancel_action(self.new_call(key, "stop"), until_s)
        except StripeFailure as failure:
            if failure.kind is FailureKind.INVALID:
                return failure.code != "terminal_reader_busy"
            raise
        return True


def lost(failure: StripeFailure) -> TerminalLostError:
    """What a failure is for the store while nothing is certain."""
    return TerminalLostError(str(failure))
