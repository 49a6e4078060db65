"""Looks that a person has put together, and the ranking a house has without any model: stylist, arrivals, sellers."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterator, Sequence

from sqlalchemy import func, select

from kiosk.core.advice import LookReason
from kiosk.core.ids import ItemId
from kiosk.store.database import Database
from kiosk.store.ranking import Pick
from kiosk.store.tables import LOOK, MARK, PURCHASE


class StylistLooks:
    """Who put which items together. Read once; `changed` after a feed was taken in."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._looks: tuple[tuple[str, frozenset[ItemId]], ...] | None = None

    def changed(self) -> None:
        self._looks = None

    def all(self) -> tuple[tuple[str, frozenset[ItemId]], ...]:
        """Every look: the stylist's name and the items."""
        if self._looks is None:
            with self._database.reading() as connection:
                rows = connection.execute(select(LOOK).order_by(LOOK.c.look_id)).all()
            self._looks = tuple((r.stylist, frozenset(ItemId(i) for i in json.loads(r.items))) for r in rows)
        return self._looks

    def hand(self, item: ItemId, room: Collection[ItemId]) -> str:
        """The name of a stylist who put the item beside something of the room; empty where nobody did."""
        for name, items in self.all():
            if name and item in items and not items.isdisjoint(room):
                return name
        return ""

    def beside(self, room: Collection[ItemId]) -> Iterator[ItemId]:
        """Items that a stylist put beside the room's."""
        for _, items in self.all():
            if not items.isdisjoint(room):
                yield from sorted(items - set(room))


class HouseRanking:
    """Ranks without a model: what a stylist put together, then what sells best."""

    def __init__(self, database: Database, stylist: StylistLooks) -> None:
        self._database, self._stylist = database, stylist

    def suggest(
        self, room: Sequence[ItemId], without: Collection[ItemId], in_stock: Collection[ItemId],
        past: Sequence[ItemId], k: int,
    ) -> tuple[Pick, ...]:  # fmt: skip
        """At most `k` items, one of a style, none in a style of the room. `past` is left out: it is owned already."""
        taken = {_style(item) for item in (*room, *without, *past)}
        picks: list[Pick] = []
        for item, reason, count in self._candidates(room):
            if len(picks) >= k:
                break
            if item in in_stock and _style(item) not in taken:
                taken.add(_style(item))
                picks.append(Pick(item, reason, None, count, 1.0 / (1 + len(picks))))
        if len(picks) < k:
            picks.extend(_rest(in_stock, taken, k - len(picks)))
        return tuple(picks)

    def _candidates(self, room: Sequence[ItemId]) -> Iterator[tuple[ItemId, LookReason, int]]:
        for item in self._stylist.beside(room):
            yield item, LookReason.STYLIST, 0
        for item, count in self._sales().most_common():
            yield item, LookReason.POPULAR, count

    def _sales(self) -> Counter[ItemId]:
        sales: Counter[ItemId] = Counter()
        pieces = func.count().label("pieces")
        with self._database.reading() as connection:
            for row in connection.execute(select(PURCHASE.c.item, pieces).group_by(PURCHASE.c.item)):
                sales[ItemId(row.item)] += row.pieces
            bought = select(MARK.c.item, pieces).where(MARK.c.kind == "bought").group_by(MARK.c.item)
            for row in connection.execute(bought):
                sales[ItemId(row.item)] += row.pieces
        return sales


def _style(item: ItemId) -> str:
    """The style an item belongs to; items are made by `kiosk.core.ids.item_id`."""
    return item.rpartition("-")[0]


def _rest(in_stock: Collection[ItemId], taken: set[str], k: int) -> Iterator[Pick]:
    for item in sorted(in_stock):
        if k <= 0:
            return
        if _style(item) not in taken:
            taken.add(_style(item))
            k -= 1
            yield Pick(item, LookReason.GOES_WITH, None, 0, 0.0)
