"""Price band of a garment (fifth of its category's prices), and the day on which its style arrived."""

from __future__ import annotations

import statistics
from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from kiosk.core.domain.garment import Garment
from kiosk.core.domain.ids import StyleId
from kiosk.store.db.cached_query import CachedQuery
from kiosk.store.db.database import Database
from kiosk.store.db.tables import COLOURWAY, STYLE

MIN_CATEGORY_ITEMS = 25
"""A category with fewer items uses the price bands of the whole shop, as the looks model does."""
_SHOP = ""


@dataclass(frozen=True, slots=True)
class _Assortment:
    edges: Mapping[str, list[float]]
    arrived: Mapping[StyleId, str]


class PriceBands:
    """Price bands and arrival days of the whole assortment, kept until `invalidate`."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._assortment = CachedQuery(self._read)

    def invalidate(self) -> None:
        """Reads the assortment again at its next use; to be called after a feed was imported."""
        self._assortment.invalidate()

    def band(self, garment: Garment) -> int:
        """The price band, from 0 for the cheapest fifth to 4."""
        edges = self._assortment.get().edges
        return bisect_left(edges.get(garment.category, edges[_SHOP]), garment.price.minor)

    def arrived(self, style: StyleId) -> date | None:
        """The day of arrival according to the feed (`since`); None if it has none."""
        try:
            return date.fromisoformat(self._assortment.get().arrived.get(style, ""))
        except ValueError:
            return None

    def _read(self) -> _Assortment:
        colours = func.count().label("colours")
        columns = (STYLE.c.style_id, STYLE.c.category, STYLE.c.price_minor, STYLE.c.since)
        query = (
            select(*columns, colours)
            .join(COLOURWAY, COLOURWAY.c.style_id == STYLE.c.style_id)
            .group_by(*columns)
        )
        prices: dict[str, list[int]] = {_SHOP: []}
        arrived: dict[StyleId, str] = {}
        with self._database.reading() as connection:
            for row in connection.execute(query):
                arrived[StyleId(row.style_id)] = row.since
                for name in (_SHOP, row.category):
                    prices.setdefault(name, []).extend([row.price_minor] * row.colours)
        banded = {
            name: those for name, those in prices.items() if name == _SHOP or len(those) >= MIN_CATEGORY_ITEMS
        }
        return _Assortment({name: _edges(those) for name, those in banded.items()}, arrived)


def _edges(prices: list[int]) -> list[float]:
    return statistics.quantiles(prices, n=5, method="inclusive") if len(prices) > 1 else []
