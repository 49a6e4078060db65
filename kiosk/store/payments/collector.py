"""Starts the payment attempts of an order at a terminal: one open at a time, each sent at most once whatever fails.

The key of an attempt is journaled first, with the terminal to which it goes, then sent; `terminal_worker` follows it to
its result. `Till` checks that a paid order is not collected again.
"""

from __future__ import annotations

from functools import partial
from typing import Final

from kiosk.clock import US
from kiosk.connectors.payments.port import (
    Charge,
    PaymentTerminal,
    Presented,
    TerminalBusyError,
    TerminalReply,
    new_key,
)
from kiosk.core.domain.ids import OrderId
from kiosk.core.domain.payment import Attempt, Order, PaymentMeans, PaymentState
from kiosk.core.domain.payment_transitions import attempt_after
from kiosk.core.domain.terminal_events import (
    MOMENT,
    Approved,
    Cancelled,
    CancelWanted,
    Refused,
    Sent,
    TerminalEvent,
)
from kiosk.store.payments.context import PaymentContext
from kiosk.store.payments.sweep import Sweep
from kiosk.store.payments.terminal_worker import TerminalWorker
from kiosk.store.payments.transactions.occupancy import Occupancy
from kiosk.store.payments.transactions.payments import PaymentTransactions

FREE_WAIT_S: Final = 30.0
"""How long an attempt waits, unsent, for a terminal at which an earlier one is being cancelled or asked for."""
POLL_S: Final = 0.05


