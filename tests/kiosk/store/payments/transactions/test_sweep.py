"""The sweep: everything unfinished is asked for, whatever hangs, fails or ends meanwhile."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from threading import Condition, Event, active_count

import pytest

from kiosk.store.payments.sweep import MAX_THREADS, Pace, Sweep

WAIT_S = 10.0


class Journal:
    """Keys with their terminal; `step` counts, and does what a test has set for the key."""

    kind = "payment"

    def __init__(self) -> None:
        self.open: dict[str, str] = {}
        self.steps: Counter[str] = Counter()
        self.does: dict[str, Callable[[], Pace]] = {}
        self.unreadable = 0
        self._changed = Condition()

    def unfinished(self) -> list[tuple[str, str]]:
        if self.unreadable:
            self.unreadable -= 1
            raise OSError("no disk")
        return list(self.open.items())

    def step(self, key: str) -> Pace:
        with self._changed:
            self.steps[key] += 1
            self._changed.notify_all()
        return self.does.get(key, lambda: Pace.DONE)()

    def until(self, key: str, times: int) -> None:
        """Returns when the key was asked for that often."""
        with self._changed:
            assert self._changed.wait_for(lambda: self.steps[key] >= times, WAIT_S), self.steps


@pytest.fixture
def journal() -> Journal:
    return Journal()


@pytest.fixture
def sweep(journal: Journal) -> Iterator[Sweep]:
    made = Sweep(0.001, 0.01)
    made.add(journal)
    yield made
    made.close()


def test_the_journal_is_read_at_the_start_and_in_each_period(sweep: Sweep, journal: Journal) -> None:
    journal.open["a"] = "t1"
    sweep.start()
    journal.until("a", 1)
    journal.open["b"] = "t1"
    journal.until("b", 1)


def test_a_journal_that_cannot_be_read_is_read_again(sweep: Sweep, journal: Journal) -> None:
    journal.open["a"] = "t1"
    journal.unreadable = 3
    sweep.start()
    journal.until("a", 1)


@pytest.mark.parametrize("error", [ValueError("x"), SystemExit(1), RecursionError()], ids=repr)
def test_a_question_that_fails_is_repeated(sweep: Sweep, journal: Journal, error: BaseException) -> None:
    def fail() -> Pace:
        raise error

    journal.does["a"] = fail
    sweep.soon("payment", "a", "t1")
    journal.until("a", 3)


def test_a_terminal_that_hangs_holds_up_no_other_and_takes_one_thread(sweep: Sweep, journal: Journal) -> None:
    hangs = Event()
    before = active_count()
    for number in range(20):
        key = f"stuck{number}"
        journal.does[key] = lambda: Pace.DONE if hangs.wait(WAIT_S) else Pace.FAST
        sweep.soon("payment", key, "dead")
    journal.until("stuck0", 1)
    sweep.soon("payment", "well", "t2")
    journal.until("well", 1)
    assert active_count() - before <= 3, "the scheduler, one for each terminal"
    assert sum(journal.steps.values()) == 2
    hangs.set()
    journal.until("stuck19", 1)


def test_the_number_of_threads_is_bounded(sweep: Sweep, journal: Journal) -> None:
    hangs, before = Event(), active_count()
    for number in range(3 * MAX_THREADS):
        journal.does[str(number)] = lambda: Pace.DONE if hangs.wait(WAIT_S) else Pace.FAST
        sweep.soon("payment", str(number), f"t{number}")
    journal.until(str(MAX_THREADS - 1), 1)
    assert active_count() - before <= MAX_THREADS + 1
    hangs.set()
    journal.until(str(3 * MAX_THREADS - 1), 1)


def test_what_is_asked_for_while_it_is_asked_is_asked_again(sweep: Sweep, journal: Journal) -> None:
    def once() -> Pace:
        if journal.steps["a"] == 1:
            sweep.soon("payment", "a", "t1")
        return Pace.DONE

    journal.does["a"] = once
    sweep.soon("payment", "a", "t1")
    journal.until("a", 2)


def test_a_closed_sweep_starts_nothing(journal: Journal) -> None:
    sweep = Sweep(0.001, 0.01)
    sweep.add(journal)
    sweep.close()
    sweep.soon("payment", "a", "t1")
    sweep.start()
    assert journal.steps == Counter()
