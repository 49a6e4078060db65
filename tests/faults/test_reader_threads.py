"""Planted: readers whose thread ends at the first fault, or that hide it; the audit of threads catches each."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest

from hardware.clock import now_us
from hardware.ports import RadioFact, ReaderDown, ReaderUp, TagRead, TagReads
from hardware.threaded_reader import ThreadedReader
from tests.contracts.thread_faults import complaints_about, faults
from tests.hardware.fact_log import FactLog

SOON_S = 0.5


class BusyReader(ThreadedReader[RadioFact]):
    """Posts a read every 10 ms."""

    def _run(self, post: Callable[[RadioFact], None]) -> None:
        post(ReaderUp(self._name, now_us()))
        while not self._stop.wait(0.01):
            post(TagReads(self._name, (TagRead("30AA", 1, -50.0, now_us()),)))


class MortalReader(BusyReader):
    """Planted: a thread without a supervised border, as it would be without the base class."""

    def start(self, post: Callable[[RadioFact], None]) -> None:
        def run() -> None:
            try:
                self._run(post)
            except BaseException:  # noqa: BLE001 planted
                return

        self._thread = threading.Thread(target=run, daemon=True)
        self._thread.start()


class SilentReader(BusyReader):
    """Planted: ignores the errors of its receiver and reports no loss."""

    def _run(self, post: Callable[[RadioFact], None]) -> None:
        def ignoring(fact: RadioFact) -> None:
            try:
                post(fact)
            except BaseException:  # noqa: BLE001 planted
                return

        super()._run(ignoring)


class ImpatientReader(BusyReader):
    """Planted: its work ends by itself after the first read, as if it had been closed."""

    def _run(self, post: Callable[[RadioFact], None]) -> None:
        post(ReaderUp(self._name, now_us()))
        post(TagReads(self._name, (TagRead("30AA", 1, -50.0, now_us()),)))


class NoMoreWaiting(threading.Event):
    """An Event whose `wait` raises, as the machine may when it has no memory left."""

    def wait(self, timeout: float | None = None) -> bool:  # noqa: ARG002 the signature of Event
        raise MemoryError


def test_a_supervised_thread_survives() -> None:
    assert complaints_about(BusyReader("r"), faults()) == []


@pytest.mark.parametrize("planted", [MortalReader, SilentReader])
def test_planted_a_thread_that_dies_or_hides_a_fault_is_caught(planted: type[BusyReader]) -> None:
    assert any("no 1 ReaderDown" in said for said in complaints_about(planted("r"), faults(), SOON_S))


def test_a_driver_that_ends_by_itself_is_down_and_started_again() -> None:
    reader, facts = ImpatientReader("r"), FactLog()
    reader.start(facts)
    facts.wait_count(ReaderUp, 3)
    reader.close()
    whys = {fact.why for fact in facts.facts if isinstance(fact, ReaderDown)}
    assert whys == {"its driver ended without being asked to"}


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_thread_that_ends_in_spite_of_all_posts_that_it_is_down() -> None:
    reader, facts = ImpatientReader("r"), FactLog()
    reader._stop = NoMoreWaiting()
    reader.start(facts)
    facts.wait(lambda seen: bool(seen) and "restart the program" in getattr(seen[-1], "why", ""), "last word")
    reader.close()
