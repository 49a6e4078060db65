"""Applies the terminal's events to payment attempts: ledger first, then receipt, stock and notification."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from kiosk.connectors.payments.port import Presented
from kiosk.core.domain.payment import DROPPED, Attempt, PaymentState
from kiosk.core.domain.payment_transitions import attempt_after, on_restart
from kiosk.core.domain.terminal_events import (
    PAID_TWICE,
    SOLD,
    Approved,
    ApprovedPartly,
    CancelWanted,
    SettledByAssociate,
    TerminalEvent,
)
from kiosk.store.errors import NotFoundError
from kiosk.store.payments.context import PaymentContext
from kiosk.store.payments.settlement import Settlement
from kiosk.store.payments.taken_back.take_backs import TakeBacks
from kiosk.store.payments.transactions.ports import TerminalName

_SAID_CHARGED = frozenset({PaymentState.PAID, PaymentState.UNWANTED, PaymentState.REVERSED})
"""States of a provisional attempt that a person has called charged."""


class PaymentTransactions:
    """`Transactions` of payment attempts."""

    kind = "payment"

    def __init__(self, context: PaymentContext, settlement: Settlement, take_backs: TakeBacks) -> None:
        self._book, self._terminals = context.book, context.terminals
        self._writer, self._settlement, self._now = context.writer, settlement, context.now_us
        self._context, self._take_backs = context, take_backs
        self.follow: Callable[[Attempt], bool] = lambda _: True
        """Captures, voids or pays back what an approved attempt needs; set when the services are put together."""
        self.asked_anew: Callable[[Attempt], object] = lambda _: None
        """Called when the terminal is to be asked again about an attempt that had ended; set as `follow`."""

    def current(self, key: str) -> Attempt:
        attempt = self._book.attempt(key)
        if attempt is None:
            raise NotFoundError("there is no such payment")
        return attempt

    def apply(self, key: str, event: TerminalEvent) -> Attempt:
        with self._writer:
            after = self._apply(key, event)
        self._settlement.catch_up()
        return after

    def _apply(self, key: str, event: TerminalEvent) -> Attempt:
        before = self.current(key)
        after = attempt_after(before, event, self._why_unwanted(before, event))
        if after == before:
            return before
        taken_back = before.state is PaymentState.PAID and after.state is not PaymentState.PAID
        if taken_back:
            self._take_backs.check(before)
        if isinstance(event, SettledByAssociate):
            self._book.put_decision(before, event.by, event.at_us, paid=event.done)
        try:
            self._write(before, after, event.by if isinstance(event, SettledByAssociate) else "")
        except BaseException:
            # She must not be asked for a card that may be charged already; the sweep asks for the result.
            self._settlement.publish_unwritten(before)
            raise
        self._context.ages.changed(key)
        if after.is_asked_for and not before.is_asked_for:
            self.asked_anew(after)
        if after.state is not before.state or (after.why != before.why and after.state.is_open):
            self._settlement.publish(after)
        if after.state is PaymentState.PAID and before.state is not PaymentState.PAID:
            self._end_others(after)
        if taken_back:
            self._settlement.forget(after.order_id)
            self._take_backs.follow(after.order_id)
        if (after.state is PaymentState.UNWANTED and taken_back) or (
            after.state is PaymentState.PAID and not after.captured
        ):
            self.follow(after)
        return after

    def put_refused(self, attempt: Attempt, number: int) -> None:
        """Journals an attempt that ended before anything was sent."""
        self._book.put_key(attempt, number)
        self._settlement.publish(attempt)

    def unfinished(self) -> tuple[Attempt, ...]:
        return self._book.unfinished()

    def after_restart(self) -> int:
        with self._writer:
            found = self._book.open_attempts()
            for before in found:
                after = on_restart(before, self._now())
                if after != before:
                    self._book.put_attempt(after)
            return len(found)

    def terminal_of(self, transaction: Attempt) -> TerminalName:
        if transaction.terminal:
            return TerminalName(transaction.terminal, transaction.terminal_id)
        order = self._book.order(transaction.order_id)
        named = self._book.terminal(transaction.key)
        return TerminalName(named or (self._terminals.name_for(order.room) if order else ""), "")

    def asked_for(self, transaction: Attempt) -> Presented:
        return Presented(
            transaction.key,
            transaction.order_id,
            transaction.amount,
            transaction.provider_id,
            transaction.sent_us,
        )

    def cancel_of(self, transaction: Attempt) -> Presented | None:
        """By a wish, where another attempt has paid the order, and always while an approval could not be journaled.

        What only a person has called charged is cancelled too: if she is wrong, the terminal still waits for a card,
        and nobody pays there any more. A cancel never undoes an approval.
        """
        said_charged = transaction.state in _SAID_CHARGED
        if said_charged and not transaction.provisional:
            return None
        wanted = said_charged or transaction.cancel_wanted or self._context.journal_is_closed
        if not wanted and self._book.paid_attempt(transaction.order_id) is None:
            return None
        return self.asked_for(transaction)

    def owner_of(self, reference: str, transaction: Attempt) -> str:
        """A number that a person typed for an attempt is free again once the terminal has said another one."""
        owner = self._book.owner_of(transaction.terminal_id, reference)
        attempt = self._book.attempt(owner) if owner else None
        return owner if attempt is not None and attempt.reference == reference else ""

    def answered(self, transaction: Attempt) -> bool:
        if transaction.state is PaymentState.UNWANTED or not transaction.captured:
            return self.follow(transaction)
        return False

    def _end_others(self, paid: Attempt) -> None:
        """What else was charged for an order that is paid now needs no decision of a person; what is open ends."""
        for other in self._book.attempts(paid.order_id):
            if other.key == paid.key:
                continue
            if other.contradicted and other.state is PaymentState.UNWANTED:
                decided = replace(other, contradicted=False, why=PAID_TWICE, changed_us=self._now())
                self._book.put_attempt(decided)
                self.follow(decided)
            elif other.state.is_open:
                self.apply(other.key, CancelWanted(self._now()))

    def _why_unwanted(self, attempt: Attempt, event: TerminalEvent) -> str:
        """Code of the reason why an approval of this attempt would not pay for its order; empty if it would."""
        approval = isinstance(event, Approved | ApprovedPartly | SettledByAssociate)
        if not approval or not attempt.amount.minor or attempt.state is PaymentState.PAID:
            return ""
        if any(a.state is PaymentState.PAID for a in self._book.attempts(attempt.order_id)):
            return PAID_TWICE
        order = self._book.order(attempt.order_id)
        pieces = [line.piece for line in order.lines] if order else []
        if any(hold.sold for hold in self._book.taken(pieces, attempt.order_id).values()):
            return SOLD
        return DROPPED if self._book.is_dropped(attempt.order_id) else ""

    def _write(self, before: Attempt, after: Attempt, by: str) -> None:
        confirmed = before.is_unconfirmed and not after.is_unconfirmed and after.state is before.state
        if after.reference and after.reference != before.reference:
            self._book.put_reference(after)
        if after.state is PaymentState.PAID and before.state is not PaymentState.PAID:
            self._settlement.write_paid(after)
        elif before.state is PaymentState.PAID and after.state is not PaymentState.PAID:
            self._take_backs.write(before, after, by)
        else:
            self._book.put_attempt(after, confirmed=confirmed and after.state.is_final)
