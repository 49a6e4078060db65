"""Fills a display list from the rankings of several rounds, without looking at each item of the shop.

Items whose offer could change nothing are skipped as arrays: those of a category that has its places, and those of a
category and price band of which enough are kept already.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from kiosk.core.domain.advice import LookReason
from kiosk.store.advice.assortment.assortment import Assortment, RowGarment
from kiosk.store.advice.assortment.price_edges import BANDS
from kiosk.store.advice.display_rules import (
    MAX_PER_CATEGORY,
    MAX_TIMES_DEARER,
    DisplayedGarment,
    DisplayList,
    median_price,
)
from kiosk.store.advice.port import RoomRanking
from kiosk.store.advice.stylist_looks import JoinedItems
from recommender.arrays import Bools, Ints

MAX_SUGGESTIONS = 6
MAX_NEW_ARRIVALS = 1
"""Further new arrivals are shown only if the shop has nothing else."""
MAX_KEPT = MAX_SUGGESTIONS + MAX_PER_CATEGORY
"""Of one category and price band: later ones are never shown, since at most `MAX_PER_CATEGORY` of a category are, and
an earlier one gives way only to another of its style in the list."""


_ANY_PRICE = 2 * BANDS


@dataclass(frozen=True, slots=True)
class Offer:
    """A row offered to the display list. The reason is final only if it is STYLIST."""

    garment: RowGarment
    reason: LookReason


def _price_cells(assortment: Assortment, room: Sequence[DisplayedGarment]) -> Ints:
    """The band of each row; `BANDS` is added for rows that `DisplayList` takes as too dear."""
    price = median_price(room)
    if price is None:
        return assortment.bands
    of_shop = np.ones(len(assortment.codes.categories.names) + 1, np.bool_)
    of_shop[list(assortment.category_edges)] = False
    bands = sorted(map(assortment.band, room))
    dear = assortment.prices > MAX_TIMES_DEARER * price
    dear &= (assortment.bands > bands[len(bands) // 2]) | of_shop[assortment.categories]
    return np.where(dear, assortment.bands + BANDS, assortment.bands).astype(np.int32)


class Selection:
    """The rows to be shown for one room."""

    def __init__(self, assortment: Assortment, room: Sequence[DisplayedGarment], joined: JoinedItems) -> None:
        self._assortment, self._stylists = assortment, joined.stylists
        self._display: DisplayList[Offer] = DisplayList(
            room, MAX_SUGGESTIONS, assortment.band, assortment.has_own_bands
        )
        self._kept: Counter[tuple[int, int]] = Counter()
        # by category and band; the bands above `BANDS` are those of rows that are too dear, the last one stands for
        # rows of a named stylist, which may have any price
        self._closed = np.zeros((len(assortment.codes.categories.names), _ANY_PRICE + 1), np.bool_)
        self._bands = _price_cells(assortment, room)
        if self._stylists:
            self._bands = self._bands.copy()
            self._bands[list(self._stylists)] = _ANY_PRICE
        self._new_arrivals = 0
        self._spare_arrivals: list[Offer] = []

    @property
    def complete(self) -> bool:
        return not self._display.places_left

    def take(self, ranking: RoomRanking, eligible: Bools) -> None:
        """Offers the eligible rows of a ranking, until the list is complete."""
        for rows in ranking.batches(eligible):
            for row in self._open(rows).tolist():
                if self.complete:
                    return
                if not self._closed[self._cell(row)]:
                    self._offer(row, arrival=ranking.is_arrival(row))

    def finish(self) -> list[int]:
        """The rows to show, in the order of the list."""
        for offer in self._spare_arrivals:
            self._display.offer(offer)
        self._display.fill()
        return [offer.garment.row for offer in self._display.shown]

    def _open(self, rows: Ints) -> Ints:
        found: Ints = rows[~self._closed[self._assortment.categories[rows], self._bands[rows]]]
        return found

    def _cell(self, row: int) -> tuple[int, int]:
        return self._assortment.categories.item(row), self._bands.item(row)

    def _offer(self, row: int, *, arrival: bool) -> None:
        reason = LookReason.STYLIST if row in self._stylists else LookReason.GOES_WITH
        offer = Offer(self._assortment.garment(row), reason)
        if arrival and self._new_arrivals >= MAX_NEW_ARRIVALS:
            self._spare_arrivals.append(offer)
            return
        left = self._display.places_left
        kept = self._display.offer(offer)
        if self._display.places_left < left:
            self._new_arrivals += arrival
            self._close_full()
        cell = self._cell(row)
        self._kept[cell] += kept
        if self._kept[cell] >= MAX_KEPT:
            self._closed[cell] = True

    def _close_full(self) -> None:
        for offer in self._display.shown:
            if self._display.is_full(offer.garment.category):
                self._closed[self._assortment.categories.item(offer.garment.row)] = True