class PaymentCollector:
    """The payment attempts of all orders. Safe to use from any thread."""

    def __init__(self, context: PaymentContext, transactions: PaymentTransactions, sweep: Sweep) -> None:
        self._context, self._book, self._terminals = context, context.book, context.terminals
        self._writer, self._now, self._monotonic_s = context.writer, context.now_us, context.monotonic_s
        self._card_s = context.timeouts.wait_for_card_us / US
        self._transactions, self._occupancy = transactions, Occupancy(context)
        self.worker = TerminalWorker(transactions, context, sweep)
        self._sweep, transactions.asked_anew = sweep, self._ask_anew

    def collect(
        self, order: Order, means: PaymentMeans, number: int, *,
        refusal: str = "", stored: str = "", card_day_hash: str = "", terminal: str = "",
    ) -> Attempt:  # fmt: skip
        """Starts attempt `number` of an order; repeated, or while another one is open, returns that one's state.

        `refusal` is empty (allowed), or the code for which the attempt ends at once as declined, unsent. `stored` names
        the shopper whose stored means are charged, `card_day_hash` the card whose limit it counts
        against (`SpendingLimit.day_hash_of`), `terminal` the terminal where it is not that of the order's room. A total
        of 0 is paid without a terminal.
        """
        with self._writer:
            known = self._book.numbered(order.order_id, number) or self._open_attempt(order.order_id)
            if known is not None:
                return known
            free = not order.total.minor
            name = "" if free else terminal or self._terminals.name_for(order.room)
            identity = self._terminals.identity_of(name)
            at_reader = means is PaymentMeans.TERMINAL and not free
            why = refusal or ("" if free else self._unavailable(name, order, means))
            shared = not at_reader or self._is_attended(name)
            holder = self._occupancy.holder(identity) if not shared and not why else None
            why = why or ("busy" if holder is not None and not _is_ending(holder) else "")
            attempt = Attempt(
                new_key(), order.order_id, means, order.total, changed_us=self._now(),
                terminal=name, terminal_id=identity, why=MOMENT if holder is not None and not why else "",
                number=number,
            )  # fmt: skip
            if why:
                # nothing is sent, so no piece is reserved either
                attempt = attempt_after(attempt, Refused(self._now(), why))
                self._transactions.put_refused(attempt, number)
                return attempt
            self._book.put_key(attempt, number, card_day_hash=card_day_hash)
            if free:
                return self._transactions.apply(attempt.key, Approved(self._now(), ""))
            if holder is not None:
                self.worker.cancel(holder)
            self._send(attempt, order, "" if at_reader else stored)
            return attempt

    def cancel(self, order_id: OrderId) -> Attempt | None:
        """Journals the wish to cancel for each open attempt of an order, repeated until the terminal reports an end.

        Returns the attempt that has paid the order, else its newest open one, else its last one; None if there is none.
        """
        with self._writer:
            attempts = self._book.attempts(order_id)
            wished = [self._wish_to_cancel(a) for a in attempts if a.state.is_open]
            paid = next((a for a in attempts if a.state is PaymentState.PAID), None)
            return paid or (wished or attempts or (None,))[-1]

    def cancel_key(self, key: str) -> None:
        """Journals the wish to cancel an attempt."""
        with self._writer:
            self._wish_to_cancel(self._transactions.current(key))

    def _wish_to_cancel(self, attempt: Attempt) -> Attempt:
        if self._context.journal_is_closed:
            # Nothing can be noted; while it is so, every charge that waits for a card is cancelled.
            self.worker.cancel(attempt)
            return attempt
        wished = self._transactions.apply(attempt.key, CancelWanted(self._now()))
        self.worker.cancel(wished)
        return wished

    def terminal_of(self, attempt: Attempt) -> str:
        """Name of the terminal to which an attempt was, or would be, sent."""
        return self._transactions.terminal_of(attempt).name

    def _send(self, attempt: Attempt, order: Order, stored: str) -> None:
        # Stored means are charged only where they were chosen, even right after a proof.
        # Where the terminal can, it only authorises: the amount is taken after the sale is in the ledger.
        capture = not self._terminals.authorises_first(attempt.terminal)
        charge = Charge(attempt.key, order.order_id, attempt.amount, stored, capture)
        at_reader = attempt.means is PaymentMeans.TERMINAL
        alone = at_reader and not self._is_attended(attempt.terminal)
        if alone and attempt.why != MOMENT:
            self._occupancy.claim(attempt.terminal_id, attempt.key)
        ready = partial(self._until_free, attempt) if alone else None
        self.worker.send(attempt, partial(self._charge, charge), ready=ready, ended=self._occupancy_ended)

    def _ask_anew(self, attempt: Attempt) -> None:
        """The sweep has dropped it when it ended, and would find it only when it reads the journal again."""
        name, identity = self._transactions.terminal_of(attempt)
        self._sweep.soon(self.worker.kind, attempt.key, identity or name)

    def _is_attended(self, name: str) -> bool:
        """Whether associates take its payments, several at the same time."""
        driver = self._terminals.drivers.get(name)
        return driver is not None and driver.capabilities.attended

    def _charge(self, charge: Charge, terminal: PaymentTerminal) -> TerminalReply:
        def on_taken_up() -> None:
            self._transactions.apply(charge.key, Sent(self._now()))

        provider_id = terminal.create(charge)
        try:
            self.worker.sending(charge.key, provider_id)
        except TerminalBusyError:
            if provider_id:
                # It is registered, and is not handed over to the reader any more.
                terminal.cancel(Presented(charge.key, charge.order_id, charge.amount, provider_id))
            raise
        return terminal.present(charge, provider_id, on_taken_up, self._card_s)

    def _until_free(self, attempt: Attempt) -> TerminalEvent | None:
        """Waits until the terminal is free, then claims it; or the event with which the attempt ends, unsent."""
        until_s = self._monotonic_s() + FREE_WAIT_S
        while True:
            with self._writer:
                now = self._transactions.current(attempt.key)
                if now.cancel_wanted or now.state is not PaymentState.KEYED:
                    return Cancelled(self._now())
                if self._occupancy.claim(attempt.terminal_id, attempt.key):
                    return None
            if self._monotonic_s() >= until_s or self.worker.pause(POLL_S):
                return Refused(self._now(), "busy")

    def _occupancy_ended(self, key: str) -> None:
        with self._writer:
            self._occupancy.release(key)

    def _open_attempt(self, order_id: OrderId) -> Attempt | None:
        return next((a for a in self._book.attempts(order_id) if a.state.is_open), None)

    def _unavailable(self, name: str, order: Order, means: PaymentMeans) -> str:
        """Code of the reason why a terminal cannot collect this order; empty if it can."""
        driver = self._terminals.drivers.get(name)
        if driver is None:
            return "no-terminal"
        if means is PaymentMeans.STORED and not driver.capabilities.stored_means:
            return "no-stored-means"
        minimum = driver.capabilities.minimum_minor.get(order.total.currency, 0)
        return "below-minimum" if order.total.minor < minimum else ""


def _is_ending(holder: Attempt) -> bool:
    """Whether the attempt that occupies a terminal is being cancelled or asked for, so that a short wait helps.

    It is asked for at once then, also one that is otherwise asked for once an hour.
    """
    return holder.cancel_wanted or holder.state.is_uncertain
