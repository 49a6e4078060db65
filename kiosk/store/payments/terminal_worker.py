"""Runs charges and refunds at the payment terminals: sends, queries a lost reply by its key.

It waits longer after each query, then stops: the transaction is parked.

Guarantees, for payments and refunds alike:
- A transaction's key is in the ledger before it comes here; nothing is sent under a new key.
- Only a reply of the terminal ends a transaction, or the decision of an associate who looked at it (`settle`).
- A state is journaled before anybody is notified of it; every change is made under the store's writer lock.
- Queries repeat with a doubling wait until the result is known, the transaction is parked, or the store closes.
"""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Callable
from threading import Event, Thread, current_thread
from typing import Any, Generic

from sqlalchemy.exc import SQLAlchemyError

from kiosk.clock import US
from kiosk.connectors.payments.port import (
    PaymentTerminal,
    Presented,
    TerminalBusyError,
    TerminalLostError,
    TerminalReply,
    TerminalStatus,
)
from kiosk.core.domain.terminal_events import (
    Approved,
    Cancelled,
    NeverArrived,
    Refused,
    ReplyLost,
    SettledByAssociate,
    StillUnknown,
    TerminalEvent,
)
from kiosk.store.errors import RefusedError
from kiosk.store.payments.context import PaymentContext
from kiosk.store.payments.transactions import T, Transactions

log = logging.getLogger(__name__)
MAX_BACKOFF = 60
"""The wait between two queries grows up to this multiple of the first wait."""
JOIN_S = 10.0
"""How long `close` waits for each thread."""
Request = Callable[[PaymentTerminal], TerminalReply]


