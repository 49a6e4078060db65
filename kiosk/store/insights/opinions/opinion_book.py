"""Writes the count of what was said of styles, once after each week. Run by housekeeping.

A count has all of the last 52 weeks. It is marked last: a count that a power cut or the end of the store left half
written is read by nobody and is deleted before the next try. The count before it is then deleted.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from typing import Any, Final

from sqlalchemy import Connection, delete, func, select

from kiosk.clock import US
from kiosk.store.db.database import Database
from kiosk.store.db.table_groups.opinions import INSIGHT_OPINION, INSIGHT_OPINION_WEEK, OPINION_SUMS
from kiosk.store.feed_import.slices import Slices, Writes
from kiosk.store.insights.opinions.opinion_count import OpinionCount, OpinionRow
from kiosk.store.insights.opinions.said import StyleTexts
from kiosk.store.insights.pace import Pace
from kiosk.store.insights.week_book import LATE_US
from kiosk.store.insights.weeks import Period, ShopWeeks

log = logging.getLogger(__name__)
RETRY_US: Final = 3600 * US
"""After texts that could not be read."""
_PAGE: Final = 500


@dataclass(slots=True)
class OpinionBook:
    """The counts. One thread at a time. Methods raise SQLAlchemyError, and ImportStoppedError after `pace.stop`."""

    database: Database
    weeks: ShopWeeks
    texts: StyleTexts
    pace: Pace = field(default_factory=Pace)
    _next_us: int = 0

    def count(self, now_us: int) -> date | None:
        """Counts the 52 weeks up to the latest one that has ended; None if that is done, or has to be tried later."""
        weeks = tuple(self.weeks.before(now_us - LATE_US, Period.YEAR))
        with self.database.reading() as connection:
            before = last_count(connection)
        waits = 0 <= self._next_us - now_us <= RETRY_US
        # a count of a later week was made while the clock was ahead
        if waits or before == weeks[0].isoformat():
            return None
        try:
            self._write(weeks, before)
        except OSError as error:
            log.warning(
                "texts about styles cannot be read, they are counted later (%s)", type(error).__name__
            )
            self._next_us = now_us + RETRY_US
            return None
        self._next_us = 0
        return weeks[0]

    def _write(self, weeks: Sequence[date], before: str | None) -> None:
        found = OpinionCount(self.weeks, weeks, list(self._rows_of(before)) if before else [])
        for said in self.texts.said(found.wants, self.pace.step):
            found.add(said)
            self.pace.step()
        added = weeks[0].isoformat()
        self._delete_but(before)
        rows = []
        for row in found.rows():
            rows.append(_as_values(added, row))
            self.pace.step()
        for _ in self._slices().each(
            rows, lambda writes, some: writes.insert(INSIGHT_OPINION, some), _refused
        ):
            self.pace.step()
        with self.database.writing() as connection:
            connection.execute(INSIGHT_OPINION_WEEK.insert(), [{"added": added}])
        self._delete_but(added)

    def _rows_of(self, added: str) -> Iterator[OpinionRow]:
        """The disclosed rows of a count, in short reads."""
        table = INSIGHT_OPINION.c
        styles = select(table.style_id).where(table.added == added, table.disclosed.is_(True)).distinct()
        with self.database.reading() as connection:
            left = iter(connection.scalars(styles).all())
        while some := list(islice(left, _PAGE // 10)):
            query = select(INSIGHT_OPINION).where(table.added == added, table.style_id.in_(some))
            with self.database.reading() as connection:
                rows = connection.execute(query).all()
            self.pace.step()
            yield from (row_of(row) for row in rows if row.disclosed)

    def _delete_but(self, added: str | None) -> None:
        """Deletes all counts but this one."""
        others = INSIGHT_OPINION.c.added != (added or "")
        with self.database.writing() as connection:
            connection.execute(
                delete(INSIGHT_OPINION_WEEK).where(INSIGHT_OPINION_WEEK.c.added != (added or ""))
            )
        with self.database.reading() as connection:
            styles = connection.scalars(select(INSIGHT_OPINION.c.style_id).where(others).distinct()).all()

        def some(writes: Writes, chosen: Sequence[str]) -> None:
            writes.delete(INSIGHT_OPINION, others, INSIGHT_OPINION.c.style_id.in_(chosen))

        for _ in self._slices().each(styles, some, _refused):
            self.pace.step()

    def _slices(self) -> Slices:
        return Slices(self.database, stopped=lambda: self.pace.stopped)


def last_count(connection: Connection) -> str | None:
    """The Monday of the last week of the newest complete count; None if there is none."""
    newest: str | None = connection.scalar(select(func.max(INSIGHT_OPINION_WEEK.c.added)))
    return newest


def row_of(row: Any) -> OpinionRow:
    """A row of the table as a value."""
    sums = tuple(int(getattr(row, name)) for name in OPINION_SUMS)
    return OpinionRow(row.week, row.style_id, row.language, sums, bool(row.disclosed))


def _as_values(added: str, row: OpinionRow) -> dict[str, Any]:
    return {
        "added": added, "week": row.week, "style_id": row.style_id, "language": row.language,
        "disclosed": row.disclosed, **dict(zip(OPINION_SUMS, row.sums, strict=True)),
    }  # fmt: skip


def _refused(row: object) -> None:
    log.error("insights: the database refused a row of what was said (%s)", type(row).__name__)
