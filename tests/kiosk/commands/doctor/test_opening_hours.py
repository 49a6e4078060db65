"""`cheval doctor` about the opening hours."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from kiosk.clock import US
from kiosk.commands.doctor import shop
from kiosk.commands.doctor.finding import State
from kiosk.config import parse_store

NOW = int(datetime(2026, 11, 30, 9, 30, tzinfo=ZoneInfo("Europe/Paris")).timestamp()) * US  # a Monday
ZONE = "time_zone: Europe/Paris"


@pytest.mark.parametrize(
    ("written", "state", "found"),
    [
        (ZONE, State.GOOD, "always open; 09:30 in Europe/Paris"),
        (ZONE + ", hours: {monday: 09:00-19:00}", State.GOOD, "open; 09:30 in Europe/Paris; today 09:00-19:00"),
        (ZONE + ", hours: {monday: 10:00-19:00}", State.GOOD, "closed; 09:30 in Europe/Paris; opens 2026-11-30 10:00"),
        (ZONE + ", hours: {sunday: 10:00-19:00}, holidays: {2026-12-06: closed}", State.GOOD,
         "closed; 09:30 in Europe/Paris; opens 2026-12-13 10:00"),
        (ZONE + ", holidays: {2025-12-25: closed}", State.NOTE,
         "09:30 in Europe/Paris; the last holiday was 2025-12-25"),
    ],
)  # fmt: skip
def test_what_doctor_says(written: str, state: State, found: str) -> None:
    said = shop.hours(parse_store(f"shop: {{{written}}}\n").shop, NOW)
    assert (said.state, said.found) == (state, found)


def test_a_zone_that_nobody_wrote_is_a_note() -> None:
    said = shop.hours(parse_store("shop: {name: A}\n").shop, NOW)
    assert said.state is State.NOTE
    assert said.found.endswith(", the time zone of this computer")
