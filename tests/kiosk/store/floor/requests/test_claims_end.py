"""A claim is a lease: it ends when its holder is gone or does not keep the promise; then it is open to everybody."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from kiosk.clock import US
from kiosk.core.domain.ids import AssociateId, RequestId, RoomId, Ticket
from kiosk.core.domain.service_request import RequestKind, RequestState, ServiceRequest
from kiosk.store.floor.dispatch import NobodyOnTheFloor
from kiosk.store.floor.staff_presence import StaffPresence
from kiosk.store.lifecycle import Store
from kiosk.store.staff.associates import Associate
from tests.kiosk.store.http_clients import HttpClient, associate, read_stream
from tests.kiosk.store.sample_shop import MANAGER_PIN, PIN, START_US, ManualClock, gtin_of

ASK = ServiceRequest(
    RequestId("t1.r1"),
    RoomId("1"),
    Ticket("t1"),
    RequestKind.SIZE,
    START_US,
    article=gtin_of("S1", "WHI", "L"),
)
MINUTE_S = 60


def signs_out(ines: HttpClient, store: Store, clock: ManualClock) -> None:
    ines.ask("DELETE", "/api/v1/session")


def takes_a_break(ines: HttpClient, store: Store, clock: ManualClock) -> None:
    assert ines.ask("PUT", "/api/v1/session/break", {"on_break": True})[1]["on_break"] is True


def falls_silent(ines: HttpClient, store: Store, clock: ManualClock) -> None:
    store.tick(clock.pass_s(91))


def breaks_the_promise(ines: HttpClient, store: Store, clock: ManualClock) -> None:
    for _ in range(3 + 2):
        ines.ask("GET", "/api/v1/floor")
        store.tick(clock.pass_s(MINUTE_S))


def loses_her_session(ines: HttpClient, store: Store, clock: ManualClock) -> None:
    """As for want of use, or with a new PIN."""
    with read_stream(ines, "/api/v1/floor/stream") as own:
        own.named("Floor")
        store.resources.associates.sign_out(ines.token)
        store.access.watch.look(clock())
    store.tick(clock.pass_s(1))


Ends = Callable[[HttpClient, Store, ManualClock], None]


@pytest.mark.parametrize(
    "ends", [signs_out, loses_her_session, takes_a_break, falls_silent, breaks_the_promise]
)
def test_what_she_has_claimed_is_open_to_everybody_again(
    store: Store, room: HttpClient, url: str, clock: ManualClock, ends: Ends
) -> None:
    with (
        associate(url, "a-ines", PIN) as ines,
        associate(url, "a-jonas", "1234") as jonas,
        read_stream(room, "/api/v1/rooms/1/stream") as glass,
        read_stream(jonas, "/api/v1/floor/stream") as page,
    ):
        page.named("Floor")
        room.of_room("PUT", "/requests/t1.r1", ASK)
        assert ines.move("t1.r1", "claim")[1]["minutes"] == 3
        ends(ines, store, clock)

        def is_open(name: str, body: dict[str, Any]) -> bool:
            return name == "RequestChanged" and body["request"]["lost_by"] == "Inès"

        for stream in (glass, page):
            assert stream.wait(is_open)["request"]["state"] == "received"
        assert jonas.move("t1.r1", "claim")[1]["by"] == "Jonas"
        assert room.of_room("PUT", "/requests/t1.r1", ASK)[1]["lost_by"] == ""


def test_a_claim_lasts_while_its_holder_is_there_and_within_the_promise(
    store: Store, room: HttpClient, ines: HttpClient, clock: ManualClock
) -> None:
    room.of_room("PUT", "/requests/t1.r1", ASK)
    ines.move("t1.r1", "claim")
    for _ in range(9):
        store.tick(clock.pass_s(30))
        ines.ask("GET", "/api/v1/floor")
    ines.move("t1.r1", "answer", answer="five-minutes")
    for _ in range(13):
        store.tick(clock.pass_s(30))
        ines.ask("GET", "/api/v1/floor")
    assert store.service.requests.open_requests.all()[0].by == "Inès"


def test_with_a_second_session_she_has_not_signed_out(room: HttpClient, url: str) -> None:
    with associate(url, "a-ines", PIN) as tablet, associate(url, "a-ines", PIN) as phone:
        room.of_room("PUT", "/requests/t1.r1", ASK)
        tablet.move("t1.r1", "claim")
        tablet.ask("DELETE", "/api/v1/session")
        assert phone.move("t1.r1", "at-the-door")[1]["by"] == "Inès"


def test_what_was_brought_stays_at_the_door_and_anybody_may_close_it(room: HttpClient, url: str) -> None:
    with associate(url, "a-ines", PIN) as ines, associate(url, "a-jonas", "1234") as jonas:
        for name, kind in (("t1.r1", RequestKind.SIZE), ("t1.r2", RequestKind.HELP)):
            room.of_room("PUT", f"/requests/{name}", replace(ASK, request_id=RequestId(name), kind=kind))
            ines.move(name, "claim")
            ines.move(name, "at-the-door")
        ines.ask("DELETE", "/api/v1/session")
        assert jonas.move("t1.r1", "done")[0] == 200
        assert jonas.move("t1.r2", "claim")[1]["by"] == "Jonas", "a person who left is not at the door"


def test_a_manager_takes_over_and_nobody_else_does(room: HttpClient, ines: HttpClient, url: str) -> None:
    room.of_room("PUT", "/requests/t1.r1", ASK)
    ines.move("t1.r1", "claim")
    with associate(url, "a-jonas", "1234") as jonas, associate(url, "m-mei", MANAGER_PIN) as mei:
        assert jonas.move("t1.r1", "take-over")[0] == 403
        assert mei.move("t1.r1", "take-over")[1]["by"] == "Mei"
        assert mei.move("t1.r1", "take-over")[0] == 200, "a repeated action is accepted"
        assert ines.move("t1.r1", "at-the-door")[0] == 409
        assert mei.move("t1.r1", "at-the-door")[0] == 200


def test_after_a_restart_a_lease_goes_on_and_its_holder_has_time_to_be_seen(
    store: Store, room: HttpClient, ines: HttpClient, clock: ManualClock
) -> None:
    from kiosk.store.floor.open_requests import OpenRequests
    from kiosk.store.floor.request_desk import RequestDesk

    room.of_room("PUT", "/requests/t1.r1", ASK)
    ines.move("t1.r1", "claim")
    clock.pass_s(4 * MINUTE_S)
    changes: list[ServiceRequest] = []
    desk = RequestDesk(
        store.resources.database, OpenRequests(), changes.append, 60 * US, replace_clocks(clock),
        escalation=NobodyOnTheFloor(),
    )  # fmt: skip
    desk.tick(clock.pass_s(59))
    assert changes == []
    desk.tick(clock.pass_s(1))
    assert [r.state for r in changes] == [RequestState.RECEIVED]

    presence = StaffPresence(90 * US, clock())
    holder = AssociateId("a-ines")
    assert not presence.is_gone(holder, clock() + 90 * US)
    assert presence.is_gone(holder, clock() + 91 * US)
    presence.active(Associate(holder, "Inès"), clock() + 91 * US)
    assert not presence.is_gone(holder, clock() + 92 * US)


def test_planted_fault_a_claim_without_a_lease_is_kept_for_ever(
    store: Store, room: HttpClient, ines: HttpClient, clock: ManualClock
) -> None:
    """The test of above would fail: nothing but the lease ends the claim of a holder who seems to be there."""
    room.of_room("PUT", "/requests/t1.r1", ASK)
    ines.move("t1.r1", "claim")
    at_us = clock.pass_s(3600)
    with store.service.writer:
        store.service.requests.release_of(lambda _: False, at_us)
        (kept,) = store.service.requests.open_requests.all()
        assert kept.state is RequestState.CLAIMED
        store.service.requests.tick(at_us)
        (kept,) = store.service.requests.open_requests.all()
        assert kept.state is RequestState.RECEIVED


def test_measured_minutes_are_promised_and_not_those_of_a_page(
    room: HttpClient, ines: HttpClient, clock: ManualClock
) -> None:
    for number in range(4):
        name = f"t1.r{number}"
        room.of_room("PUT", f"/requests/{name}", replace(ASK, request_id=RequestId(name)))
        ines.move(name, "claim")
        clock.pass_s(9 * MINUTE_S)
        ines.move(name, "at-the-door")
        clock.pass_s(5 * MINUTE_S)
        ines.move(name, "done")
    last = replace(ASK, request_id=RequestId("t1.r9"))
    assert room.of_room("PUT", "/requests/t1.r9", last)[1]["usual"] == 9
    assert ines.move("t1.r9", "claim", answer="coming")[1]["minutes"] == 9
    assert ines.move("t1.r9", "answer", answer="two-minutes")[1]["minutes"] == 2


def replace_clocks(clock: ManualClock) -> Any:
    from kiosk.clock import Clocks

    return Clocks(clock, clock)
