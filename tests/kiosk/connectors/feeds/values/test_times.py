"""Days and times: ISO 8601, the shop's time zone, and what is ambiguous or absurd."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.connectors.feeds.values.texts import FieldError
from kiosk.connectors.feeds.values.times import DayType, MomentType
from kiosk.connectors.feeds.values.value_types import Reading

VIENNA = Reading(zone=ZoneInfo("Europe/Vienna"))


def us(*fields: int) -> int:
    return int(datetime(*fields, tzinfo=UTC).timestamp()) * 1_000_000  # type: ignore[misc,arg-type]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-11-29T08:30:00Z", us(2026, 11, 29, 8, 30)),
        ("2026-11-29T08:30:00+01:00", us(2026, 11, 29, 7, 30)),
        ("2026-11-29 08:30:00 +0100", us(2026, 11, 29, 7, 30)),
        ("2026-11-29T08:30", us(2026, 11, 29, 7, 30)),
        ("2026-07-01 08:30:00", us(2026, 7, 1, 6, 30)),
        ("2026-11-29T08:30:00.123456789Z", us(2026, 11, 29, 8, 30) + 123456),
        ("'2026-11-29T08:30:00,5Z", us(2026, 11, 29, 8, 30) + 500_000),
        ("2026-10-25T02:30:00", us(2026, 10, 25, 0, 30)),
        ("2026-03-29T02:30:00", us(2026, 3, 29, 1, 30)),
    ],
)
def test_a_moment_is_read_in_utc(text: str, expected: int) -> None:
    assert MomentType().read(text, VIENNA) == expected


@pytest.mark.parametrize(
    "text", ["2026-11-29", "29.11.2026 08:30", "08:30", "2026-13-01T00:00", "1026-11-29T08:30Z",
             "9999-12-31T23:59:59-23:00",             "2026-11-29T25:00", "now", "1790000000"],
)  # fmt: skip
def test_what_is_no_moment_is_a_mistake(text: str) -> None:
    with pytest.raises(FieldError):
        MomentType().read(text, VIENNA)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-03-01", "2026-03-01"),
        ("01.03.2026", "2026-03-01"),
        ("1.3.2026", "2026-03-01"),
        ("2026-03-01 00:00:00", "2026-03-01"),
    ],
)
def test_a_day_is_stored_in_iso_form(text: str, day: str) -> None:
    assert DayType().read(text, VIENNA) == day


@pytest.mark.parametrize("text", ["03/01/2026", "2026-02-30", "31.02.2026", "March", "2026"])
def test_what_is_no_day_is_a_mistake(text: str) -> None:
    with pytest.raises(FieldError):
        DayType().read(text, VIENNA)


@given(st.text(max_size=40))
def test_any_text_is_a_time_or_a_mistake(text: str) -> None:
    for kind in (DayType(), MomentType()):
        with suppress(FieldError):
            assert kind.read(text, VIENNA)
