"""Starts the payment attempts of an order at a terminal: one open at a time, each sent at most once whatever fails.

The key of an attempt is journaled first, then sent; `terminal_worker` follows it to its result. `Till` checks that a
paid order is not collected again.
"""

from __future__ import annotations

from functools import partial

from kiosk.clock import US
from kiosk.connectors.payments.port import Charge, PaymentTerminal, TerminalReply, new_key
from kiosk.core.domain.ids import OrderId
from kiosk.core.domain.payment import Attempt, Order, PaymentMeans, attempt_after
from kiosk.core.domain.terminal_events import Refused, Sent
from kiosk.store.payments.context import PaymentContext
from kiosk.store.payments.payment_transactions import PaymentTransactions
from kiosk.store.payments.terminal_worker import TerminalWorker


class PaymentCollector:
    """The payment attempts of all orders. Safe to use from any thread."""

    def __init__(self, context: PaymentContext, transactions: PaymentTransactions) -> None:
        self._book, self._terminals = context.book, context.terminals
        self._writer, self._now = context.writer, context.now_us
        self._card_s = context.timeouts.wait_for_card_us / US
        self._transactions = transactions
        self.worker = TerminalWorker("payment", transactions, context)

    def collect(
        self, order: Order, means: PaymentMeans, number: int, *,
        refusal: str = "", stored: str = "", card_day_hash: str = "", terminal: str = "",
    ) -> Attempt:  # fmt: skip
        """Starts attempt `number` of an order; repeated, or while another one is open, returns that one's state.

        `refusal` is empty (allowed), or the code for which the attempt ends at once as declined, unsent. `stored` names
        the shopper whose stored means are charged, `card_day_hash` the card whose limit it counts
        against (`SpendingLimit.day_hash_of`), `terminal` the terminal where it is not that of the order's room.
        """
        with self._writer:
            known = self._book.numbered(order.order_id, number) or self._open_attempt(order.order_id)
            if known is not None:
                return known
            attempt = Attempt(new_key(), order.order_id, means, order.total, changed_us=self._now())
            at_reader = means is PaymentMeans.TERMINAL
            why = refusal or self._unavailable(
                terminal or self._terminals.name_for(order.room), at_reader=at_reader
            )
            if why:
                # nothing is sent, so no piece is reserved either
                attempt = attempt_after(attempt, Refused(self._now(), why))
                self._transactions.put_refused(attempt, number, terminal)
                return attempt
            self._book.put_key(attempt, number, terminal, card_day_hash)
            # Stored means are charged only where they were chosen, even right after a proof.
            charge = Charge(attempt.key, order.order_id, attempt.amount, "" if at_reader else stored)
            self.worker.send(attempt, partial(self._charge, charge), occupies=at_reader)
            return attempt

    def cancel(self, order_id: OrderId) -> Attempt | None:
        """Asks the terminal to stop waiting for an order's card; the attempt may still end as paid.

        Returns the order's last attempt; None if there was none.
        """
        attempts = self._book.attempts(order_id)
        if not attempts:
            return None
        last = attempts[-1]
        if last.state.is_open:
            self.worker.cancel(last)
        return last

    def terminal_of(self, attempt: Attempt) -> str:
        """Name of the terminal to which an attempt was, or would be, sent."""
        return self._transactions.terminal_of(attempt)

    def _charge(self, charge: Charge, terminal: PaymentTerminal) -> TerminalReply:
        def on_accepted() -> None:
            self._transactions.apply(charge.key, Sent(self._now()))

        return terminal.present(charge, terminal.create(charge), on_accepted, self._card_s)

    def _open_attempt(self, order_id: OrderId) -> Attempt | None:
        return next((a for a in self._book.attempts(order_id) if a.state.is_open), None)

    def _unavailable(self, terminal: str, *, at_reader: bool) -> str:
        """Code of the reason why the terminal cannot be used now; empty if it can."""
        if terminal not in self._terminals.drivers:
            return "no-terminal"
        return "busy" if at_reader and self.worker.is_occupied(terminal) else ""
