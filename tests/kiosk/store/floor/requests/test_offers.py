"""Who is asked first for a new request: the free associate with the shortest way; everybody ten seconds later."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.clock import US
from kiosk.core.domain.floor.plan import FloorPlan, Rail, Spot, Way, Zone
from kiosk.core.domain.ids import ArticleId, AssociateId, RequestId, RoomId, Ticket
from kiosk.core.domain.service_request import Asked, Reached, RequestKind, RequestState, ServiceRequest
from kiosk.store.db.database import Database
from kiosk.store.floor.offers.first_asked import SEEN_US, Everybody, FirstAsked, NearestFree
from kiosk.store.floor.offers.goods_places import GoodsPlaces
from kiosk.store.floor.open_requests import OpenRequests
from kiosk.store.floor.request_deadlines import OFFER_US
from kiosk.store.floor.request_desk import RequestDesk
from kiosk.store.lifecycle import Store
from kiosk.store.staff.associates import Associate
from kiosk.store.staff.roles import Role
from tests.kiosk.store.http_clients import HttpClient, associate
from tests.kiosk.store.sample_shop import PIN, START_US, ManualClock, sample_store, served, settings_in

LEFT, RIGHT = RoomId("1"), RoomId("2")
PLAN = FloorPlan(
    (
        Zone("left", (LEFT,), 0.0, (Rail("coats", frozenset({"coats"})),)),
        Zone("right", (RIGHT,)),
        Zone("cellar", stockroom=True),
        Zone("bar", prepares=frozenset({"drink"})),
    ),
    (Way("left", "right", 60.0), Way("left", "cellar", 10.0), Way("right", "bar", 5.0)),
)
PLACES = GoodsPlaces(PLAN, {ArticleId("C1"): "Coats", ArticleId("H1"): ""}.__getitem__)
HELP = ServiceRequest(
    RequestId("t.r1"), RIGHT, Ticket("t"), RequestKind.HELP, START_US, RequestState.RECEIVED, language="it",
    changed_us=START_US,
)  # fmt: skip
COAT = replace(HELP, kind=RequestKind.SIZE, article=ArticleId("C1"), lies="floor")


def person(name: str, *languages: str, role: Role = Role.ASSOCIATE) -> Associate:
    return Associate(AssociateId(name), name, languages, role)


ANA, BEA, MEI = person("ana"), person("bea"), person("mei", role=Role.MANAGER)


def served_by(
    who: Associate, room: RoomId, before_us: int = 0, state: RequestState = RequestState.DONE
) -> ServiceRequest:
    return replace(
        HELP, request_id=RequestId(f"of-{who.name}"), room=room, state=state,
        associate_id=who.associate_id, changed_us=START_US - before_us,
    )  # fmt: skip


def nearest(
    *people: Associate, were: tuple[ServiceRequest, ...], held: tuple[ServiceRequest, ...] = ()
) -> NearestFree:
    requests = OpenRequests()
    found = NearestFree(lambda: people, requests, PLACES)
    for each in (*were, *held):
        found.noted(each)
        requests.update(each)
    return found


BOTH = (served_by(ANA, LEFT), served_by(BEA, RIGHT))


@pytest.mark.parametrize(
    ("request_", "metres"),
    [
        pytest.param(HELP, 60.0, id="nothing is fetched"),
        pytest.param(COAT, 60.0, id="on the way"),
        pytest.param(replace(COAT, article=ArticleId("H1")), 60.0, id="the plan does not say where it hangs"),
        pytest.param(replace(COAT, lies="stockroom"), 80.0, id="from the stockroom"),
        pytest.param(replace(HELP, kind=RequestKind.DRINK), 70.0, id="where it is prepared"),
        pytest.param(replace(HELP, room=RoomId("9")), 0.0, id="a room that the plan does not have"),
    ],
)
def test_the_way_leads_by_the_goods(request_: ServiceRequest, metres: float) -> None:
    assert PLACES.way_m(Spot("left"), request_) == metres


@pytest.mark.parametrize(
    ("request_", "first", "asked"),
    [
        pytest.param(HELP, nearest(ANA, BEA, were=BOTH), "bea", id="who is near"),
        pytest.param(COAT, nearest(ANA, BEA, were=BOTH), "ana", id="who is near the goods"),
        pytest.param(HELP, nearest(ANA, BEA, were=(served_by(ANA, RIGHT), BOTH[1])), "", id="both are near"),
        pytest.param(HELP, nearest(BEA, were=BOTH), "", id="there is nobody else"),
        pytest.param(HELP, nearest(ANA, BEA, were=BOTH[1:]), "", id="nobody knows where the other one is"),
        pytest.param(HELP, nearest(ANA, BEA, were=(BOTH[0], served_by(BEA, RIGHT, SEEN_US + 1))), "", id="long ago"),
        pytest.param(
            HELP, nearest(ANA, BEA, were=BOTH, held=(served_by(BEA, RIGHT, state=RequestState.CLAIMED),)), "",
            id="she has something to do",
        ),
        pytest.param(
            HELP, nearest(ANA, MEI, were=(BOTH[0], served_by(MEI, RIGHT))), "", id="managers are not asked first"
        ),
        pytest.param(
            HELP,
            nearest(ANA, BEA, person("ugo", "it"), person("lia", "it"), were=(
                *BOTH, served_by(person("ugo"), LEFT), served_by(person("lia"), RIGHT),
            )), "lia", id="who speaks her language",
        ),
    ],
)  # fmt: skip
def test_who_is_asked_first(request_: ServiceRequest, first: FirstAsked, asked: str) -> None:
    found = first.first_for(request_)
    assert found == (Asked(Reached.ASSOCIATE, AssociateId(asked), asked) if asked else None)
    assert Everybody().first_for(request_) is None


def test_a_claim_alone_does_not_tell_where_she_is() -> None:
    first = nearest(ANA, BEA, were=BOTH)
    first.noted(served_by(ANA, RIGHT, state=RequestState.CLAIMED))
    assert first.first_for(HELP) is not None


class Shop:
    """A store with the plan; Inès has just served room 1 and Jonas room 2, a new request waits in room 2."""

    def __init__(self, store: Store, clock: ManualClock, ines: HttpClient, jonas: HttpClient) -> None:
        self.store, self.clock, self.ines, self.jonas = store, clock, ines, jonas
        for who, room in ((ines, LEFT), (jonas, RIGHT)):
            ask = replace(HELP, request_id=RequestId(f"{room}.r"), room=room)
            store.service.submit_request(room, ask)
            assert all(who.move(ask.request_id, verb)[0] == 200 for verb in ("claim", "at-the-door", "done"))
        store.service.submit_request(RIGHT, HELP)

    def after(self, seconds: float) -> tuple[str, str, int, int]:
        self.store.tick(self.clock.pass_s(seconds))
        (now,) = self.store.service.requests.open_requests.all()
        return now.reached.value, now.asked, now.rung, now.escalated


@contextmanager
def opened(folder: Path) -> Iterator[Shop]:
    clock = ManualClock()
    with (
        sample_store(settings_in(folder, floor_plan=PLAN), clock) as store, served(store) as url,
        associate(url, "a-ines", PIN) as ines, associate(url, "a-jonas", "1234") as jonas,
    ):  # fmt: skip
        yield Shop(store, clock, ines, jonas)


def test_ten_seconds_later_everybody_is_asked_and_later_it_is_escalated(tmp_path: Path) -> None:
    with opened(tmp_path) as shop:
        assert shop.after(9) == ("associate", "Jonas", 0, 0)
        assert shop.after(1) == ("team", "", 0, 0)
        assert shop.after(49) == ("team", "", 0, 0)
        assert shop.after(1)[2:] == (1, 1), "asking one and then all does not put the escalation off"


def test_who_leaves_is_not_waited_for(tmp_path: Path) -> None:
    with opened(tmp_path) as shop:
        shop.jonas.ask("DELETE", "/api/v1/session")
        assert shop.after(0.2) == ("team", "", 0, 0)


def test_after_a_restart_the_offer_ends_in_time(tmp_path: Path) -> None:
    with opened(tmp_path) as shop:
        now_us = shop.clock.now_us
    clock = ManualClock(now_us)
    with sample_store(settings_in(tmp_path, floor_plan=PLAN), clock) as store:
        found = []
        for seconds in (9, 1):
            store.tick(clock.pass_s(seconds))
            found.append([each.asked for each in store.service.requests.open_requests.all()])
    assert found == [["Jonas"], [""]]


def is_asked_of_everybody_in_time(desk: RequestDesk, clock: ManualClock) -> bool:
    desk.receive(HELP, clock())
    desk.tick(clock.pass_s(OFFER_US / 1e6))
    return desk.open_requests.all()[0].reached is Reached.TEAM


@pytest.mark.parametrize("ends", [True, False], ids=["the product", "planted"])
def test_planted_fault_an_offer_without_an_end_is_caught(tmp_path: Path, ends: bool) -> None:
    class Endless(RequestDesk):
        def end_offers(self, now_us: int) -> None:
            del now_us

    clock = ManualClock()
    database = Database(f"sqlite:///{tmp_path / 'requests.db'}")
    with closing(database):
        desk = (RequestDesk if ends else Endless)(
            database, OpenRequests(), lambda _: None, 60 * US, first_asked=nearest(ANA, BEA, were=BOTH)
        )
        assert is_asked_of_everybody_in_time(desk, clock) is ends


def test_planted_fault_the_longest_way_is_caught() -> None:
    class Farthest(NearestFree):
        def _way_m(self, who: Associate, request: ServiceRequest) -> float:
            return -super()._way_m(who, request)

    first = Farthest(lambda: (ANA, BEA), OpenRequests(), PLACES)
    for each in BOTH:
        first.noted(each)
    assert first.first_for(HELP) != nearest(ANA, BEA, were=BOTH).first_for(HELP)
