"""Who is in the shop: a shopper in each room with her orders, the next one when she has left, and the shop's pieces."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from kiosk.core.domain.ids import ArticleId, OrderId, PieceId, Ticket, anonymous_piece
from tests.kiosk.store.sample_shop import gtin_of, piece_of

_SHIRT, _LARGE, _COAT, _SCARF = (
    ("S1", "WHI", "M"),
    ("S1", "WHI", "L"),
    ("C1", "NVY", "38"),
    ("A1", "RED", "one"),
)
SCANNED: Final = anonymous_piece(gtin_of(*_SCARF), "1")
"""A scarf that was scanned without serial."""
PIECES: Final[dict[str, tuple[PieceId, ArticleId]]] = {
    **{f"shirt{n}": (piece_of(*_SHIRT, n), gtin_of(*_SHIRT)) for n in (1, 2, 3)},
    **{f"large{n}": (piece_of(*_LARGE, n), gtin_of(*_LARGE)) for n in (1, 2)},
    **{f"coat{n}": (piece_of(*_COAT, n), gtin_of(*_COAT)) for n in (1, 2)},
    **{f"scarf{n}": (piece_of(*_SCARF, n), gtin_of(*_SCARF)) for n in (1, 2)},
    "scan": (SCANNED, gtin_of(*_SCARF)),
}
"""The pieces that are for sale, by the names that the steps use."""
TAG_OF_SCAN: Final = PIECES["scarf1"][0]
BASKETS: Final = (
    ("shirt1",), ("shirt2",), ("coat1",), ("scarf1",), ("scan",), ("shirt1", "coat1"), ("shirt3", "scan"),
    ("coat2", "scarf2"), ("shirt2", "shirt3"), ("large1", "coat2"),
)  # fmt: skip
"""What shoppers take; some of them want the same pieces."""


@dataclass(slots=True)
class Visit:
    """One shopper in a room; `order` is her last one, `tries` the number of her last attempt for it."""

    room: str
    number: int
    orders: int = 0
    order: OrderId | None = None
    tries: int = 0

    @property
    def ticket(self) -> Ticket:
        return Ticket(f"visit{self.room}.{self.number}")

    def begin_order(self) -> OrderId:
        self.orders += 1
        self.tries = 0
        self.order = OrderId(f"o{self.room}.{self.number}.{self.orders}")
        return self.order


@dataclass(slots=True)
class People:
    """The visits in the rooms, and what persons have done that no machine can know."""

    visits: dict[str, Visit] = field(default_factory=lambda: {r: Visit(r, 1) for r in ("1", "2", "3")})
    ended: set[Ticket] = field(default_factory=set)
    lies: set[str] = field(default_factory=set)
    """Keys of the transactions of which an associate has said the wrong thing."""
    slips: dict[str, Slip] = field(default_factory=dict)
    """What was done at the shop's own terminal, by the key of the payment or refund."""
    desk_orders: int = 0
    identified: bool = False
    """The tag of the piece that was scanned without serial was read: it is `scarf1`; else it is another scarf."""

    def garment(self, piece: PieceId) -> PieceId:
        """One id for each garment."""
        return TAG_OF_SCAN if self.identified and piece == SCANNED else piece

    def next_shopper(self, room: str) -> Visit:
        self.ended.add(self.visits[room].ticket)
        self.visits[room] = Visit(room, self.visits[room].number + 1)
        return self.visits[room]


@dataclass(frozen=True, slots=True)
class Slip:
    """The slip of the shop's own terminal: money moved for an order; a refund's is below 0. In minor units."""

    order: str
    minor: int
    number: str
