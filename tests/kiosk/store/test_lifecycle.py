"""A running store: its clock works without requests, its health counts, and it closes twice without harm."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from threading import Event, current_thread
from threading import enumerate as threading_enumerate

import pytest

from hardware.ports import NoteKind, ReaderNote
from hardware.threads.supervised import Condition
from kiosk.clock import now_us
from kiosk.core.domain.ids import RequestId, RoomId, Ticket
from kiosk.core.domain.service_request import RequestKind, ServiceRequest
from kiosk.store.floor.event_hub import FLOOR_TOPIC
from kiosk.store.lifecycle import Store
from kiosk.store.payments.space.disk_floor import DiskFloor, DiskSpace
from kiosk.store.settings import ReaderSettings
from tests.kiosk.store.sample_shop import START_US, ManualClock, sample_store, settings_in

ASK = ServiceRequest(RequestId("r1"), RoomId("1"), Ticket("t1"), RequestKind.HELP, START_US)


def until(true: Callable[[], bool]) -> None:
    """Waits for a condition; the time limit of the suite ends a wait in vain."""
    pause = Event()
    while not true():
        pause.wait(0.01)


def test_the_clock_escalates_by_itself_and_stops_with_the_store(store: Store, clock: ManualClock) -> None:
    store.service.submit_request(RoomId("1"), ASK)
    changed = Event()
    subscription = store.hub.open(FLOOR_TOPIC, changed.set)
    subscription.take()
    store.open()
    clock.pass_s(61)
    while store.service.requests.open_requests.all()[0].escalated == 0:
        assert changed.wait(10)
        changed.clear()
    store.close()
    store.close()


def test_a_fault_in_the_clock_does_not_end_it(
    store: Store, clock: ManualClock, caplog: pytest.LogCaptureFixture
) -> None:
    faults, works = [ValueError(), KeyError(), ValueError()], Event()

    def faulty_clock() -> int:
        if faults:
            raise faults.pop()
        works.set()
        return clock()

    store.clock = faulty_clock
    store.open()
    assert works.wait(10)
    store.close()
    said = [r.getMessage() for r in caplog.records if "a fault of the program" in r.getMessage()]
    assert len(said) == 2, "once for each kind"
    assert "faulty_clock" in said[0]


class FaultyDisk(DiskFloor):
    """The planted fault: a part of the periodic work that raises while it is faulty."""

    faulty, text = True, "a shopper's name"

    def look(self) -> DiskSpace:
        if self.faulty and current_thread().name == "store-clock":
            raise ValueError(self.text)
        return super().look()


def test_one_faulty_task_keeps_no_request_from_its_escalation_and_health_says_so(
    store: Store, clock: ManualClock, caplog: pytest.LogCaptureFixture
) -> None:
    disk = FaultyDisk(store.settings.state, 0)
    store.payments = replace(store.payments, disk=disk)
    store.service.submit_request(RoomId("1"), ASK)
    store.open()
    clock.pass_s(61)
    until(lambda: store.service.requests.open_requests.all()[0].escalated > 0)
    until(lambda: "payments" in store.health().failing)
    health = store.health()
    assert not health.ok
    assert health.threads["store-clock"] is Condition.OK, "it works; a part of its work does not"
    disk.faulty = False
    until(lambda: store.health().ok)
    store.close()
    assert disk.text not in caplog.text
    lines = [r.getMessage() for r in caplog.records if r.getMessage().startswith("periodic work")]
    assert len(lines) == 3, "the traceback, one line when it begins and one when it is back"


def test_health_says_which_threads_work(store: Store) -> None:
    store.open()
    running = {thread.name for thread in threading_enumerate()}
    known = store.health().threads
    assert {"store-clock", "store-housekeeping", "ledger-head", "payment-sweep"} <= known.keys() & running
    assert set(known.values()) == {Condition.OK}
    assert store.clock_loop.heartbeat.age_s < 30
    store.close()


def test_a_thread_that_has_ended_makes_the_store_unwell(store: Store) -> None:
    """The planted fault: the body of a thread returns although nobody closed it."""
    store.open()
    assert store.health().ok
    store.clock_loop.stop()
    until(lambda: store.health().threads["store-clock"] is Condition.ENDED)
    assert not store.health().ok
    store.close()


def test_health_lists_the_notes_of_the_readers(tmp_path: Path) -> None:
    settings = settings_in(tmp_path, readers=(ReaderSettings("ceiling", "sim://field"),))
    with sample_store(settings, now_us) as store:
        assert store.health().radio == {"ceiling": False}
        store.radio.post(
            ReaderNote("ceiling", NoteKind.ANTENNA, "antenna 2 is disconnected", START_US, antenna=2)
        )
        (note,) = store.health().reader_notes
    assert note.model_dump(mode="json") == {
        "reader": "ceiling",
        "kind": "antenna",
        "antenna": 2,
        "text": "antenna 2 is disconnected",
        "since_us": START_US,
    }


def test_health_counts_parked_payments_and_alarms(store: Store) -> None:
    health = store.health()
    assert (health.ok, health.rooms, health.clone_alarms) == (True, 2, 0)
    assert (health.payments_open, health.payments_parked, health.payments_closed) == (0, 0, False)
