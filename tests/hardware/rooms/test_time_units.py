"""Times that are not in microseconds are recognised; times that are pass."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.rooms.time_units import wrong_unit

NOW_S = 1_767_225_600


def recorded(seconds: float, reads: int, seed: int = 1) -> list[float]:
    draw = random.Random(seed)
    return sorted(draw.uniform(0, seconds) for _ in range(reads))


UNITS = {"nanoseconds": 10**9, "milliseconds": 1000, "seconds": 1}


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize(("seconds", "reads"), [(0, 1), (60, 20), (60, 6_000), (86_400, 500)])
def test_times_since_1970_in_another_unit_are_named(unit: str, seconds: float, reads: int) -> None:
    times = [round((NOW_S + at) * UNITS[unit]) for at in recorded(seconds, reads)]
    assert wrong_unit(times).startswith(f"seem to be {unit} since 1970")


@pytest.mark.parametrize("factor", [1, 1000])
def test_times_since_the_beginning_in_another_unit_are_named(factor: int) -> None:
    times = [round(at * factor) for at in recorded(60, 6_000)]
    assert wrong_unit(times).startswith("seem to be seconds or milliseconds")


@pytest.mark.parametrize("start_s", [0, 1, 3_600, 86_400, NOW_S])
@pytest.mark.parametrize(("seconds", "reads"), [(0, 1), (0.5, 400), (60, 20), (60, 30_000), (90_000, 500)])
def test_microseconds_pass(start_s: int, seconds: float, reads: int) -> None:
    assert wrong_unit([round((start_s + at) * 1e6) for at in recorded(seconds, reads)]) == ""


@given(st.lists(st.integers(0, 1 << 62), max_size=80))
def test_any_times_have_an_answer(times: list[int]) -> None:
    assert isinstance(wrong_unit(sorted(times)), str)
