"""The assortment at one moment: one row for each item, one entry for each of its sizes.

Rows are never moved or used again, so a row found once stays valid. A change of stock is written into the arrays of the
present assortment; any other change makes a new one (`index`). Nothing here asks the database.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

import numpy as np

from kiosk.core.domain.ids import ItemId, StyleId
from kiosk.core.domain.money import Money
from kiosk.store.advice.assortment.price_edges import Edges
from recommender.arrays import Bools, Ints, Longs
from recommender.looks.serving.outfits.kinds import GarmentWords, OutfitKind, OutfitReader


class Priced(Protocol):
    """What has a category and a price: a garment, or a row of the assortment."""

    @property
    def category(self) -> str: ...
    @property
    def price(self) -> Money: ...


@dataclass(frozen=True, slots=True)
class RowGarment:
    """What is known of an item without asking the database."""

    row: int
    item: ItemId
    style_id: StyleId
    category: str
    price: Money


class Names:
    """Codes of names, from 0 in the order of their first use. Only added to, by one thread at a time."""

    def __init__(self) -> None:
        self.names: list[str] = []
        self._codes: dict[str, int] = {}

    def code(self, name: str) -> int:
        """The code of a name; a new one if it is new."""
        found = self._codes.get(name)
        if found is None:
            found = len(self.names)
            self.names.append(name)
            self._codes[name] = found
        return found

    def find(self, name: str) -> int | None:
        return self._codes.get(name)


@dataclass(frozen=True, slots=True)
class StyleFacts:
    """What is kept for a style: its rows, its currency, and its day of arrival (None if the feed gives none)."""

    rows: tuple[int, ...]
    currency: str
    arrived: date | None


@dataclass(frozen=True, slots=True)
class SizeGroup:
    """Items of one category and size system that are made in the same sizes. `first`: the code of the first size; the
    others follow it."""

    category: str
    system: str
    run: tuple[str, ...]
    first: int

    def code(self, size: str) -> int:
        """The code of a size of the run."""
        return self.first + self.run.index(size)


class Codes:
    """Names behind the numbers in the arrays, shared by all assortments of one index and only added to."""

    def __init__(self, outfits: OutfitReader) -> None:
        self.items, self.styles, self.categories = Names(), Names(), Names()
        self.kinds: list[OutfitKind] = []
        self._outfits = outfits
        self.size_groups: list[SizeGroup] = []
        self.size_count = 0
        """Size codes in use."""
        self._groups: dict[tuple[str, str, tuple[str, ...]], int] = {}

    def kind(self, words: GarmentWords) -> int:
        """The number of a garment's kind in an outfit; a new one if it is new."""
        kind = self._outfits.kind(words)
        if kind not in self.kinds:
            self.kinds.append(kind)
        return self.kinds.index(kind)

    def group(self, category: str, system: str, run: tuple[str, ...]) -> int:
        """The number of a size group; a new one if it is new."""
        key = (category, system, run)
        found = self._groups.get(key)
        if found is None:
            found = self._groups[key] = len(self.size_groups)
            first, self.size_count = self.size_count, self.size_count + len(run)
            self.size_groups.append(SizeGroup(category, system, run, first))
        return found


@dataclass(frozen=True, slots=True)
class Assortment:
    """The arrays. By row: `styles`, `categories`, `kinds` (in an outfit), `groups` (size groups), `prices` (minor
    units), `bands`, `in_catalogue`, `stocked` (a size is in stock), `first` (the entry of its first size).
    By entry: `entry_rows`, `entry_sizes` (size codes; -1: no longer valid), `entry_here` (in stock)."""

    codes: Codes
    styles: Ints
    categories: Ints
    kinds: Ints
    groups: Ints
    prices: Longs
    bands: Ints
    in_catalogue: Bools
    stocked: Bools
    first: Ints
    entry_rows: Ints
    entry_sizes: Ints
    entry_here: Bools
    of_style: Mapping[int, StyleFacts]
    shop_edges: Edges
    category_edges: Mapping[int, Edges]

    def __len__(self) -> int:
        return len(self.styles)

    def row(self, item: ItemId) -> int | None:
        """The row of an item; None if it is not in the catalogue."""
        found = self.codes.items.find(item)
        return found if found is not None and found < len(self) and self.in_catalogue.item(found) else None

    def rows(self, items: Iterable[ItemId]) -> list[int]:
        """The rows of the known items, in the given order."""
        return [row for row in map(self.row, items) if row is not None]

    def item(self, row: int) -> ItemId:
        return ItemId(self.codes.items.names[row])

    def garment(self, row: int) -> RowGarment:
        """The row as the display rules read it."""
        style = self.styles.item(row)
        facts = self.of_style[style]
        return RowGarment(
            row,
            self.item(row),
            StyleId(self.codes.styles.names[style]),
            self.codes.categories.names[self.categories.item(row)],
            Money(self.prices.item(row), facts.currency),
        )

    def band(self, priced: Priced) -> int:
        """The price band, from 0 for the cheapest fifth of its category to 4."""
        code = self.codes.categories.find(priced.category)
        edges = self.category_edges.get(code, self.shop_edges) if code is not None else self.shop_edges
        return bisect_left(edges, priced.price.minor)

    def has_own_bands(self, priced: Priced) -> bool:
        """Whether the price bands of its category are its own, not those of the whole shop."""
        return self.codes.categories.find(priced.category) in self.category_edges

    def arrived(self, style: StyleId) -> date | None:
        """The day of arrival according to the feed (`since`); None if it has none."""
        code = self.codes.styles.find(style)
        facts = self.of_style.get(code) if code is not None else None
        return facts.arrived if facts else None

    def size_system(self, style: StyleId) -> str:
        """Name of the style's size system; empty if unknown."""
        code = self.codes.styles.find(style)
        facts = self.of_style.get(code) if code is not None else None
        rows = [row for row in facts.rows if row < len(self)] if facts else []
        return self.codes.size_groups[self.groups.item(rows[0])].system if rows else ""

    def group(self, row: int) -> SizeGroup:
        """Category, size system and sizes of a row."""
        return self.codes.size_groups[self.groups.item(row)]

    def sizes(self, row: int) -> dict[str, bool]:
        """The sizes of an item in the style's order, and whether each is in stock."""
        start = self.first.item(row)
        run = self.group(row).run
        return dict(zip(run, self.entry_here[start : start + len(run)].tolist(), strict=True))

    def of_styles(self, rows: Sequence[int]) -> Bools:
        """Marks the rows of the styles of these rows."""
        marked = np.zeros(len(self), np.bool_)
        for style in {self.styles.item(row) for row in rows}:
            marked[[row for row in self.of_style[style].rows if row < len(self)]] = True
        return marked
