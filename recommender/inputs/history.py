"""Reads the event history (EVENTS): `basket_id, shopper_id, item_id, at, kind, channel`."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np

from recommender.arrays import Ints, Longs
from recommender.errors import TableError
from recommender.inputs import table_files
from recommender.inputs.catalogue import encode_text, to_text
from recommender.inputs.event_kinds import EventKind, parse_event_kind
from recommender.inputs.tables import Events, Items

_NEEDED = ("basket_id", "shopper_id", "item_id", "at", "kind", "channel")


def read_events(path: Path, items: Items) -> Events:
    """The history in `path` (a file, or a folder of Parquet files). Raises `TableError` with every problem
    found."""
    return events_from(table_files.read_table(path), items, path.name)


def events_from(table: Any, items: Items, source: str = "EVENTS") -> Events:
    """The history in an Arrow table, oldest first. Events of items outside the catalogue are left out and
    counted."""
    missing = [f"column {name} is missing" for name in _NEEDED if name not in table.column_names]
    if missing:
        raise TableError(source, [*missing, f"there are {', '.join(table.column_names) or 'no columns'}"])
    if table.num_rows == 0:
        raise TableError(source, ["there are no events in it"])
    mistakes: list[str] = []
    basket, baskets = _ids(table, "basket_id", mistakes)
    item, item_names = _ids(table, "item_id", mistakes)
    shopper, shoppers = encode_text(table["shopper_id"])
    kind = _kinds(table["kind"], mistakes)
    at = _times(table["at"], mistakes)
    if mistakes:
        raise TableError(source, mistakes)
    row, known = _rows(item, item_names, items, source)
    channel, channels = encode_text(table["channel"])
    events = Events(basket, shopper, row, at, kind, channel, baskets, shoppers, channels, _notices(known))
    events = events.where(known)
    order = np.argsort(events.at, kind="stable")
    return events.where(order)  # type: ignore[arg-type]  # indexing by row numbers works as well


def concat_events(*histories: Events) -> Events:
    """Histories of one catalogue as one, oldest first. Baskets and shoppers of different histories stay
    distinct."""
    first, *rest = histories
    for other in rest:
        first = _both(first, other)
    return first.where(np.argsort(first.at, kind="stable"))  # type: ignore[arg-type]  # as in `events_from`


def _both(one: Events, other: Events) -> Events:
    shopper = np.where(other.shopper < 0, -1, other.shopper + len(one.shoppers)).astype(np.int32)
    channel = np.where(other.channel < 0, -1, other.channel + len(one.channels)).astype(np.int32)
    return Events(
        np.concatenate([one.basket, (other.basket + len(one.baskets)).astype(np.int32)]),
        np.concatenate([one.shopper, shopper]),
        np.concatenate([one.item, other.item]),
        np.concatenate([one.at, other.at]),
        np.concatenate([one.kind, other.kind]),
        np.concatenate([one.channel, channel]),
        one.baskets + other.baskets,
        one.shoppers + other.shoppers,
        one.channels + other.channels,
        one.notices + other.notices,
    )


def _notices(known: Any) -> tuple[str, ...]:
    unknown = int((~known).sum())
    return (f"{unknown} events name an item that is not in the catalogue; they were left out",) * bool(
        unknown
    )


def _ids(table: Any, name: str, mistakes: list[str]) -> tuple[Ints, tuple[str, ...]]:
    codes, words = encode_text(table[name])
    empty = int((codes < 0).sum())
    if empty:
        mistakes.append(f"{name} is empty in {empty} rows")
    return codes, words


def _kinds(column: Any, mistakes: list[str]) -> Ints:
    codes, words = encode_text(column)
    if (codes < 0).any():
        mistakes.append(f"kind is empty in {int((codes < 0).sum())} rows")
    kinds = [parse_event_kind(word) for word in words]
    unknown = [word for word, kind in zip(words, kinds, strict=True) if kind is None]
    if unknown:
        known = ", ".join(kind.name.lower() for kind in EventKind)
        mistakes.append(f"unknown kinds {', '.join(map(repr, unknown[:5]))}; known are {known}")
    if not words:
        return np.zeros(len(codes), np.int32)
    return np.array([int(kind or 0) for kind in kinds], np.int32)[np.maximum(codes, 0)]


def _times(column: Any, mistakes: list[str]) -> Longs:
    import pyarrow as pa
    import pyarrow.types as types

    if column.null_count:
        mistakes.append(f"at is empty in {column.null_count} rows")
        return np.zeros(len(column), np.int64)
    if types.is_timestamp(column.type) or types.is_date(column.type):
        seconds = column.cast(pa.timestamp("s"), safe=False).cast(pa.int64())
        return np.array(seconds.to_numpy(), np.int64)
    if types.is_integer(column.type):
        return _epoch(np.array(column.to_numpy(), np.int64))
    if types.is_floating(column.type):
        return _floating(np.array(column.to_numpy(), np.float64), mistakes)
    codes, words = encode_text(to_text(column))
    return _parsed(words, mistakes)[codes]


def _floating(at: Any, mistakes: list[str]) -> Longs:
    if not np.isfinite(at).all():
        mistakes.append("at is not a finite number in some rows")
        return np.zeros(len(at), np.int64)
    return _epoch(at.astype(np.int64))


def _epoch(at: Longs) -> Longs:
    """Seconds since 1970 from seconds, milli-, micro- or nanoseconds; the unit is detected from the
    magnitude."""
    largest = int(np.abs(at).max(initial=0))
    power = next((power for limit, power in ((1e11, 0), (1e14, 3), (1e17, 6)) if largest < limit), 9)
    return np.asarray(at // 10**power, np.int64)


def _parsed(words: Sequence[str], mistakes: list[str]) -> Longs:
    seconds, invalid = [], []
    for word in words:
        try:
            when = datetime.fromisoformat(word.strip())
        except ValueError:
            invalid.append(word)
            continue
        seconds.append(int((when if when.tzinfo else when.replace(tzinfo=UTC)).timestamp()))
    if invalid:
        mistakes.append(
            f"at holds {len(invalid)} values that are not ISO 8601 times, such as {invalid[0][:40]!r}"
        )
        return np.zeros(max(len(words), 1), np.int64)
    return np.array(seconds, np.int64)


def _rows(codes: Ints, names: tuple[str, ...], items: Items, source: str) -> tuple[Ints, Any]:
    """Catalogue row of each event, and which events have one."""
    rows: Ints = np.array([items.index.get(name, -1) for name in names], np.int32)[codes]
    known = rows >= 0
    if not known.any():
        raise TableError(source, [f"no event names an item of the catalogue; the first names {names[0]!r}"])
    return rows, known
