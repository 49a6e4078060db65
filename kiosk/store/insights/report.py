"""The tables of a period, from the sums of its weeks."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from typing import Any, Final

from sqlalchemy import Connection, case, func, select

from kiosk.clock import US
from kiosk.store.db.database import Database
from kiosk.store.db.json_columns import localized_from_json
from kiosk.store.db.table_groups.insights import INSIGHT_HOUR, INSIGHT_ITEM, INSIGHT_WEEK, ITEM_SUMS
from kiosk.store.db.tables import COLOURWAY, STYLE
from kiosk.store.insights.hour_tables import Measured, hour_tables
from kiosk.store.insights.item_tables import ItemSums, item_tables
from kiosk.store.insights.table import Table, TableName
from kiosk.store.insights.weeks import Period, ShopWeeks

KEPT_US: Final = 300 * US
MAX_KEPT: Final = 8
_Key = tuple[date, date, int, str]
"""First and last week, how many of them are added up, language."""


@dataclass(frozen=True, slots=True)
class Report:
    """All tables of a period. `first`, `last`: its days; `weeks`: those of its weeks that are added up."""

    period: Period
    first: date
    last: date
    weeks: int
    tables: Mapping[TableName, Table]


@dataclass(frozen=True, slots=True)
class Insights:
    """Reads the tables. Sums of weeks do not change, so the last reports are kept for some minutes; then names may have
    changed. Safe from any thread. Methods raise SQLAlchemyError."""

    database: Database
    weeks: ShopWeeks
    _kept: OrderedDict[_Key, tuple[int, Report]] = field(default_factory=OrderedDict)
    """When each was read, and the report."""
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def report(self, period: Period, now_us: int, language: str) -> Report:
        """The tables of the last whole weeks; names in this language where the catalogue has it."""
        first, last = self.weeks.ended(now_us, period)
        with self._lock, self.database.reading() as connection:
            known = connection.scalar(
                select(func.count()).select_from(INSIGHT_WEEK).where(_between(INSIGHT_WEEK, first, last))
            )
            key = first, last, known or 0, language
            read_us, found = self._kept.get(key, (0, None))
            if found is None or not 0 <= now_us - read_us < KEPT_US:
                tables = {
                    **_item_tables(connection, first, last, language),
                    **_hours(connection, first, last),
                }
                found = Report(period, first, last + timedelta(days=6), known or 0, tables)
                self._kept[key] = now_us, found
            self._kept.move_to_end(key)
            while len(self._kept) > MAX_KEPT:
                self._kept.popitem(last=False)
        return found


def _between(table: Any, first: date, last: date) -> Any:
    return table.c.week.between(first.isoformat(), last.isoformat())


def _hours(connection: Connection, first: date, last: date) -> dict[TableName, Table]:
    columns = (INSIGHT_HOUR.c.hour, INSIGHT_HOUR.c.measure, INSIGHT_HOUR.c.value)
    query = select(*columns, func.sum(INSIGHT_HOUR.c.pieces)).where(_between(INSIGHT_HOUR, first, last))
    rows = connection.execute(query.group_by(*columns))
    return hour_tables(Measured(hour, measure, value, int(pieces)) for hour, measure, value, pieces in rows)


def _item_tables(connection: Connection, first: date, last: date, language: str) -> dict[TableName, Table]:
    table = INSIGHT_ITEM
    groups = (table.c.item, table.c.style_id, table.c.colour, table.c.size, table.c.currency)
    price = func.min(case((table.c.lacking > 0, table.c.price_minor)))
    sums = (func.sum(table.c[name]) for name in ITEM_SUMS)
    query = select(*groups, price, *sums).where(_between(table, first, last))
    rows = connection.execute(query.group_by(*groups)).all()
    styles = {row.style_id: row.name for row in connection.execute(select(STYLE.c.style_id, STYLE.c.name))}
    colours = {row.item: row.name for row in connection.execute(select(COLOURWAY.c.item, COLOURWAY.c.name))}
    read = lru_cache(maxsize=None)(lambda words: localized_from_json(words).in_language(language))
    return item_tables(
        ItemSums(
            style_id=style_id,
            style=read(styles[style_id]) if style_id in styles else style_id,
            colour=read(colours[item]) if item in colours else colour,
            size=size,
            currency=currency,
            price_minor=price_minor,
            sums=dict(zip(ITEM_SUMS, map(int, sums), strict=True)),
        )
        for item, style_id, colour, size, currency, price_minor, *sums in rows
    )
