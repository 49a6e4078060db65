"""A reader that comes and goes ten times a second writes a few lines, and then one of each kind a minute."""

from __future__ import annotations

import logging
from collections.abc import Callable

import pytest

from hardware.errors import ConnectionLostError
from hardware.supervision.supervise import run_supervised
from hardware.threads.fault_log import LimitedLog

ROUNDS = 600


def flap(clock_step_s: float) -> None:
    """Connects and loses the connection at once, `ROUNDS` times."""
    now, left = [0.0], [ROUNDS]

    def attempt(connected: Callable[[], None]) -> None:
        connected()
        now[0] += clock_step_s
        raise ConnectionLostError("the cable")

    def wait(_seconds: float) -> bool:
        left[0] -= 1
        return left[0] == 0

    run_supervised("door", attempt, up=lambda: None, down=lambda _: None, wait=wait, clock=lambda: now[0])


def test_a_minute_of_it_gives_few_lines(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    flap(0.1)
    assert len(caplog.records) <= 2 * (10 + 1)
    assert "left out" in caplog.text or len(caplog.records) == 20


def test_an_hour_of_it_says_how_often(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    flap(6.0)
    lost = [r.getMessage() for r in caplog.records if "is not connected" in r.getMessage()]
    assert 60 <= len(lost) <= 70
    assert "more lines of this kind were left out" in lost[-1]


def test_planted_fault_without_a_limit(caplog: pytest.LogCaptureFixture) -> None:
    """The planted fault: a limit that lets every line through."""
    caplog.set_level(logging.INFO)
    lines = LimitedLog(logging.getLogger("tried"), burst=10**6)
    for _ in range(ROUNDS):
        lines.log(logging.WARNING, "down", "reader %s is not connected", "door")
    assert len(caplog.records) == ROUNDS
