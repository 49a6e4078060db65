"""Refund of one sold piece as a pure state machine, built like `kiosk.core.domain.payment`: key first, then asking.

A refund is of one line of one paid order. Its key is in the journal before anything is sent; an answer that does not
come is asked for by that key, never sent again under a new one; so nothing is paid back twice.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum, unique
from typing import Any

from kiosk.connectors.payments.port import TerminalReply, TerminalStatus
from kiosk.core.domain.ids import Epc, Gtin, OrderId
from kiosk.core.domain.money import Money
from kiosk.core.domain.payment import MAX_QUERIES
from kiosk.core.wire import plain, read
from kiosk.store.payments.ledger import Ledger

REFUND, RESTOCKED = "refund", "restocked"


@unique
class RefundState(Enum):
    """KEYED: written, perhaps sent. UNSURE: no answer came, it is asked for. PARKED: a person settles it."""

    KEYED = "keyed"
    UNSURE = "unsure"
    DONE = "done"
    REFUSED = "refused"
    PARKED = "parked"

    @property
    def is_final(self) -> bool:
        return self in (RefundState.DONE, RefundState.REFUSED)


@dataclass(frozen=True, slots=True)
class Refund:
    """Paying back one piece of an order, known to the terminal under `key`; `by` is the associate who did it."""

    key: str
    order_id: OrderId
    epc: Epc
    gtin: Gtin
    amount: Money
    by: str
    state: RefundState = RefundState.KEYED
    reference: str = ""
    why: str = ""
    asked: int = 0
    changed_us: int = 0


def answered(refund: Refund, answer: TerminalReply | None, at_us: int) -> Refund:
    """The refund after the terminal's answer; None where none came. Final states never change."""
    if refund.state.is_final:
        return refund
    at = replace(refund, changed_us=at_us)
    status = TerminalStatus.PENDING if answer is None else answer.status
    if answer is not None and status is TerminalStatus.APPROVED:
        return replace(at, state=RefundState.DONE, reference=answer.reference)
    if answer is not None and status is not TerminalStatus.PENDING:
        # A key that never arrived pays nothing back any more; the piece may be tried again under a new one.
        return replace(at, state=RefundState.REFUSED, why=answer.why or status.value)
    asked = refund.asked + 1
    return replace(at, asked=asked, state=RefundState.PARKED if asked >= MAX_QUERIES else RefundState.UNSURE)


class RefundBook:
    """All refunds in the money journal. Every write is on the disk when it returns."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger

    def put(self, refund: Refund) -> None:
        """Writes a state down. sqlite3.IntegrityError for a key that was used before."""
        self.ledger.add(
            REFUND,
            refund.order_id,
            plain(refund),
            refund.changed_us,
            key=refund.key,
            state=refund.state.value,
        )

    def refund(self, key: str) -> Refund | None:
        body = self.ledger.last(REFUND, key=key)
        return None if body is None else _read(body)

    def of_order(self, order_id: OrderId) -> tuple[Refund, ...]:
        """Every refund of an order as it stands now."""
        return tuple(_read(b) for b in self.ledger.lasts(REFUND, "order_id = ?", order_id))

    def of_piece(self, order_id: OrderId, epc: Epc) -> Refund | None:
        """The refund of a piece that is done or under way; None where there is none, or it was refused."""
        return next(
            (r for r in self.of_order(order_id) if r.epc == epc and r.state is not RefundState.REFUSED), None
        )

    def back(self, order_id: OrderId) -> frozenset[Epc]:
        """The pieces of an order that were paid back."""
        return frozenset(r.epc for r in self.of_order(order_id) if r.state is RefundState.DONE)

    def unfinished(self) -> tuple[Refund, ...]:
        """Refunds whose end is not known."""
        states = [s.value for s in RefundState if s.is_final]
        item_events = ",".join("?" * len(states))
        return tuple(_read(b) for b in self.ledger.lasts(REFUND, f"state NOT IN ({item_events})", *states))

    def put_restocked(self, refund: Refund, at_us: int) -> None:
        """The piece is the house's again."""
        self.ledger.add(RESTOCKED, refund.order_id, {}, at_us, key=refund.key)

    def unrestocked(self) -> tuple[Refund, ...]:
        """Refunds that are done and whose pieces may still count as sold."""
        done = (_read(b) for b in self.ledger.lasts(REFUND, "state = ?", RefundState.DONE.value))
        return tuple(r for r in done if self.ledger.last(RESTOCKED, key=r.key) is None)


def _read(body: Any) -> Refund:
    refund: Refund = read(Refund, body)
    return refund
