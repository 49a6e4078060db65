"""Weeks are added up in short parts: nothing is lost where the store ends in between, and nothing half is shown."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import event, func, select

from kiosk.clock import US
from kiosk.store.db.database import Database
from kiosk.store.db.table_groups.insights import INSIGHT_HOUR, INSIGHT_ITEM, INSIGHT_WEEK, ITEM_SUMS
from kiosk.store.db.tables import ITEM_EVENT, REQUEST
from kiosk.store.errors import ImportStoppedError
from kiosk.store.feed_import.slices import MAX_ROWS
from kiosk.store.insights.item_events import ItemEventKind as Kind
from kiosk.store.insights.pace import Pace
from kiosk.store.insights.report import Insights
from kiosk.store.insights.room_times import ROOM, RoomTimes
from kiosk.store.insights.week_book import WeekBook
from kiosk.store.insights.week_reading import PAGE
from kiosk.store.insights.week_sums import Event, week_sums
from kiosk.store.insights.weeks import Period, ShopWeeks
from tests.kiosk.store import postgres
from tests.kiosk.store.sample_shop import START_US, empty_tables

WEEKS = ShopWeeks(ZoneInfo("Europe/Vienna"))
NEXT_US = START_US + 8 * 24 * 3600 * US
HOUR_US = 3600 * US
KINDS = (Kind.SUGGESTED, Kind.TRIED, Kind.ADVISED, Kind.BOUGHT, Kind.LACKING, Kind.RETURNED)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.full)])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """On PostgreSQL as well with `--full`."""
    if request.param == "postgresql":
        opened = Database(postgres.fresh_database(request.getfixturevalue("postgres_server")))
    else:
        (tmp_path / "store.db").write_bytes(empty_tables())
        opened = Database(f"sqlite:///{tmp_path / 'store.db'}")
    yield opened
    opened.close()


def fill(database: Database, count: int, items: int = 40) -> list[Event]:
    """So many events of visits that go on over three hours, with many in the same hour; returned in their order."""
    rows: list[dict[str, Any]] = []
    for number in range(count):
        at_us = START_US + number * 3 // count * HOUR_US
        kind = KINDS[number * 7 % 11 % len(KINDS)]
        row = {
            "at_us": at_us,
            "kind": kind.value,
            "item": f"i{number * 13 % items}",
            "size": "SML"[number % 3],
        }
        rows.append(row | {"basket": f"v{number % 17}" if number % 5 else ""})
    with database.writing() as connection:
        connection.execute(ITEM_EVENT.insert(), rows)
    return [Event(Kind(row["kind"]), row["item"], row["size"], row["basket"]) for row in rows]


def ask(database: Database, kinds: tuple[str, ...]) -> None:
    rows = [
        {"request_id": f"r{n}", "room": "1", "ticket": "t", "state": "done", "made_us": START_US,
         "arrived_us": START_US, "answered_us": START_US + 30 * US, "changed_us": START_US,
         "body": f'{{"kind": "{kind}"}}'}
        for n, kind in enumerate(kinds)
    ]  # fmt: skip
    with database.writing() as connection:
        connection.execute(REQUEST.insert(), rows)


def stored(database: Database) -> dict[tuple[str, str], dict[str, int]]:
    """The sums of the week, without zeros."""
    query = select(INSIGHT_ITEM).where(INSIGHT_ITEM.c.week == WEEKS.week_of(START_US).isoformat())
    with database.reading() as connection:
        rows = connection.execute(query).mappings().all()
    return {(row["item"], row["size"]): {name: row[name] for name in ITEM_SUMS if row[name]} for row in rows}


def rows_of(database: Database, table: Any) -> int:
    with database.reading() as connection:
        return connection.scalar(select(func.count()).select_from(table)) or 0


def all_weeks(book: WeekBook) -> None:
    while book.sum_up(NEXT_US) is not None:
        pass


def test_sums_of_many_reads_are_those_of_one(database: Database) -> None:
    events = fill(database, 3 * PAGE + 7)
    all_weeks(WeekBook(database, WEEKS))
    wanted = {pair: {k: n for k, n in sums.items() if n} for pair, sums in week_sums(events).items()}
    assert stored(database) == wanted


class StopsAt(Pace):
    """Stops at a step, as where the store is closed there."""

    def __init__(self, at: int) -> None:
        super().__init__(work_s=0.0, wait_s=0.0)
        self.left = at

    def step(self) -> None:
        self.left -= 1
        if self.left < 0:
            self.stop()
        super().step()


def test_a_store_that_ends_at_any_step_shows_no_half_week_and_loses_nothing(database: Database) -> None:
    fill(database, 24, items=5)
    ask(database, ("size", "help", "size"))
    times = RoomTimes(database, WEEKS)
    times.add(START_US, START_US + 600 * US)
    times.write()
    all_weeks(WeekBook(database, WEEKS, StopsAt(10**9)))
    wanted, hours = stored(database), rows_of(database, INSIGHT_HOUR)
    forget_week(database)
    halves, at = 0, 0
    while interrupted(database, at):
        halves += rows_of(database, INSIGHT_ITEM) > 0
        report = Insights(database, WEEKS).report(Period.WEEK, NEXT_US, "en")
        assert (report.weeks, [t.rows for t in report.tables.values() if t.rows or t.hidden]) == (0, [])
        at += 1
    assert halves, (
        "planted: rows of a half week are there, and a table that does not ask for its mark shows them"
    )
    assert (stored(database), rows_of(database, INSIGHT_HOUR)) == (wanted, hours)


def forget_week(database: Database) -> None:
    """As before the week was added up."""
    with database.writing() as connection:
        week = WEEKS.week_of(START_US).isoformat()
        connection.execute(INSIGHT_WEEK.delete().where(INSIGHT_WEEK.c.week == week))
        connection.execute(INSIGHT_ITEM.delete())
        connection.execute(INSIGHT_HOUR.delete().where(INSIGHT_HOUR.c.measure != ROOM))


def interrupted(database: Database, at: int) -> bool:
    """Adds up the week until a step; False if it was complete before."""
    try:
        all_weeks(WeekBook(database, WEEKS, StopsAt(at)))
    except ImportStoppedError:
        return True
    return False


def test_no_transaction_writes_a_whole_week(database: Database) -> None:
    fill(database, 3 * MAX_ROWS, items=2 * MAX_ROWS)
    written: list[int] = []

    @event.listens_for(database.engine, "before_cursor_execute")
    def seen(_conn: Any, _cursor: Any, statement: str, parameters: Any, _context: Any, many: bool) -> None:
        if "INTO insight_item" in statement:
            written.append(len(parameters) if many else 1)

    all_weeks(WeekBook(database, WEEKS))
    assert max(written) <= MAX_ROWS < sum(written)


def test_a_kind_of_request_that_is_called_like_the_time_in_the_room_is_counted_apart(
    database: Database,
) -> None:
    times = RoomTimes(database, WEEKS)
    times.add(START_US, START_US + 30 * 60 * US)
    times.write()
    ask(database, (ROOM,) * 12)
    all_weeks(WeekBook(database, WEEKS))
    report = Insights(database, WEEKS).report(Period.WEEK, NEXT_US, "en")
    kinds = next(t for t in report.tables.values() if t.name.value == "requests")
    assert [row[:2] for row in kinds.rows] == [(f"{ROOM}.", 15)]


def test_prepared_periods_are_not_added_up_by_whoever_asks(database: Database) -> None:
    fill(database, 200, items=3)
    all_weeks(WeekBook(database, WEEKS))
    ready, fresh = Insights(database, WEEKS), Insights(database, WEEKS)
    assert [ready.prepare(NEXT_US, Pace()) for _ in range(5)] == [*reversed(Period), None]
    asked: list[str] = []

    @event.listens_for(database.engine, "before_cursor_execute")
    def seen(_conn: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if "FROM insight_item" in statement:
            asked.append(statement)

    for period in Period:
        assert ready.report(period, NEXT_US, "en") == fresh.report(period, NEXT_US, "en")
    assert len(asked) == len(Period), "planted: the one that was not prepared reads each of them"


def test_a_stopped_pace_ends_the_work_at_its_next_pause() -> None:
    pace = Pace(work_s=0.0, wait_s=0.0)
    pace.step()
    pace.stop()
    with pytest.raises(ImportStoppedError):
        pace.step()
