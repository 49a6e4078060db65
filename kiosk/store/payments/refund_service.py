"""Takes sold pieces back and pays them back, once each and never more than was paid, whatever fails.

As in `payments.collector`: after the key is written, nothing but the terminal's word (or a person's, where it stays
mute) ends a refund. Only then is the piece the house's again: its tag unsold, one more on the floor.
"""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import replace
from threading import Event, Thread, current_thread
from typing import Any

from sqlalchemy.exc import SQLAlchemyError

from kiosk.clock import US
from kiosk.connectors.payments.port import (
    PaymentTerminal,
    Repayment,
    TerminalLostError,
    TerminalReply,
    new_key,
)
from kiosk.core.domain.ids import Epc, Gtin, OrderId
from kiosk.core.domain.payment import Attempt, PaymentState
from kiosk.store.errors import MissingError, RefusedError
from kiosk.store.payments.order_book import OrderBook
from kiosk.store.payments.refund_book import Refund, RefundBook, RefundState, answered
from kiosk.store.payments.sold_pieces import SoldPiece, SoldPieces
from kiosk.store.settings import Timeouts
from kiosk.store.staff.associates import Associate

log = logging.getLogger(__name__)
MAX_BACKOFF = 60
"""The wait between two questions grows up to so many times the first."""


