"""Which size of a suggested item to bring: the shopper's usual size, else the size that she took herself, else the one
next to it. Where no size of hers is known, or none near it is in stock, a size in the middle of the stock stands for
the item and is not named.

`choose` says it of one item, `masks` of all items at once, by what is the same for each: category, size system, run.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from kiosk.core.domain.garment import Garment
from kiosk.store.advice.assortment.assortment import Assortment, SizeGroup
from kiosk.store.advice.size_tables import SizeTables
from kiosk.store.advice.wanted_sizes import WantedSize, WantedSizes, WornSize
from kiosk.store.customers.customers import Customer
from recommender.arrays import Bools


@dataclass(frozen=True, slots=True)
class SizeToBring:
    """The size to bring of an item. `fits`: no piece in the room contradicts that size. `named`: the size is the
    shopper's as far as is known, or near to it; else she must choose one, and none is named."""

    size: str
    fits: bool
    named: bool = True


@dataclass(frozen=True, slots=True)
class SizeMasks:
    """By row of the assortment: `fits` (a size that fits is in stock), `brings` (a size may be brought)."""

    fits: Bools
    brings: Bools


class SizesInStock:
    """Chooses sizes for one room. `pieces`: the pieces in the room."""

    def __init__(
        self, assortment: Assortment, pieces: Sequence[Garment], customer: Customer | None, tables: SizeTables
    ) -> None:
        self._assortment = assortment
        worn = [WornSize(assortment.size_system(g.style_id), g.category, g.size) for g in pieces]
        self._wanted = WantedSizes(tables, worn, customer)

    def choose(self, row: int) -> SizeToBring | None:
        """The size to bring of an item; None if none is in stock, or not in the size stored for the shopper."""
        sizes = self._assortment.sizes(row)
        wanted = self._wanted_of(self._assortment.group(row))
        here = next((one for one in wanted if sizes.get(one.size) and not one.far), None)
        if here is not None:
            return SizeToBring(here.size, here.fits)
        left = [size for size, in_stock in sizes.items() if in_stock]
        if not left or (wanted and wanted[0].stored):
            return None
        # no size of hers is known, or no size near it is in stock
        return SizeToBring(left[len(left) // 2], fits=not wanted, named=False)

    def masks(self) -> SizeMasks:
        """What `choose` says of every item: `fits` is `SizeToBring.fits`, `brings` that it is not None."""
        assortment = self._assortment
        groups = assortment.codes.size_groups
        known, stored = np.zeros(len(groups), np.bool_), np.zeros(len(groups), np.bool_)
        # invalid entries have the code -1, which is the tables' last value
        fitting, near = (np.zeros(assortment.codes.size_count + 1, np.bool_) for _ in range(2))
        for number in np.bincount(assortment.groups[assortment.stocked]).nonzero()[0].tolist():
            group = groups[number]
            for place, one in enumerate(self._wanted_of(group)):
                known[number] = True
                stored[number] |= one.stored and place == 0
                if not one.far:
                    (fitting if one.fits else near)[group.code(one.size)] = True
        fits, brings = assortment.stocked.copy(), assortment.stocked.copy()
        fit_here = self._in_stock(fitting)
        known_rows, stored_rows = known[assortment.groups], stored[assortment.groups]
        fits[known_rows] = fit_here[known_rows]
        brings[stored_rows] = (fit_here | self._in_stock(near))[stored_rows]
        return SizeMasks(fits, brings)

    def _wanted_of(self, group: SizeGroup) -> tuple[WantedSize, ...]:
        """Those that fit come first."""
        return self._wanted.of(group.category, (group.system, group.run))

    def _in_stock(self, codes: Bools) -> Bools:
        """Marks the rows that have one of these sizes in stock."""
        assortment = self._assortment
        marked = np.zeros(len(assortment), np.bool_)
        if codes.any():
            marked[assortment.entry_rows[codes[assortment.entry_sizes] & assortment.entry_here]] = True
        return marked
