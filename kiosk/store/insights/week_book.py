"""Writes the sums of each week that has ended, so that no table needs to read single events. Run by housekeeping."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import Connection, delete, select

from kiosk.clock import US
from kiosk.store.db.database import Database
from kiosk.store.db.table_groups.insights import INSIGHT_HOUR, INSIGHT_ITEM, INSIGHT_WEEK, ITEM_SUMS
from kiosk.store.db.tables import COLOURWAY, ITEM_EVENT, REQUEST, SKU, STYLE
from kiosk.store.db.upsert import insert_new
from kiosk.store.insights.item_events import ItemEventKind
from kiosk.store.insights.week_sums import Event, ItemSize, Sums, week_sums
from kiosk.store.insights.weeks import ShopWeeks

WEEKS_BACK: Final = 57
"""Weeks that are added up after an update: as far as there are item events (400 days)."""
WEEKS_KEPT: Final = 104
LATE_US: Final = 2 * 3600 * US
"""After the end of a week, for what was written late."""
NEVER: Final = -1
"""Value of a request without an answer."""
MAX_ANSWER_S: Final = 3600
_STEP_S: Final = 5


@dataclass(frozen=True, slots=True)
class _Priced:
    """Style, colour and price of an item and size now."""

    style_id: str
    colour: str
    price_minor: int
    currency: str


@dataclass(frozen=True, slots=True)
class WeekBook:
    """The sums of the weeks. Methods raise SQLAlchemyError."""

    database: Database
    weeks: ShopWeeks

    def sum_up(self, now_us: int) -> date | None:
        """Adds up the latest week that is not yet; None if there is none. One at a time, so that nothing waits
        long."""
        with self.database.reading() as connection:
            done = set(connection.scalars(select(INSIGHT_WEEK.c.week)))
        due = (w for w in self.weeks.before(now_us - LATE_US, WEEKS_BACK) if w.isoformat() not in done)
        week = next(due, None)
        if week is not None:
            self._write(week)
        return week

    def delete_before(self, now_us: int) -> None:
        """Deletes the weeks that are older than `WEEKS_KEPT`."""
        oldest = self.oldest(now_us)
        with self.database.writing() as connection:
            for table in (INSIGHT_ITEM, INSIGHT_HOUR, INSIGHT_WEEK):
                connection.execute(delete(table).where(table.c.week < oldest.isoformat()))

    def oldest(self, now_us: int) -> date:
        """The oldest week that is kept."""
        *_, oldest = self.weeks.before(now_us, WEEKS_KEPT)
        return oldest

    def _write(self, week: date) -> None:
        bounds_us = self.weeks.bounds_us(week)
        with self.database.reading() as connection:
            sums = week_sums(_events(connection, bounds_us))
            items = _item_rows(week, sums, _priced(connection))
            hours = _hour_rows(week, self._answers(connection, bounds_us))
        with self.database.writing() as connection:
            if not insert_new(connection, INSIGHT_WEEK, {"week": week.isoformat()}):
                return
            if items:
                connection.execute(INSIGHT_ITEM.insert(), items)
            if hours:
                connection.execute(INSIGHT_HOUR.insert(), hours)

    def _answers(self, connection: Connection, bounds_us: tuple[int, int]) -> Counter[tuple[int, str, int]]:
        """How often each (hour, kind, seconds) was measured; seconds in steps of 5."""
        query = select(REQUEST.c.arrived_us, REQUEST.c.answered_us, REQUEST.c.body).where(
            REQUEST.c.arrived_us >= bounds_us[0], REQUEST.c.arrived_us < bounds_us[1]
        )
        found: Counter[tuple[int, str, int]] = Counter()
        for row in connection.execute(query):
            kind = ""
            with suppress(ValueError, AttributeError):
                kind = str(json.loads(row.body).get("kind", ""))[:16]
            if kind:
                found[self.weeks.hour(row.arrived_us), kind, _seconds(row.arrived_us, row.answered_us)] += 1
        return found


def _seconds(arrived_us: int, answered_us: int | None) -> int:
    if answered_us is None:
        return NEVER
    seconds = min(MAX_ANSWER_S, max(0, answered_us - arrived_us) // US)
    return int(_STEP_S * round(seconds / _STEP_S))


def _events(connection: Connection, bounds_us: tuple[int, int]) -> Iterator[Event]:
    known = {kind.value: kind for kind in ItemEventKind}
    columns = (ITEM_EVENT.c.kind, ITEM_EVENT.c.item, ITEM_EVENT.c.size, ITEM_EVENT.c.basket)
    query = select(*columns).where(ITEM_EVENT.c.at_us >= bounds_us[0], ITEM_EVENT.c.at_us < bounds_us[1])
    for kind, item, size, basket in connection.execute(query.order_by(ITEM_EVENT.c.mark_id)):
        if kind in known:
            yield Event(known[kind], item, size, basket)


def _priced(connection: Connection) -> dict[ItemSize, _Priced]:
    """Every item of the catalogue with an empty size, and every article that has a price of its own."""
    same_style = STYLE.c.style_id == COLOURWAY.c.style_id
    styles = select(
        COLOURWAY.c.item, STYLE.c.style_id, COLOURWAY.c.code, STYLE.c.price_minor, STYLE.c.currency
    ).join(STYLE, same_style)
    found = {(row[0], ""): _Priced(*row[1:]) for row in connection.execute(styles)}
    same_colour = (SKU.c.style_id == COLOURWAY.c.style_id) & (SKU.c.colour == COLOURWAY.c.code)
    articles = (
        select(
            COLOURWAY.c.item,
            SKU.c.size,
            STYLE.c.style_id,
            COLOURWAY.c.code,
            SKU.c.price_minor,
            STYLE.c.currency,
        )
        .join(STYLE, same_style)
        .join(SKU, same_colour)
        .where(SKU.c.price_minor.is_not(None))
    )
    return found | {(row[0], row[1]): _Priced(*row[2:]) for row in connection.execute(articles)}


_GONE: Final = _Priced("", "", 0, "")


def _item_rows(week: date, sums: Sums, priced: Mapping[ItemSize, _Priced]) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = []
    for (item, size), counts in sums.items():
        found = priced.get((item, size)) or priced.get((item, "")) or _GONE
        rows.append(
            {
                "week": week.isoformat(), "item": item, "size": size,
                "style_id": found.style_id or item[:64], "colour": found.colour, "currency": found.currency,
                "price_minor": found.price_minor,
                **{name: counts.get(name, 0) for name in ITEM_SUMS},
            }
        )  # fmt: skip
    return rows


def _hour_rows(week: date, answers: Mapping[tuple[int, str, int], int]) -> list[dict[str, object]]:
    return [
        {"week": week.isoformat(), "hour": hour, "measure": kind, "value": value, "pieces": pieces}
        for (hour, kind, value), pieces in answers.items()
    ]
