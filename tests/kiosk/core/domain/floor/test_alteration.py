"""Days on which an alteration can be ready, prices, and texts of the note."""

from __future__ import annotations

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest

from kiosk.core.domain.floor.alteration import (
    MAX_DAYS,
    MAX_PRICE,
    NoteMistake,
    day_mistake,
    line_of,
    mistake_of,
    next_open_day,
)
from kiosk.core.domain.hours.opening_hours import ALWAYS_OPEN, Holidays, OpeningHours, Span

TODAY = date(2026, 12, 23)
TEN_TO_SEVEN = (Span(600, 1140),)
HOURS = OpeningHours(
    ZoneInfo("Europe/Vienna"), (TEN_TO_SEVEN,) * 6 + ((),), Holidays(yearly=(((12, 25), ()), ((12, 26), ())))
)
"""Monday to Saturday, and not on the two days of Christmas, a Friday and a Saturday."""


@pytest.mark.parametrize(
    ("day", "mistake", "next_day"),
    [
        (TODAY, None, TODAY),
        (date(2026, 12, 22), NoteMistake.PAST, TODAY),
        (date.min, NoteMistake.PAST, TODAY),
        (date(2026, 12, 25), NoteMistake.CLOSED, date(2026, 12, 28)),
        (date(2026, 12, 27), NoteMistake.CLOSED, date(2026, 12, 28)),
        (TODAY + timedelta(days=MAX_DAYS), None, TODAY + timedelta(days=MAX_DAYS)),
        (TODAY + timedelta(days=MAX_DAYS + 1), NoteMistake.FAR, None),
        (date.max, NoteMistake.FAR, None),
    ],
)
def test_a_day_is_open_not_past_and_at_most_a_year_ahead(
    day: date, mistake: NoteMistake | None, next_day: date | None
) -> None:
    assert day_mistake(day, TODAY, HOURS) is mistake
    assert next_open_day(day, TODAY, HOURS) == next_day


def test_a_shop_without_hours_has_no_closed_day_and_one_that_never_opens_no_open_day() -> None:
    assert day_mistake(date(2026, 12, 25), TODAY, ALWAYS_OPEN) is None
    never = OpeningHours(ZoneInfo("UTC"), ((),) * 7)
    assert day_mistake(TODAY, TODAY, never) is NoteMistake.CLOSED
    assert next_open_day(TODAY, TODAY, never) is None


@pytest.mark.parametrize(
    ("what", "minor", "mistake"),
    [
        ("Hem 2 cm shorter", 1800, None),
        ("<b>Hem</b> 2 cm; DROP TABLE alteration", 0, None),
        ("تقصير ٢ سم", MAX_PRICE, None),
        ("", 0, NoteMistake.EMPTY),
        ("\u200b \u2028", 0, NoteMistake.SIGN),
        ("Hem\nshorter", 0, NoteMistake.SIGN),
        ("Hem \u202e shorter", 0, NoteMistake.SIGN),
        ("Hem 😀", 0, NoteMistake.SIGN),
        ("a" * 201, 0, NoteMistake.LONG),
        ("Hem", -1, NoteMistake.PRICE),
        ("Hem", MAX_PRICE + 1, NoteMistake.PRICE),
    ],
)
def test_texts_and_prices(what: str, minor: int, mistake: NoteMistake | None) -> None:
    assert mistake_of(what, minor) is mistake


def test_the_line_is_composed_and_without_blanks_around_it() -> None:
    assert line_of("  A\u0308rmel ") == "Ärmel"
