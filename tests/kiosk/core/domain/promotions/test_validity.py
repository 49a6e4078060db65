"""When a promotion holds: days, hours, and the hours that clocks repeat or leave out."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from kiosk.core.domain.hours.opening_hours import Span
from kiosk.core.domain.promotions.rule import Validity

BERLIN = ZoneInfo("Europe/Berlin")


def at(text: str, fold: int = 0) -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=BERLIN, fold=fold).timestamp()) * 1_000_000


def test_a_promotion_holds_from_its_first_moment_until_before_its_last() -> None:
    winter = Validity(at("2026-12-01T00:00"), at("2027-01-01T00:00"))
    assert [winter.holds(at(t), BERLIN) for t in ("2026-11-30T23:59", "2026-12-01T00:00", "2026-12-31T23:59")] == [
        False, True, True,
    ]  # fmt: skip
    assert not winter.holds(at("2027-01-01T00:00"), BERLIN)


@pytest.mark.parametrize(
    ("time", "holds"),
    [
        ("2026-12-01T16:59", False), ("2026-12-01T17:00", True), ("2026-12-01T18:59", True),
        ("2026-12-01T19:00", False), ("2026-12-02T17:30", False),
    ],
)  # fmt: skip
def test_happy_hours_of_a_tuesday(time: str, holds: bool) -> None:
    assert Validity(weekdays=(1,), hours=Span(17 * 60, 19 * 60)).holds(at(time), BERLIN) is holds


def test_hours_after_midnight_belong_to_the_evening_before() -> None:
    friday_night = Validity(weekdays=(4,), hours=Span(22 * 60, 25 * 60))
    assert friday_night.holds(at("2026-12-05T00:30"), BERLIN)
    assert not friday_night.holds(at("2026-12-04T00:30"), BERLIN)


def test_an_hour_that_the_clock_repeats_is_happy_twice() -> None:
    """On 25 October 2026 the clock of Berlin goes from 3:00 back to 2:00."""
    night = Validity(hours=Span(120, 180))
    assert night.holds(at("2026-10-25T02:30", 0), BERLIN)
    assert night.holds(at("2026-10-25T02:30", 1), BERLIN)
    assert not night.holds(at("2026-10-25T03:00"), BERLIN)


def test_the_end_is_a_time_of_the_world_not_of_the_clock_on_the_wall() -> None:
    assert Validity(until_us=at("2026-12-01T00:00")).holds(at("2026-11-30T23:30"), ZoneInfo("Asia/Tokyo"))
