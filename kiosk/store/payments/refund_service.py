"""Pays sold pieces back, once each and never more than was paid, whatever fails.

As for payments, a refund's key is journaled first and then sent; `terminal_worker` follows it to its result. Only then
is the piece restocked.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection
from functools import partial
from typing import Final

from kiosk.connectors.payments.port import FollowUp, PaymentTerminal, TerminalReply, TerminalStatus, new_key
from kiosk.core.domain.ids import OrderId, PieceId
from kiosk.core.domain.payment import Attempt
from kiosk.core.domain.refund import Refund, RefundState
from kiosk.core.domain.terminal_events import Approved
from kiosk.store.errors import RefusedError, TryAgainError
from kiosk.store.payments.context import PaymentContext
from kiosk.store.payments.sold_pieces import SoldPiece, SoldPieces
from kiosk.store.payments.sweep import Sweep
from kiosk.store.payments.terminal_worker import TerminalWorker
from kiosk.store.payments.transactions.payments import PaymentTransactions
from kiosk.store.payments.transactions.refunds import RefundTransactions
from kiosk.store.staff.associates import Associate

log = logging.getLogger(__name__)
CAPTURE_WAIT_S: Final = 2.0
"""How long a refund waits for the capture of its payment."""
POLL_S: Final = 0.02


class RefundService:
    """The refunds of all orders. Safe to use from any thread."""

    def __init__(
        self, context: PaymentContext, transactions: RefundTransactions, sold: SoldPieces,
        payments: PaymentTransactions, ask_payment: Callable[[Attempt], object], sweep: Sweep,
    ) -> None:  # fmt: skip
        self._book, self._refunds, self._sold = context.book, context.refund_book, sold
        self._writer, self._now, self._monotonic_s = context.writer, context.now_us, context.monotonic_s
        self._terminals, self._payments, self._ask_payment = context.terminals, payments, ask_payment
        self._transactions = transactions
        self.worker = TerminalWorker(transactions, context, sweep)

    def find(self, label: str) -> tuple[SoldPiece, ...]:
        """The sold pieces that a tag, a printed label or a receipt identifies. Raises NotFoundError, RefusedError."""
        return self._sold.find(label)

    def refund(self, key: str) -> Refund:
        """A refund's state. Raises NotFoundError."""
        return self._transactions.current(key)

    def is_known(self, key: str) -> bool:
        """Whether a refund has this key."""
        return self._refunds.refund(key) is not None

    def begin(self, order_id: OrderId, piece: PieceId, who: Associate) -> Refund:
        """Starts the refund of a piece; repeated, returns the state of the one that was started.

        Raises NotFoundError, RefusedError, PaymentsClosedError.
        """
        self._learn_reference(order_id)
        self._await_capture(order_id)
        confirmed = self.confirm_earlier(order_id, piece)
        with self._writer:
            earlier = self._of_garment(order_id, piece)
            known = next((r for r in earlier if r.state is not RefundState.REFUSED), None)
            if known is not None:
                return known
            if not self.may_begin(order_id, piece, confirmed):
                raise TryAgainError("an earlier refund of this piece was settled just now; try again")
            self._book.ledger.check()
            sold, paid = self._sold.piece(order_id, piece), self._paid(order_id)
            self._check(sold, paid)
            name, identity = self._payments.terminal_of(paid) if sold.paid.minor else ("", "")
            refund = Refund(
                new_key(), order_id, sold.piece, sold.article, sold.paid, who.associate_id,
                changed_us=self._now(), terminal=name, terminal_id=identity or self._terminals.identity_of(name),
            )  # fmt: skip
            self._refunds.put(refund)
            log.info("refund %s of order %s was begun by %s", refund.key, order_id, who.associate_id)
            if not refund.amount.minor:
                # Nothing was paid for it: the piece comes back without a terminal.
                return self._transactions.apply(refund.key, Approved(self._now(), ""))
            self.worker.send(
                refund, partial(self._pay_back, refund.key, self._transactions.asked_for(refund))
            )
            return refund

    def refunded(self, order_id: OrderId) -> frozenset[PieceId]:
        """The pieces of an order that were paid back."""
        return self._refunds.refunded(order_id)

    def open_refunds(self) -> tuple[Refund, ...]:
        """Refunds whose result is not known."""
        return self._refunds.open_refunds()

    def _pay_back(self, key: str, wanted: FollowUp, terminal: PaymentTerminal) -> TerminalReply:
        self.worker.sending(key)
        return terminal.follow_up(wanted)

    def _learn_reference(self, order_id: OrderId) -> None:
        """Asks the terminal for the number of a payment that a person settled, who may have mistyped it or given none.
        Not under the writer lock."""
        paid = self._book.paid_attempt(order_id)
        if paid is not None and (paid.provisional or not paid.reference) and paid.amount.minor:
            self._ask_payment(paid)

    def _await_capture(self, order_id: OrderId) -> None:
        """Waits a moment for the capture of a payment that was approved just now. Not under the writer lock."""
        until_s = self._monotonic_s() + CAPTURE_WAIT_S
        while (paid := self._book.paid_attempt(order_id)) is not None and not paid.captured:
            if self._monotonic_s() >= until_s or self.worker.pause(POLL_S):
                return

    def may_begin(self, order_id: OrderId, piece: PieceId, confirmed: Collection[str]) -> bool:
        """Whether no refund of a garment is done, open, or only called not done and not among `confirmed`."""
        earlier = self._of_garment(order_id, piece)
        return all(
            r.state is RefundState.REFUSED and (not r.provisional or r.key in confirmed) for r in earlier
        )

    def _of_garment(self, order_id: OrderId, piece: PieceId) -> tuple[Refund, ...]:
        """The refunds of a garment in this order, whichever of its ids they name: the one with which it was scanned, or
        that of its tag."""
        ids = self._book.ids_of(order_id, piece)
        return tuple(r for r in self._refunds.of_order(order_id) if r.piece in ids)

    def confirm_earlier(self, order_id: OrderId, piece: PieceId) -> frozenset[str]:
        """Asks for the refunds of a garment that only a person calls not done; their keys.

        Only then another one may begin, or the piece be exchanged. Not under the writer lock. Raises TryAgainError
        while the terminal does not say what became of them.
        """
        asked = set()
        for earlier in self._of_garment(order_id, piece):
            if earlier.state is not RefundState.REFUSED or not earlier.provisional:
                continue
            asked.add(earlier.key)
            now, reply = self.worker.ask(earlier)
            unknown = reply is None or reply.status is TerminalStatus.PENDING or reply.book_lost
            if now.provisional and unknown:
                raise TryAgainError(
                    "the terminal has not said yet what became of the earlier refund of this piece; ask it again"
                )
        return frozenset(asked)

    def _paid(self, order_id: OrderId) -> Attempt:
        paid = self._book.paid_attempt(order_id)
        if paid is None:
            raise RefusedError("this order was not paid")
        return paid

    def _check(self, sold: SoldPiece, paid: Attempt) -> None:
        """Raises RefusedError if the terminal cannot pay this piece back, or more would be paid back than was paid."""
        if not sold.paid.minor:
            return
        if paid.contradicted:
            raise RefusedError("the terminal contradicts that this was paid; answer that task first")
        if not paid.reference:
            raise RefusedError(
                "this payment was settled without the terminal's number, and the terminal does not say it now; "
                "try again later, or pay it back at the till"
            )
        if self._terminals.find(*self._payments.terminal_of(paid)) is None:
            name = self._payments.terminal_of(paid).name
            raise RefusedError(f"terminal {name} is not configured any more; pay it back at the till")
        if not paid.captured:
            raise TryAgainError("this payment is still being captured; try again in a moment")
        self._check_total(sold, paid)

    def _check_total(self, sold: SoldPiece, paid: Attempt) -> None:
        """Refunds of an order never exceed its payment, whatever the prices of its lines."""
        counted = [r for r in self._refunds.of_order(paid.order_id) if r.state is not RefundState.REFUSED]
        if sum(r.amount.minor for r in counted) + sold.paid.minor > paid.collected.minor:
            raise RefusedError("more would be paid back than was paid")
