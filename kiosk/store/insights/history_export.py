"""Exports the store's catalogue and item events as Parquet tables, from which the looks model is trained.

The tables contain no person and no time of day: a row says that an item was tried, kept, left, asked for, refused,
bought or returned on a day, and which rows belong to the same visit. The columns are those of
`recommender.inputs.history`.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import select

from kiosk.core.domain.money import Money
from kiosk.core.domain.size_order import in_size_order
from kiosk.store.db.database import Database
from kiosk.store.db.tables import COLOURWAY, ITEM_EVENT, SKU, STYLE
from kiosk.store.insights.item_events import ItemEventKind

ITEMS, EVENTS = "items.parquet", "events.parquet"
_KINDS = {
    ItemEventKind.BOUGHT: "purchase",
    ItemEventKind.ASKED: "request",
    ItemEventKind.LACKING: "request",
    ItemEventKind.NOT_THIS: "not_this",
    ItemEventKind.RETURNED: "return",
}
_EVENTS = ("basket_id", "shopper_id", "item_id", "at", "kind", "channel")


@dataclass(frozen=True, slots=True)
class HistoryExport:
    """The files of the two tables."""

    items: Path
    events: Path


def write_history(database: Database, folder: Path) -> HistoryExport:
    """Writes both tables into `folder`, which is created if needed. Raises OSError or SQLAlchemyError."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    items = pa.Table.from_pylist(list(item_rows(database)), schema=item_schema(pa))
    events = pa.Table.from_pylist(list(event_rows(database)), schema=event_schema(pa))
    for name, table in ((ITEMS, items), (EVENTS, events)):
        fresh = folder / f".{name}"
        pq.write_table(table, fresh)
        fresh.replace(folder / name)
    return HistoryExport(folder / ITEMS, folder / EVENTS)


def item_schema(pa: Any) -> Any:
    """Arrow's schema of `item_rows`."""
    texts = ("item_id", "style_id", "name", "category", "material", "colour", "origin", "size_system", "season",
             "line")  # fmt: skip
    fields = [(name, pa.string()) for name in texts]
    return pa.schema([*fields, ("price", pa.float64()), ("sizes", pa.list_(pa.string()))])


def event_schema(pa: Any) -> Any:
    """Arrow's schema of `event_rows`."""
    return pa.schema([(name, pa.date32() if name == "at" else pa.string()) for name in _EVENTS])


def item_rows(database: Database) -> Iterator[dict[str, Any]]:
    """The rows of the catalogue. Raises SQLAlchemyError."""
    with database.reading() as connection:
        sizes: dict[tuple[str, str], list[str]] = defaultdict(list)
        for sku in connection.execute(select(SKU.c.style_id, SKU.c.colour, SKU.c.size)):
            sizes[sku.style_id, sku.colour].append(sku.size)
        query = select(STYLE, COLOURWAY.c.code, COLOURWAY.c.item, COLOURWAY.c.name.label("colour_name")).join(
            COLOURWAY, COLOURWAY.c.style_id == STYLE.c.style_id
        )
        for row in connection.execute(query.order_by(STYLE.c.style_id, COLOURWAY.c.ordinal)):
            yield _item(row, sizes[row.style_id, row.code])


def _item(row: Any, made: list[str]) -> dict[str, Any]:
    return {
        "item_id": row.item,
        "style_id": row.style_id,
        "name": _english(row.name),
        "category": row.category,
        "material": _english(row.material),
        "colour": _english(row.colour_name) or row.code,
        "origin": _english(row.origin),
        "size_system": row.size_system or None,
        "price": Money(row.price_minor, row.currency).major,
        "season": row.season or None,
        "line": row.line or None,
        "sizes": list(in_size_order(made, json.loads(row.sizes))),
    }


def _english(words: str) -> str | None:
    """A text in one language, English if available: the model's features need one language for all items."""
    by_language: Mapping[str, str] = json.loads(words)
    return by_language.get("en") or next(iter(by_language.values()), None)


def event_rows(database: Database, from_us: int = -(1 << 63)) -> Iterator[dict[str, Any]]:
    """The rows of events since a time, in the order in which they were written. Raises SQLAlchemyError."""
    columns = (
        ITEM_EVENT.c.mark_id,
        ITEM_EVENT.c.at_us,
        ITEM_EVENT.c.kind,
        ITEM_EVENT.c.item,
        ITEM_EVENT.c.basket,
    )
    with database.reading() as connection:
        rows = connection.execute(
            select(*columns).where(ITEM_EVENT.c.at_us >= from_us).order_by(ITEM_EVENT.c.mark_id)
        ).all()
    bought = {(r.basket, r.item) for r in rows if r.basket and r.kind == ItemEventKind.BOUGHT.value}
    seen: set[tuple[str, str, str]] = set()
    for row in rows:
        kind = _kind(row, kept=(row.basket, row.item) in bought)
        # Item events from before visits had basket ids are visits of one event.
        basket = row.basket or f"mark-{row.mark_id}"
        if kind is not None and (basket, row.item, kind) not in seen:
            seen.add((basket, row.item, kind))
            yield dict(zip(_EVENTS, (basket, None, row.item, _day(row.at_us), kind, "store"), strict=True))


def _kind(row: Any, *, kept: bool) -> str | None:
    kind = ItemEventKind(row.kind)
    if kind is ItemEventKind.TRIED:
        return "tryon_kept" if kept else "tryon_left"
    return _KINDS.get(kind)


def _day(at_us: int) -> date:
    """The UTC day; for a time outside of the calendar its last or first day, which the training leaves out."""
    try:
        return datetime.fromtimestamp(at_us / 1e6, UTC).date()
    except (ValueError, OverflowError, OSError):
        return date.max if at_us > 0 else date.min
