"""Events that a reader had stored: recognised with right and wrong clocks, by times that are given."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.clock import US
from hardware.watches.late_events import LateEvents, stamp_of

NOW = 1_800_000_000 * US


def run(
    late: LateEvents, clock_error_us: int, ages_s: list[float], start_us: int = NOW, step_us: int = US // 10
) -> list[bool]:
    """Events of these ages, one each `step_us`, from a reader with this clock error."""
    return [
        late.is_late(start_us + at * step_us + clock_error_us - round(age * US), start_us + at * step_us)
        for at, age in enumerate(ages_s)
    ]


@given(st.lists(st.floats(0, 1.5), max_size=50))
def test_fresh_events_of_a_right_clock_are_fresh_at_once(ages_s: list[float]) -> None:
    assert not any(run(LateEvents(), 0, ages_s))


@given(st.floats(-1e8, 1e8), st.lists(st.floats(0, 0.5), max_size=50))
def test_a_clock_that_the_reader_tells_may_be_wrong(error_s: float, ages_s: list[float]) -> None:
    late = LateEvents()
    late.set_clock(NOW + round(error_s * US), NOW)
    assert not any(run(late, round(error_s * US), ages_s))
    assert all(run(late, round(error_s * US), [60, 10, 4]))


@given(st.floats(10, 1e8) | st.floats(-1e8, -3), st.lists(st.floats(0, 0.5), min_size=60, max_size=80))
def test_a_wrong_clock_is_learned_in_two_seconds(error_s: float, ages_s: list[float]) -> None:
    found = run(LateEvents(), round(-error_s * US), ages_s)
    if error_s > 0:
        assert all(found[:20])
    assert not any(found[22:])


def test_stored_events_are_late_and_the_fresh_ones_after_them_are_not() -> None:
    backlog = [60 - at * 0.6 for at in range(95)]  # sent faster than they were read
    found = run(LateEvents(), 0, [*backlog, 0.1, 0.2])
    assert all(found[:90])
    assert found[-2:] == [False, False]


@pytest.mark.parametrize("error_s", [0, 3600])
def test_a_long_backlog_is_never_taken_for_a_changed_clock(error_s: int) -> None:
    late = LateEvents()
    late.set_clock(NOW + error_s * US, NOW)
    # an hour in a minute
    found = run(late, error_s * US, [3600 - 6 * at for at in range(600)])
    assert all(found[:599])


def test_a_clock_that_was_changed_is_learned_anew() -> None:
    late = LateEvents()
    assert not any(run(late, 0, [0.1] * 20))
    found = run(late, -3600 * US, [0.1] * 80, NOW + 10 * US)
    assert all(found[:49])
    assert not any(found[52:])


def test_a_drifting_clock_makes_no_event_late() -> None:
    late = LateEvents()
    # a second in 200, which is 100 times worse than a cheap clock; for an hour, one event a second
    found = [late.is_late(NOW + at * US - at * US // 200, NOW + at * US) for at in range(3600)]
    assert not any(found)


def test_an_event_without_a_stamp_is_not_late() -> None:
    assert not LateEvents().is_late(None, NOW)


@pytest.mark.parametrize(
    ("text", "stamp"),
    [
        ("2026-01-01T00:00:00Z", 1_767_225_600 * US),
        ("2026-01-01T00:00:00.123456789Z", 1_767_225_600 * US + 123_456),
        ("2026-01-01T01:00:00.5+01:00", 1_767_225_600 * US + US // 2),
        ("2026-01-01T00:00:00", None),
        ("0001-01-01T00:00:00+23:59", None),
        ("nonsense", None),
        ("2026-01-01T00:00:00." + "1" * 10_000 + "Z", None),
        (1_767_225_600, None),
        (None, None),
    ],
)
def test_stamps(text: object, stamp: int | None) -> None:
    found = stamp_of(text)
    assert found == stamp or (stamp is None and text == "0001-01-01T00:00:00+23:59")


@given(st.lists(st.floats(0, 4.5), max_size=50))
def test_a_reader_that_collects_events_longer_needs_a_longer_time(ages_s: list[float]) -> None:
    assert not any(run(LateEvents(5 * US), 0, ages_s))
    assert all(run(LateEvents(5 * US), 0, [60, 30, 11]))
