"""Writes the sums of each week that has ended, so that no table needs to read single events. Run by housekeeping.

Reading, adding up and writing are divided into parts of milliseconds (`pace`, `Slices`), between which the shop's
requests run. The week is marked last: what a power cut or the end of the store left of it is not shown by any table,
and is deleted before it is added up again.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from sqlalchemy import delete, select

from kiosk.clock import US
from kiosk.store.db.database import Database
from kiosk.store.db.table_groups.insights import INSIGHT_HOUR, INSIGHT_ITEM, INSIGHT_WEEK, ITEM_SUMS
from kiosk.store.feed_import.slices import Slices, Writes
from kiosk.store.insights.pace import Pace
from kiosk.store.insights.room_times import ROOM
from kiosk.store.insights.week_reading import GONE, Answers, Priced, WeekReading
from kiosk.store.insights.week_sums import ItemSize, Sums, WeekSums
from kiosk.store.insights.weeks import ShopWeeks

log = logging.getLogger(__name__)
WEEKS_BACK: Final = 57
"""Weeks that are added up after an update: as far as there are item events (400 days)."""
WEEKS_KEPT: Final = 104
LATE_US: Final = 2 * 3600 * US
"""After the end of a week, for what was written late."""
_Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class WeekBook:
    """The sums of the weeks. Methods raise SQLAlchemyError, and ImportStoppedError after `pace.stop`."""

    database: Database
    weeks: ShopWeeks
    pace: Pace = field(default_factory=Pace)

    def sum_up(self, now_us: int) -> date | None:
        """Adds up the latest week that is not yet; None if there is none. One at a time, so that other tasks of
        housekeeping run in between."""
        with self.database.reading() as connection:
            done = set(connection.scalars(select(INSIGHT_WEEK.c.week)))
        due = (w for w in self.weeks.before(now_us - LATE_US, WEEKS_BACK) if w.isoformat() not in done)
        week = next(due, None)
        if week is not None:
            self._write(week)
        return week

    def delete_before(self, now_us: int) -> None:
        """Deletes the weeks that are older than `WEEKS_KEPT`."""
        oldest = self.oldest(now_us).isoformat()
        with self.database.reading() as connection:
            old = connection.scalars(select(INSIGHT_WEEK.c.week).where(INSIGHT_WEEK.c.week < oldest)).all()
        for week in old:
            with self.database.writing() as connection:
                connection.execute(delete(INSIGHT_WEEK).where(INSIGHT_WEEK.c.week == week))
            self._clear(week)
        # what is left belongs to weeks that were never complete: some minutes in rooms
        with self.database.writing() as connection:
            for table in (INSIGHT_ITEM, INSIGHT_HOUR):
                connection.execute(delete(table).where(table.c.week < oldest))

    def oldest(self, now_us: int) -> date:
        """The oldest week that is kept."""
        *_, oldest = self.weeks.before(now_us, WEEKS_KEPT)
        return oldest

    def _write(self, week: date) -> None:
        reading = WeekReading(self.database, self.pace, self.weeks.bounds_us(week))
        added = WeekSums()
        for event in reading.events():
            added.add(event)
        sums = added.total(self.pace.step)
        prices = reading.prices(sorted({item for item, _ in sums}))
        answers = reading.answers(self.weeks)
        named = week.isoformat()
        self._clear(named)
        slices = self._slices()
        _insert(slices, INSIGHT_ITEM, self._paced(_item_rows(named, sums, prices)))
        _insert(slices, INSIGHT_HOUR, self._paced(_hour_rows(named, answers)))
        with self.database.writing() as connection:
            connection.execute(INSIGHT_WEEK.insert(), [{"week": named}])

    def _clear(self, week: str) -> None:
        """Deletes the sums of a week that is not marked, but the times in rooms, which are counted as they happen."""
        with self.database.reading() as connection:
            items = connection.scalars(
                select(INSIGHT_ITEM.c.item).where(INSIGHT_ITEM.c.week == week).distinct()
            ).all()

        def some(writes: Writes, chosen: Sequence[str]) -> None:
            writes.delete(INSIGHT_ITEM, INSIGHT_ITEM.c.week == week, INSIGHT_ITEM.c.item.in_(chosen))

        for _ in self._slices().each(items, some, _refused):
            self.pace.step()
        with self.database.writing() as connection:
            kinds = (INSIGHT_HOUR.c.week == week) & (INSIGHT_HOUR.c.measure != ROOM)
            connection.execute(delete(INSIGHT_HOUR).where(kinds))

    def _slices(self) -> Slices:
        return Slices(self.database, stopped=lambda: self.pace.stopped)

    def _paced(self, rows: Iterator[_Row]) -> list[_Row]:
        found: list[_Row] = []
        for row in rows:
            found.append(row)
            self.pace.step()
        return found


def _insert(slices: Slices, table: Any, rows: Sequence[_Row]) -> None:
    for _ in slices.each(rows, lambda writes, some: writes.insert(table, some), _refused):
        pass


def _refused(row: object) -> None:
    log.error("insights: the database refused a row of a week's sums (%s)", type(row).__name__)


def _item_rows(week: str, sums: Sums, priced: Mapping[ItemSize, Priced]) -> Iterator[_Row]:
    for (item, size), counts in sums.items():
        found = priced.get((item, size)) or priced.get((item, "")) or GONE
        yield {
            "week": week, "item": item, "size": size, "style_id": found.style_id or item[:64],
            "colour": found.colour, "currency": found.currency, "price_minor": found.price_minor,
            **{name: counts.get(name, 0) for name in ITEM_SUMS},
        }  # fmt: skip


def _hour_rows(week: str, answers: Answers) -> Iterator[_Row]:
    for (hour, kind, value), pieces in answers.items():
        yield {"week": week, "hour": hour, "measure": kind, "value": value, "pieces": pieces}
