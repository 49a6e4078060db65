"""Reads and writes refunds in the ledger."""

from __future__ import annotations

from typing import Any

from kiosk.core.domain.ids import OrderId, PieceId
from kiosk.core.domain.refund import Refund, RefundState
from kiosk.core.wire import from_json, to_json
from kiosk.store.payments.ledger import Ledger
from kiosk.store.payments.old_entries import with_piece_ids

REFUND, RESTOCKED = "refund", "restocked"
"""Kinds of ledger entries."""
_FINAL = tuple(state.value for state in RefundState if state.is_final)


class RefundBook:
    """The refunds of the ledger. Every write is on the disk when it returns."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger

    def put(self, refund: Refund) -> None:
        """Writes a refund's state. Raises sqlite3.IntegrityError for a new refund under a known key."""
        self.ledger.append(
            REFUND,
            refund.order_id,
            to_json(refund),
            refund.changed_us,
            key=refund.key,
            state=refund.state.value,
        )

    def refund(self, key: str) -> Refund | None:
        body = self.ledger.last(REFUND, key=key)
        return None if body is None else _read(body)

    def of_order(self, order_id: OrderId) -> tuple[Refund, ...]:
        """The refunds of an order in their newest state."""
        return tuple(_read(b) for b in self.ledger.last_of_each_key(REFUND, "order_id = ?", order_id))

    def of_piece(self, order_id: OrderId, piece: PieceId) -> Refund | None:
        """The refund of a piece that is done or open; None where there is none, or it was refused."""
        found = (r for r in self.of_order(order_id) if r.piece == piece)
        return next((r for r in found if r.state is not RefundState.REFUSED), None)

    def refunded(self, order_id: OrderId) -> frozenset[PieceId]:
        """The pieces of an order that were paid back."""
        return frozenset(r.piece for r in self.of_order(order_id) if r.state is RefundState.DONE)

    def open_refunds(self) -> tuple[Refund, ...]:
        """Refunds of all orders whose result is not known."""
        marks = ",".join("?" * len(_FINAL))
        bodies = self.ledger.last_of_each_key(REFUND, f"state NOT IN ({marks})", *_FINAL)
        return tuple(_read(b) for b in bodies)

    def put_restocked(self, refund: Refund, at_us: int) -> None:
        """The piece of a refund is in the stock again."""
        self.ledger.append(RESTOCKED, refund.order_id, {}, at_us, key=refund.key)

    def unrestocked(self) -> tuple[Refund, ...]:
        """Refunds that are done and whose pieces may still be marked as sold."""
        done = (_read(b) for b in self.ledger.last_of_each_key(REFUND, "state = ?", RefundState.DONE.value))
        return tuple(r for r in done if self.ledger.last(RESTOCKED, key=r.key) is None)


def _read(body: Any) -> Refund:
    refund: Refund = from_json(Refund, with_piece_ids(body))
    return refund
