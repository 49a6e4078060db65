"""A selection looks at few items, whatever the shop: nothing fits the price of the room, all is of one category."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np
import pytest

from kiosk.core.domain.advice import LookReason
from kiosk.core.domain.ids import ItemId, StyleId
from kiosk.core.domain.money import Money
from kiosk.store.advice.assortment.assortment import Assortment
from kiosk.store.advice.assortment.draft import AssortmentDraft, empty_assortment
from kiosk.store.advice.assortment.price_edges import BANDS
from kiosk.store.advice.assortment.style_rows import ItemRow, StyleRows
from kiosk.store.advice.port import RankedItem
from kiosk.store.advice.selection import MAX_KEPT, Selection
from kiosk.store.advice.stylist_looks import NOTHING_JOINED
from recommender.arrays import Bools, Ints
from recommender.looks.serving.outfits.kinds import OutfitReader
from tests.kiosk.core.garments import garment

ITEMS = 12_000


class CountedRanking:
    """Ranks rows by their number; counts the rows that are looked at one by one."""

    def __init__(self) -> None:
        self.asked = 0

    def batches(self, eligible: Bools) -> Iterator[Ints]:
        rows = eligible.nonzero()[0].astype(np.int32)
        for start in range(0, len(rows), 1000):
            yield rows[start : start + 1000]

    def is_arrival(self, row: int) -> bool:
        del row
        self.asked += 1
        return False

    def bought_together(self) -> Ints:
        return np.zeros(0, np.int32)

    def hardly_together(self) -> Ints:
        return np.zeros(0, np.int32)

    def explain(self, rows: Sequence[int]) -> list[RankedItem]:
        return [RankedItem(ItemId(f"i{row}"), LookReason.GOES_WITH) for row in rows]


def shop(categories: int, cheapest: int) -> Assortment:
    """Items of a style each, in turns of these categories, with prices from `cheapest` up to ten times that."""
    draft = AssortmentDraft(empty_assortment(OutfitReader()))
    for number in range(ITEMS):
        price = cheapest + number * 7919 % (9 * cheapest)
        item = ItemRow(ItemId(f"i{number}"), price, ("M",), (True,))
        category = f"category {number % categories}"
        draft.put(StyleRows(StyleId(f"s{number}"), category, "alpha", "EUR", "", (item,)))
    return draft.finish()


@pytest.mark.parametrize("categories", [1, 3])
@pytest.mark.parametrize("room_price", [10, 10_000])
def test_few_items_are_looked_at_one_by_one(categories: int, room_price: int) -> None:
    assortment, ranking = shop(categories, 1000), CountedRanking()
    room = [replace(garment("R1"), category="other", price=Money(room_price, "EUR"))]
    selection = Selection(assortment, room, NOTHING_JOINED)
    selection.take(ranking, assortment.stocked)
    shown = selection.finish()
    assert len(shown) == min(6, 2 * categories)
    assert ranking.asked <= categories * (2 * BANDS + 1) * MAX_KEPT


def test_planted_fault_without_closed_cells_every_item_is_looked_at() -> None:
    assortment, ranking = shop(1, 1000), CountedRanking()
    room = [replace(garment("R1"), category="other", price=Money(10, "EUR"))]
    for rows in ranking.batches(assortment.stocked):
        selection = Selection(assortment, room, NOTHING_JOINED)
        # a selection of its own for each batch has forgotten what is closed
        selection.take(OneBatch(ranking, rows), assortment.stocked)
    assert ranking.asked > 2 * BANDS * MAX_KEPT


class OneBatch(CountedRanking):
    """A batch of another ranking, which counts."""

    def __init__(self, counted: CountedRanking, rows: Ints) -> None:
        super().__init__()
        self._counted, self._rows = counted, rows

    def batches(self, eligible: Bools) -> Iterator[Ints]:
        del eligible
        yield self._rows

    def is_arrival(self, row: int) -> bool:
        return self._counted.is_arrival(row)
