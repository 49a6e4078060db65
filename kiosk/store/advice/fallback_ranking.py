"""Ranking without a model: items of stylists' looks, then the best sellers, then everything else in stock.

The order of all items is kept ready; it is made anew outside of requests, when sales are counted or items are new.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from threading import Lock

import numpy as np
from sqlalchemy import func, select

from kiosk.core.domain.advice import LookReason
from kiosk.core.domain.ids import ItemId
from kiosk.store.advice.assortment.assortment import Assortment
from kiosk.store.advice.assortment.index import AssortmentIndex
from kiosk.store.advice.port import RankedItem, RoomQuestion
from kiosk.store.db.database import Database
from kiosk.store.db.tables import ITEM_EVENT, PURCHASE
from recommender.arrays import Bools, Ints, Longs

POPULAR_ONE_IN = 10
"""One of so many sold items is given the reason "popular", if it was sold at least twice."""
_FIRST_BATCH, _GROWTH = 64, 4
_DECAY = 0.99
"""Ratio of the scores of one item and the one before it."""
PublishedSales = Callable[[], Sequence[tuple[str, int]]]


def no_published_sales() -> Sequence[tuple[str, int]]:
    """No sales beside the store's own."""
    return ()


@dataclass(frozen=True, slots=True)
class SalesOrder:
    """All rows by sales, the best seller first, equal ones by id. `sales`: by row; `popular_from`: sales of a popular
    item."""

    rows: Ints
    sales: Ints
    popular_from: int

    @staticmethod
    def of(assortment: Assortment, counts: Counter[ItemId], by_id: Longs | None = None) -> SalesOrder:
        """`by_id`: all rows by their item's id, if that is known."""
        sales = np.zeros(len(assortment), np.int32)
        for item, count in counts.items():
            row = assortment.codes.items.find(item)
            if row is not None and row < len(assortment):
                sales[row] = count
        by_id = rows_by_id(assortment) if by_id is None else by_id
        rows = by_id[np.argsort(-sales[by_id], kind="stable")].astype(np.int32)
        ordered = sorted(counts.values(), reverse=True)
        popular_from = ordered[(len(ordered) - 1) // POPULAR_ONE_IN] if ordered else 0
        return SalesOrder(rows, sales, max(popular_from, 2))


def rows_by_id(assortment: Assortment) -> Longs:
    """All rows in the order of their items' ids."""
    found: Longs = np.argsort(
        np.array(assortment.codes.items.names[: len(assortment)], np.str_), kind="stable"
    )
    return found


class FallbackRanking:
    """Ranks without a model. `published` gives the best sellers of the last published model, with their sales."""

    def __init__(
        self, database: Database, index: AssortmentIndex, published: PublishedSales = no_published_sales
    ) -> None:
        self._database, self._index, self._published = database, index, published
        self._counts: Counter[ItemId] | None = None
        self._order: SalesOrder | None = None
        self._by_id: Longs = np.zeros(0, np.int64)
        self._lock = Lock()
        index.listen(self._assortment_changed)

    def recount(self) -> None:
        """Counts the sales again."""
        with self._lock:
            self._counts = self._sales()
            self._reorder(self._counts)

    @property
    def order(self) -> SalesOrder:
        """The present order; counted now if it never was."""
        if self._order is None:
            self.recount()
        found = self._order
        assert found is not None
        return found

    def _assortment_changed(self) -> None:
        with self._lock:
            if self._counts is not None:
                self._reorder(self._counts)

    def _reorder(self, counts: Counter[ItemId]) -> None:
        assortment = self._index.present()
        if len(self._by_id) != len(assortment):
            self._by_id = rows_by_id(assortment)
        self._order = SalesOrder.of(assortment, counts, self._by_id)

    def _sales(self) -> Counter[ItemId]:
        sales: Counter[ItemId] = Counter({ItemId(item): count for item, count in self._published()})
        pieces = func.count().label("pieces")
        with self._database.reading() as connection:
            for row in connection.execute(select(PURCHASE.c.item, pieces).group_by(PURCHASE.c.item)):
                sales[ItemId(row.item)] += row.pieces
            bought = (
                select(ITEM_EVENT.c.item, pieces)
                .where(ITEM_EVENT.c.kind == "bought")
                .group_by(ITEM_EVENT.c.item)
            )
            for row in connection.execute(bought):
                sales[ItemId(row.item)] += row.pieces
        return sales


class FallbackRoom:
    """The fallback ranking beside one room."""

    def __init__(self, order: SalesOrder, question: RoomQuestion) -> None:
        self._order, self._question = order, question
        assortment = question.assortment
        excluded = assortment.rows((*question.room, *question.without, *question.past))
        self._taken = np.zeros(len(assortment.codes.styles.names), np.bool_)
        self._taken[assortment.styles[excluded]] = True
        self._given: list[list[Ints]] = []
        """The ranked rows of each call of `batches`."""

    def batches(self, eligible: Bools, before: Collection[int] = ()) -> Iterator[Ints]:
        """Every eligible row, one of each style, without the styles of `before` and of what the question excludes."""
        styles = self._question.assortment.styles
        taken = self._taken.copy()
        taken[styles[list(before)]] = True
        given: list[Ints] = []
        self._given.append(given)
        for rows in (np.array(self._question.joined.rows, np.int32), self._order.rows):
            known = rows[rows < len(eligible)]
            wanted = _first_of_each_style(known[eligible[known] & ~taken[styles[known]]], styles)
            taken[styles[wanted]] = True
            given.append(wanted)
            yield from _growing(wanted)

    def explain(self, row: int) -> RankedItem:
        """A row of `batches` with its reason."""
        item = self._question.assortment.item(row)
        places = (np.concatenate(given) == row for given in self._given)
        score = max((_DECAY ** int(found.argmax()) for found in places if found.any()), default=0.0)
        if row in self._question.joined.rows:
            return RankedItem(item, LookReason.STYLIST, None, 0, score)
        sold = int(self._order.sales[row]) if row < len(self._order.sales) else 0
        reason = LookReason.POPULAR if sold >= self._order.popular_from else LookReason.GOES_WITH
        return RankedItem(item, reason, None, sold, score)


def _first_of_each_style(rows: Ints, styles: Ints) -> Ints:
    """The first row of each style, in the given order."""
    if not len(rows):
        return rows
    of_rows, places = styles[rows], np.arange(len(rows))
    first = np.empty(int(of_rows.max()) + 1, np.int64)
    # of several values for one index the last one stays, so the first place of a style is written last
    first[of_rows[::-1]] = places[::-1]
    kept: Ints = rows[first[of_rows] == places]
    return kept


def _growing(rows: Ints) -> Iterator[Ints]:
    start, size = 0, _FIRST_BATCH
    while start < len(rows):
        yield rows[start : start + size]
        start, size = start + size, size * _GROWTH
