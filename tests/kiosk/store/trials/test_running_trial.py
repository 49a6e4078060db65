"""A trial in the store: drawn, applied to visits, counted, read after its end; small numbers are not shown."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext, suppress
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from itertools import product
from pathlib import Path
from threading import Barrier, BrokenBarrierError
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from kiosk.clock import US
from kiosk.core.domain.ids import RoomId, Ticket
from kiosk.core.domain.money import Money
from kiosk.store.db.database import Database
from kiosk.store.db.table_groups.insights import ROOM_TRIAL, TRIAL_CELL
from kiosk.store.errors import NotFoundError, RefusedError
from kiosk.store.trials.design import Cell
from kiosk.store.trials.running_trial import MAX_VISITS, RunningTrial
from kiosk.store.trials.trial import Feature, Measure, Trial, TrialState
from kiosk.store.trials.trial_book import TrialBook
from kiosk.store.trials.trial_desk import TrialDesk
from tests.kiosk.store import postgres
from tests.kiosk.store.sample_shop import ManualClock, empty_tables

ROOMS = (RoomId("1"), RoomId("2"), RoomId("3"))
ZONE = ZoneInfo("Europe/Vienna")
HOUR_S, DAY_S = 3600, 24 * 3600
EURO = Money(9_900, "EUR")


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


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


@pytest.fixture
def desk(database: Database, clock: ManualClock) -> TrialDesk:
    return TrialDesk(RunningTrial(database, ZONE, clock), ROOMS, "EUR")


def visit(desk: TrialDesk, clock: ManualClock, room: str, ticket: str, *, buys: int = 0) -> bool:
    """A visit; whether suggestions are on in it."""
    where = RoomId(room), Ticket(ticket)
    desk.running.began(*where, clock.now_us)
    if buys:
        desk.running.sold(*where, buys, Money(buys * EURO.minor, "EUR"))
    return desk.running.is_on(Feature.LOOKS, *where)


def cells(desk: TrialDesk) -> tuple[tuple[bool, int, int, int, int], ...]:
    found = desk.running.book.cells(1)
    return tuple(
        (c.on, c.counts.visits, c.counts.sales, c.counts.pieces, c.counts.money_minor) for c in found
    )


def test_a_trial_switches_drawn_rooms_and_hours_of_its_days(desk: TrialDesk, clock: ManualClock) -> None:
    assert visit(desk, clock, "1", "before"), "without a trial everything is on"
    trial = desk.start(Feature.LOOKS, Measure.MONEY, 1)
    assert visit(desk, clock, "1", "today"), "it begins tomorrow"
    clock.pass_s(DAY_S)
    seen = set()
    for number in range(24):
        for room in ROOMS:
            local = desk.running.local_now()
            is_on = visit(desk, clock, room, f"{number}-{room}")
            assert is_on is trial.design.is_on(Cell(room, local.date(), local.hour))
            seen.add(is_on)
        clock.pass_s(HOUR_S)
    assert seen == {True, False}
    assert visit(desk, clock, "9", "elsewhere"), "a room that takes no part"
    assert desk.running.is_on(Feature.SIZES, ROOMS[0], Ticket("0-1"))
    clock.pass_s(7 * DAY_S)
    assert visit(desk, clock, "1", "after")


def test_a_visit_keeps_its_side_when_the_hour_changes(desk: TrialDesk, clock: ManualClock) -> None:
    desk.start(Feature.LOOKS, Measure.SALES, 1)
    clock.pass_s(DAY_S)
    before = visit(desk, clock, "1", "t1")
    clock.pass_s(HOUR_S)
    assert visit(desk, clock, "1", "t1") is before, "the same visit again, as after a lost stream"
    assert visit(desk, clock, "1", "t2") is not before or desk.running.local_now().hour % 2 == 0
    desk.running.write()
    assert sum(each.counts.visits for each in desk.running.book.cells(1)) == 2


def test_visits_and_sales_are_counted_in_the_hour_of_the_visit(desk: TrialDesk, clock: ManualClock) -> None:
    desk.start(Feature.LOOKS, Measure.MONEY, 1)
    clock.pass_s(DAY_S)
    is_on = visit(desk, clock, "1", "t1", buys=2)
    clock.pass_s(HOUR_S)
    desk.running.sold(RoomId("1"), Ticket("t1"), 1, EURO)
    desk.running.sold(RoomId("1"), Ticket("t1"), 1, Money(500, "USD"))
    desk.running.sold(RoomId("1"), Ticket("unknown"), 1, EURO)
    desk.running.tick(10**12)
    assert cells(desk) == ((is_on, 1, 1, 4, 3 * EURO.minor),)
    visit(desk, clock, "1", "t3")
    desk.running.tick(10**12 + 1)
    assert len(cells(desk)) == 1, "not yet due"
    desk.running.write()
    desk.running.write()
    assert sum(each[1] for each in cells(desk)) == 2, "written once"


def test_only_so_many_visits_are_remembered(desk: TrialDesk, clock: ManualClock) -> None:
    desk.start(Feature.LOOKS, Measure.SALES, 1)
    clock.pass_s(DAY_S)
    for number in range(MAX_VISITS + 1):
        visit(desk, clock, "1", f"t{number}")
    desk.running.sold(RoomId("1"), Ticket("t0"), 1, EURO)
    desk.running.write()
    ((_, visits, sales, _, _),) = cells(desk)
    assert (visits, sales) == (MAX_VISITS + 1, 0)


def test_a_restart_goes_on_with_the_same_design(
    database: Database, desk: TrialDesk, clock: ManualClock
) -> None:
    desk.start(Feature.LOOKS, Measure.SALES, 1)
    clock.pass_s(DAY_S)
    sides = [visit(desk, clock, room, "t1") for room in ROOMS]
    again = TrialDesk(RunningTrial(database, ZONE, clock), ROOMS, "EUR")
    assert [visit(again, clock, room, "t2") for room in ROOMS] == sides


def test_one_trial_at_a_time_and_a_stopped_one_has_no_result(desk: TrialDesk, clock: ManualClock) -> None:
    trial = desk.start(Feature.LOOKS, Measure.SALES, 2)
    with pytest.raises(RefusedError):
        desk.start(Feature.SIZES, Measure.SALES, 1)
    with pytest.raises(RefusedError):
        desk.start(Feature.SIZES, Measure.SALES, 27)
    with pytest.raises(NotFoundError):
        desk.stop(trial.trial_id + 1)
    clock.pass_s(DAY_S)
    while visit(desk, clock, "1", f"t{clock.now_us}"):
        clock.pass_s(HOUR_S)
    at_off = Ticket(f"t{clock.now_us}")
    desk.stop(trial.trial_id)
    assert desk.running.is_on(Feature.LOOKS, RoomId("1"), at_off)
    clock.pass_s(30 * DAY_S)
    assert desk.work_out() is None
    (report,) = desk.reports()
    assert (report.state, report.result) == (TrialState.STOPPED, None)
    assert desk.start(Feature.SIZES, Measure.SALES, 1).trial_id == 2


@dataclass(frozen=True)
class ReadTogether(TrialBook):
    """Two that read the trials in the same instant go on together."""

    both: Barrier

    def all(self) -> tuple[Trial, ...]:
        found = super().all()
        with suppress(BrokenBarrierError):
            self.both.wait(0.5)
        return found


def started_at_once(desk: TrialDesk) -> int:
    """How many trials there are after two managers start one in the same instant."""
    book = desk.running.book
    desk.running.book = ReadTogether(book.database, Barrier(2))

    def start(feature: Feature) -> None:
        with suppress(RefusedError):
            desk.start(feature, Measure.SALES, 1)

    with ThreadPoolExecutor(2) as managers:
        list(managers.map(start, Feature))
    return len(book.all())


def test_of_two_that_start_in_the_same_instant_one_is_refused(desk: TrialDesk) -> None:
    assert started_at_once(desk) == 1


def test_planted_without_the_lock_two_trials_run(desk: TrialDesk) -> None:
    unlocked: Any = nullcontext()
    assert started_at_once(replace(desk, _starting=unlocked)) == 2


def run_a_week(desk: TrialDesk, clock: ManualClock, each_hour: int, buys: int) -> None:
    first = desk.start(Feature.LOOKS, Measure.PIECES, 1).first_day
    for day, hour in product(range(7), range(12, 18)):
        clock.now_us = int(datetime.combine(first + timedelta(days=day), time(hour), ZONE).timestamp()) * US
        for number in range(each_hour):
            ticket = f"{day}-{hour}-{number}"
            is_on = visit(desk, clock, ROOMS[number % 3], ticket)
            if number < buys or (is_on and number < 2 * buys):
                desk.running.sold(ROOMS[number % 3], Ticket(ticket), 1, EURO)
    desk.running.write()
    clock.pass_s(7 * HOUR_S)


def test_a_result_comes_after_the_end_and_in_tens(desk: TrialDesk, clock: ManualClock) -> None:
    run_a_week(desk, clock, each_hour=6, buys=3)
    (report,) = desk.reports()
    assert (report.visits, report.result) == (255, None)
    assert desk.work_out() is None, "late sales are waited for"
    clock.pass_s(2 * HOUR_S)
    assert desk.work_out() == 1
    assert desk.work_out() is None
    (report,) = desk.reports()
    assert report.result is not None
    assert report.result.effect is not None
    assert report.result.effect.shown
    assert report.result.effect.low <= 1.0 <= report.result.effect.high
    assert report.result.effect.estimate == round(report.result.effect.estimate, 3)
    for side in (report.result.on, report.result.off):
        assert side.visits is not None
        assert side.visits % 10 == 5


def test_few_sales_tell_nothing(desk: TrialDesk, clock: ManualClock) -> None:
    run_a_week(desk, clock, each_hour=1, buys=0)
    desk.running.sold(ROOMS[0], Ticket("0-12-0"), 1, EURO)
    desk.running.write()
    clock.pass_s(DAY_S)
    desk.work_out()
    (report,) = desk.reports()
    assert report.result is not None
    assert report.result.effect is None
    assert {report.result.on.sales, report.result.off.sales} == {None}


def test_old_trials_are_deleted_and_counts_of_stopped_ones(
    database: Database, desk: TrialDesk, clock: ManualClock
) -> None:
    desk.start(Feature.LOOKS, Measure.SALES, 1)
    clock.pass_s(DAY_S)
    visit(desk, clock, "1", "t1")
    desk.running.write()
    desk.running.book.delete_before(desk.running.today())
    assert len(cells(desk)) == 1
    desk.stop(1)
    desk.running.book.delete_before(desk.running.today())
    assert (len(cells(desk)), len(desk.reports())) == (0, 1)
    desk.running.book.delete_before(desk.running.today() + timedelta(days=8))
    with database.reading() as connection:
        for table in (ROOM_TRIAL, TRIAL_CELL):
            assert connection.execute(select(table)).all() == []


def test_counts_wait_while_the_database_is_away(
    database: Database, desk: TrialDesk, clock: ManualClock
) -> None:
    desk.start(Feature.LOOKS, Measure.SALES, 1)
    clock.pass_s(DAY_S)
    visit(desk, clock, "1", "t1")
    with database.writing() as connection:
        connection.exec_driver_sql("ALTER TABLE room_trial_cell RENAME TO away")
    with pytest.raises(SQLAlchemyError):
        desk.running.write()
    visit(desk, clock, "1", "t2")
    with database.writing() as connection:
        connection.exec_driver_sql("ALTER TABLE away RENAME TO room_trial_cell")
    desk.running.write()
    assert sum(each[1] for each in cells(desk)) == 2