class RefundService:
    """Refunds under way. `terminal_of` names the terminal that collected an attempt; `moved` is told of every change,
    after the journal; `restocked` of each piece that is the house's again. `closed` refuses, for a person to clear."""

    def __init__(
        self, book: OrderBook, refunds: RefundBook, sold: SoldPieces, terminals: Mapping[str, PaymentTerminal],
        terminal_of: Callable[[Attempt], str], writer: AbstractContextManager[Any], now_us: Callable[[], int],
        moved: Callable[[Refund], None], restocked: Callable[[Gtin], None], timeouts: Timeouts, *, closed: bool = False,
    ) -> None:  # fmt: skip
        self._book, self._refunds, self._sold, self._terminals = book, refunds, sold, terminals
        self._terminal_of, self._writer, self._now = terminal_of, writer, now_us
        self._moved, self._restocked, self._closed = moved, restocked, closed
        self._ask_s = timeouts.ask_us / US
        self._threads: set[Thread] = set()
        self._shelf: dict[str, Refund] = {}
        self._stop = Event()

    def find(self, said: str) -> tuple[SoldPiece, ...]:
        """The sold pieces that a tag, a label or a receipt stands for. Errors: MissingError, RefusedError."""
        return self._sold.find(said)

    def refund(self, key: str) -> Refund:
        """A refund as it stands. Errors: MissingError."""
        found = self._refunds.refund(key)
        if found is None:
            raise MissingError("there is no such refund")
        return found

    def begin(self, order_id: OrderId, epc: Epc, who: Associate) -> Refund:
        """Begins to pay a piece back, or tells how that stands; once, however often it is asked.

        Errors: MissingError, RefusedError."""
        with self._writer:
            known = self._refunds.of_piece(order_id, epc)
            if known is not None:
                return known
            if self._closed:
                raise RefusedError("the money journal must be looked at first")
            piece, paid = self._sold.piece(order_id, epc), self._paid(order_id)
            self._must_be_covered(piece, paid)
            refund = Refund(
                new_key(), order_id, epc, piece.gtin, piece.paid, who.associate_id, changed_us=self._now()
            )
            self._refunds.put(refund)
            log.info("refund %s of order %s was begun by %s", refund.key, order_id, who.associate_id)
            self._start(self._pay_back, refund, self._terminal_of(paid), paid.reference)
            return refund

    def settle(self, key: str, who: Associate, *, repaid: bool, reference: str) -> Refund:
        """A person's word on a refund that is parked; that of the terminal goes before it. Errors: RefusedError."""
        refund = self.refund(key)
        if refund.state is not RefundState.PARKED:
            raise RefusedError(f"this refund is {refund.state.value}; there is nothing to settle")
        after = self._news(key, self._asked(refund))
        if after.state.is_final:
            return after
        log.warning(
            "refund %s is settled by %s: %s", key, who.associate_id, "repaid" if repaid else "not repaid"
        )
        return self._put(_by_hand(after, repaid=repaid, reference=reference))

    def ask(self, key: str) -> Refund:
        """Asks the terminal once more."""
        refund = self.refund(key)
        return refund if refund.state.is_final else self._news(key, self._asked(refund))

    def back(self, order_id: OrderId) -> frozenset[Epc]:
        """The pieces of an order that were paid back."""
        return self._refunds.back(order_id)

    def unfinished(self) -> tuple[Refund, ...]:
        return self._refunds.unfinished()

    def resume(self) -> int:
        """After a start: takes back what was paid back, and asks for what is not known. How many there were."""
        with self._writer:
            self._shelf.update((r.key, r) for r in self._refunds.unrestocked())
        self.restock_rest()
        unfinished = self._refunds.unfinished()
        for refund in unfinished:
            self._start(self._resolve, refund)
        return len(unfinished)

    def restock_rest(self) -> None:
        """Takes back into the stock what is paid back; tried again until it can."""
        with self._writer:
            for refund in tuple(self._shelf.values()):
                try:
                    fresh = self._sold.take_back(refund, self._now())
                except SQLAlchemyError as error:
                    log.error("refund %s: the piece is not back yet: %s", refund.key, type(error).__name__)
                    return
                self._refunds.put_restocked(refund, self._now())
                del self._shelf[refund.key]
                if fresh:
                    self._restocked(refund.gtin)

    def close(self) -> None:
        """Stops waiting; what is not known stays in the journal for the next start."""
        self._stop.set()
        for thread in list(self._threads):
            thread.join(10.0)

    def _paid(self, order_id: OrderId) -> Attempt:
        paid = next((a for a in self._book.attempts(order_id) if a.state is PaymentState.PAID), None)
        if paid is None:
            raise RefusedError("this order was not paid")
        if not paid.reference:
            raise RefusedError(
                "this payment was settled without the terminal's number; pay it back at the till"
            )
        return paid

    def _must_be_covered(self, piece: SoldPiece, paid: Attempt) -> None:
        """Never above what was paid, whatever the order's lines say."""
        back = [r for r in self._refunds.of_order(paid.order_id) if r.state is not RefundState.REFUSED]
        if sum(r.amount.minor for r in back) + piece.paid.minor > paid.amount.minor:
            raise RefusedError("more would be paid back than was paid")

    def _start(self, work: Callable[..., None], refund: Refund, *rest: str) -> None:
        thread = Thread(
            target=self._run, args=(work, refund, *rest), name=f"refund-{refund.key}", daemon=True
        )
        self._threads.add(thread)
        thread.start()

    def _run(self, work: Callable[..., None], refund: Refund, *rest: str) -> None:
        try:
            work(refund, *rest)
        except (sqlite3.Error, SQLAlchemyError) as error:
            log.error("refund %s cannot be written (%s); it is asked for again", refund.key, error)
            if not self._stop.wait(MAX_BACKOFF * self._ask_s):
                self._start(self._resolve, refund)
        finally:
            self._threads.discard(current_thread())

    def _pay_back(self, refund: Refund, terminal: str, reference: str) -> None:
        driver, answer = self._terminals.get(terminal), None
        try:
            answer = driver.refund(Repayment(refund.key, refund.amount, reference)) if driver else None
        except TerminalLostError as lost:
            log.warning("refund %s: %s; it is asked for until it is known", refund.key, lost)
        if answer is not None or not self._stop.is_set():
            self._resolve(self._news(refund.key, answer))

    def _resolve(self, refund: Refund) -> None:
        wait_s = self._ask_s
        while not refund.state.is_final and refund.state is not RefundState.PARKED:
            if self._stop.wait(wait_s):
                return
            wait_s = min(2 * wait_s, MAX_BACKOFF * self._ask_s)
            refund = self._news(refund.key, self._asked(refund))
        if refund.state is RefundState.PARKED:
            log.warning("refund %s is parked: a person must settle it", refund.key)

    def _asked(self, refund: Refund) -> TerminalReply | None:
        paid = next((a for a in self._book.attempts(refund.order_id) if a.state is PaymentState.PAID), None)
        driver = self._terminals.get(self._terminal_of(paid)) if paid else None
        try:
            return driver.ask(refund.key) if driver else None
        except TerminalLostError:
            return None

    def _news(self, key: str, answer: TerminalReply | None) -> Refund:
        with self._writer:
            return self._put(answered(self.refund(key), answer, self._now()))

    def _put(self, after: Refund) -> Refund:
        with self._writer:
            before = self.refund(after.key)
            if before == after or before.state.is_final:
                return before
            self._refunds.put(after)
            if after.state is RefundState.DONE:
                self._shelf[after.key] = after
                self.restock_rest()
            if after.state is not before.state:
                self._moved(after)
            return after


def _by_hand(refund: Refund, *, repaid: bool, reference: str) -> Refund:
    state = RefundState.DONE if repaid else RefundState.REFUSED
    return replace(refund, state=state, reference=reference, why="" if repaid else "by-hand")
