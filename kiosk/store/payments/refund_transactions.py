"""Applies the terminal's events to refunds: ledger first, then stock and notification."""

from __future__ import annotations

from kiosk.connectors.payments.port import REFERENCE, FollowUp, Presented
from kiosk.core.domain.follow_up_kind import FollowUpKind
from kiosk.core.domain.refund import Refund, RefundState, on_restart, refund_after
from kiosk.core.domain.terminal_events import TerminalEvent
from kiosk.store.errors import NotFoundError
from kiosk.store.payments.context import PaymentContext
from kiosk.store.payments.payment_transactions import PaymentTransactions
from kiosk.store.payments.restocking import Restocking


class RefundTransactions:
    """`Transactions` of refunds."""

    def __init__(
        self, context: PaymentContext, payments: PaymentTransactions, restocking: Restocking
    ) -> None:
        self._book, self._refunds, self._writer = context.book, context.refund_book, context.writer
        self._payments, self._restocking = payments, restocking

    def current(self, key: str) -> Refund:
        refund = self._refunds.refund(key)
        if refund is None:
            raise NotFoundError("there is no such refund")
        return refund

    def apply(self, key: str, event: TerminalEvent) -> Refund:
        with self._writer:
            before = self.current(key)
            after = refund_after(before, event)
            if after == before:
                return before
            self._refunds.put(after)
            if after.state is RefundState.DONE:
                self._restocking.restock(after)
            if after.state is not before.state:
                self._restocking.publish(after)
            return after

    def after_restart(self) -> tuple[Refund, ...]:
        with self._writer:
            found = tuple((r, on_restart(r)) for r in self._refunds.open_refunds())
            for before, after in found:
                if after != before:
                    self._refunds.put(after)
            return tuple(after for _, after in found)

    def asked_for(self, transaction: Refund) -> FollowUp:
        paid = self._book.paid_attempt(transaction.order_id)
        of = (
            self._payments.asked_for(paid)
            if paid
            else Presented("", transaction.order_id, transaction.amount)
        )
        references = {REFERENCE: paid.reference} if paid else {}
        return FollowUp(
            transaction.key,
            FollowUpKind.REFUND,
            transaction.amount,
            of,
            references,
            transaction.changed_us,
        )

    def terminal_of(self, transaction: Refund) -> str:
        """The terminal that collected the payment."""
        paid = self._book.paid_attempt(transaction.order_id)
        return self._payments.terminal_of(paid) if paid else ""
