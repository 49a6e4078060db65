"""Counts how long visits last, in minutes by hour of the day: a count for each week, no single visit.

The counts are kept in memory and written once a minute, so that no shopper waits for them; a power cut loses that
minute.
"""

from __future__ import annotations

from collections import Counter
from typing import Final

from sqlalchemy import Connection, insert, update
from sqlalchemy.exc import SQLAlchemyError

from kiosk.clock import US
from kiosk.store.db.database import Database
from kiosk.store.db.table_groups.insights import INSIGHT_HOUR
from kiosk.store.insights.weeks import ShopWeeks

ROOM: Final = "room"
"""The measure of the table."""
MAX_MINUTES: Final = 120
WRITE_US: Final = 60 * US
_Key = tuple[str, int, int]


class RoomTimes:
    """Takes visits from any thread; `write` is called by the store's timer."""

    def __init__(self, database: Database, weeks: ShopWeeks) -> None:
        self._database, self._weeks = database, weeks
        self._lock = database.new_lock()
        self._waiting: Counter[_Key] = Counter()
        self._written_us = 0

    def add(self, began_us: int, ended_us: int) -> None:
        """A visit has ended."""
        minutes = min(MAX_MINUTES, max(0, ended_us - began_us) // (60 * US))
        key = self._weeks.week_of(began_us).isoformat(), self._weeks.hour(began_us), minutes
        with self._lock:
            self._waiting[key] += 1

    def tick(self, steady_us: int) -> None:
        """Writes what waits, once a minute. Raises SQLAlchemyError; then it waits on."""
        if steady_us - self._written_us >= WRITE_US:
            self._written_us = steady_us
            self.write()

    def write(self) -> None:
        """Writes what waits. Raises SQLAlchemyError."""
        with self._lock:
            taken, self._waiting = self._waiting, Counter()
        if not taken:
            return
        try:
            with self._database.writing() as connection:
                for key, count in sorted(taken.items()):
                    _add(connection, key, count)
        except SQLAlchemyError:
            with self._lock:
                self._waiting.update(taken)
            raise


def _add(connection: Connection, key: _Key, count: int) -> None:
    week, hour, value = key
    row = {"week": week, "hour": hour, "measure": ROOM, "value": value}
    same = [INSIGHT_HOUR.c[name] == found for name, found in row.items()]
    more = update(INSIGHT_HOUR).where(*same).values(pieces=INSIGHT_HOUR.c.pieces + count)
    if not connection.execute(more).rowcount:
        connection.execute(insert(INSIGHT_HOUR).values(**row, pieces=count))
