"""Publishes a shop's catalogue and item events for its chain, as Parquet files of a versioned schema.

Layout below the folder, for shop `KEY` and schema version 1 (guide `chain.md`):

    v1/items/KEY.parquet                 the catalogue of now; replaced each time
    v1/events/KEY/2026-11-29.parquet     the item events of one day that has ended (UTC)

Columns are those of `history_export`, with `shop` before them. There are no persons, no serial numbers and no times of
day; the number of a visit is made from the shop's key and the store's number, so two shops never share one. A day is
written once and again only if its content has changed; each file is there whole or not at all.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from kiosk.clock import US
from kiosk.store.db.database import Database
from kiosk.store.insights.history_export import event_rows, event_schema, item_rows, item_schema

VERSION: Final = 1
LATE_DAYS: Final = 7
"""Days before the newest published one that are looked at again: a return is noted on its own day, but events of a
mirror that was away arrive late."""
_BASKET_BYTES: Final = 8


@dataclass(frozen=True, slots=True)
class Published:
    """`days`: those whose file was written; `unchanged`: those that were looked at and have the same content."""

    items: int
    events: int
    days: tuple[date, ...]
    unchanged: int


def publish(
    database: Database, folder: Path, shop: str, now_us: int, *, everything: bool = False
) -> Published:
    """Writes what is missing, or all days that the store still knows. `shop`: its key in the chain.

    Raises OSError, SQLAlchemyError.
    """
    import pyarrow as pa

    root = folder / f"v{VERSION}"
    place = root / "events" / shop
    place.mkdir(parents=True, exist_ok=True)
    (root / "items").mkdir(exist_ok=True)
    items = [{"shop": shop, **row} for row in item_rows(database)]
    _write(
        root / "items" / f"{shop}.parquet",
        pa.Table.from_pylist(items, schema=_with_shop(pa, item_schema(pa))),
    )
    today = datetime.fromtimestamp(now_us // US, UTC).date()
    first = date.min if everything else _first_day(place, today)
    by_day: dict[date, list[dict[str, Any]]] = defaultdict(list)
    for row in event_rows(database, _start_us(first)):
        if first <= row["at"] < today:
            by_day[row["at"]].append({"shop": shop, **row, "basket_id": _basket(shop, row["basket_id"])})
    schema = _with_shop(pa, event_schema(pa))
    written = tuple(
        day
        for day, rows in sorted(by_day.items())
        if _write(place / f"{day.isoformat()}.parquet", pa.Table.from_pylist(rows, schema=schema))
    )
    events = sum(len(rows) for rows in by_day.values())
    return Published(len(items), events, written, len(by_day) - len(written))


def _with_shop(pa: Any, schema: Any) -> Any:
    return schema.insert(0, pa.field("shop", pa.string())).with_metadata(
        {"cheval.chain.version": str(VERSION)}
    )


def _first_day(place: Path, today: date) -> date:
    """The day from which on files may be missing or old."""
    days = sorted(file.stem for file in place.glob("????-??-??.parquet"))
    if not days:
        return date.min
    return min(date.fromisoformat(days[-1]), today) - timedelta(days=LATE_DAYS)


def _start_us(day: date) -> int:
    if day == date.min:
        return 0  # a clock that showed a time before 1970 was wrong
    return int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp()) * US


def _basket(shop: str, basket: str) -> str:
    """A visit's number for the chain: the same in each file of this shop, another one than in the store."""
    return hashlib.blake2b(f"{shop}/{basket}".encode(), digest_size=_BASKET_BYTES).hexdigest()


def _write(file: Path, table: Any) -> bool:
    """Writes a file unless it has this content already; whether it was written."""
    import pyarrow.parquet as pq
    from pyarrow import ArrowInvalid

    try:
        if file.exists() and pq.read_table(file).equals(table):
            return False
    except ArrowInvalid:
        pass  # damaged: it is written anew
    fresh = file.with_name(f".{file.name}")
    pq.write_table(table, fresh)
    fresh.replace(file)
    return True
