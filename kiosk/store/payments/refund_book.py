"""Reads and writes refunds in the ledger."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from kiosk.core.domain.ids import OrderId, PieceId
from kiosk.core.domain.refund import Refund, RefundState
from kiosk.core.domain.transaction_state import CONFIRMED
from kiosk.core.wire import from_json, to_json
from kiosk.store.payments.ledger import Ledger
from kiosk.store.payments.ledger.open_keys import REFUND, UNRESTOCKED
from kiosk.store.payments.ledger.values import read_value, read_values
from kiosk.store.payments.old_entries import with_piece_ids

RESTOCKED = "restocked"
"""Kind of a ledger entry, beside REFUND."""


class RefundBook:
    """The refunds of the ledger. Every write is on the disk when it returns."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self.on_done: Callable[[Refund], None] = lambda _: None
        """Called within each transaction that writes that a refund is done; it may be written more than once."""

    def put(self, refund: Refund, *, confirmed: bool = False) -> None:
        """Writes a refund's state; `confirmed`: only that it is confirmed is new.

        Raises KnownKeyError for a new refund under a known key, PaymentsClosedError.
        """
        with self.ledger.transaction():
            self.ledger.append(
                REFUND,
                refund.order_id,
                to_json(refund),
                refund.changed_us,
                key=refund.key,
                state=CONFIRMED if confirmed else refund.journal_state,
            )
            if refund.state is RefundState.DONE:
                self.on_done(refund)

    def refund(self, key: str) -> Refund | None:
        body = self.ledger.last(REFUND, key=key)
        return None if body is None else read_value(_read, body)

    def of_order(self, order_id: OrderId) -> tuple[Refund, ...]:
        """The refunds of an order in their newest state."""
        return read_values(self.ledger, _read, self.ledger.of_order(REFUND, order_id))

    def of_piece(self, order_id: OrderId, piece: PieceId) -> Refund | None:
        """The refund of a piece that is done or open; None where there is none, or it was refused."""
        found = (r for r in self.of_order(order_id) if r.piece == piece)
        return next((r for r in found if r.state is not RefundState.REFUSED), None)

    def refunded(self, order_id: OrderId) -> frozenset[PieceId]:
        """The pieces of an order that were paid back."""
        return frozenset(r.piece for r in self.of_order(order_id) if r.state is RefundState.DONE)

    def open_refunds(self) -> tuple[Refund, ...]:
        """Refunds of all orders whose result is not known."""
        return tuple(r for r in self.unfinished() if r.state.is_open)

    def unfinished(self) -> tuple[Refund, ...]:
        """Refunds of all orders whose result is not known or not confirmed."""
        return read_values(self.ledger, _read, self.ledger.open_entries(REFUND))

    def put_restocked(self, refund: Refund, at_us: int) -> None:
        """The piece of a refund is in the stock again."""
        self.ledger.append(RESTOCKED, refund.order_id, {}, at_us, key=refund.key)

    def unrestocked(self) -> tuple[Refund, ...]:
        """Refunds that are done and whose pieces may still be marked as sold."""
        found = (self.refund(key) for key in self.ledger.open_orders(UNRESTOCKED))
        return tuple(refund for refund in found if refund is not None)


def _read(body: Any) -> Refund:
    refund: Refund = from_json(Refund, with_piece_ids(body))
    return refund
