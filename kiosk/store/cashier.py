"""Collects an order's total, once whatever fails: key to the journal, then to the terminal, then ask until known.

The one rule: after the key is written, nothing but the terminal's own word ends an attempt. Each attempt has a thread
that waits for the terminal; every change is made under the writer's lock, journalled, and only then told.
"""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from threading import Event, Thread, current_thread
from typing import Any

from sqlalchemy.exc import SQLAlchemyError

from kiosk.connectors.payments.port import (
    Answer,
    Charge,
    PaymentTerminal,
    TerminalLostError,
    Verdict,
    new_key,
)
from kiosk.core.ids import OrderId
from kiosk.core.payment import (
    AnswerLost,
    Approved,
    Attempt,
    Cancelled,
    Means,
    NeverArrived,
    Order,
    PayNews,
    PayState,
    Refused,
    Sent,
    StillUnknown,
    heard,
    on_restart,
)
from kiosk.store.orders import OrderBook
from kiosk.store.settings import US, Patience

log = logging.getLogger(__name__)
SLOWEST = 60
"""The wait between two questions grows up to so many times the first."""
Moved = Callable[[Attempt], None]
Paid = Callable[[Attempt], None]


class Cashier:
    """Attempts under way. `terminal_of` names an order's terminal; `moved` is told of every change, after the journal.

    `paid` is called instead of writing an approval: it journals approval and receipt together.
    """

    def __init__(
        self, book: OrderBook, terminals: Mapping[str, PaymentTerminal], terminal_of: Callable[[Order], str],
        writer: AbstractContextManager[Any], now_us: Callable[[], int], moved: Moved, paid: Paid, patience: Patience,
    ) -> None:  # fmt: skip
        self._book, self._terminals, self._terminal_of = book, terminals, terminal_of
        self._writer, self._now, self._moved, self._paid = writer, now_us, moved, paid
        self._card_s, self._ask_s = patience.card_us / US, patience.ask_us / US
        self._threads: set[Thread] = set()
        self._busy: dict[str, str] = {}
        self._stop = Event()

    def collect(
        self, order: Order, means: Means, number: int, stored: str = "", why_not: str = ""
    ) -> Attempt:
        """Starts an attempt, or tells how the one of that number stands. `why_not` ends it at once, unsent."""
        with self._writer:
            known = self._book.numbered(order.order_id, number)
            if known is not None:
                return known
            running = self._unfinished(order.order_id)
            if running is not None:
                return running
            attempt = Attempt(new_key(), order.order_id, means, order.total, changed_us=self._now())
            self._book.put_key(attempt, number)
            terminal = self._terminal_of(order)
            why = why_not or self._not_free(terminal, means)
            if why:
                return self._apply(attempt, Refused(self._now(), why))
            if means is Means.TERMINAL:
                self._busy[terminal] = attempt.key
            # What is on file is charged only where that was chosen, however fresh the proof is.
            chosen = stored if means is Means.STORED else ""
            self._start(attempt, terminal, Charge(attempt.key, attempt.amount, chosen))
            return attempt

    def drop(self, order_id: OrderId) -> Attempt | None:
        """Asks the terminal to stop waiting; the attempt may still end paid. None where nothing was tried."""
        attempts = self._book.attempts(order_id)
        if not attempts:
            return None
        last = attempts[-1]
        order = self._book.order(order_id)
        if not last.state.final and order is not None:
            self._thread(self._cancel, last, self._terminal_of(order))
        return last

    def resume(self) -> int:
        """After a start: whatever was keyed may have been sent, so it is asked for. How many there were."""
        with self._writer:
            unfinished = self._book.unfinished()
            for attempt in unfinished:
                order = self._book.order(attempt.order_id)
                after = on_restart(attempt)
                if after != attempt:
                    self._book.put_attempt(after)
                if order is not None:
                    self._thread(self._resolve, after, self._terminal_of(order))
        return len(unfinished)

    def close(self) -> None:
        """Stops waiting; what is not known stays in the journal for the next start."""
        self._stop.set()
        for terminal in self._terminals.values():
            terminal.close()
        for thread in list(self._threads):
            thread.join(10.0)

    def _unfinished(self, order_id: OrderId) -> Attempt | None:
        return next((a for a in self._book.attempts(order_id) if not a.state.final), None)

    def _not_free(self, terminal: str, means: Means) -> str:
        if terminal not in self._terminals:
            return "no-terminal"
        return "busy" if means is Means.TERMINAL and terminal in self._busy else ""

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
            if not self._stop.wait(SLOWEST * self._ask_s):
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
        while not attempt.state.final:
            if self._stop.wait(wait_s):
                return
            wait_s = min(2 * wait_s, SLOWEST * self._ask_s)
            attempt = self._news(attempt.key, self._asked(attempt.key, terminal))
            if attempt.state is PayState.PARKED:
                log.warning(
                    "payment %s is parked after %d questions: a person must settle it",
                    attempt.key,
                    attempt.asked,
                )
                return
        log.info("payment %s is resolved: %s", attempt.key, attempt.state.value)

    def _asked(self, key: str, terminal: str) -> PayNews:
        driver = self._terminals.get(terminal)
        if driver is None:
            return StillUnknown(self._now())
        try:
            return _news_of(driver.ask(key), self._now())
        except TerminalLostError:
            return StillUnknown(self._now())

    def _cancel(self, attempt: Attempt, terminal: str) -> None:
        try:
            self._terminals[terminal].cancel(attempt.key)
        except (TerminalLostError, KeyError) as lost:
            log.info("payment %s could not be cancelled: %s", attempt.key, lost)

    def _news(self, key: str, news: PayNews) -> Attempt:
        with self._writer:
            attempt = self._book.attempt(key)
            if attempt is None:
                raise KeyError(key)
            return self._apply(attempt, news)

    def _apply(self, attempt: Attempt, news: PayNews) -> Attempt:
        after = heard(attempt, news)
        if after == attempt:
            return attempt
        if after.state is PayState.PAID:
            self._paid(after)
        else:
            self._book.put_attempt(after)
        if (after.state, after.why) != (attempt.state, attempt.why):
            self._moved(after)
        return after


def _news_of(answer: Answer, now_us: int) -> PayNews:
    match answer.verdict:
        case Verdict.APPROVED:
            return Approved(now_us, answer.reference)
        case Verdict.REFUSED:
            return Refused(now_us, answer.why)
        case Verdict.CANCELLED:
            return Cancelled(now_us)
        case Verdict.NEVER_ARRIVED:
            return NeverArrived(now_us)
        case Verdict.PENDING:
            return StillUnknown(now_us)
