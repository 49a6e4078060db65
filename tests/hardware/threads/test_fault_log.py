"""Lines that repeat are logged at a limited rate, and the number of those left out is said."""

from __future__ import annotations

import logging

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.threads.fault_log import FaultLog, LimitedLog
from hardware.threads.tasks import GuardedTasks

LOG = logging.getLogger("tried")


class Lines(logging.Handler):
    """A real handler that keeps the lines."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(record.getMessage())


@given(st.lists(st.floats(0, 100), max_size=200), st.integers(1, 8), st.floats(1, 100))
def test_no_more_than_the_burst_and_one_line_in_each_interval(
    waits: list[float], burst: int, every_s: float
) -> None:
    now = [0.0]
    log = LimitedLog(LOG, burst=burst, every_s=every_s, clock=lambda: now[0])
    logged = 0
    for wait in waits:
        now[0] += wait
        logged += log.log(logging.DEBUG, "reader", "reader %s is lost", "door")
    assert logged <= burst + now[0] / every_s + 1e-6
    assert logged >= min(len(waits), burst)


def test_the_lines_left_out_are_counted_for_each_kind() -> None:
    now, seen = [0.0], Lines()
    LOG.addHandler(seen)
    log = LimitedLog(LOG, burst=2, every_s=60, clock=lambda: now[0])
    for _ in range(5):
        log.log(logging.ERROR, "a", "a is lost")
    log.log(logging.ERROR, "b", "b is lost")
    now[0] = 61.0
    log.log(logging.ERROR, "a", "a is lost")
    LOG.removeHandler(seen)
    assert seen.lines == [
        "a is lost", "a is lost", "b is lost", "a is lost (3 more lines of this kind were left out)",
    ]  # fmt: skip


def test_a_traceback_is_logged_once_for_its_kind(caplog: pytest.LogCaptureFixture) -> None:
    faults, text = FaultLog(), "sec" + "ret"
    for _ in range(3):
        try:
            raise ValueError(text)
        except ValueError as error:
            faults.log(LOG, "place", error)
    assert len(caplog.records) == 1
    assert text not in caplog.text


def described(error: BaseException) -> str:
    return "the disk is full" if isinstance(error, OSError) else ""


class Failing:
    """A task that raises an exception while there is one."""

    def __init__(self) -> None:
        self.error: BaseException | None = None
        self.runs = 0

    def __call__(self) -> None:
        self.runs += 1
        if self.error is not None:
            raise self.error


def test_tasks_that_fail_for_one_reason_give_two_lines_in_all(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    first, second, third = Failing(), Failing(), Failing()
    guarded = GuardedTasks(LOG, "periodic work", described)
    tasks = (("first", first), ("second", second), ("third", third))
    first.error = second.error = OSError(28, "No space left on device")
    for _ in range(5):
        guarded.run(tasks)
    assert guarded.failing == ("first", "second")
    first.error = None
    guarded.run(tasks)
    second.error = None
    guarded.run(tasks)
    assert (guarded.failing, third.runs) == ((), 7)
    assert [r.getMessage() for r in caplog.records] == [
        "periodic work is paused (first): the disk is full; it is tried again",
        "periodic work goes on: no longer so: the disk is full",
    ]


@pytest.mark.parametrize("kind", [ValueError, SystemExit, MemoryError])
def test_a_fault_of_one_task_stops_none_of_the_others(
    kind: type[BaseException], caplog: pytest.LogCaptureFixture
) -> None:
    first, second = Failing(), Failing()
    first.error = kind("shopper Clara")
    guarded = GuardedTasks(LOG, "periodic work", described)
    for _ in range(3):
        guarded.run((("first", first), ("second", second)))
    assert second.runs == 3
    assert guarded.failing == ("first",)
    assert len(caplog.records) == 2, "the traceback, and the line that says that it is tried again"
    assert "Clara" not in caplog.text
