"""Opening hours, holidays and time zone in the store's file: what they mean, and each mistake in words."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import jsonschema
import pytest

from kiosk.config import ConfigError, parse_store
from kiosk.config.hours import DAY_HOURS_FORM, machine_zone, shown
from kiosk.config.schema import schema
from kiosk.config.shop import opening_hours, zone_of
from kiosk.core.domain.hours.opening_hours import Span

FULL = """\
shop:
  time_zone: Europe/Paris
  hours:
    monday: 10:00-19:00
    friday: [10:00-13:00, 20:00-02:00]
    saturday: closed
  holidays:
    2026-12-25: closed
    "2026-12-26": 12:00-16:00
    12-24: 10:00 - 14:00
"""


def told(text: str) -> list[str]:
    with pytest.raises(ConfigError) as error:
        parse_store(text)
    return [str(mistake) for mistake in error.value.mistakes]


def test_hours_and_holidays() -> None:
    hours = opening_hours(parse_store(FULL).shop)
    said = {day: shown(hours.spans_of(date.fromisoformat(day))) for day in (
        "2026-11-30", "2026-12-04", "2026-12-05", "2026-12-06", "2026-12-24", "2026-12-25", "2026-12-26", "2027-12-24",
    )}  # fmt: skip
    assert said == {
        "2026-11-30": "10:00-19:00", "2026-12-04": "10:00-13:00, 20:00-02:00", "2026-12-05": "closed",
        "2026-12-06": "closed", "2026-12-24": "10:00-14:00", "2026-12-25": "closed", "2026-12-26": "12:00-16:00",
        "2027-12-24": "10:00-14:00",
    }  # fmt: skip
    assert str(hours.zone) == "Europe/Paris"
    assert hours.spans_of(date(2026, 12, 4))[1] == Span(20 * 60, 26 * 60)


def test_without_them_the_shop_is_always_open_in_the_zone_of_the_machine() -> None:
    shop = parse_store("shop: {name: A}\n").shop
    assert opening_hours(shop).always
    assert zone_of(shop) == machine_zone()


@pytest.mark.parametrize(
    ("written", "mistake"),
    [
        ("10:00", f"`10:00` is not opening hours; {DAY_HOURS_FORM}"),
        ("10-19", f"`10-19` is not opening hours; {DAY_HOURS_FORM}"),
        ("closd", f"`closd` is not opening hours; {DAY_HOURS_FORM}"),
        ("off", f"`off` is not opening hours; {DAY_HOURS_FORM}"),
        ("1000", f"`1000` is not opening hours; {DAY_HOURS_FORM}"),
        ("", f"is empty; {DAY_HOURS_FORM}"),
        ("[]", f"has no opening hours, or more than 8; {DAY_HOURS_FORM}"),
        ("{from: 10}", f"`{{'from': 10}}` is not opening hours; {DAY_HOURS_FORM}"),
        ("25:00-26:00", "`25:00` is not a time of the day from 00:00 to 24:00"),
        ("10:60-12:00", "`10:60` is not a time of the day from 00:00 to 24:00"),
        ("24:00-02:00", "`24:00-02:00` begins at the end of the day; write 00:00 and the next day"),
        ("10:00-10:00", "`10:00-10:00` has no length; for all day write 00:00-24:00"),
        ("[14:00-15:00, 10:00-12:00]",
         "10:00-12:00 begins before 14:00-15:00 ends; write the hours of a day in order"),
        ("[20:00-02:00, 21:00-22:00]",
         "21:00-22:00 begins before 20:00-02:00 ends; write the hours of a day in order"),
    ],
)  # fmt: skip
def test_hours_that_are_none(written: str, mistake: str) -> None:
    (only,) = told(f"shop:\n  hours:\n    monday: {written}\n    tuesday: 10:00-19:00\n")
    assert only == f"line 3: shop.hours.monday: {mistake}"


@pytest.mark.parametrize(
    ("written", "mistake"),
    [
        ("2026-02-30", "`2026-02-30` is not a day of the calendar"),
        ("13-01", "`13-01` is not a day of the calendar"),
        ("easter", "`easter` is not a day; write 2026-12-25, or 12-25 for every year"),
        ("25.12.2026", "`25.12.2026` is not a day; write 2026-12-25, or 12-25 for every year"),
    ],
)
def test_holidays_that_are_no_days(written: str, mistake: str) -> None:
    (only,) = told(f"shop:\n  holidays:\n    {written}: closed\n")
    assert only == f"line 3: shop.holidays.{written}: {mistake}"


def test_a_date_is_written_once() -> None:
    assert "is written twice; first on line 3" in told(
        "shop:\n  holidays:\n    2026-12-25: closed\n    '2026-12-25': 10:00-12:00\n"
    )[0]  # fmt: skip


def test_a_leap_day_is_a_day_of_every_year() -> None:
    hours = opening_hours(parse_store("shop: {holidays: {02-29: closed}}\n").shop)
    assert hours.spans_of(date(2028, 2, 29)) == ()


@pytest.mark.parametrize("hours", ["{}", "{sunday: closed}"])
def test_a_shop_that_never_opens_is_a_mistake(hours: str) -> None:
    (only,) = told(f"shop: {{hours: {hours}}}\n")
    assert only.endswith("no day has opening hours; leave the section out for a shop that is always open")


def test_an_unknown_day_suggests_the_nearest() -> None:
    (only,) = told("shop: {hours: {mon: closed, tuesday: 10:00-12:00}}\n")
    assert only.endswith("is an unknown key; did you mean `monday`?")


def test_the_schema_takes_what_the_store_takes() -> None:
    known = schema("store")
    good = {"shop": {"hours": {"monday": "10:00-19:00", "friday": ["10:00-13:00", "20:00-02:00"]},
                     "holidays": {"2026-12-25": "closed", "12-24": "10:00-14:00"}}}  # fmt: skip
    jsonschema.validate(good, known)
    for bad in ({"hours": {"monday": 10}}, {"hours": {"mon": "closed"}}, {"holidays": {"easter": "closed"}}):
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate({"shop": bad}, known)


def test_the_zone_of_a_machine(tmp_path: Path) -> None:
    assert machine_zone(tmp_path, "") == "UTC"
    (tmp_path / "timezone").write_text("Asia/Tokyo\n")
    assert machine_zone(tmp_path, "") == "Asia/Tokyo"
    (tmp_path / "localtime").symlink_to("/usr/share/zoneinfo/America/Argentina/Ushuaia")
    assert machine_zone(tmp_path, "") == "America/Argentina/Ushuaia"
    assert machine_zone(tmp_path, ":Europe/Rome") == "Europe/Rome"
    assert machine_zone(tmp_path, "CET-1CEST") == "America/Argentina/Ushuaia"
