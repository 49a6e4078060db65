"""From when on a visit is unusually long, by what the shop has measured itself: minutes of its visits, by week."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError

from kiosk.clock import US
from kiosk.store.db.database import Database
from kiosk.store.db.table_groups.insights import INSIGHT_HOUR
from kiosk.store.insights.room_times import ROOM

log = logging.getLogger(__name__)
FIRST_MINUTES: Final = 40
"""Until `MIN_VISITS` are measured. Assumed."""
MIN_VISITS: Final = 100
SHARE: Final = 0.95
"""So many visits are shorter."""
LEAST_MINUTES, MOST_MINUTES = 20, 120
READ_US: Final = 3600 * US
"""Between two readings."""


class UsualStay:
    """Reads the table once an hour. Safe from one thread."""

    def __init__(self, database: Database, steady_us: Callable[[], int]) -> None:
        self._database, self._steady = database, steady_us
        self._minutes, self._read_us = FIRST_MINUTES, -READ_US

    def minutes(self) -> int:
        """What `SHARE` of the visits do not exceed, within limits. What was known, where the database is away."""
        if self._steady() - self._read_us >= READ_US:
            self._read_us = self._steady()
            try:
                self._minutes = long_minutes(self._counts())
            except SQLAlchemyError as error:
                log.info("times in the rooms cannot be read (%s)", type(error).__name__)
        return self._minutes

    def _counts(self) -> dict[int, int]:
        table = INSIGHT_HOUR.c
        query = select(table.value, func.sum(table.pieces)).where(table.measure == ROOM).group_by(table.value)
        with self._database.reading() as connection:
            return {int(minutes): int(visits) for minutes, visits in connection.execute(query).all()}


def long_minutes(counts: dict[int, int]) -> int:
    """From minutes to how many visits took so long."""
    total, below = sum(counts.values()), 0
    if total < MIN_VISITS:
        return FIRST_MINUTES
    for minutes, visits in sorted(counts.items()):
        below += visits
        if below >= SHARE * total:
            return min(MOST_MINUTES, max(LEAST_MINUTES, minutes + 1))
    return MOST_MINUTES
