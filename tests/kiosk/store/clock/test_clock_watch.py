"""The computer's clock is set: it is noticed and said, and nothing is deleted by the time that it shows then."""

from __future__ import annotations

import json
import logging
from pathlib import Path
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.clock import US, Clocks
from kiosk.store.clock.clock_watch import FILE, HOLD_US, ClockWatch
from tests.kiosk.store.sample_shop import START_US, ManualClock

YEAR_S: Final = 365 * 24 * 3600
STEPS_S: Final = (0, 0, -7200, 7200, -2 * YEAR_S, 2 * YEAR_S)


class Computer:
    """A computer whose clock can be set; its steady clock goes on."""

    def __init__(self) -> None:
        self.wall, self.steady = ManualClock(), ManualClock(5 * US)
        self.clocks = Clocks(self.wall, self.steady)

    def pass_s(self, seconds: float) -> None:
        self.wall.pass_s(seconds)
        self.steady.pass_s(seconds)


def test_a_step_is_said_once_and_shown(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    computer = Computer()
    watch = ClockWatch(computer.clocks, tmp_path)
    for _ in range(5):
        computer.pass_s(1)
        watch.tick()
    assert (watch.state.step_s, caplog.records) == (0, [])
    computer.wall.pass_s(-2 * 3600)
    for _ in range(5):
        computer.pass_s(1)
        watch.tick()
    assert (watch.state.step_s, watch.state.held) == (-7200, False)
    assert [r.getMessage() for r in caplog.records] == [
        "the computer's clock was set back by 7200 s; nothing waits for it"
    ]


def test_two_years_ahead_are_not_trusted_for_seven_days(tmp_path: Path) -> None:
    computer = Computer()
    watch = ClockWatch(computer.clocks, tmp_path)
    computer.wall.pass_s(2 * YEAR_S)
    assert watch.trusted_us() == START_US
    assert watch.state.held
    computer.pass_s(3600)
    assert watch.trusted_us() == START_US + 3600 * US, "ages go on, by the steady clock"
    computer.wall.pass_s(-2 * YEAR_S)
    assert watch.trusted_us() == START_US + 3600 * US
    assert not watch.state.held
    computer.wall.pass_s(2 * YEAR_S)
    watch.tick()
    computer.pass_s(HOLD_US / US - 1)
    watch.tick()
    assert watch.state.held
    computer.pass_s(1)
    assert watch.trusted_us() == computer.wall(), "it stayed so: it is right"
    assert not watch.state.held


@settings(max_examples=50)
@given(
    st.lists(
        st.tuples(st.floats(0, 3600), st.sampled_from([0, 0, -7200, 7200, -2 * YEAR_S, 2 * YEAR_S])),
        max_size=20,
    )
)
def test_no_step_within_a_day_makes_anything_older_than_it_is(
    tmp_path_factory: pytest.TempPathFactory, moves: list[tuple[float, int]]
) -> None:
    logging.getLogger("kiosk.store.clock.clock_watch").disabled = True
    computer, real_us = Computer(), START_US
    watch = ClockWatch(computer.clocks, tmp_path_factory.getbasetemp() / "none")
    for passed_s, step_s in moves:
        computer.pass_s(passed_s)
        real_us += int(passed_s * US)
        computer.wall.pass_s(step_s)
        assert watch.trusted_us() <= real_us + 3600 * US
    logging.getLogger("kiosk.store.clock.clock_watch").disabled = False


@pytest.mark.parametrize(("off_s", "step_s", "held"), [
    pytest.param(3600, 0, False, id="an hour off"),
    pytest.param(10 * 24 * 3600, 0, False, id="ten days off"),
    pytest.param(0, 2 * YEAR_S, True, id="set ahead by two years"),
    pytest.param(0, -7200, False, id="set back by two hours"),
])  # fmt: skip
def test_a_step_while_the_store_was_off(tmp_path: Path, off_s: float, step_s: float, held: bool) -> None:
    computer = Computer()
    ClockWatch(computer.clocks, tmp_path).save()
    computer.pass_s(off_s)
    computer.wall.pass_s(step_s)
    computer.steady = ManualClock(1)
    watch = ClockWatch(Clocks(computer.wall, computer.steady), tmp_path)
    assert watch.state.held is held
    assert watch.trusted_us() <= START_US + int(off_s * US)
    assert (watch.state.step_s != 0) is (step_s != 0)


def test_a_restart_does_not_end_the_wait(tmp_path: Path) -> None:
    computer = Computer()
    watch = ClockWatch(computer.clocks, tmp_path)
    computer.wall.pass_s(2 * YEAR_S)
    watch.tick()
    watch.save()
    again = ClockWatch(computer.clocks, tmp_path)
    assert again.state.held
    assert again.trusted_us() == START_US
    computer.pass_s(HOLD_US / US)
    again.tick()
    assert not again.state.held


@pytest.mark.parametrize("content", ["", "{", "[]", '{"clock_us": "x"}', json.dumps({"clock_us": 1})])
def test_a_damaged_file_is_no_obstacle(tmp_path: Path, content: str) -> None:
    (tmp_path / FILE).write_text(content)
    computer = Computer()
    watch = ClockWatch(computer.clocks, tmp_path)
    assert watch.trusted_us() == START_US


def test_planted_fault_ages_by_the_time_of_day(tmp_path: Path) -> None:
    """The planted fault: a watch that trusts the clock as it is."""

    class Trusting(ClockWatch):
        def trusted_us(self) -> int:
            return self._clocks.now_us()

    computer = Computer()
    watch = Trusting(computer.clocks, tmp_path)
    computer.wall.pass_s(2 * YEAR_S)
    assert watch.trusted_us() != START_US
