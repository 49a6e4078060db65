"""Applies the terminal's events to payment attempts: ledger first, then receipt, stock and notification."""

from __future__ import annotations

from kiosk.connectors.payments.port import Presented
from kiosk.core.domain.payment import Attempt, PaymentState, attempt_after, on_restart
from kiosk.core.domain.terminal_events import SettledByAssociate, TerminalEvent
from kiosk.store.errors import NotFoundError
from kiosk.store.payments.context import PaymentContext
from kiosk.store.payments.settlement import Settlement


class PaymentTransactions:
    """`Transactions` of payment attempts."""

    def __init__(self, context: PaymentContext, settlement: Settlement) -> None:
        self._book, self._terminals = context.book, context.terminals
        self._writer, self._settlement = context.writer, settlement

    def current(self, key: str) -> Attempt:
        attempt = self._book.attempt(key)
        if attempt is None:
            raise NotFoundError("there is no such payment")
        return attempt

    def apply(self, key: str, event: TerminalEvent) -> Attempt:
        with self._writer:
            before = self.current(key)
            after = attempt_after(before, event)
            if after == before:
                return before
            if isinstance(event, SettledByAssociate):
                self._book.put_decision(before, event.by, event.at_us, paid=event.done)
            if after.state is PaymentState.PAID:
                self._settlement.write_paid(after)
            else:
                self._book.put_attempt(after)
            if (after.state, after.why) != (before.state, before.why):
                self._settlement.publish(after)
            return after

    def put_refused(self, attempt: Attempt, number: int, terminal: str) -> None:
        """Journals an attempt that ended before anything was sent."""
        self._book.put_key(attempt, number, terminal)
        self._settlement.publish(attempt)

    def after_restart(self) -> tuple[Attempt, ...]:
        with self._writer:
            found = tuple((a, on_restart(a)) for a in self._book.open_attempts())
            for before, after in found:
                if after != before:
                    self._book.put_attempt(after)
            return tuple(after for _, after in found)

    def asked_for(self, transaction: Attempt) -> Presented:
        return Presented(
            transaction.key, transaction.order_id, transaction.amount, sent_us=transaction.changed_us
        )

    def terminal_of(self, transaction: Attempt) -> str:
        order = self._book.order(transaction.order_id)
        named = self._book.terminal(transaction.key)
        return named or (self._terminals.name_for(order.room) if order else "")
