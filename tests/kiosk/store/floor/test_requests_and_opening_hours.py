"""Requests escalate while somebody of the staff can answer them: not at night, but soon after closing time they do."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from kiosk.clock import US, Clocks
from kiosk.core.domain.hours.opening_hours import ALWAYS_OPEN, OpeningHours, ShopHours, Span
from kiosk.core.domain.ids import AssociateId, RequestId, RoomId, Ticket
from kiosk.core.domain.service_request import RequestKind, ServiceRequest
from kiosk.store.db.database import Database
from kiosk.store.floor.dispatch import Dispatch
from kiosk.store.floor.open_requests import OpenRequests
from kiosk.store.floor.request_desk import RequestDesk
from kiosk.store.staff.associates import Associate

MINUTE = 60 * US
DAILY = OpeningHours(ZoneInfo("Europe/Vienna"), ((Span(10 * 60, 19 * 60),),) * 7)


INES = Associate(AssociateId("ines"), "Inès")


@dataclass
class Times:
    """A wall clock that can be set, and one that cannot."""

    wall_us: int
    steady_us: int = 0

    @property
    def clocks(self) -> Clocks:
        return Clocks(lambda: self.wall_us, lambda: self.steady_us)

    def pass_minutes(self, desk: RequestDesk, minutes: int) -> None:
        for _ in range(minutes):
            self.wall_us += MINUTE
            self.steady_us += MINUTE
            desk.tick(self.wall_us)


def vienna(hour: int, minute: int = 0) -> int:
    return int(datetime(2026, 11, 30, hour, minute, tzinfo=ZoneInfo("Europe/Vienna")).timestamp()) * US


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = Database(f"sqlite:///{tmp_path / 'store.db'}")
    yield opened
    opened.close()


def desk_of(database: Database, times: Times, hours: ShopHours = DAILY) -> RequestDesk:
    return RequestDesk(database, OpenRequests(), lambda _: None, 2 * MINUTE, times.clocks, hours)


def desk_with(database: Database, times: Times, *people: Associate, hours: ShopHours = DAILY) -> RequestDesk:
    """A desk that knows who is on the floor."""
    requests = OpenRequests()
    dispatch = Dispatch(lambda: people, requests, (RoomId("1"),))
    return RequestDesk(
        database, requests, lambda _: None, 2 * MINUTE, times.clocks, hours, escalation=dispatch
    )


def ask(desk: RequestDesk, at_us: int) -> None:
    one = ServiceRequest(RequestId("r1"), RoomId("1"), Ticket("t1"), RequestKind.HELP, at_us)
    desk.receive(replace(one, made_us=at_us), at_us)


def escalated(desk: RequestDesk) -> int:
    (only,) = desk.open_requests.all()
    return only.escalated


@pytest.mark.parametrize(
    ("asked", "times"),
    [
        pytest.param(vienna(12), 2, id="at noon"),
        pytest.param(vienna(19, 10), 2, id="ten minutes after closing: the last shoppers are in the rooms"),
        pytest.param(vienna(18, 58), 2, id="shortly before closing"),
        pytest.param(vienna(20), 0, id="an hour after closing"),
        pytest.param(vienna(6), 0, id="before opening"),
    ],
)
def test_a_request_escalates_while_there_is_staff(database: Database, asked: int, times: int) -> None:
    clock = Times(asked)
    desk = desk_of(database, clock)
    ask(desk, asked)
    clock.pass_minutes(desk, 10)
    assert escalated(desk) == times


def test_the_night_does_not_count(database: Database) -> None:
    clock = Times(vienna(19, 29))
    desk = desk_of(database, clock)
    ask(desk, clock.wall_us)
    clock.pass_minutes(desk, 14 * 60 + 30)  # until 9:59
    assert escalated(desk) == 0
    clock.pass_minutes(desk, 3)
    assert escalated(desk) == 1


def test_without_hours_it_escalates_at_night(database: Database) -> None:
    """The planted fault: a desk that does not know the hours."""
    clock = Times(vienna(3))
    desk = desk_of(database, clock, ALWAYS_OPEN)
    ask(desk, clock.wall_us)
    clock.pass_minutes(desk, 10)
    assert escalated(desk) == 2


def test_a_restart_at_night_escalates_nothing(database: Database) -> None:
    clock = Times(vienna(20))
    ask(desk_of(database, clock), clock.wall_us)
    clock.wall_us = vienna(23)
    again = desk_of(database, clock)
    clock.pass_minutes(again, 30)
    assert escalated(again) == 0


def test_a_restart_in_the_morning_waits_from_opening_time(database: Database) -> None:
    clock = Times(vienna(6))
    ask(desk_of(database, clock), clock.wall_us)
    clock.wall_us = vienna(10, 1)
    again = desk_of(database, clock)
    clock.pass_minutes(again, 1)
    assert escalated(again) == 1


def test_a_clock_that_is_set_changes_no_wait(database: Database) -> None:
    clock = Times(vienna(12))
    desk = desk_of(database, clock)
    ask(desk, clock.wall_us)
    clock.wall_us = vienna(11)
    clock.pass_minutes(desk, 1)
    assert escalated(desk) == 0
    clock.wall_us = vienna(15)
    clock.pass_minutes(desk, 1)
    assert escalated(desk) == 1


@pytest.mark.parametrize(
    ("asked", "people", "minutes", "left"),
    [
        pytest.param(vienna(18, 50), (), 39, 1, id="half an hour after closing somebody may still come"),
        pytest.param(vienna(18, 50), (), 41, 0, id="then the shop is empty"),
        pytest.param(vienna(18, 50), (INES,), 120, 1, id="somebody is there"),
        pytest.param(vienna(20), (), 29, 1, id="asked just now"),
        pytest.param(vienna(12), (), 120, 1, id="in the day"),
    ],
)
def test_what_is_left_over_from_the_day_holds_no_visit_until_the_next(
    database: Database, asked: int, people: tuple[Associate, ...], minutes: int, left: int
) -> None:
    clock = Times(asked)
    desk = desk_with(database, clock, *people)
    ask(desk, asked)
    clock.pass_minutes(desk, minutes)
    assert len(desk.open_requests.all()) == left


@pytest.mark.parametrize(
    ("people", "minutes", "left"),
    [
        pytest.param((), 183, 1, id="somebody may still come"),
        pytest.param((), 184, 0, id="three hours after the last escalation, with nobody on the floor"),
        pytest.param((INES,), 200, 1, id="somebody is there"),
    ],
)
def test_a_shop_without_opening_hours_closes_what_is_left_over(
    database: Database, people: tuple[Associate, ...], minutes: int, left: int
) -> None:
    clock = Times(vienna(19))
    desk = desk_with(database, clock, *people, hours=ALWAYS_OPEN)
    ask(desk, clock.wall_us)
    clock.pass_minutes(desk, minutes)
    assert len(desk.open_requests.all()) == left


def test_neither_a_restart_nor_a_clock_that_is_set_makes_a_request_left_over(database: Database) -> None:
    """After a start nobody is on the floor until the pages are back."""
    clock = Times(vienna(8))
    ask(desk_with(database, clock, hours=ALWAYS_OPEN), clock.wall_us)
    clock.wall_us, clock.steady_us = vienna(14), clock.steady_us + 6 * 60 * MINUTE
    again = desk_with(database, clock, hours=ALWAYS_OPEN)
    clock.pass_minutes(again, 1)
    clock.wall_us += 24 * 60 * MINUTE
    clock.pass_minutes(again, 1)
    assert len(again.open_requests.all()) == 1
    clock.pass_minutes(again, 178)
    assert len(again.open_requests.all()) == 1
    clock.pass_minutes(again, 10)
    assert again.open_requests.all() == ()


def test_planted_fault_a_desk_that_knows_nobody_keeps_it_over_night(database: Database) -> None:
    clock = Times(vienna(18, 50))
    desk = desk_of(database, clock)
    ask(desk, clock.wall_us)
    clock.pass_minutes(desk, 120)
    assert len(desk.open_requests.all()) == 1
