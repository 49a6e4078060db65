"""Collects an order's total, once whatever fails: key to the journal, then to the terminal, then ask until known.

The one rule: after the key is written, nothing but the terminal's own word ends an attempt; where it stays mute, an
associate's who has looked at it. Each attempt has a thread that waits for the terminal; every change is made under the
writer's lock, journalled, and only then told.
"""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from threading import Event, Thread, current_thread
from typing import Any

from sqlalchemy.exc import SQLAlchemyError

from kiosk.clock import US
from kiosk.connectors.payments.port import (
    Charge,
    PaymentTerminal,
    TerminalLostError,
    TerminalReply,
    TerminalStatus,
    new_key,
)
from kiosk.core.domain.ids import OrderId
from kiosk.core.domain.payment import (
    AnswerLost,
    Approved,
    Attempt,
    Cancelled,
    NeverArrived,
    Order,
    PaymentMeans,
    PaymentState,
    Refused,
    Sent,
    StillUnknown,
    TerminalEvent,
    attempt_after,
    on_restart,
)
from kiosk.store.errors import MissingError, RefusedError
from kiosk.store.payments.order_book import OrderBook
from kiosk.store.settings import Timeouts

log = logging.getLogger(__name__)
MAX_BACKOFF = 60
"""The wait between two questions grows up to so many times the first."""
Moved = Callable[[Attempt], None]
Paid = Callable[[Attempt], None]


