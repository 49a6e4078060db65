"""What the whole range says about one garment: which fifth of its category's prices it lies in, and since when it is
here."""

from __future__ import annotations

import statistics
from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from kiosk.core.domain.garment import Garment
from kiosk.core.domain.ids import StyleId
from kiosk.store.db.database import Database
from kiosk.store.db.tables import COLOURWAY, STYLE

MIN_CATEGORY_ITEMS = 25
"""A category with fewer items than this is banded with the whole shop, as the looks model does."""
_SHOP = ""


@dataclass(frozen=True, slots=True)
class _Known:
    edges: Mapping[str, list[float]]
    arrived: Mapping[StyleId, str]


class PriceBands:
    """Read when first asked, and again after `changed`."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._known: _Known | None = None
        self._times_changed = 0

    def changed(self) -> None:
        """A feed was taken in."""
        self._times_changed += 1
        self._known = None

    def band(self, garment: Garment) -> int:
        """The price band: 0 for the cheapest fifth to 4."""
        edges = self._now().edges
        return bisect_left(edges.get(garment.category, edges[_SHOP]), garment.price.minor)

    def arrived(self, style: StyleId) -> date | None:
        """The day the feed says it came; None where it says none."""
        try:
            return date.fromisoformat(self._now().arrived.get(style, ""))
        except ValueError:
            return None

    def _now(self) -> _Known:
        known = self._known
        if known is None:
            before = self._times_changed
            known = self._read()
            # what was read while a feed came in may be of before it: used now, but not kept
            self._known = known if before == self._times_changed else None
        return known

    def _read(self) -> _Known:
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
        held = {
            name: those for name, those in prices.items() if name == _SHOP or len(those) >= MIN_CATEGORY_ITEMS
        }
        return _Known({name: _cut(those) for name, those in held.items()}, arrived)


def _cut(prices: list[int]) -> list[float]:
    return statistics.quantiles(prices, n=5, method="inclusive") if len(prices) > 1 else []
