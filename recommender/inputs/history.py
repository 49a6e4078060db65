"""Reads the event history (EVENTS): `basket_id, shopper_id, item_id, at, kind, channel`."""

from pathlib import Path
from typing import Any

import numpy as np

from recommender.arrays import Bools, Ints, Longs
from recommender.errors import TableError
from recommender.inputs import table_files
from recommender.inputs.catalogue import encode_text, to_text
from recommender.inputs.event_kinds import parse_event_kind
from recommender.inputs.event_times import UNREADABLE, event_times
from recommender.inputs.history_limits import EARLIEST, HistoryLimits, RowCounts
from recommender.inputs.row_checks import (
    UnusableRows,
    padding_hint,
    refuse_if_too_many,
    repeated,
    row_notices,
)
from recommender.inputs.tables import Events, Items

_NEEDED = ("basket_id", "shopper_id", "item_id", "at", "kind", "channel")


def read_events(path: Path, items: Items, limits: HistoryLimits | None = None) -> Events:
    """The history in `path` (a file, or a folder of Parquet files). Raises `TableError` with every problem
    found."""
    return events_from(table_files.read_table(path), items, path.name, limits)


def events_from(
    table: Any, items: Items, source: str = "EVENTS", limits: HistoryLimits | None = None
) -> Events:
    """The history in an Arrow table, oldest first. Rows that cannot be used are left out and counted.

    Equal rows are kept, since a receipt with two pieces of one item has two equal rows; they are counted.

    Raises `TableError` if columns are missing, if more than `limits.max_loss` of the rows cannot be used, or if no
    row names an item of the catalogue.
    """
    missing = [f"column {name} is missing" for name in _NEEDED if name not in table.column_names]
    if missing:
        raise TableError(source, [*missing, f"there are {', '.join(table.column_names) or 'no columns'}"])
    if table.num_rows == 0:
        raise TableError(source, ["there are no events in it"])
    texts = _texts(table, source)
    basket, baskets = encode_text(texts["basket_id"])
    item, item_names = encode_text(texts["item_id"])
    shopper, shoppers = encode_text(texts["shopper_id"])
    kind, words = _kinds(texts["kind"])
    at = event_times(texts["at"])
    rows = _RowFilter(table, limits or HistoryLimits(), at)
    rows.leave_out("incomplete", (basket < 0) | (item < 0) | (kind < 0))
    rows.leave_out("undated", at == UNREADABLE)
    rows.leave_out("too_early", (at < EARLIEST) & (at != UNREADABLE))
    rows.leave_out("too_late", at > rows.limits.latest)
    rows.refuse_if_too_many(source, words)
    row: Ints = np.append(np.array([items.index.get(name, -1) for name in item_names], np.int32), -1)[item]
    rows.leave_out("unknown_item", row < 0)
    if not rows.kept.any():
        raise TableError(source, _nothing_matches(item_names, items))
    channel, channels = encode_text(texts["channel"])
    keys = (basket.astype(np.int64) << 32 | np.maximum(row, 0), at, _beside(shopper, channel, kind))
    counts = RowCounts(table.num_rows, **rows.left_out, repeated=int(repeated(keys, rows.kept).sum()))
    notices = tuple(f"{source}: {notice}" for notice in row_notices(counts))
    events = Events(basket, shopper, row, at, kind, channel, baskets, shoppers, channels, notices, counts)
    events = events.where(rows.kept)
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
        one.counts + other.counts,
    )


def _texts(table: Any, source: str) -> dict[str, Any]:
    """The columns as text; `at` as it is, unless it is neither times nor numbers. Raises `TableError`."""
    import pyarrow as pa
    import pyarrow.types as types

    found, mistakes = {}, []
    for name in _NEEDED:
        column = table[name]
        if name == "at" and (types.is_temporal(column.type) or types.is_primitive(column.type)):
            found[name] = column
            continue
        try:
            found[name] = to_text(column)
        except pa.ArrowException:
            mistakes.append(f"{name} must be text or numbers, not {column.type}")
    if mistakes:
        raise TableError(source, mistakes)
    return found


class _RowFilter:
    """The rows of a table that are still used, and how many were left out for each reason."""

    def __init__(self, table: Any, limits: HistoryLimits, at: Longs) -> None:
        self.limits = limits
        self.kept: Bools = np.ones(table.num_rows, np.bool_)
        self.left_out: dict[str, int] = {}
        self._table, self._at = table, at
        self._marked: dict[str, tuple[int, int]] = {}
        """Number of rows and the first row of each reason; a row may have several."""

    def leave_out(self, reason: str, rows: Bools) -> None:
        """Leaves out the marked rows that were not left out before."""
        self.left_out[reason] = int((self.kept & rows).sum())
        if rows.any():
            self._marked[reason] = (int(rows.sum()), int(rows.argmax()))
        self.kept &= ~rows

    def refuse_if_too_many(self, source: str, unknown_kinds: list[str]) -> None:
        """Raises `TableError` if more rows were left out than the limit allows."""
        counts = RowCounts(len(self.kept), **self.left_out)
        found = {
            reason: UnusableRows(marked, str(self._table["at"][first].as_py()))
            for reason, (marked, first) in self._marked.items()
        }
        refuse_if_too_many(source, counts, found, unknown_kinds, self.limits)


def _kinds(column: Any) -> tuple[Ints, list[str]]:
    """The kind of each row, -1 if it is unknown or empty; and the words that are no kind."""
    codes, words = encode_text(column)
    kinds = [parse_event_kind(word) for word in words]
    unknown = [word for word, kind in zip(words, kinds, strict=True) if kind is None]
    return np.array([*(-1 if kind is None else int(kind) for kind in kinds), -1], np.int32)[codes], unknown


def _beside(shopper: Ints, channel: Ints, kind: Ints) -> Longs:
    """Shopper, channel and kind as one number."""
    return (shopper.astype(np.int64) + 1) << 24 | (channel.astype(np.int64) + 1) << 8 | (kind + 1)


def _nothing_matches(names: tuple[str, ...], items: Items) -> list[str]:
    first = next(iter(names), "")
    text = f"no event names an item of the catalogue; the first names {first!r}, the catalogue has {items.ids[0]!r}"
    hint = padding_hint(names, items.ids)
    return [text, hint] if hint else [text]