class PaymentCollector:
    """Attempts under way. `terminal_of` names an order's terminal; `moved` is told of every change, after the journal.

    `paid` is called instead of writing an approval: it journals approval and receipt together.
    """

    def __init__(
        self, book: OrderBook, terminals: Mapping[str, PaymentTerminal], terminal_of: Callable[[Order], str],
        writer: AbstractContextManager[Any], now_us: Callable[[], int], moved: Moved, paid: Paid, timeouts: Timeouts,
    ) -> None:  # fmt: skip
        self._book, self._terminals, self._terminal_of = book, terminals, terminal_of
        self._writer, self._now, self._moved, self._paid = writer, now_us, moved, paid
        self._card_s, self._ask_s = timeouts.card_us / US, timeouts.ask_us / US
        self._threads: set[Thread] = set()
        self._busy: dict[str, str] = {}
        self._stop = Event()

    def collect(
        self, order: Order, means: PaymentMeans, number: int, stored: str = "", why_not: str = "", terminal: str = "",
        *, spender: str = "",
    ) -> Attempt:  # fmt: skip
        """Starts an attempt, or tells how the one of that number stands. `why_not` ends it at once, unsent; `terminal`
        names one other than the room's; `spender` is whose limit it counts against."""
        with self._writer:
            known = self._book.numbered(order.order_id, number)
            if known is not None:
                return known
            running = self._unfinished(order.order_id)
            if running is not None:
                return running
            attempt = Attempt(new_key(), order.order_id, means, order.total, changed_us=self._now())
            self._book.put_key(attempt, number, terminal, spender)
            terminal = terminal or self._terminal_of(order)
            why = why_not or self._not_free(terminal, means)
            if why:
                return self._apply(attempt, Refused(self._now(), why))
            if means is PaymentMeans.TERMINAL:
                self._busy[terminal] = attempt.key
            # What is on file is charged only where that was chosen, however fresh the proof is.
            chosen = stored if means is PaymentMeans.STORED else ""
            self._start(attempt, terminal, Charge(attempt.key, attempt.amount, chosen))
            return attempt

    def drop(self, order_id: OrderId) -> Attempt | None:
        """Asks the terminal to stop waiting; the attempt may still end paid. None where nothing was tried."""
        attempts = self._book.attempts(order_id)
        if not attempts:
            return None
        last = attempts[-1]
        if not last.state.is_final:
            self._thread(self._cancel, last, self.terminal_for(last))
        return last

    def terminal_for(self, attempt: Attempt) -> str:
        """The terminal that an attempt was, or would be, sent to."""
        order = self._book.order(attempt.order_id)
        return self._book.terminal(attempt.key) or (self._terminal_of(order) if order else "")

    def ask(self, key: str) -> Attempt:
        """Asks the terminal once more what became of an attempt. Errors: MissingError."""
        return self._ask_again(key)[0]

    def settle(self, key: str, by: str, *, paid: bool, reference: str) -> Attempt:
        """An associate's word on a parked attempt; the terminal is asked first, and what it says goes before it.

        Errors: MissingError; RefusedError where it is not parked, or the terminal still works on it.
        """
        attempt = self._known(key)
        if attempt.state is not PaymentState.PARKED:
            raise RefusedError(f"this payment is {attempt.state.value}; there is nothing to settle")
        attempt, answer = self._ask_again(key)
        if attempt.state.is_final:
            return attempt
        if answer is not None:
            raise RefusedError("the terminal still works on it; ask it again in a moment")
        log.warning("payment %s is settled by %s: %s", key, by, "paid" if paid else "not paid")
        with self._writer:
            self._book.put_word(attempt, by, self._now(), paid=paid)
            return self._news(key, Approved(self._now(), reference) if paid else Cancelled(self._now()))

    def _ask_again(self, key: str) -> tuple[Attempt, TerminalReply | None]:
        attempt = self._known(key)
        if attempt.state.is_final:
            return attempt, None
        answer = self._answer(key, self.terminal_for(attempt))
        return self._news(key, _heard_from(answer, self._now())), answer

    def _known(self, key: str) -> Attempt:
        attempt = self._book.attempt(key)
        if attempt is None:
            raise MissingError("there is no such payment")
        return attempt

    def resume(self) -> int:
        """After a start: whatever was keyed may have been sent, so it is asked for. How many there were."""
        with self._writer:
            unfinished = self._book.unfinished()
            for attempt in unfinished:
                after = on_restart(attempt)
                if after != attempt:
                    self._book.put_attempt(after)
                self._thread(self._resolve, after, self.terminal_for(after))
        return len(unfinished)

    def close(self) -> None:
        """Stops waiting; what is not known stays in the journal for the next start."""
        self._stop.set()
        for terminal in self._terminals.values():
            terminal.close()
        for thread in list(self._threads):
            thread.join(10.0)

    def _unfinished(self, order_id: OrderId) -> Attempt | None:
        return next((a for a in self._book.attempts(order_id) if not a.state.is_final), None)

    def _not_free(self, terminal: str, means: PaymentMeans) -> str:
        if terminal not in self._terminals:
            return "no-terminal"
        return "busy" if means is PaymentMeans.TERMINAL and terminal in self._busy else ""

    def _start(self, attempt: Attempt, terminal: str, charge: Charge) -> None:
        self._thread(self._collect, attempt, terminal, charge)

    def _thread(self, work: Callable[..., None], attempt: Attempt, *rest: object) -> None:
        thread = Thread(
            target=self._run, args=(work, attempt, *rest), name=f"payment-{attempt.key}", daemon=True
        )
        self._threads.add(thread)
        thread.start()

    def _run(self, work: Callable[..., None], attempt: Attempt, *rest: Any) -> None:
        try:
            work(attempt, *rest)
        except (sqlite3.Error, SQLAlchemyError) as error:
            # What the terminal said may be lost with it, so the terminal is asked again once writing works.
            log.error("payment %s cannot be written (%s); it is asked for again", attempt.key, error)
            if not self._stop.wait(MAX_BACKOFF * self._ask_s):
                self._thread(self._resolve, attempt, rest[0])
        finally:
            self._threads.discard(current_thread())

    def _collect(self, _attempt: Attempt, terminal: str, charge: Charge) -> None:
        def taken() -> None:
            self._news(charge.key, Sent(self._now()))

        try:
            answer = self._terminals[terminal].collect(charge, taken, self._card_s)
        except TerminalLostError as lost:
            if self._stop.is_set():
                return
            log.warning("payment %s: %s; it is asked for until it is known", charge.key, lost)
            self._resolve(self._news(charge.key, AnswerLost(self._now())), terminal)
        else:
            self._news(charge.key, _news_of(answer, self._now()))
        finally:
            if self._busy.get(terminal) == charge.key:
                del self._busy[terminal]

    def _resolve(self, attempt: Attempt, terminal: str) -> None:
        wait_s = self._ask_s
        while not attempt.state.is_final:
            if self._stop.wait(wait_s):
                return
            wait_s = min(2 * wait_s, MAX_BACKOFF * self._ask_s)
            attempt = self._news(attempt.key, self._asked(attempt.key, terminal))
            if attempt.state is PaymentState.PARKED:
                log.warning(
                    "payment %s is parked after %d questions: a person must settle it",
                    attempt.key,
                    attempt.asked,
                )
                return
        log.info("payment %s is resolved: %s", attempt.key, attempt.state.value)

    def _asked(self, key: str, terminal: str) -> TerminalEvent:
        return _heard_from(self._answer(key, terminal), self._now())

    def _answer(self, key: str, terminal: str) -> TerminalReply | None:
        """What the terminal says of a key; None where it says nothing."""
        driver = self._terminals.get(terminal)
        try:
            return driver.ask(key) if driver else None
        except TerminalLostError:
            return None

    def _cancel(self, attempt: Attempt, terminal: str) -> None:
        try:
            self._terminals[terminal].cancel(attempt.key)
        except (TerminalLostError, KeyError) as lost:
            log.info("payment %s could not be cancelled: %s", attempt.key, lost)

    def _news(self, key: str, news: TerminalEvent) -> Attempt:
        with self._writer:
            return self._apply(self._known(key), news)

    def _apply(self, attempt: Attempt, news: TerminalEvent) -> Attempt:
        after = attempt_after(attempt, news)
        if after == attempt:
            return attempt
        if after.state is PaymentState.PAID:
            self._paid(after)
        else:
            self._book.put_attempt(after)
        if (after.state, after.why) != (attempt.state, attempt.why):
            self._moved(after)
        return after


def _heard_from(answer: TerminalReply | None, now_us: int) -> TerminalEvent:
    return StillUnknown(now_us) if answer is None else _news_of(answer, now_us)


def _news_of(answer: TerminalReply, now_us: int) -> TerminalEvent:
    match answer.status:
        case TerminalStatus.APPROVED:
            return Approved(now_us, answer.reference)
        case TerminalStatus.REFUSED:
            return Refused(now_us, answer.why)
        case TerminalStatus.CANCELLED:
            return Cancelled(now_us)
        case TerminalStatus.NEVER_ARRIVED:
            return NeverArrived(now_us)
        case TerminalStatus.PENDING:
            return StillUnknown(now_us)
