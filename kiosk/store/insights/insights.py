"""Statistics of items for managers: tried, bought, asked for, not in stock. Counts only, no persons."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

from sqlalchemy import Connection, Select, func, literal, select

from kiosk.store.db.database import Database
from kiosk.store.db.json_columns import localized_from_json
from kiosk.store.db.tables import COLOURWAY, ITEM_EVENT, SKU, STYLE
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

    def __init__(self, database: Database) -> None:
        self._database = database

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
            names, prices = _names(connection, since_us), _prices(connection, since_us)
        found = [
            _insight(
                item, size, by_kind, names.get(item, ""), prices.get((item, size), prices.get((item, ""), 0))
            )
            for (item, size), by_kind in counts.items()
        ]
        return tuple(sorted(found, key=lambda i: (-i.tried, i.item, i.size)))

    def table(self, since_us: int = 0) -> str:
        """The same as CSV with a header line."""
        out = io.StringIO()
        writer = csv.DictWriter(out, [f.name for f in fields(ItemInsight)], lineterminator="\r\n")
        writer.writeheader()
        for insight in self.items(since_us):
            writer.writerow({k: _without_formula(v) for k, v in asdict(insight).items()})
        return out.getvalue()


def _with_events(since_us: int) -> Select[Any]:
    return select(ITEM_EVENT.c.item).where(ITEM_EVENT.c.at_us >= since_us)


def _names(connection: Connection, since_us: int) -> dict[str, str]:
    """The English name of each item with an event, by item."""
    query = (
        select(COLOURWAY.c.item, STYLE.c.name)
        .join(STYLE, STYLE.c.style_id == COLOURWAY.c.style_id)
        .where(COLOURWAY.c.item.in_(_with_events(since_us)))
    )
    return {item: localized_from_json(name).in_language("en") for item, name in connection.execute(query)}


def _prices(connection: Connection, since_us: int) -> dict[tuple[str, str], int]:
    """Prices in minor units by item and size; those of the styles with an empty size."""
    items = COLOURWAY.c.item.in_(_with_events(since_us))
    of_styles = (
        select(COLOURWAY.c.item, literal(""), STYLE.c.price_minor)
        .join(STYLE, STYLE.c.style_id == COLOURWAY.c.style_id)
        .where(items)
    )
    same = (SKU.c.style_id == COLOURWAY.c.style_id) & (SKU.c.colour == COLOURWAY.c.code)
    of_articles = (
        select(COLOURWAY.c.item, SKU.c.size, SKU.c.price_minor)
        .join(SKU, same)
        .where(items, SKU.c.price_minor.is_not(None))
    )
    return {(item, size): minor for item, size, minor in connection.execute(of_styles.union_all(of_articles))}


def _insight(item: str, size: str, by_kind: Mapping[str, int], name: str, price_minor: int) -> ItemInsight:
    tried, bought = by_kind.get(ItemEventKind.TRIED.value, 0), by_kind.get(ItemEventKind.BOUGHT.value, 0)
    lacking = by_kind.get(ItemEventKind.LACKING.value, 0)
    return ItemInsight(
        item=item,
        name=name,
        size=size,
        tried=tried,
        bought=bought,
        asked=by_kind.get(ItemEventKind.ASKED.value, 0),
        lacking=lacking,
        not_this=by_kind.get(ItemEventKind.NOT_THIS.value, 0),
        kept_percent=min(100, round(100 * bought / tried)) if tried else -1,
        lost_minor=lacking * price_minor,
    )


def _without_formula(value: object) -> object:
    """Puts a quote before a text that a spreadsheet would read as a formula."""
    return f"'{value}" if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r") else value
