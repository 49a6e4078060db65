"""Statistics of items for managers: tried, bought, asked for, not in stock. Counts only, no persons."""

from __future__ import annotations

import csv
import io
from dataclasses import asdict, dataclass, fields

from sqlalchemy import func, select

from kiosk.core.domain.ids import ItemId
from kiosk.store.catalogue.catalogue import Catalogue
from kiosk.store.db.database import Database
from kiosk.store.db.tables import ITEM_EVENT
from kiosk.store.insights.item_events import ItemEventKind


@dataclass(frozen=True, slots=True)
class ItemInsight:
    """Counts of one item and size. `kept_percent`: bought of tried, 0 to 100; -1 if nothing was tried."""

    item: str
    name: str
    size: str
    tried: int = 0
    bought: int = 0
    asked: int = 0
    lacking: int = 0
    not_this: int = 0
    kept_percent: int = -1
    lost_minor: int = 0
    """Value of the requests for an item that was not in stock, in minor units."""


class Insights:
    """Computes the statistics from the item events."""

    def __init__(self, database: Database, catalogue: Catalogue) -> None:
        self._database, self._catalogue = database, catalogue

    def items(self, since_us: int = 0) -> tuple[ItemInsight, ...]:
        """Every item and size with an event since then (microseconds), the most tried first."""
        counts: dict[tuple[str, str], dict[str, int]] = {}
        pieces = func.count().label("pieces")
        query = (
            select(ITEM_EVENT.c.item, ITEM_EVENT.c.size, ITEM_EVENT.c.kind, pieces)
            .where(ITEM_EVENT.c.at_us >= since_us)
            .group_by(ITEM_EVENT.c.item, ITEM_EVENT.c.size, ITEM_EVENT.c.kind)
        )
        with self._database.reading() as connection:
            for row in connection.execute(query):
                counts.setdefault((row.item, row.size), {})[row.kind] = row.pieces
        found = [self._insight(item, size, by_kind) for (item, size), by_kind in counts.items()]
        return tuple(sorted(found, key=lambda i: (-i.tried, i.item, i.size)))

    def table(self, since_us: int = 0) -> str:
        """The same as CSV with a header line."""
        out = io.StringIO()
        writer = csv.DictWriter(out, [f.name for f in fields(ItemInsight)], lineterminator="\r\n")
        writer.writeheader()
        for insight in self.items(since_us):
            writer.writerow({k: _without_formula(v) for k, v in asdict(insight).items()})
        return out.getvalue()

    def _insight(self, item: str, size: str, by_kind: dict[str, int]) -> ItemInsight:
        garment = self._catalogue.garment_of_item(ItemId(item))
        tried, bought = by_kind.get(ItemEventKind.TRIED.value, 0), by_kind.get(ItemEventKind.BOUGHT.value, 0)
        lacking = by_kind.get(ItemEventKind.LACKING.value, 0)
        return ItemInsight(
            item=item,
            name=garment.name.in_language("en") if garment else "",
            size=size,
            tried=tried,
            bought=bought,
            asked=by_kind.get(ItemEventKind.ASKED.value, 0),
            lacking=lacking,
            not_this=by_kind.get(ItemEventKind.NOT_THIS.value, 0),
            kept_percent=min(100, round(100 * bought / tried)) if tried else -1,
            lost_minor=lacking * garment.price.minor if garment else 0,
        )


def _without_formula(value: object) -> object:
    """Puts a quote before a text that a spreadsheet would read as a formula."""
    return f"'{value}" if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r") else value
