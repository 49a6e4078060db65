"""The port for ranking items beside a room: implemented by the trained model with the fallback ranking after it.

Items are rows of an assortment, and sets of items are masks by row: nothing is asked of each item of the shop in turn.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from kiosk.core.domain.advice import LookReason
from kiosk.core.domain.ids import ItemId
from kiosk.store.advice.assortment.assortment import Assortment
from kiosk.store.advice.stylist_looks import NOTHING_JOINED, JoinedItems
from recommender.arrays import Bools, Ints


@dataclass(frozen=True, slots=True)
class RoomQuestion:
    """A room and its shopper. `in_stock` (by row) contains whatever is asked for later. `k`: places of a list."""

    assortment: Assortment
    room: Sequence[ItemId]
    without: Sequence[ItemId]
    past: Sequence[ItemId]
    in_stock: Bools
    k: int
    joined: JoinedItems = NOTHING_JOINED


@dataclass(frozen=True, slots=True)
class RankedItem:
    """A ranked item: the reason, the item of the room that it refers to, and the count behind the reason."""

    item: ItemId
    reason: LookReason
    about: ItemId | None = None
    count: int = 0
    score: float = 0.0


class RoomRanking(Protocol):
    """The ranking beside one room, scored once for several calls of `batches`."""

    def batches(self, eligible: Bools) -> Iterator[Ints]:
        """The eligible rows, best first, in arrays that are computed as they are consumed."""
        ...

    def is_arrival(self, row: int) -> bool:
        """Whether a row of `batches` is offered as a new arrival."""
        ...

    def bought_together(self) -> Ints:
        """Rows that were bought with an item of the room more often than chance gives."""
        ...

    def hardly_together(self) -> Ints:
        """Rows of categories that are hardly ever bought with one of the room's."""
        ...

    def explain(self, rows: Sequence[int]) -> list[RankedItem]:
        """Rows of `batches` with their reasons."""
        ...


class LookSource(Protocol):
    """Ranks items beside a room.

    Promises of `batches`: only eligible rows, none of the room and none of its styles, none of `without` and none of
    `past`, no style twice; best first. The first `k` make a list to be shown; the rows after them are for a shop
    that must leave some of them out. Rules of display (price band, items of a category, new arrivals in a list) are
    not applied here but in `suggestions` and `display_rules`.
    """

    def rank(self, question: RoomQuestion) -> RoomRanking: ...
