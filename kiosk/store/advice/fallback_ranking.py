"""Ranking without a model: items of stylists' looks, then the best sellers, then everything else in stock."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence

from sqlalchemy import func, select

from kiosk.core.domain.advice import LookReason
from kiosk.core.domain.ids import ItemId
from kiosk.store.advice.port import RankedItem
from kiosk.store.advice.stylist_looks import StylistLooks
from kiosk.store.db.database import Database
from kiosk.store.db.tables import ITEM_EVENT, PURCHASE

POPULAR_ONE_IN = 10
"""One of so many sold items is given the reason "popular", if it was sold at least twice."""
PublishedSales = Callable[[], Sequence[tuple[str, int]]]


def no_published_sales() -> Sequence[tuple[str, int]]:
    """No sales beside the store's own."""
    return ()


class FallbackRanking:
    """Ranks without a model. `published` gives the best sellers of the last published model, with their sales."""

    def __init__(
        self, database: Database, stylist: StylistLooks, published: PublishedSales = no_published_sales
    ) -> None:
        self._database, self._stylist, self._published = database, stylist, published
        self._sold: Counter[ItemId] | None = None

    def invalidate(self) -> None:
        """Counts the sales again at the next use."""
        self._sold = None

    def suggest(
        self, room: Sequence[ItemId], without: Collection[ItemId], in_stock: Collection[ItemId],
        past: Sequence[ItemId],
    ) -> Iterator[RankedItem]:  # fmt: skip
        """Every item in stock, one of each style, without the styles of `room`, `without` and `past` (owned)."""
        taken = set(self._stylist.styles_of((*room, *without, *past)))
        score = 1.0
        for item, reason, count in self._candidates(room, in_stock):
            style = self._stylist.style_of(item)
            if item in in_stock and style is not None and style not in taken:
                taken.add(style)
                yield RankedItem(item, reason, None, count, score)
                score *= 0.99

    def _candidates(
        self, room: Sequence[ItemId], in_stock: Collection[ItemId]
    ) -> Iterator[tuple[ItemId, LookReason, int]]:
        for item in self._stylist.items_beside(room):
            yield item, LookReason.STYLIST, 0
        if self._sold is None:
            self._sold = self._sales()
        sales = self._sold.most_common()
        popular_from = sales[(len(sales) - 1) // POPULAR_ONE_IN][1] if sales else 0
        for item, count in sales:
            reason = LookReason.POPULAR if count >= max(popular_from, 2) else LookReason.GOES_WITH
            yield item, reason, count
        for item in sorted(in_stock):
            yield item, LookReason.GOES_WITH, 0

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
