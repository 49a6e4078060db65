"""Until when a piece stays put aside, by the shop's hours and clock; and the codes."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from kiosk.core.domain.hours.opening_hours import ALWAYS_OPEN, Holidays, OpeningHours, Span
from kiosk.store.asides.keeping import LENGTH, SIGNS, Keeping, new_code

VIENNA = ZoneInfo("Europe/Vienna")
DAY = (Span(600, 1140),)
WEEK = (DAY, DAY, DAY, (Span(600, 780), Span(840, 1200)), DAY, DAY, ())
HOURS = OpeningHours(VIENNA, WEEK, Holidays(dates=((date(2026, 12, 1), ()),)))
NIGHT = OpeningHours(VIENNA, ((Span(1200, 1560),),) * 7)


def at(text: str) -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=VIENNA).timestamp()) * 1_000_000


@pytest.mark.parametrize(
    ("hours", "now", "until"),
    [
        (HOURS, "2026-11-24T15:00", "2026-11-25T19:00"),
        (HOURS, "2026-11-25T15:00", "2026-11-26T20:00"),  # two spans: the last one's end
        (HOURS, "2026-11-28T18:59", "2026-11-30T19:00"),  # over a Sunday
        (HOURS, "2026-11-30T15:00", "2026-12-02T19:00"),  # over a holiday
        (NIGHT, "2026-11-24T21:00", "2026-11-26T02:00"),  # closes after midnight
        (HOURS, "2026-10-24T15:00", "2026-10-26T19:00"),  # clocks are set back on the 25th
        (ALWAYS_OPEN, "2026-11-24T15:00", "2026-11-26T00:00"),
        (OpeningHours(VIENNA, ((),) * 7), "2026-11-24T15:00", "2026-11-26T00:00"),  # never open
    ],
)
def test_a_piece_is_kept_until_the_shop_closes_on_its_next_open_day(
    hours: OpeningHours, now: str, until: str
) -> None:
    keeping = Keeping(hours, VIENNA)
    until_us = keeping.until_us(at(now))
    assert (keeping.shown(until_us), until_us) == (until, at(until))


def test_a_shop_may_say_hours_instead() -> None:
    keeping = Keeping(HOURS, VIENNA, 2)
    assert keeping.shown(keeping.until_us(at("2026-11-28T18:00"))) == "2026-11-28T20:00"


def test_no_code_is_given_twice_and_none_is_a_word() -> None:
    assert not set(SIGNS) & set("01ILOAEIUBGSZ")
    codes = {new_code(()) for _ in range(200)}
    assert len(codes) > 150
    assert all(len(code) == LENGTH and set(code) <= set(SIGNS) for code in codes)
    free = "CDFH"
    taken = {a + b + c + d for a in SIGNS for b in SIGNS for c in SIGNS for d in SIGNS} - {free}
    assert new_code(taken) == free
