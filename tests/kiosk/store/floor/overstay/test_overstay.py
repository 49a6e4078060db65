"""The hint that a room is in use unusually long: when it is shown, what takes it away, and that no mirror gets it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert

from hardware.rooms.changes import TagArrived, TagLeft
from kiosk.core.domain.ids import OrderId, RequestId, RoomId, Ticket
from kiosk.core.domain.service_request import RequestKind, ServiceRequest
from kiosk.core.visit.effects import PriceOrder, ReportBasket, ReportVisit
from kiosk.store.db.table_groups.insights import INSIGHT_HOUR
from kiosk.store.floor.overstay.overstay_watch import QUIET_US, OverstayWatch
from kiosk.store.floor.overstay.usual_stay import FIRST_MINUTES, MOST_MINUTES, UsualStay, long_minutes
from kiosk.store.lifecycle import Store
from kiosk.store.settings import StoreSettings
from tests.kiosk.store.http_clients import HttpClient, read_stream
from tests.kiosk.store.sample_shop import START_US, ManualClock, gtin_of, piece_of, sample_store, settings_in

ONE, TWO = RoomId("1"), RoomId("2")
COAT, PIECE = gtin_of("C1", "NVY", "38"), piece_of("C1", "NVY", "38")
QUIET_S = QUIET_US // 1_000_000


def with_minutes(folder: Path, minutes: int | None) -> StoreSettings:
    plain = settings_in(folder)
    return replace(plain, timeouts=replace(plain.timeouts, overstay_minutes=minutes))


@pytest.fixture
def settings(tmp_path: Path) -> StoreSettings:
    return with_minutes(tmp_path, 30)


def enter(store: Store, room: RoomId = ONE, *, began: bool = True, unattended: bool = False) -> None:
    at_us = store.clock()
    store.service.report_visit(room, ReportVisit(Ticket(f"t{room}"), began, at_us, unattended=unattended))


def after(store: Store, clock: ManualClock, minutes: float) -> list[str]:
    """The rooms with the hint after some minutes, in which the store looked often."""
    for _ in range(int(minutes)):
        clock.pass_s(60)
        for room in store.service.floor.rooms():
            room.streams = 1
        store.presence.tick()
    return [state.room.room for state in store.service.floor.rooms() if state.overstay]


def test_it_is_shown_after_the_minutes_of_the_configuration(store: Store, clock: ManualClock) -> None:
    enter(store)
    assert after(store, clock, 29) == []
    assert after(store, clock, 2) == ["1"]
    enter(store, began=False)
    assert after(store, clock, 1) == []


def request(store: Store) -> None:
    asked = ServiceRequest(RequestId("r1"), ONE, Ticket("t1"), RequestKind.HELP, START_US)
    store.service.submit_request(ONE, asked)


def brought_in(store: Store) -> None:
    store.service.floor.rooms_changed([TagArrived("1", PIECE, True, 0.99, store.clock())])


def chosen(store: Store) -> None:
    store.service.report_basket(ONE, ReportBasket(Ticket("t1"), (PIECE,)))


def paying(store: Store) -> None:
    store.service.price_order(ONE, PriceOrder(Ticket("t1"), OrderId("o1"), ((PIECE, COAT),), None))


@pytest.mark.parametrize("happens", [request, brought_in, chosen, paying])
def test_what_happens_there_takes_it_away(
    store: Store, clock: ManualClock, happens: Callable[[Store], None]
) -> None:
    enter(store)
    assert after(store, clock, 31) == ["1"]
    happens(store)
    assert after(store, clock, 1) == []
    still_open = happens in (request, paying)
    assert after(store, clock, QUIET_S / 60 + 1) == ([] if still_open else ["1"])


def test_while_her_request_is_open_it_is_never_shown(
    store: Store, clock: ManualClock, ines: HttpClient
) -> None:
    enter(store)
    request(store)
    assert after(store, clock, 40) == []
    assert ines.move("r1", "claim")[0] == 200
    assert ines.move("r1", "done")[0] == 200
    assert after(store, clock, 9) == [], "she was just served"
    assert after(store, clock, 3) == ["1"]


def test_nobody_is_asked_who_has_left_the_mirror(store: Store, clock: ManualClock) -> None:
    enter(store)
    enter(store, unattended=True)
    assert after(store, clock, 60) == []


def test_a_long_stay_of_garments_without_a_visit_is_none(store: Store, clock: ManualClock) -> None:
    store.service.floor.rooms_changed([TagArrived("1", PIECE, True, 0.99, store.clock())])
    assert after(store, clock, 60) == []
    store.service.floor.rooms_changed([TagLeft("1", PIECE, store.clock())])


def test_by_what_was_measured_only_while_all_rooms_are_in_use(tmp_path: Path) -> None:
    clock = ManualClock()
    with sample_store(with_minutes(tmp_path, None), clock) as store:
        enter(store)
        assert after(store, clock, FIRST_MINUTES + 1) == []
        for state in store.service.floor.rooms()[1:]:
            enter(store, state.room.room)
        assert after(store, clock, 1) == ["1"]
        enter(store, TWO, began=False)
        assert after(store, clock, 1) == []


def test_zero_is_never(tmp_path: Path) -> None:
    clock = ManualClock()
    with sample_store(with_minutes(tmp_path, 0), clock) as store:
        enter(store)
        assert after(store, clock, 200) == []


def test_the_page_gets_it_and_no_mirror_does(
    store: Store, clock: ManualClock, ines: HttpClient, room: HttpClient
) -> None:
    enter(store)
    with (
        read_stream(room, "/api/v1/rooms/1/stream") as glass,
        read_stream(ines, "/api/v1/floor/stream") as page,
    ):
        glass.named("Snapshot")
        page.named("Floor")
        assert after(store, clock, 31) == ["1"]
        page.wait(lambda name, body: name == "RoomChanged" and body["overstay"])
        assert not any("overstay" in str(message) for message in glass.messages)
    (first, *_) = ines.ask("GET", "/api/v1/floor")[1]["rooms"]
    assert (first["overstay"], first["title"]) == (True, store.service.floor.room(ONE).room.title)


class Impatient(OverstayWatch):
    """The planted fault: what happens in the room does not count."""

    def _fingerprint(self, state: Any) -> object:
        return state.room.room


def test_planted_fault_a_watch_that_sees_nothing_happen(store: Store, clock: ManualClock) -> None:
    real = store.presence.overstays
    store.presence.overstays = Impatient(
        real._floor, real._open, real._usual, 30, is_paying=real._is_paying, writer=real._writer,
        steady_us=real._steady,
    )  # fmt: skip
    enter(store)
    assert after(store, clock, 31) == ["1"]
    brought_in(store)
    assert after(store, clock, 1) == ["1"]


def test_the_minutes_are_those_that_nearly_all_visits_stay_below(store: Store) -> None:
    assert long_minutes({10: 99}) == FIRST_MINUTES, "too few are measured"
    assert long_minutes({10: 900, 34: 60, 90: 40}) == 35
    assert long_minutes({2: 1000}) == 20
    assert long_minutes({120: 1000}) == MOST_MINUTES
    rows = [("2026-09-14", 9, 12, 80), ("2026-09-14", 15, 45, 25), ("2026-09-21", 9, 12, 15)]
    with store.resources.database.writing() as connection:
        connection.execute(
            insert(INSIGHT_HOUR),
            [{"week": w, "hour": h, "measure": "room", "value": v, "pieces": p} for w, h, v, p in rows]
            + [{"week": "2026-09-21", "hour": 9, "measure": "size", "value": 900, "pieces": 500}],
        )
    assert UsualStay(store.resources.database, store.steady).minutes() == 46
