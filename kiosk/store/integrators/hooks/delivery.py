"""Delivers events to one receiver: in order, each until it is taken or given up; at least once, with the same id.

The next event waits for the one before it. What is given up is a dead letter, with the reason, and may be sent again. A
receiver that answers 410 gets nothing more until somebody has them sent again. New events do not wait for dead letters
that are sent again: a receiver may fail with one of those only.
"""

from __future__ import annotations

import json
import logging
import random
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final, Protocol

from sqlalchemy.exc import SQLAlchemyError

from kiosk.clock import US, Clocks
from kiosk.connectors.web_hooks.https_hook import (
    HookLostError,
    HookRefusedError,
    HookRejectedError,
)
from kiosk.store.errors import NotFoundError
from kiosk.store.event_log.errors import EventsGoneError
from kiosk.store.event_log.events import EventKind, LoggedEvent
from kiosk.store.event_log.feed import EventFeed
from kiosk.store.event_log.positions import OLDEST, Position
from kiosk.store.integrators.digital_link import DigitalLinks
from kiosk.store.integrators.event_forms import event_json
from kiosk.store.integrators.hooks.hook_rows import MAX_WHY, DeadLetter, HookRows, HookState
from kiosk.store.integrators.hooks.retries import Failure, is_given_up, wait_s

log = logging.getLogger(__name__)
PAGE: Final = 100


class Receiver(Protocol):
    """What is called; `HttpsHook` in a store."""

    def send(self, body: bytes, message_id: str) -> None:
        """Raises HookLostError, HookRefusedError."""
        ...


@dataclass(frozen=True, slots=True)
class HookSource:
    """What all deliveries read."""

    feed: EventFeed
    rows: HookRows
    links: DigitalLinks
    clocks: Clocks


class Delivery:
    """Deliveries to one receiver; `deliver` is called by one thread. `stopping`: whether it should return soon."""

    def __init__(
        self, name: str, receiver: Receiver, kinds: frozenset[EventKind], source: HookSource,
        stopping: Callable[[], bool] = lambda: False, jitter: Callable[[], float] = random.random,
    ) -> None:  # fmt: skip
        self.name = name
        self._receiver, self._kinds, self._source, self._stopping, self._jitter = (
            receiver, kinds, source, stopping, jitter,
        )  # fmt: skip
        self._due_us = self._again_due_us = self._tries_again = 0
        self._rejected_seq = self._rejections = 0

    def wake(self) -> None:
        """The next call of `deliver` tries at once, whatever the back-off says."""
        self._due_us = self._again_due_us = self._tries_again = 0

    def deliver(self) -> float | None:
        """Sends what is due; 0 if there may be more. While the database does not answer nothing is sent."""
        now_us = self._source.clocks.steady_us()
        if now_us < self._due_us:
            return None
        try:
            moved = self._deliver_page() or (
                self._due_us == 0 and now_us >= self._again_due_us and self._send_dead_letter()
            )
        except EventsGoneError:
            return None  # deleted just now: the next call moves on over them
        except SQLAlchemyError as error:
            log.info("web hook %s waits for the database (%s)", self.name, type(error).__name__)
            return None
        return 0.0 if moved else None

    def _deliver_page(self) -> bool:
        """Sends the next events; False if there is none, or if one was not taken."""
        self._due_us = 0
        state = self._present()
        if state.gone:
            return False
        page = self._source.feed.page(Position(state.stream_id, state.seq), self._kinds, PAGE)
        for event in page.events:
            if self._stopping():
                return False
            after = self._send(state, event)
            self._source.rows.save(after.state, after.dead)
            state = after.state
            if state.seq != event.seq:
                return False
        if state.seq != page.seq:
            self._source.rows.save(replace(state, seq=page.seq))
        return bool(page.events)

    def _present(self) -> HookState:
        """How far the receiver has come, moved on over what is not kept any more; a new one begins with the newest."""
        rows = self._source.rows
        try:
            state = rows.state(self.name)
        except NotFoundError:
            rows.begin(self.name, self._source.feed.newest)
            state = rows.state(self.name)
        try:
            self._source.feed.position(str(Position(state.stream_id, state.seq)))
        except EventsGoneError:
            oldest = self._source.feed.position(OLDEST)
            missed = max(oldest.seq - state.seq, 1)
            log.warning("web hook %s: %d events were deleted before they could be sent", self.name, missed)
            state = HookState(
                self.name, oldest.stream_id, oldest.seq, missed=state.missed + missed, gone=state.gone
            )
            rows.save(state)
        return state

    def _send(self, state: HookState, event: LoggedEvent) -> _Sent:
        body = json.dumps(event_json(event, state.stream_id, self._source.links), ensure_ascii=False)
        try:
            self._receiver.send(body.encode(), event.event_id)
        except HookRefusedError as error:
            log.warning("web hook %s is gone (%s); nothing more is sent to it", self.name, error)
            return _Sent(replace(state, tries=state.tries + 1, why=str(error)[:MAX_WHY], gone=True))
        except HookLostError as error:
            return self._not_taken(state, event, body, error)
        return _Sent(replace(state, seq=event.seq, tries=0, why=""))

    def _not_taken(self, state: HookState, event: LoggedEvent, body: str, error: HookLostError) -> _Sent:
        tries, why = state.tries + 1, str(error)[:MAX_WHY]
        failure, failed = Failure.LOST, tries
        if isinstance(error, HookRejectedError):
            failure, failed = Failure.REJECTED, self._rejected(event)
        if not is_given_up(failed, failure):
            if state.tries == 0:
                log.warning("web hook %s: not delivered (%s), tried again", self.name, why)
            self._due_us = self._after(failed)
            return _Sent(replace(state, tries=tries, why=why))
        log.warning("web hook %s: an event is given up after %d tries (%s)", self.name, tries, why)
        dead = DeadLetter(
            self.name,
            event.event_id,
            event.seq,
            event.event.kind.value,
            body,
            why,
            self._source.clocks.now_us(),
        )
        return _Sent(replace(state, seq=event.seq, tries=0, why=""), dead)

    def _rejected(self, event: LoggedEvent) -> int:
        """How often the event was rejected since the store's start; tries while the receiver was away do not count."""
        if self._rejected_seq != event.seq:
            self._rejected_seq, self._rejections = event.seq, 0
        self._rejections += 1
        return self._rejections

    def _send_dead_letter(self) -> bool:
        """Sends one dead letter that is to be sent again; False if there is none, or if the receiver is away."""
        letter = self._source.rows.next_again(self.name)
        if letter is None:
            return False
        try:
            self._receiver.send(letter.body.encode(), letter.event_id)
        except (HookRejectedError, HookRefusedError) as error:
            self._source.rows.still_dead(letter, str(error))
        except HookLostError as error:
            self._tries_again += 1
            if not is_given_up(self._tries_again, Failure.LOST):
                self._again_due_us = self._after(self._tries_again)
                return False
            self._source.rows.still_dead(letter, str(error))
        else:
            self._source.rows.delivered(letter)
        self._tries_again = 0
        return True

    def _after(self, tries: int) -> int:
        """When the next try is due."""
        return self._source.clocks.steady_us() + int(wait_s(tries, self._jitter()) * US)


@dataclass(frozen=True, slots=True)
class _Sent:
    """What is known after a try."""

    state: HookState
    dead: DeadLetter | None = None
