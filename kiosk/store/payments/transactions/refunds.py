"""Applies the terminal's events to refunds: ledger first, then stock and notification."""

from __future__ import annotations

from kiosk.connectors.payments.port import REFERENCE, FollowUp, Presented
from kiosk.core.domain.follow_up import follow_up_after, on_restart
from kiosk.core.domain.follow_up_kind import FollowUpKind
from kiosk.core.domain.payment import Attempt
from kiosk.core.domain.refund import Refund, RefundState
from kiosk.core.domain.terminal_events import TerminalEvent
from kiosk.store.errors import NotFoundError
from kiosk.store.payments.context import PaymentContext
from kiosk.store.payments.restocking import Restocking
from kiosk.store.payments.transactions.payments import PaymentTransactions
from kiosk.store.payments.transactions.ports import TerminalName


class RefundTransactions:
    """`Transactions` of refunds."""

    kind = "refund"

    def __init__(
        self, context: PaymentContext, payments: PaymentTransactions, restocking: Restocking
    ) -> None:
        self._book, self._refunds, self._writer = context.book, context.refund_book, context.writer
        self._payments, self._restocking, self._now = payments, restocking, context.now_us
        self._ages = context.ages

    def current(self, key: str) -> Refund:
        refund = self._refunds.refund(key)
        if refund is None:
            raise NotFoundError("there is no such refund")
        return refund

    def apply(self, key: str, event: TerminalEvent) -> Refund:
        with self._writer:
            before = self.current(key)
            after = follow_up_after(before, event)
            if after == before:
                return before
            confirmed = before.is_unconfirmed and not after.is_unconfirmed and after.state is before.state
            self._refunds.put(after, confirmed=confirmed)
            self._ages.changed(key)
            if after.state is RefundState.DONE and before.state is not RefundState.DONE:
                self._restocking.restock(after)
            if after.state is not before.state:
                self._restocking.publish(after)
            return after

    def unfinished(self) -> tuple[Refund, ...]:
        return self._refunds.unfinished()

    def after_restart(self) -> int:
        with self._writer:
            found = self._refunds.open_refunds()
            for before in found:
                after = on_restart(before, self._now())
                if after != before:
                    self._refunds.put(after)
            return len(found)

    def terminal_of(self, transaction: Refund) -> TerminalName:
        """The terminal that collected the payment."""
        if transaction.terminal:
            return TerminalName(transaction.terminal, transaction.terminal_id)
        paid = self._book.paid_attempt(transaction.order_id)
        return self._payments.terminal_of(paid) if paid else TerminalName("", "")

    def asked_for(self, transaction: Refund) -> FollowUp:
        paid = self._book.paid_attempt(transaction.order_id)
        of = (
            self._payments.asked_for(paid)
            if paid
            else Presented("", transaction.order_id, transaction.amount)
        )
        return FollowUp(
            transaction.key, FollowUpKind.REFUND, transaction.amount, of,
            references_of(paid) if paid else {}, transaction.sent_us or transaction.changed_us,
        )  # fmt: skip

    def cancel_of(self, transaction: Refund) -> None:
        """A refund waits for no card."""
        del transaction

    def owner_of(self, reference: str, transaction: Refund) -> str:
        """Numbers of refunds are not compared: some providers repeat that of the payment."""
        del reference, transaction
        return ""

    def answered(self, transaction: Refund) -> bool:
        """A refund needs nothing but the terminal's answer."""
        del transaction
        return False


def references_of(attempt: Attempt) -> dict[str, str]:
    """The numbers of an approval, as a driver needs them for what follows."""
    return {**dict(attempt.references), REFERENCE: attempt.reference}
