"""Pays sold pieces back, once each and never more than was paid, whatever fails.

As for payments, a refund's key is journaled first and then sent; `terminal_worker` follows it to its result. Only then
is the piece restocked.
"""

from __future__ import annotations

import logging

from kiosk.connectors.payments.port import PaymentTerminal, TerminalReply, new_key
from kiosk.core.domain.ids import OrderId, PieceId
from kiosk.core.domain.payment import Attempt
from kiosk.core.domain.refund import Refund, RefundState
from kiosk.store.errors import RefusedError
from kiosk.store.payments.context import PaymentContext
from kiosk.store.payments.refund_transactions import RefundTransactions
from kiosk.store.payments.sold_pieces import SoldPiece, SoldPieces
from kiosk.store.payments.terminal_worker import TerminalWorker
from kiosk.store.staff.associates import Associate

log = logging.getLogger(__name__)


class RefundService:
    """The refunds of all orders. Safe to use from any thread."""

    def __init__(self, context: PaymentContext, transactions: RefundTransactions, sold: SoldPieces) -> None:
        self._book, self._refunds, self._sold = context.book, context.refund_book, sold
        self._writer, self._now = context.writer, context.now_us
        self._transactions = transactions
        self.worker = TerminalWorker("refund", transactions, context)

    def find(self, label: str) -> tuple[SoldPiece, ...]:
        """The sold pieces that a tag, a printed label or a receipt identifies. Raises NotFoundError, RefusedError."""
        return self._sold.find(label)

    def refund(self, key: str) -> Refund:
        """A refund's state. Raises NotFoundError."""
        return self._transactions.current(key)

    def begin(self, order_id: OrderId, piece: PieceId, who: Associate) -> Refund:
        """Starts the refund of a piece; repeated, returns the state of the one that was started.

        Raises NotFoundError, RefusedError, PaymentsClosedError.
        """
        with self._writer:
            known = self._refunds.of_piece(order_id, piece)
            if known is not None:
                return known
            self._book.ledger.check()
            sold, paid = self._sold.piece(order_id, piece), self._paid(order_id)
            known = self._refunds.of_piece(order_id, sold.piece)
            if known is not None:
                return known
            self._check_total(sold, paid)
            refund = Refund(
                new_key(),
                order_id,
                sold.piece,
                sold.article,
                sold.paid,
                who.associate_id,
                changed_us=self._now(),
            )
            self._refunds.put(refund)
            log.info("refund %s of order %s was begun by %s", refund.key, order_id, who.associate_id)
            wanted = self._transactions.asked_for(refund)

            def pay_back(terminal: PaymentTerminal) -> TerminalReply:
                return terminal.follow_up(wanted)

            self.worker.send(refund, pay_back)
            return refund

    def refunded(self, order_id: OrderId) -> frozenset[PieceId]:
        """The pieces of an order that were paid back."""
        return self._refunds.refunded(order_id)

    def open_refunds(self) -> tuple[Refund, ...]:
        """Refunds whose result is not known."""
        return self._refunds.open_refunds()

    def _paid(self, order_id: OrderId) -> Attempt:
        paid = self._book.paid_attempt(order_id)
        if paid is None:
            raise RefusedError("this order was not paid")
        if not paid.reference:
            raise RefusedError(
                "this payment was settled without the terminal's number; pay it back at the till"
            )
        return paid

    def _check_total(self, sold: SoldPiece, paid: Attempt) -> None:
        """Refunds of an order never exceed its payment, whatever the prices of its lines."""
        counted = [r for r in self._refunds.of_order(paid.order_id) if r.state is not RefundState.REFUSED]
        if sum(r.amount.minor for r in counted) + sold.paid.minor > paid.amount.minor:
            raise RefusedError("more would be paid back than was paid")
