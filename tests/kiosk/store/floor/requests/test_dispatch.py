"""Whom an escalation asks: free associates, then the manager, then the others; what is true where nobody is there."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.exc import SQLAlchemyError

from kiosk.core.domain.floor.plan import FloorPlan, Way, Zone
from kiosk.core.domain.ids import AssociateId, RequestId, RoomId, Ticket
from kiosk.core.domain.service_request import Asked, Reached, RequestKind, RequestState, ServiceRequest
from kiosk.store.floor.dispatch import Dispatch, Escalation, NobodyOnTheFloor
from kiosk.store.floor.open_requests import OpenRequests
from kiosk.store.lifecycle import Store
from kiosk.store.settings import StoreSettings
from kiosk.store.staff.associates import Associate
from kiosk.store.staff.roles import Role
from tests.kiosk.store.api.test_locked_database import locked
from tests.kiosk.store.http_clients import HttpClient, associate
from tests.kiosk.store.sample_shop import PIN, START_US, ManualClock, sample_store

ROOMS = tuple(RoomId(str(n)) for n in range(1, 21))
WAITS = ServiceRequest(
    RequestId("r"),
    RoomId("10"),
    Ticket("t"),
    RequestKind.HELP,
    START_US,
    RequestState.RECEIVED,
    language="fr",
)
ASK = ServiceRequest(RequestId("t1.r1"), RoomId("1"), Ticket("t1"), RequestKind.HELP, START_US)


def person(name: str, *languages: str, role: Role = Role.ASSOCIATE) -> Associate:
    return Associate(AssociateId(name), name, languages, role)


ANA, BEA, MEI = person("ana", "fr"), person("bea", "fr"), person("mei", "zh", role=Role.MANAGER)


def dispatch_of(*people: Associate, held: tuple[ServiceRequest, ...] = ()) -> Dispatch:
    requests = OpenRequests()
    for each in held:
        requests.update(each)
    return Dispatch(lambda: people, requests, ROOMS)


def held_by(who: Associate, room: str = "1") -> ServiceRequest:
    return replace(
        WAITS, request_id=RequestId(f"of-{who.name}"), room=RoomId(room), state=RequestState.CLAIMED,
        associate_id=who.associate_id,
    )  # fmt: skip


def asked_in_turn(dispatch: Escalation, times: int) -> list[tuple[str, str]]:
    request, found = WAITS, []
    for _ in range(times):
        asked = dispatch.next_for(request)
        request = replace(request, reached=asked.reached, asked_id=asked.associate_id)
        dispatch.asked(request)
        found.append((asked.reached.value, asked.name))
    return found


def test_an_associate_then_the_manager_then_the_others_then_everybody_anew() -> None:
    assert asked_in_turn(dispatch_of(ANA, BEA, MEI), 5) == [
        ("associate", "ana"), ("manager", "mei"), ("associate", "bea"), ("nobody", "ana"), ("nobody", "bea"),
    ]  # fmt: skip


def test_with_one_associate_alone_nobody_else_is_named() -> None:
    assert asked_in_turn(dispatch_of(ANA), 2) == [("associate", "ana"), ("nobody", "ana")]


def test_with_nobody_nobody_is_asked_until_somebody_comes() -> None:
    people: list[Associate] = []
    dispatch = Dispatch(lambda: people, OpenRequests(), ROOMS)
    assert asked_in_turn(dispatch, 2) == [("nobody", ""), ("nobody", "")]
    assert not dispatch.has_somebody_new(WAITS)
    people.append(ANA)
    assert dispatch.has_somebody_new(WAITS)
    assert asked_in_turn(dispatch, 1) == [("associate", "ana")]
    assert not dispatch.has_somebody_new(WAITS)


@pytest.mark.parametrize(
    ("people", "held", "first"),
    [
        pytest.param((ANA, BEA), (held_by(ANA),), "bea", id="who is free"),
        pytest.param((person("ada", "de"), BEA), (), "bea", id="who speaks the shopper's language"),
        pytest.param((ANA, MEI), (held_by(ANA),), "mei", id="the manager rather than a busy associate"),
        pytest.param((ANA, BEA), (), "ana", id="nothing tells them apart: by id"),
    ],
)
def test_the_best_is_asked_first(
    people: tuple[Associate, ...], held: tuple[ServiceRequest, ...], first: str
) -> None:
    assert asked_in_turn(dispatch_of(*people, held=held), 1)[0][1] == first


def test_with_a_plan_of_the_floor_near_means_metres() -> None:
    """Room 11 is next to room 10 in the configuration, but on the other side of the shop."""
    plan = FloorPlan(
        (
            Zone("a", (RoomId("10"), RoomId("3")), 2.0),
            Zone("b", (RoomId("11"),)),
        ),
        (Way("a", "b", 60.0),),
    )
    for found, dispatch in (
        ("bea", Dispatch(lambda: (ANA, BEA), OpenRequests(), ROOMS, plan=plan)),
        ("ana", Dispatch(lambda: (ANA, BEA), OpenRequests(), ROOMS)),
    ):
        dispatch.noted(held_by(ANA, "11"))
        dispatch.noted(held_by(BEA, "3"))
        assert asked_in_turn(dispatch, 1)[0][1] == found


def test_who_was_last_at_a_room_near_by_is_asked_first() -> None:
    dispatch = dispatch_of(ANA, BEA)
    dispatch.noted(replace(held_by(ANA, "20"), state=RequestState.DONE))
    dispatch.noted(replace(held_by(BEA, "11"), state=RequestState.DONE))
    assert asked_in_turn(dispatch, 1) == [("associate", "bea")]


def everybody_is_asked(dispatch: Escalation, people: list[Associate]) -> bool:
    asked = {name for _, name in asked_in_turn(dispatch, len(people) + 1)}
    return asked >= {p.name for p in people}


@given(st.lists(st.sampled_from([ANA, BEA, MEI, person("cem", "de")]), max_size=4, unique=True))
def test_everybody_on_the_floor_is_asked_in_the_end(people: list[Associate]) -> None:
    assert everybody_is_asked(dispatch_of(*people), people)


def test_planted_fault_an_escalation_that_only_counts_is_caught() -> None:
    assert not everybody_is_asked(NobodyOnTheFloor(), [ANA])


def test_with_one_associate_who_does_nothing_the_request_says_who_was_asked(
    store: Store, room: HttpClient, ines: HttpClient, clock: ManualClock
) -> None:
    room.of_room("PUT", "/requests/t1.r1", ASK)
    found = []
    for _ in range(2):
        ines.ask("GET", "/api/v1/floor")
        store.tick(clock.pass_s(60))
        now = room.of_room("PUT", "/requests/t1.r1", ASK)[1]
        found.append((now["reached"], now["asked"], now["rung"]))
    assert found == [("associate", "Inès", 1), ("nobody", "Inès", 2)]


def test_who_comes_to_the_floor_is_asked_at_once(
    store: Store, room: HttpClient, url: str, clock: ManualClock
) -> None:
    room.of_room("PUT", "/requests/t1.r1", ASK)
    store.tick(clock.pass_s(60))
    assert room.of_room("PUT", "/requests/t1.r1", ASK)[1]["reached"] == Reached.NOBODY.value
    with associate(url, "a-ines", PIN):
        store.tick(clock.pass_s(1))
        assert room.of_room("PUT", "/requests/t1.r1", ASK)[1]["asked"] == "Inès"


def test_an_escalation_that_cannot_be_written_has_asked_nobody(
    store: Store, room: HttpClient, url: str, clock: ManualClock
) -> None:
    room.of_room("PUT", "/requests/t1.r1", ASK)
    with associate(url, "a-ines", PIN), associate(url, "a-jonas", "1234"):
        with locked(store):
            for _ in range(5):
                with pytest.raises(SQLAlchemyError):
                    store.service.tick_requests(clock.pass_s(60 if clock() == START_US else 0.2))
        store.tick(clock.pass_s(0.2))
        now = room.of_room("PUT", "/requests/t1.r1", ASK)[1]
    assert (now["reached"], now["asked"]) == ("associate", "Inès")


@pytest.mark.parametrize("leaves", [("DELETE", "/api/v1/session"), ("PUT", "/api/v1/session/break")])
def test_who_was_asked_and_leaves_is_not_waited_for(
    store: Store, room: HttpClient, url: str, clock: ManualClock, leaves: tuple[str, str]
) -> None:
    room.of_room("PUT", "/requests/t1.r1", ASK)
    with associate(url, "a-ines", PIN) as ines, associate(url, "a-jonas", "1234"):
        store.tick(clock.pass_s(60))
        assert room.of_room("PUT", "/requests/t1.r1", ASK)[1]["asked"] == "Inès"
        ines.ask(*leaves, {"on_break": True} if leaves[0] == "PUT" else None)
        store.tick(clock.pass_s(0.2))
        assert room.of_room("PUT", "/requests/t1.r1", ASK)[1]["asked"] == "Jonas"


def test_after_a_restart_who_was_asked_before_is_not_asked_first(
    settings: StoreSettings, clock: ManualClock
) -> None:
    with sample_store(settings, clock) as store:
        store.service.submit_request(RoomId("1"), ASK)
        store.service.floor.staff.active(ANA)
        store.tick(clock.pass_s(60))
    with sample_store(settings, clock) as store:
        for who in (ANA, BEA):
            store.service.floor.staff.active(who)
        store.tick(clock.pass_s(0.2))
        assert store.service.requests.open_requests.all()[0].asked == "ana", "she is not asked again at once"
        store.tick(clock.pass_s(60))
        assert store.service.requests.open_requests.all()[0].asked == "bea"


def test_planted_fault_one_who_counts_as_asked_before_it_is_written_is_caught() -> None:
    class Hasty(Dispatch):
        def next_for(self, request: ServiceRequest) -> Asked:
            found = super().next_for(request)
            self.asked(replace(request, asked_id=found.associate_id))
            return found

    hasty, honest = Hasty(lambda: (ANA, BEA), OpenRequests(), ROOMS), dispatch_of(ANA, BEA)
    assert [honest.next_for(WAITS).name for _ in range(2)] == ["ana", "ana"]
    assert [hasty.next_for(WAITS).name for _ in range(2)] == ["ana", "bea"]
