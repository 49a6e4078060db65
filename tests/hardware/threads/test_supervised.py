"""No loop dies: whatever its work raises, it goes on, says so once, and its state shows it."""

from __future__ import annotations

import logging
from collections.abc import Callable
from threading import Event, Thread
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hardware.threads.heartbeat import Heartbeat
from hardware.threads.pool import WorkerPool
from hardware.threads.supervised import Condition, Loop, SupervisedThread, start_job

WAIT_S: Final = 20.0
KINDS: Final = (
    OSError, ValueError, KeyError, MemoryError, RecursionError, AssertionError, UnicodeEncodeError,
    SystemExit, KeyboardInterrupt, GeneratorExit, StopIteration,
)  # fmt: skip


def raised(kind: type[BaseException]) -> BaseException:
    return UnicodeEncodeError("utf-8", "\ud800", 0, 1, "why") if kind is UnicodeEncodeError else kind()


class Script:
    """Rounds of a loop: each raises an exception of a kind, or works (None)."""

    def __init__(self, *rounds: type[BaseException] | None) -> None:
        self._rounds = list(rounds)
        self.done = Event()

    def __call__(self) -> None:
        if not self._rounds:
            self.done.set()
            return
        kind = self._rounds.pop(0)
        if kind is not None:
            raise raised(kind)


@settings(max_examples=30)
@given(st.lists(st.none() | st.sampled_from(KINDS), max_size=12))
def test_a_loop_outlives_every_exception(rounds: list[type[BaseException] | None]) -> None:
    script = Script(*rounds)
    loop = Loop("tried", script, 0.0001, first_delay_s=0.0001)
    loop.start()
    assert script.done.wait(WAIT_S)
    assert loop.thread.running
    loop.close(WAIT_S)
    assert not loop.thread.running


def test_a_plain_thread_does_not() -> None:
    """The planted fault: the same loop without the border."""
    script, ended = Script(OSError, None), Event()

    def unguarded() -> None:
        try:
            while not script.done.is_set():
                script()
        except OSError:
            ended.set()

    Thread(target=unguarded, daemon=True).start()
    assert ended.wait(WAIT_S)
    assert not script.done.is_set()


def test_one_line_when_it_begins_to_fail_and_one_when_it_works_again(
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.INFO)
    script = Script(*[OSError] * 8, None, None)
    loop = Loop("tried", script, 0.0001, first_delay_s=0.0001)
    loop.start()
    assert script.done.wait(WAIT_S)
    loop.close()
    assert [r.getMessage() for r in caplog.records] == [
        "tried: failed (OSError); it is tried again",
        "tried: works again",
    ]


def test_the_text_of_an_unexpected_exception_is_not_logged(caplog: pytest.LogCaptureFixture) -> None:
    told, name = Event(), "shopper " + "Clara"

    def work() -> None:
        if not told.is_set():
            told.set()
            raise ValueError(name)

    loop = Loop("tried", work, 0.0001, first_delay_s=0.0001)
    loop.start()
    assert told.wait(WAIT_S)
    loop.close()
    assert "Clara" not in caplog.text
    assert "ValueError in tests.hardware.threads.test_supervised" in caplog.text


def test_the_state_says_failing_late_and_ended() -> None:
    failed, go_on, hangs = Event(), Event(), Event()
    now = [0.0]

    def body() -> None:
        if not failed.is_set():
            failed.set()
            raise OSError
        thread.worked()
        hangs.set()
        go_on.wait(WAIT_S)

    thread = SupervisedThread("tried", body, late_s=5.0, first_delay_s=0.0001)
    thread.heartbeat = Heartbeat(5.0, lambda: now[0])
    assert thread.state.condition is Condition.OK, "not started"
    thread.start()
    assert hangs.wait(WAIT_S)
    assert thread.state.condition is Condition.OK
    now[0] = 6.0
    assert thread.state.condition is Condition.LATE
    go_on.set()
    while thread.running:
        thread.heartbeat.beat()
    assert thread.state.condition is Condition.ENDED, "its body returned although nobody closed it"
    thread.close()
    assert thread.state.condition is Condition.OK


def test_a_failing_thread_says_so_until_it_works() -> None:
    failed, repaired = Event(), Event()

    def work() -> None:
        failed.set()
        if not repaired.is_set():
            raise OSError

    loop = Loop("tried", work, 0.0001, first_delay_s=0.0001)
    loop.start()
    assert failed.wait(WAIT_S)
    while loop.thread.state.condition is not Condition.FAILING:
        assert loop.thread.running
    assert loop.thread.state.why == "OSError"
    repaired.set()
    while loop.thread.state.condition is not Condition.OK:
        assert loop.thread.running
    loop.close()


def test_a_loop_that_waits_is_woken_and_closed_at_once() -> None:
    rounds = Event()
    loop = Loop("tried", rounds.set, 3600.0, at_once=True)
    loop.start()
    assert rounds.wait(WAIT_S)
    rounds.clear()
    loop.wake()
    assert rounds.wait(WAIT_S)
    loop.close(WAIT_S)
    loop.close()
    assert not loop.thread.running


def test_a_loop_closed_before_its_start_never_works() -> None:
    worked = Event()
    loop = Loop("tried", worked.set, 0.001, at_once=True)
    loop.close()
    loop.start()
    loop.close()
    assert not worked.is_set()


def planted(work: Callable[[], object]) -> Callable[[], object]:
    def fails() -> None:
        work()
        raise ValueError

    return fails


def test_jobs_and_workers_log_what_they_raise(caplog: pytest.LogCaptureFixture) -> None:
    done = Event()
    start_job("a job", planted(done.set)).join(WAIT_S)
    assert done.is_set()
    pool, second = WorkerPool("workers", 1), Event()
    pool.submit(planted(lambda: None))
    pool.submit(second.set)
    assert second.wait(WAIT_S)
    pool.close()
    assert "a job: failed (ValueError)" in caplog.text
    assert "workers: a fault of the program, ValueError" in caplog.text
