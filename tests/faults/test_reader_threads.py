"""Planted: readers whose thread ends at the first fault, or that hide it; the audit of threads catches each."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from itertools import groupby

import pytest

from hardware.clock import now_us
from hardware.ports import RadioFact, ReaderDown, ReaderUp, TagRead, TagReads
from hardware.rooms.changes import RoomChange
from hardware.rooms.room_tracker import RoomTracker
from hardware.rooms.site import parse_site
from hardware.sim.radio.llrp_reader import SimLlrpReader
from hardware.supervision.threaded_reader import ThreadedReader
from kiosk.core.domain.ids import RoomId
from kiosk.store.radio.reader_states import RadioState
from kiosk.store.radio.room_radio import RoomRadio
from kiosk.store.radio.set_up import RadioSettings
from kiosk.store.settings import ReaderSettings, RoomSettings
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


class FaultyTracker(RoomTracker):
    """The room tracker with a bug: it raises at the first reads."""

    faults = 0

    def reads(self, reader: str, reads: Sequence[TagRead]) -> list[RoomChange]:
        if self.faults:
            self.faults -= 1
            raise ZeroDivisionError
        return super().reads(reader, reads)


class RoomLog:
    """Records which rooms are without radio, and waits for a state."""

    def __init__(self) -> None:
        self.states: list[frozenset[str]] = []
        self._news = threading.Condition()

    def rooms_changed(self, changes: Sequence[RoomChange]) -> None:
        """Garments are not of interest."""

    def radio_changed(self, state: RadioState) -> None:
        with self._news:
            self.states.append(frozenset(state.rooms_without))
            self._news.notify_all()

    def wait(self, *states: set[str], timeout_s: float = 20.0) -> bool:
        """Whether these states come one after another."""
        wanted = [frozenset(state) for state in states]
        with self._news:
            return self._news.wait_for(lambda: [s for s, _ in groupby(self.states)] == wanted, timeout_s)


def room_radio(port: int, rooms: RoomLog, faults: int) -> RoomRadio:
    settings = RadioSettings(
        readers=(ReaderSettings("ceiling", f"llrp://127.0.0.1:{port}"),),
        rooms=(RoomSettings(RoomId("1"), "", ("1",)),),
    )
    tracker = FaultyTracker(parse_site("rooms: {'1': {antennas: [1]}}"))
    tracker.faults = faults
    return RoomRadio(settings, rooms, tracker=tracker)


def test_a_fault_behind_the_reader_takes_the_rooms_radio_and_gives_it_back() -> None:
    rooms = RoomLog()
    with SimLlrpReader() as sim:
        sim.place("3074257BF7194E4000001A85", rate_hz=50)
        radio = room_radio(sim.port, rooms, faults=2)
        radio.start()
        healed = rooms.wait(set(), {"1"}, set(), {"1"}, set())
        radio.close()
    assert healed, rooms.states


def test_a_reader_that_never_answers_leaves_its_room_without_radio() -> None:
    rooms = RoomLog()
    radio = room_radio(1, rooms, faults=0)
    radio.start()
    assert rooms.wait({"1"})
    radio.close()
