"""Refund of one sold piece as a pure state machine, built like `payment`.

The key is in the ledger before anything is sent. A reply that does not come is queried by that key and never sent
again under a new one, so that nothing is paid back twice.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import unique
from typing import assert_never

from kiosk.core.domain.ids import ArticleId, OrderId, PieceId
from kiosk.core.domain.money import Money
from kiosk.core.domain.terminal_events import (
    MAX_QUERIES,
    Approved,
    Cancelled,
    NeverArrived,
    Refused,
    ReplyLost,
    Sent,
    SettledByAssociate,
    StillUnknown,
    TerminalEvent,
)
from kiosk.core.domain.transaction_state import TransactionState


@unique
class RefundState(TransactionState):
    """State of one refund.

    KEYED: key written, perhaps sent. UNSURE: no reply came, the terminal is queried. PARKED: the queries gave no
    result, an associate settles it. DONE and REFUSED are results.
    """

    KEYED = "keyed"
    UNSURE = "unsure"
    DONE = "done"
    REFUSED = "refused"
    PARKED = "parked"

    @property
    def is_final(self) -> bool:
        """The result is known and never changes."""
        return self in (RefundState.DONE, RefundState.REFUSED)


@dataclass(frozen=True, slots=True)
class Refund:
    """Refund of one piece of a paid order. `key` is its id at the terminal, `by` the id of the associate."""

    key: str
    order_id: OrderId
    piece: PieceId
    article: ArticleId
    amount: Money
    by: str
    state: RefundState = RefundState.KEYED
    reference: str = ""
    """The acquirer's number of the refund."""
    why: str = ""
    """Short code of the reason, where it was refused."""
    asked: int = 0
    """Number of queries for the lost reply."""
    changed_us: int = 0


def refund_after(refund: Refund, event: TerminalEvent) -> Refund:
    """The refund after an event. Final states never change; every pair has a result, at least "unchanged"."""
    if refund.state.is_final:
        return refund
    at = replace(refund, changed_us=event.at_us)
    match event:
        case Sent():
            return refund
        case Approved(reference=reference) | SettledByAssociate(done=True, reference=reference):
            return replace(at, state=RefundState.DONE, reference=reference)
        case SettledByAssociate(reference=reference):
            return replace(at, state=RefundState.REFUSED, reference=reference, why="by-hand")
        case Refused() | Cancelled() | NeverArrived():
            # The terminal refuses a key that it reported as never arrived; the piece may be refunded under a new key.
            return replace(at, state=RefundState.REFUSED, why=_reason(event))
        case ReplyLost() | StillUnknown():
            asked = refund.asked + 1
            state = RefundState.PARKED if asked >= MAX_QUERIES else RefundState.UNSURE
            return replace(at, asked=asked, state=state)
        case _:
            assert_never(event)


def _reason(event: Refused | Cancelled | NeverArrived) -> str:
    match event:
        case Refused(why=why):
            return why or "refused"
        case Cancelled(why=why):
            return why or "cancelled"
        case NeverArrived():
            return "never-arrived"


def on_restart(refund: Refund) -> Refund:
    """State of a refund found in the ledger after a crash: a keyed one may have been sent."""
    if refund.state is RefundState.KEYED:
        return replace(refund, state=RefundState.UNSURE)
    return refund