class TerminalWorker(Generic[T]):
    """Threads for the open transactions of one kind; `kind` ("payment", "refund") names it in threads and logs."""

    def __init__(self, kind: str, transactions: Transactions[T], context: PaymentContext) -> None:
        self._kind, self._transactions = kind, transactions
        self._terminals, self._now = context.terminals.drivers, context.now_us
        self._first_wait_s = context.timeouts.first_query_us / US
        self._threads: set[Thread] = set()
        self._occupied: dict[str, str] = {}
        self._stop = Event()

    def is_occupied(self, terminal: str) -> bool:
        """Whether a transaction of this worker uses the terminal's card reader."""
        return terminal in self._occupied

    def send(self, transaction: T, request: Request, *, occupies: bool = False) -> None:
        """Starts a thread that makes the request at the transaction's terminal and follows it to its result.

        `occupies` reserves the terminal until then, since it waits for a card.
        """
        terminal = self._transactions.terminal_of(transaction)
        if occupies:
            self._occupied[terminal] = transaction.key
        self._start(self._send, transaction, terminal, request)

    def cancel(self, transaction: T) -> None:
        """Asks the terminal, in a thread, to stop waiting for the card; its reply to the request decides."""
        self._start(self._cancel, transaction)

    def query(self, transaction: T) -> tuple[T, TerminalReply | None]:
        """Queries the terminal once; the state after it, and the reply, None where none came."""
        driver = self._terminals.get(self._transactions.terminal_of(transaction))
        try:
            reply = driver.query(self._transactions.asked_for(transaction)) if driver else None
        except TerminalLostError:
            reply = None
        event = StillUnknown(self._now()) if reply is None else _event_of(reply, self._now())
        return self._transactions.apply(transaction.key, event), reply

    def query_again(self, key: str) -> T:
        """Queries the terminal once more unless the result is known. Raises NotFoundError."""
        transaction = self._transactions.current(key)
        return transaction if transaction.state.is_final else self.query(transaction)[0]

    def settle(self, key: str, by: str, *, done: bool, reference: str) -> T:
        """Ends a parked transaction by an associate's decision. The terminal is queried first; its reply has priority.

        Raises NotFoundError; RefusedError if it is not parked, or the terminal still works on it.
        """
        transaction = self._transactions.current(key)
        if transaction.state.is_final or transaction.state.is_under_way:
            raise RefusedError(f"this {self._kind} is {transaction.state.value}; there is nothing to settle")
        transaction, reply = self.query(transaction)
        if transaction.state.is_final:
            return transaction
        if reply is not None:
            raise RefusedError("the terminal still works on it; query it again in a moment")
        log.warning("%s %s is settled by %s: %s", self._kind, key, by, "done" if done else "not done")
        return self._transactions.apply(key, SettledByAssociate(self._now(), by, done, reference))

    def resume(self) -> int:
        """Queries the open transactions of the last run; returns their number."""
        found = self._transactions.after_restart()
        for transaction in found:
            self._start(self._resolve, transaction)
        return len(found)

    def close(self) -> None:
        """Ends the threads and the terminals' waits; an unknown result stays in the ledger for the next start."""
        self._stop.set()
        for terminal in self._terminals.values():
            terminal.close()
        for thread in list(self._threads):
            thread.join(JOIN_S)

    def _start(self, work: Callable[..., None], transaction: T, *rest: object) -> None:
        name = f"{self._kind}-{transaction.key}"
        thread = Thread(target=self._run, args=(work, transaction, *rest), name=name, daemon=True)
        self._threads.add(thread)
        thread.start()

    def _run(self, work: Callable[..., None], transaction: T, *rest: Any) -> None:
        try:
            work(transaction, *rest)
        except (sqlite3.Error, SQLAlchemyError) as error:
            # The terminal's reply may be lost with it, so the terminal is queried again once writing works.
            log.error("%s %s cannot be written (%s); it is queried again", self._kind, transaction.key, error)
            if not self._stop.wait(MAX_BACKOFF * self._first_wait_s):
                self._start(self._resolve, transaction)
        finally:
            self._threads.discard(current_thread())

    def _send(self, transaction: T, terminal: str, request: Request) -> None:
        try:
            event = self._event_from(transaction, terminal, request)
            if event is not None:
                self._resolve(self._transactions.apply(transaction.key, event))
        finally:
            if self._occupied.get(terminal) == transaction.key:
                del self._occupied[terminal]

    def _event_from(self, transaction: T, terminal: str, request: Request) -> TerminalEvent | None:
        """What came of the request; None where the store closes before the reply."""
        driver = self._terminals.get(terminal)
        try:
            return _event_of(request(driver), self._now()) if driver else ReplyLost(self._now())
        except TerminalBusyError as busy:
            return Refused(self._now(), busy.why)
        except TerminalLostError as lost:
            if self._stop.is_set():
                return None
            log.warning(
                "%s %s: %s; it is queried until the result is known", self._kind, transaction.key, lost
            )
            return ReplyLost(self._now())

    def _resolve(self, transaction: T) -> None:
        wait_s = self._first_wait_s
        while not transaction.state.is_final:
            if self._stop.wait(wait_s):
                return
            wait_s = min(2 * wait_s, MAX_BACKOFF * self._first_wait_s)
            transaction, _ = self.query(transaction)
            if not (transaction.state.is_final or transaction.state.is_under_way):
                log.warning(
                    "%s %s is parked after %d queries: an associate must settle it",
                    self._kind, transaction.key, transaction.asked,
                )  # fmt: skip
                return
        log.info("%s %s ended: %s", self._kind, transaction.key, transaction.state.value)

    def _cancel(self, transaction: T) -> None:
        driver = self._terminals.get(self._transactions.terminal_of(transaction))
        wanted = self._transactions.asked_for(transaction)
        if driver is None or not isinstance(wanted, Presented):
            return
        try:
            driver.cancel(wanted)
        except TerminalLostError as lost:
            log.info("%s %s could not be cancelled: %s", self._kind, transaction.key, lost)


def _event_of(reply: TerminalReply, now_us: int) -> TerminalEvent:
    match reply.status:
        case TerminalStatus.APPROVED:
            return Approved(now_us, reply.reference)
        case TerminalStatus.REFUSED:
            return Refused(now_us, reply.why)
        case TerminalStatus.CANCELLED:
            return Cancelled(now_us, reply.why)
        case TerminalStatus.NOT_FOUND:
            return NeverArrived(now_us)
        case TerminalStatus.PENDING | TerminalStatus.PARTIAL:
            return StillUnknown(now_us)
