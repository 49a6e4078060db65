"""Applies the terminal's events to captures, voids and refunds of whole charges: ledger first, then what follows."""

from __future__ import annotations

from collections.abc import Callable

from kiosk.connectors.payments.port import FollowUp, Presented
from kiosk.core.domain.follow_up import WholeFollowUp, follow_up_after, on_restart
from kiosk.core.domain.terminal_events import TerminalEvent
from kiosk.store.errors import NotFoundError
from kiosk.store.payments.context import PaymentContext
from kiosk.store.payments.transactions.follow_up_book import FollowUpBook
from kiosk.store.payments.transactions.payments import PaymentTransactions
from kiosk.store.payments.transactions.ports import TerminalName
from kiosk.store.payments.transactions.refunds import references_of


class FollowUpTransactions:
    """`Transactions` of follow-ups."""

    kind = "follow-up"

    def __init__(self, context: PaymentContext, book: FollowUpBook, payments: PaymentTransactions) -> None:
        self._book, self._payments = book, payments
        self._writer, self._now, self._ages = context.writer, context.now_us, context.ages
        self.ended: Callable[[WholeFollowUp], None] = lambda _: None
        """Called when a result is known; set when the services are put together."""

    def current(self, key: str) -> WholeFollowUp:
        found = self._book.follow_up(key)
        if found is None:
            raise NotFoundError("there is no such follow-up")
        return found

    def apply(self, key: str, event: TerminalEvent) -> WholeFollowUp:
        with self._writer:
            before = self.current(key)
            after = follow_up_after(before, event)
            if after == before:
                return before
            self._book.put(after)
            self._ages.changed(key)
            if after.state is not before.state:
                self.ended(after)
            return after

    def unfinished(self) -> tuple[WholeFollowUp, ...]:
        return self._book.unfinished()

    def after_restart(self) -> int:
        with self._writer:
            found = [f for f in self._book.unfinished() if f.state.is_open]
            for before in found:
                after = on_restart(before, self._now())
                if after != before:
                    self._book.put(after)
            return len(found)

    def terminal_of(self, transaction: WholeFollowUp) -> TerminalName:
        return TerminalName(transaction.terminal, transaction.terminal_id)

    def asked_for(self, transaction: WholeFollowUp) -> FollowUp:
        attempt = self._payments.current(transaction.attempt)
        of: Presented = self._payments.asked_for(attempt)
        return FollowUp(
            transaction.key, transaction.kind, transaction.amount, of, references_of(attempt),
            transaction.sent_us or transaction.changed_us,
        )  # fmt: skip

    def cancel_of(self, transaction: WholeFollowUp) -> None:
        """A follow-up waits for no card."""
        del transaction

    def owner_of(self, reference: str, transaction: WholeFollowUp) -> str:
        """Numbers of follow-ups are not compared: some providers repeat that of the payment."""
        del reference, transaction
        return ""

    def answered(self, transaction: WholeFollowUp) -> bool:
        """A follow-up needs nothing but the terminal's answer."""
        del transaction
        return False
