"""One charge at the reader, from the hand-over of its intent to a final state.

The intent is the guard: it is paid once, however often it is handed over, and nothing can pay it once it is cancelled.

Source: docs.stripe.com/terminal/payments/collect-card-payment (server-driven), "Verify the reader state", "Handle
errors": a reader time-out may be wrong; after `connection_error` the intent decides; no cancelling while a card is
authorised; the action of a reader that lost its connection may stay in progress.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from kiosk.connectors.payments.port import (
    Charge,
    TerminalBusyError,
    TerminalLostError,
    TerminalReply,
    TerminalStatus,
)
from kiosk.connectors.payments.stripe_terminal.api import Found
from kiosk.connectors.payments.stripe_terminal.failures import (
    NOT_DONE,
    PERMANENT,
    FailureKind,
    StripeFailure,
    short_code,
)
from kiosk.connectors.payments.stripe_terminal.replies import OPEN, reply_of_intent, status_of
from kiosk.connectors.payments.stripe_terminal.session import Session, lost

MAX_HAND_OVERS = 3
_MAYBE_DONE = ("terminal_reader_timeout",)
_CANCELLED_THERE = ("customer_canceled", "canceled")


class Presentation:
    """Presents one charge; used by one thread."""

    def __init__(self, session: Session, charge: Charge, intent_id: str) -> None:
        self._session, self._api, self._waits = session, session.api, session.waits
        self._key, self._intent_id = charge.key, intent_id

    def at_reader(self, on_taken_up: Callable[[], None], wait_s: float) -> TerminalReply:
        """The final reply; PENDING if a card is still being authorised after that time and some more."""
        end_s = self._session.until(wait_s)
        found = self._hand_over()
        if found is not None:
            return found
        on_taken_up()
        return self._followed(end_s)

    def _hand_over(self) -> TerminalReply | None:
        """Gives the intent to the reader. None once the reader has it; the reply if it is final already.

        Raises TerminalBusyError, with the intent cancelled; TerminalLostError.
        """
        why = "offline"
        for _ in range(MAX_HAND_OVERS):
            reader = self._looked()
            action = self._session.action_of(reader, self._intent_id)
            if action is not None and (found := self._after(action)) is not None:
                return found
            if action is not None:
                return None
            if (reader.get("action") or {}).get("status") == "in_progress":
                why = "busy"
                break
            try:
                self._session.process(self._intent_id, self._key, self._call_until())
                return None
            except StripeFailure as failure:
                why = failure.why
                if failure.kind in NOT_DONE and failure.code not in _MAYBE_DONE:
                    break
                self._session.pause(self._waits.poll_s)
        return self._not_handed_over(why)

    def _not_handed_over(self, why: str) -> TerminalReply:
        intent = self._ended("abandoned")
        reply = reply_of_intent(intent)
        if reply.status is TerminalStatus.CANCELLED and why != "intent-invalid-state":
            raise TerminalBusyError(f"the reader did not take the charge: {why}", why)
        if reply.status is TerminalStatus.PENDING:
            return self._followed(self._session.until(0))
        return reply

    def _followed(self, end_s: float) -> TerminalReply:
        """Looks at the reader until the charge has ended; after `end_s` it is stopped."""
        give_up_s = end_s + self._waits.authorise_s
        while True:
            reader = self._looked()
            action = self._session.action_of(reader, self._intent_id)
            found = self._settled("requested_by_customer") if action is None else self._after(action)
            if found is not None:
                return found
            now_s = time.monotonic()
            if now_s > give_up_s:
                return TerminalReply(TerminalStatus.PENDING, taken_up=True)
            if now_s > end_s and (found := self._settled("abandoned")) is not None:
                return found
            left_s = end_s - now_s
            self._session.pause(min(self._waits.poll_s, left_s) if left_s > 0 else self._waits.poll_s)

    def _after(self, action: Found) -> TerminalReply | None:
        """The reply if the reader's action about this charge has ended."""
        if action.get("status") == "in_progress":
            return None
        if action.get("status") == "succeeded":
            intent = self._looked_at_intent()
            return None if status_of(intent) == "processing" else reply_of_intent(intent)
        code = (action.get("api_error") or {}).get("code") or action.get("failure_code")
        by_hand = code in _CANCELLED_THERE
        return self._settled("requested_by_customer" if by_hand else "abandoned", _why_ended(action))

    def _settled(self, reason: str, why: str = "") -> TerminalReply | None:
        """Ends the charge unless it is approved; None while a card is being authorised."""
        intent = self._ended(reason)
        if status_of(intent) in OPEN or status_of(intent) == "processing":
            return None
        return reply_of_intent(intent, why)

    def _ended(self, reason: str) -> Found:
        return self._patiently(
            lambda: self._session.end(self._intent_id, self._key, self._call_until(), reason)
        )

    def _looked(self) -> Found:
        return self._patiently(lambda: self._api.reader(self._call_until()))

    def _looked_at_intent(self) -> Found:
        return self._patiently(lambda: self._api.intent(self._intent_id, self._call_until()))

    def _patiently(self, look: Callable[[], Found]) -> Found:
        """Repeats a look that fails, for as long as an outage is borne. Raises TerminalLostError."""
        end_s = self._session.until(self._waits.outage_s)
        wait_s = self._waits.poll_s
        while True:
            try:
                return look()
            except StripeFailure as failure:
                if failure.kind in PERMANENT or time.monotonic() + wait_s > end_s:
                    raise lost(failure) from None
                if failure.kind is FailureKind.RATE:
                    wait_s = min(2 * wait_s, 5.0)
            self._session.pause(wait_s)

    def _call_until(self) -> float:
        return self._session.until(self._waits.call_s)


def _why_ended(action: Found) -> str:
    """Code of a failed action where the card was not refused: the reader's fault, or the shopper pressed cancel."""
    error = action.get("api_error")
    code = error.get("code") if isinstance(error, dict) else action.get("failure_code")
    if code in _CANCELLED_THERE or not code:
        return ""
    return short_code(code)


def stored(
    session: Session, charge: Charge, intent_id: str, on_taken_up: Callable[[], None]
) -> TerminalReply:
    """Confirms an intent that was created with a customer's stored card; she is not asked.

    Source: docs.stripe.com/payments/save-and-reuse, off-session payments.
    """
    presentation = Presentation(session, charge, intent_id)
    until_s = session.until(session.waits.follow_up_s)
    on_taken_up()
    try:
        intent = session.api.confirm_intent(intent_id, charge.key, until_s)
        if status_of(intent) not in OPEN:
            return reply_of_intent(intent)
    except StripeFailure as failure:
        if failure.kind is FailureKind.CONFLICT:
            raise lost(failure) from None
    found = presentation._settled("abandoned")
    if found is None:
        raise TerminalLostError("the stored card is still being charged")
    return found
