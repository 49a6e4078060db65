"""Weeks of the shop in its time zone, also where the clock is set."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from kiosk.clock import US
from kiosk.store.insights.weeks import Period, ShopWeeks

HOUR_US = 3600 * US


def at(zone: str, *moment: int) -> int:
    return int(datetime(*moment, tzinfo=ZoneInfo(zone)).timestamp()) * US  # type: ignore[misc,arg-type]


@pytest.mark.parametrize(
    ("zone", "week", "hours"),
    [
        ("Europe/Vienna", date(2026, 3, 23), 167), ("Europe/Vienna", date(2026, 10, 19), 169),
        ("Europe/Vienna", date(2026, 6, 1), 168), ("America/New_York", date(2026, 3, 2), 167),
        ("Asia/Kolkata", date(2026, 3, 23), 168), ("Australia/Lord_Howe", date(2026, 3, 30), 168.5),
    ],
)  # fmt: skip
def test_a_week_ends_where_the_next_one_begins(zone: str, week: date, hours: float) -> None:
    weeks = ShopWeeks(ZoneInfo(zone))
    first_us, next_us = weeks.bounds_us(week)
    assert (next_us - first_us) / HOUR_US == hours
    assert weeks.week_of(first_us) == weeks.week_of(next_us - 1) == week
    assert weeks.week_of(first_us - 1) < week < weeks.week_of(next_us)


def test_an_hour_that_comes_twice_is_one_hour() -> None:
    weeks = ShopWeeks(ZoneInfo("Europe/Vienna"))
    twice = at("Europe/Vienna", 2026, 10, 25, 2, 30)
    assert weeks.hour(twice) == weeks.hour(twice + HOUR_US) == 2
    assert weeks.hour(twice + 2 * HOUR_US) == 3


@pytest.mark.parametrize("period", Period)
def test_a_period_ends_with_the_last_sunday(period: Period) -> None:
    weeks = ShopWeeks(ZoneInfo("Asia/Tokyo"))
    first, last = weeks.ended(at("Asia/Tokyo", 2026, 11, 30, 0, 0), period)  # a Monday
    assert last == date(2026, 11, 23)
    assert (last - first).days == 7 * (period - 1)


@pytest.mark.parametrize("stamp_us", [2**62, -(2**62)])
def test_a_stamp_outside_of_the_calendar_has_a_week(stamp_us: int) -> None:
    assert ShopWeeks(ZoneInfo("UTC")).hour(stamp_us) == 0
