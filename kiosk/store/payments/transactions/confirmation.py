"""Compares what persons have said of payments and refunds with the report of the provider's settlement.

A person's word is provisional until the terminal or the day's settlement agrees; a contradiction is a task at the desk.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from enum import Enum, unique
from typing import Any

from kiosk.connectors.payments.attended import is_attended
from kiosk.core.domain.follow_up import WholeFollowUp
from kiosk.core.domain.ids import OrderId
from kiosk.core.domain.money import Money
from kiosk.core.domain.payment import Attempt, PaymentState
from kiosk.core.domain.refund import Refund, RefundState
from kiosk.core.domain.terminal_events import (
    ANSWERED,
    Approved,
    ApprovedPartly,
    Cancelled,
    NotReported,
    TerminalEvent,
)
from kiosk.store.errors import NotFoundError, RefusedError
from kiosk.store.payments.context import PaymentContext
from kiosk.store.payments.transactions.follow_ups import FollowUpTransactions
from kiosk.store.payments.transactions.payments import PaymentTransactions
from kiosk.store.payments.transactions.ports import Transactions
from kiosk.store.payments.transactions.refunds import RefundTransactions

log = logging.getLogger(__name__)
BY_SETTLEMENT = "settlement"
"""In the place of an associate's id, where the report of the provider has confirmed or contradicted a word."""


@unique
class Agreement(Enum):
    """What a comparison has found. KNOWN: it does not rest on a person's word any more, or she has answered it."""

    CONFIRMED = "confirmed"
    CONTRADICTED = "contradicted"
    KNOWN = "known"


@dataclass(frozen=True, slots=True)
class Unconfirmed:
    """A payment, or a refund or capture (then `charge` is False), that rests on a person's word.

    `said_moved`: the person said that the amount was collected, or paid back. `sent_us`: when it was sent to the
    terminal, microseconds UTC. `provider_id`, `reference` are empty where they are not known.
    """

    key: str
    order_id: OrderId
    charge: bool
    amount: Money
    said_moved: bool
    terminal: str
    terminal_id: str
    provider_id: str
    reference: str
    sent_us: int


class Confirmations:
    """The words of persons that nothing has confirmed. Safe to use from any thread."""

    def __init__(
        self, context: PaymentContext, payments: PaymentTransactions, refunds: RefundTransactions,
        follow_ups: FollowUpTransactions,
    ) -> None:  # fmt: skip
        self._book, self._writer, self._now = context.book, context.writer, context.now_us
        self._payments, self._refunds, self._follow_ups = payments, refunds, follow_ups

    def unconfirmed(self) -> tuple[Unconfirmed, ...]:
        """Everything that rests on a person's word."""
        attempts = (_unconfirmed_payment(a) for a in self._payments.unfinished() if a.provisional)
        others: tuple[Refund | WholeFollowUp, ...] = (
            *self._refunds.unfinished(),
            *self._follow_ups.unfinished(),
        )
        return *attempts, *(_unconfirmed_follow_up(f) for f in others if f.provisional)

    def confirm_by_settlement(self, key: str, moved: Money | None, reference: str = "") -> Agreement:
        """Compares a person's word with the report: `moved` is the amount that it states, None where it has none.

        The caller makes sure that the report covers the time of the transaction. A word that agrees is confirmed;
        another one, or another amount, becomes a task at the desk. A report without the charge is not the last word
        while the terminal may still wait for its card: the terminal is asked on. A charge against the word "not
        charged" is paid back by itself where its order is paid otherwise. Raises NotFoundError, PaymentsClosedError;
        RefusedError if `reference` belongs to another order.
        """
        with self._writer:
            transactions = self._of(key)
            before = transactions.current(key)
            late = isinstance(before, Attempt) and before.is_taken_back and moved is not None
            if not (before.provisional or late):
                return Agreement.KNOWN
            owner = transactions.owner_of(reference, before) if reference else ""
            if owner and owner != key:
                raise RefusedError("this number already belongs to another order")
            event = self._event(before, moved, reference)
            self._book.put_settlement_word(before.order_id, key, moved, self._now())
            after = transactions.apply(key, event)
            if after == before and after.why == ANSWERED:
                return Agreement.KNOWN
            agrees = not after.contradicted and _said_moved(before) is (moved is not None)
            log.info(
                "%s %s: the settlement %s", transactions.kind, key, "agrees" if agrees else "contradicts"
            )
            return Agreement.CONFIRMED if agrees else Agreement.CONTRADICTED

    def _of(self, key: str) -> Transactions[Any]:
        every: tuple[Transactions[Any], ...] = (self._payments, self._refunds, self._follow_ups)
        for transactions in every:
            try:
                transactions.current(key)
            except NotFoundError:
                continue
            return transactions
        raise NotFoundError("there is no such payment or refund")

    def _event(
        self, before: Attempt | Refund | WholeFollowUp, moved: Money | None, reference: str
    ) -> TerminalEvent:
        now_us = self._now()
        if moved is None and isinstance(before, Attempt) and not is_attended(before.terminal_id):
            return NotReported(now_us)
        if moved is None:
            # A refund needs no card: it is carried out when it is sent, or never.
            return Cancelled(now_us, BY_SETTLEMENT)
        if moved == before.amount:
            return Approved(now_us, reference)
        if isinstance(before, Attempt):
            return ApprovedPartly(now_us, moved, reference)
        # Another amount contradicts both words; what was paid back stays paid back.
        said = before.state is RefundState.DONE
        return Cancelled(now_us, BY_SETTLEMENT) if said else Approved(now_us, reference)


def _said_moved(one: Attempt | Refund | WholeFollowUp) -> bool:
    if isinstance(one, Attempt):
        return one.state is not PaymentState.ABANDONED
    return one.state is RefundState.DONE


def _unconfirmed_payment(one: Attempt) -> Unconfirmed:
    return Unconfirmed(
        key=one.key, order_id=one.order_id, charge=True, amount=one.amount, said_moved=_said_moved(one),
        terminal=one.terminal, terminal_id=one.terminal_id, provider_id=one.provider_id, reference=one.reference,
        sent_us=one.sent_us,
    )  # fmt: skip


def _unconfirmed_follow_up(one: Refund | WholeFollowUp) -> Unconfirmed:
    return Unconfirmed(
        key=one.key, order_id=one.order_id, charge=False, amount=one.amount, said_moved=_said_moved(one),
        terminal=one.terminal, terminal_id=one.terminal_id, provider_id="", reference=one.reference,
        sent_us=one.sent_us,
    )  # fmt: skip
