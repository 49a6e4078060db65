"""Weeks of item events and requests of a shop with 20 rooms, written straight into the database of a store."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import numpy as np
from sqlalchemy import Table, text

from kiosk.clock import US
from kiosk.store.db.database import Database
from kiosk.store.db.table_groups.insights import INSIGHT_HOUR, INSIGHT_ITEM, INSIGHT_WEEK
from kiosk.store.db.tables import ITEM_EVENT, REQUEST
from kiosk.store.insights.weeks import ShopWeeks
from tests.bench.large_shop import LargeShop

VISITS: Final = 3_000
"""Visits of a week: 20 rooms, six days of ten hours, two and a half visits an hour."""
TRIED, SUGGESTED, BUYS = 5, 12, 0.4
HOURS: Final = range(9, 19)
BATCH: Final = 20_000


@dataclass(frozen=True)
class CountedShop:
    """What happened in a shop. Items are chosen as in sales: few often, most seldom (Zipf, exponent 1.1)."""

    shop: LargeShop
    weeks: ShopWeeks

    def write_events(self, database: Database, week: date) -> int:
        """Writes the events and requests of a week; returns how many events."""
        rows = list(self._events(week))
        self._insert(database, ITEM_EVENT, rows)
        self._insert(database, REQUEST, list(self._requests(week)))
        return len(rows)

    def mark(self, database: Database, weeks: list[date]) -> None:
        """Marks weeks as added up."""
        self._insert(database, INSIGHT_WEEK, [{"week": week.isoformat()} for week in weeks])

    def copy_sums(self, database: Database, week: date, others: list[date]) -> None:
        """Gives other weeks the sums of `week`; a fifth of the articles has another size in each of seven turns, so
        that a year has more articles than a week."""
        for number, other in enumerate(others):
            chosen = f"size <> '' AND length(item || size) % 5 = {number % 5}"
            size = f"CASE WHEN {chosen} THEN size || '.{number % 7}' ELSE size END"
            for table, changed in ((INSIGHT_ITEM, {"size": size}), (INSIGHT_HOUR, {})):
                names = [column.name for column in table.columns if column.name != "week"]
                wanted = ", ".join(changed.get(name, name) for name in names)
                query = text(
                    f"INSERT INTO {table.name} (week, {', '.join(names)})"
                    f" SELECT :other, {wanted} FROM {table.name} WHERE week = :week"
                )
                with database.writing(30) as connection:
                    connection.execute(query, {"other": other.isoformat(), "week": week.isoformat()})
        self.mark(database, others)

    def _events(self, week: date) -> Iterator[dict[str, Any]]:
        random = np.random.default_rng(week.toordinal())
        first_us, _ = self.weeks.bounds_us(week)
        chosen = self._items(random, VISITS * (TRIED + SUGGESTED))
        sizes = random.integers(0, self.shop.sizes, VISITS * TRIED).tolist()
        hours = sorted(random.choice(6 * len(HOURS), VISITS).tolist())
        for visit, hour in enumerate(hours):
            at_us = first_us + (hour // len(HOURS) * 24 + HOURS[hour % len(HOURS)]) * 3600 * US
            basket = f"{week.toordinal():x}-{visit:x}"
            items = chosen[visit * (TRIED + SUGGESTED) : (visit + 1) * (TRIED + SUGGESTED)]
            for item in items[TRIED:]:
                yield {"at_us": at_us, "kind": "suggested", "item": item, "size": "", "basket": basket}
            for place, item in enumerate(items[:TRIED]):
                run = self.shop.run(self.shop.row_of[item] // self.shop.colours)
                size = run[sizes[visit * TRIED + place]]
                for kind in ("advised", "tried"):
                    yield {"at_us": at_us, "kind": kind, "item": item, "size": size, "basket": basket}
                if random.random() < BUYS / 2:
                    yield {"at_us": at_us, "kind": "bought", "item": item, "size": size, "basket": basket}
                elif random.random() < 0.1:
                    yield {"at_us": at_us, "kind": "lacking", "item": item, "size": size, "basket": basket}

    def _items(self, random: np.random.Generator, count: int) -> list[Any]:
        every = len(self.shop.items)
        ranks = np.arange(1, every + 1) ** -1.1
        found = random.choice(every, count, p=ranks / ranks.sum())
        return [self.shop.items[row * 7919 % every] for row in found.tolist()]

    def _requests(self, week: date) -> Iterator[dict[str, Any]]:
        random = np.random.default_rng(week.toordinal())
        first_us, _ = self.weeks.bounds_us(week)
        for number in range(VISITS // 2):
            hour = int(random.integers(0, 6 * len(HOURS)))
            at_us = first_us + (hour // len(HOURS) * 24 + HOURS[hour % len(HOURS)]) * 3600 * US
            kind = ("size", "piece", "help", "drink")[number % 4]
            yield {
                "request_id": f"{week.isoformat()}-{number}", "room": str(number % 20 + 1), "ticket": "t",
                "state": "done", "made_us": at_us, "arrived_us": at_us, "changed_us": at_us,
                "answered_us": at_us + int(random.exponential(40)) * US,
                "body": f'{{"kind": "{kind}", "article": "x", "words": "{"." * 200}"}}',
            }  # fmt: skip

    @staticmethod
    def _insert(database: Database, table: Table, rows: list[dict[str, Any]]) -> None:
        for start in range(0, len(rows), BATCH):
            with database.writing(30) as connection:
                connection.execute(table.insert(), rows[start : start + BATCH])
