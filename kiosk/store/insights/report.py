"""The tables of a period, from the sums of its weeks."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Final

from sqlalchemy import Connection, case, func, select

from kiosk.clock import US
from kiosk.store.db.database import Database
from kiosk.store.db.table_groups.insights import INSIGHT_HOUR, INSIGHT_ITEM, INSIGHT_WEEK, ITEM_SUMS
from kiosk.store.insights.hour_tables import Measured, hour_tables
from kiosk.store.insights.item_groups import ItemGroups, ItemSums, groups_of
from kiosk.store.insights.item_tables import item_tables
from kiosk.store.insights.names import names_in
from kiosk.store.insights.opinions.opinion_book import last_count
from kiosk.store.insights.opinions.opinion_groups import OpinionGroups, read_groups
from kiosk.store.insights.opinions.opinion_tables import opinion_tables
from kiosk.store.insights.pace import Pace
from kiosk.store.insights.table import Table, TableName
from kiosk.store.insights.weeks import Period, ShopWeeks

KEPT_US: Final = 300 * US
MAX_KEPT: Final = 8
_ROWS: Final = 200
"""Rows that are read at once."""


@dataclass(frozen=True, slots=True)
class Report:
    """All tables of a period. `first`, `last`: its days; `weeks`: those of its weeks that are added up."""

    period: Period
    first: date
    last: date
    weeks: int
    tables: Mapping[TableName, Table]


@dataclass(frozen=True, slots=True)
class _Span:
    """First and last week of a period, how many of them are added up, and whether what was said is counted."""

    first: date
    last: date
    weeks: int
    opinions: bool


@dataclass(frozen=True, slots=True)
class _Sums:
    """What was counted in a period."""

    items: ItemGroups
    hours: tuple[Measured, ...]
    opinions: OpinionGroups


@dataclass(frozen=True, slots=True)
class Insights:
    """Reads the tables. Sums of weeks do not change, so those of each period are kept until the next week; reports
    with names are kept for some minutes. Safe from any thread. Methods raise SQLAlchemyError."""

    database: Database
    weeks: ShopWeeks
    _sums: dict[Period, tuple[_Span, _Sums]] = field(default_factory=dict)
    _kept: OrderedDict[tuple[Period, _Span, str], tuple[int, Report]] = field(default_factory=OrderedDict)
    """When each was read, and the report; by language."""
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def report(self, period: Period, now_us: int, language: str) -> Report:
        """The tables of the last whole weeks; names in this language where the catalogue has it."""
        with self._lock, self.database.reading() as connection:
            span = self._span(connection, period, now_us)
            key = period, span, language
            read_us, found = self._kept.get(key, (0, None))
            if found is None or not 0 <= now_us - read_us < KEPT_US:
                found = self._read(connection, period, span, language)
                self._kept[key] = now_us, found
            self._kept.move_to_end(key)
            while len(self._kept) > MAX_KEPT:
                self._kept.popitem(last=False)
        return found

    def prepare(self, now_us: int, pace: Pace) -> Period | None:
        """Adds up one period that is not yet, the longest first, so that nobody waits for it; None if there is none.
        Called by housekeeping. Raises ImportStoppedError."""
        for period in reversed(Period):
            with self.database.reading() as connection:
                span = self._span(connection, period, now_us)
                if (span.weeks or span.opinions) and not self._has(period, span):
                    self._sums[period] = span, _read_sums(connection, span, pace.step)
                    return period
        return None

    def _read(self, connection: Connection, period: Period, span: _Span, language: str) -> Report:
        if not self._has(period, span):
            self._sums[period] = span, _read_sums(connection, span)
        _, sums = self._sums[period]
        names = names_in(connection, language)
        said = opinion_tables(sums.opinions, sums.items.styles, names.style)
        tables = {**item_tables(sums.items, names), **said, **hour_tables(sums.hours)}
        return Report(period, span.first, span.last + timedelta(days=6), span.weeks, tables)

    def _span(self, connection: Connection, period: Period, now_us: int) -> _Span:
        first, last = self.weeks.ended(now_us, period)
        query = select(func.count()).select_from(INSIGHT_WEEK).where(_between(INSIGHT_WEEK, first, last))
        counted = last_count(connection) == last.isoformat()
        return _Span(first, last, connection.scalar(query) or 0, counted)

    def _has(self, period: Period, span: _Span) -> bool:
        return period in self._sums and self._sums[period][0] == span


def _between(table: Any, first: date, last: date) -> Any:
    return table.c.week.between(first.isoformat(), last.isoformat())


def _complete(table: Any, span: _Span) -> Any:
    """The rows of the weeks that are complete."""
    weeks = select(INSIGHT_WEEK.c.week).where(_between(INSIGHT_WEEK, span.first, span.last))
    return _between(table, span.first, span.last) & table.c.week.in_(weeks)


def _read_sums(connection: Connection, span: _Span, step: Callable[[], None] = lambda: None) -> _Sums:
    columns = (INSIGHT_HOUR.c.hour, INSIGHT_HOUR.c.measure, INSIGHT_HOUR.c.value)
    query = select(*columns, func.sum(INSIGHT_HOUR.c.pieces)).where(_complete(INSIGHT_HOUR, span))
    rows = connection.execute(query.group_by(*columns)).all()
    hours = tuple(Measured(hour, measure, value, int(pieces)) for hour, measure, value, pieces in rows)
    step()
    opinions = read_groups(connection, span.first, span.last, step) if span.opinions else OpinionGroups()
    return _Sums(groups_of(_item_sums(connection, span), step), hours, opinions)


def _item_sums(connection: Connection, span: _Span) -> Iterator[ItemSums]:
    table = INSIGHT_ITEM
    groups = (table.c.item, table.c.style_id, table.c.colour, table.c.size, table.c.currency)
    price = func.min(case((table.c.lacking > 0, table.c.price_minor)))
    sums = (func.sum(table.c[name]) for name in ITEM_SUMS)
    query = select(*groups, price, *sums).where(_complete(table, span)).group_by(*groups)
    for rows in connection.execute(query).partitions(_ROWS):
        for item, style_id, colour, size, currency, lowest, *counts in rows:
            yield ItemSums(item, style_id, colour, size, currency, lowest, tuple(map(int, counts)))
