"""A changed assortment while it is made: copies of the arrays, and rows and entries to be appended."""

from __future__ import annotations

from array import array
from datetime import date

import numpy as np

from kiosk.core.domain.ids import StyleId
from kiosk.store.advice.assortment.assortment import Assortment, Codes, StyleFacts
from kiosk.store.advice.assortment.price_edges import band_of_each, price_edges
from kiosk.store.advice.assortment.style_rows import ItemRow, SizeStockRow, StyleRows
from recommender.arrays import Bools, Ints, Longs
from recommender.looks.serving.outfits.kinds import OutfitReader


def empty_assortment(outfits: OutfitReader) -> Assortment:
    """An assortment without items."""
    codes = Codes(outfits)
    ints, flags = np.zeros(0, np.int32), np.zeros(0, np.bool_)
    return Assortment(
        codes, ints, ints, ints, ints, np.zeros(0, np.int64), ints, flags, flags, ints, ints, ints, flags, {}, (), {}
    )  # fmt: skip


def _column(values: np.ndarray) -> array[int]:
    """A copy that grows; single values are written much faster than into an array of numpy."""
    kinds = {np.dtype(np.int32): "i", np.dtype(np.int64): "q", np.dtype(np.bool_): "b"}
    column = array(kinds[values.dtype])
    column.frombytes(values.tobytes())
    return column


def _ints(column: array[int]) -> Ints:
    return np.frombuffer(column, np.int32)


def _flags(column: array[int]) -> Bools:
    return np.frombuffer(column, np.bool_)


class AssortmentDraft:
    """The assortment after styles were put or removed; `finish` makes it."""

    def __init__(self, base: Assortment) -> None:
        self._codes = base.codes
        self._of_style = dict(base.of_style)
        self._styles, self._categories, self._groups = map(
            _column, (base.styles, base.categories, base.groups)
        )
        self._kinds = _column(base.kinds)
        self._prices, self._in_catalogue, self._stocked = map(
            _column, (base.prices, base.in_catalogue, base.stocked)
        )
        self._first = _column(base.first)
        self._entry_rows, self._entry_sizes, self._entry_here = map(
            _column, (base.entry_rows, base.entry_sizes, base.entry_here)
        )

    def put(self, style: StyleRows) -> None:
        """Adds a style, or replaces what is known of it."""
        code = self._codes.styles.code(style.style_id)
        category, kind = self._codes.categories.code(style.category), self._codes.kind(style.words)
        rows = []
        for item in style.items:
            row = self._row(item)
            self._styles[row], self._categories[row], self._kinds[row] = code, category, kind
            self._prices[row], self._in_catalogue[row], self._stocked[row] = (
                item.price_minor,
                True,
                any(item.here),
            )
            self._put_sizes(row, item, self._codes.group(style.category, style.size_system, item.sizes))
            rows.append(row)
        before = self._of_style.get(code)
        self._of_style[code] = StyleFacts(tuple(rows), style.currency, _day(style.since))
        self._remove_rows(code, set(before.rows if before else ()) - set(rows))

    def remove(self, style_id: StyleId) -> None:
        """Removes a style that is not in the catalogue any more."""
        code = self._codes.styles.find(style_id)
        if code is not None and code in self._of_style:
            self._remove_rows(code, set(self._of_style[code].rows))

    def finish(self) -> Assortment:
        """The assortment, with price bands computed anew."""
        prices: Longs = np.frombuffer(self._prices, np.int64)
        categories, in_catalogue = _ints(self._categories), _flags(self._in_catalogue)
        of_shop, of_category = price_edges(prices, categories, in_catalogue)
        bands = band_of_each(prices, categories, of_shop, of_category)
        return Assortment(
            self._codes, _ints(self._styles), categories, _ints(self._kinds), _ints(self._groups), prices, bands,
            in_catalogue, _flags(self._stocked), _ints(self._first), _ints(self._entry_rows),
            _ints(self._entry_sizes), _flags(self._entry_here), self._of_style, of_shop, of_category,
        )  # fmt: skip

    def _row(self, item: ItemRow) -> int:
        row = self._codes.items.code(item.item)
        while len(self._styles) <= row:
            for column in (
                self._styles, self._categories, self._kinds, self._groups, self._prices, self._in_catalogue,
                self._stocked, self._first,
            ):  # fmt: skip
                column.append(0)
        return row

    def _put_sizes(self, row: int, item: ItemRow, group: int) -> None:
        start, end = self._entries(row)
        if self._groups[row] != group or start == end:
            for entry in range(start, end):
                self._entry_sizes[entry], self._entry_here[entry] = -1, 0
            start, end = len(self._entry_rows), len(self._entry_rows) + len(item.sizes)
            first = self._codes.size_groups[group].first
            self._entry_rows.extend([row] * len(item.sizes))
            self._entry_sizes.extend(range(first, first + len(item.sizes)))
            self._entry_here.extend([0] * len(item.sizes))
            self._first[row], self._groups[row] = start, group
        self._entry_here[start:end] = array("b", item.here)

    def _entries(self, row: int) -> tuple[int, int]:
        """The entries of a row; none for a row that is new."""
        start = self._first[row]
        known = start < len(self._entry_rows) and self._entry_rows[start] == row
        return start, start + len(self._codes.size_groups[self._groups[row]].run) if known else start

    def _remove_rows(self, style: int, rows: set[int]) -> None:
        for row in rows:
            # a row that another style has taken over is no longer this style's
            if self._styles[row] == style:
                self._in_catalogue[row] = self._stocked[row] = 0
                for entry in range(*self._entries(row)):
                    self._entry_here[entry] = 0


def _day(since: str) -> date | None:
    try:
        return date.fromisoformat(since)
    except ValueError:
        return None


def size_written(present: Assortment, size: SizeStockRow) -> bool:
    """Writes the stock of one size into the arrays of `present`; False, and nothing is written, if it is not there."""
    row = present.row(size.item)
    if row is None or size.size not in present.group(row).run:
        return False
    start, run = present.first.item(row), present.group(row).run
    present.entry_here[start + run.index(size.size)] = size.here
    present.stocked[row] = present.entry_here[start : start + len(run)].any()
    return True


def stock_written(present: Assortment, style: StyleRows) -> bool:
    """Writes the style's stock into the arrays of `present`; False, and nothing is written, if more has changed."""
    code = present.codes.styles.find(style.style_id)
    facts = present.of_style.get(code) if code is not None else None
    if facts is None or not _same_but_stock(present, style, facts):
        return False
    for row, item in zip(facts.rows, style.items, strict=True):
        start = present.first.item(row)
        present.entry_here[start : start + len(item.here)] = item.here
        present.stocked[row] = any(item.here)
    return True


def _same_but_stock(present: Assortment, style: StyleRows, facts: StyleFacts) -> bool:
    rows = [present.row(item.item) for item in style.items]
    if list(facts.rows) != rows or (facts.currency, facts.arrived) != (style.currency, _day(style.since)):
        return False
    return all(
        present.in_catalogue.item(row)
        and present.kinds.item(row) == present.codes.kind(style.words)
        and present.codes.styles.names[present.styles.item(row)] == style.style_id
        and present.prices.item(row) == item.price_minor
        and (group := present.group(row)).run == item.sizes
        and (group.category, group.system) == (style.category, style.size_system)
        for row, item in zip(facts.rows, style.items, strict=True)
    )
