"""A running store: its clock works without requests, its health counts, and it closes twice without harm."""

from __future__ import annotations

from pathlib import Path
from threading import Event

import pytest

from hardware.ports import NoteKind, ReaderNote
from kiosk.clock import now_us
from kiosk.core.domain.ids import RequestId, RoomId, Ticket
from kiosk.core.domain.service_request import RequestKind, ServiceRequest
from kiosk.store.floor.event_hub import FLOOR_TOPIC
from kiosk.store.lifecycle import Store
from kiosk.store.settings import ReaderSettings
from tests.kiosk.store.sample_shop import START_US, ManualClock, sample_store, settings_in

ASK = ServiceRequest(RequestId("r1"), RoomId("1"), Ticket("t1"), RequestKind.HELP, START_US)


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


def test_a_fault_in_the_periodic_work_does_not_end_it(
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
    said = [r.getMessage() for r in caplog.records if "periodic work" in r.getMessage()]
    assert len(said) == 2, "once for each kind"
    assert "faulty_clock" in said[0]


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
