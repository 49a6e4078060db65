"""A paid order with a piece that another order has sold: an associate must find out which of the two has it."""

from __future__ import annotations

import logging
from dataclasses import dataclass

from kiosk.core.domain.ids import OrderId, PieceId

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class ForeignSale:
    """`order_id` is paid; `piece` of it is sold in `by_order` as well."""

    order_id: OrderId
    piece: PieceId
    by_order: OrderId


def log_foreign_sale(sale: ForeignSale) -> None:
    """Writes the alarm to the log."""
    log.error(
        "order %s is paid, but its piece %s is sold in order %s: look at both receipts, and pay one of them back",
        sale.order_id, sale.piece, sale.by_order,
    )  # fmt: skip
