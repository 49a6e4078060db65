"""What is taken along: only on the way to the goods, only if promises stay kept and nobody waits longer for it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import pytest

from kiosk.clock import US
from kiosk.core.domain.floor.plan import FloorPlan, Spot, Way, Zone
from kiosk.core.domain.floor.second_size import SecondSize
from kiosk.core.domain.ids import ArticleId, AssociateId, RequestId, RoomId, Ticket
from kiosk.core.domain.service_request import RequestKind, RequestState, ServiceRequest
from kiosk.store.floor.offers.goods_places import GoodsPlaces
from kiosk.store.floor.open_requests import OpenRequests
from kiosk.store.floor.picking.picking import Picking
from kiosk.store.floor.picking.rounds import Round
from kiosk.store.staff.associates import Associate
from kiosk.store.staff.roles import Role

ROOMS = tuple(RoomId(str(n)) for n in range(10))
PLAN = FloorPlan(
    (Zone("rooms", ROOMS, 3.0), Zone("cellar", stockroom=True), Zone("bar", prepares=frozenset({"drink"}))),
    (Way("rooms", "cellar", 24.0), Way("rooms", "bar", 24.0)),
)
ANA, BEA, MEI = AssociateId("ana"), AssociateId("bea"), AssociateId("mei")
START_US = 1_790_000_000 * US


def asked_for(name: str, room: int, kind: RequestKind = RequestKind.SIZE) -> ServiceRequest:
    return ServiceRequest(
        RequestId(name), ROOMS[room], Ticket(f"t-{name}"), kind, START_US, RequestState.RECEIVED,
        article=ArticleId("A") if kind is RequestKind.SIZE else None, lies="stockroom", changed_us=START_US,
        received_us=START_US,
    )  # fmt: skip


@dataclass
class Shop:
    """Ana, Bea and the manager Mei, by a clock that the test moves."""

    plan: FloorPlan = PLAN
    picking_class: type[Picking] = Picking
    now_us: int = START_US
    open: OpenRequests = field(default_factory=OpenRequests)
    people: tuple[AssociateId, ...] = (ANA, MEI)

    def __post_init__(self) -> None:
        self.picking = self.picking_class(
            lambda: [
                Associate(who, who, ("en",), Role.MANAGER if who == MEI else Role.ASSOCIATE) for who in self.people
            ],
            self.open, GoodsPlaces(self.plan, str), lambda: self.now_us,
        )  # fmt: skip

    def after(self, seconds: float) -> Shop:
        self.now_us += round(seconds * US)
        return self

    def note(self, request: ServiceRequest, **changes: object) -> ServiceRequest:
        changed = replace(request, changed_us=self.now_us, **changes)  # type: ignore[arg-type]
        self.open.update(changed)
        self.picking.noted(changed)
        return changed

    def claim(self, request: ServiceRequest, who: AssociateId = ANA, minutes: int = 4) -> ServiceRequest:
        return self.note(request, state=RequestState.CLAIMED, associate_id=who, by=str(who), minutes=minutes)

    def along(self, who: AssociateId = ANA) -> tuple[RequestId, ...]:
        return self.picking.view_of(who).take_along

    def first(self, request: ServiceRequest) -> str:
        asked = self.picking.first_for(request)
        return asked.name if asked else ""


def on_her_way(**shop: object) -> Shop:
    """Ana has claimed a piece for room 1 and walks from there to the stockroom: 27 m."""
    found = Shop(**shop)  # type: ignore[arg-type]
    found.claim(asked_for("r1", 1))
    return found


def test_where_nobody_is_free_a_request_on_her_way_is_offered_and_rings_for_her() -> None:
    shop = on_her_way()
    second = shop.note(asked_for("r2", 5))
    assert (shop.along(), shop.first(second)) == (("r2",), "ana")
    assert shop.along(MEI) == (), "who has claimed nothing has no way"


@pytest.mark.parametrize(
    ("seconds", "offered"),
    [(0, True), (54, True), (56, False), (200, False)],
    ids=["at once", "she still searches", "she has it when she reacts", "long ago"],
)
def test_it_ends_when_she_has_left_the_goods(seconds: float, offered: bool) -> None:
    shop = on_her_way().after(seconds)  # 22.5 s of way and 40 s of search, less 8 s to react
    assert bool(shop.along() or shop.first(shop.note(asked_for("r2", 5)))) is offered


@pytest.mark.parametrize(
    "other",
    [
        asked_for("r2", 5, RequestKind.HELP),
        asked_for("r2", 5, RequestKind.ALTERATION),
    ],
    ids=["help", "alteration"],
)
def test_never_what_needs_long_service(other: ServiceRequest) -> None:
    shop = on_her_way()
    assert (shop.first(shop.note(other)), shop.along()) == ("", ())


def test_what_lies_elsewhere_is_no_longer_way_than_for_itself() -> None:
    shop = on_her_way()
    shop.note(asked_for("r2", 1, RequestKind.DRINK))
    assert shop.along() == ("r2",)
    stops = [(s.spot.zone, s.fetch) for s in _claimed_too(shop, "r2").picking.view_of(ANA).stops]
    assert stops == [("cellar", True), ("bar", True), ("rooms", False)]


def _claimed_too(shop: Shop, name: str, minutes: int = 9) -> Shop:
    shop.claim(next(r for r in shop.open.all() if r.request_id == name), minutes=minutes)
    return shop


def test_no_more_pieces_than_she_carries_and_two_sizes_are_two() -> None:
    shop = on_her_way(plan=replace(PLAN, carries=2))
    both = replace(asked_for("r2", 5), second=SecondSize(ArticleId("B"), "L", "stockroom"))
    shop.note(both)
    shop.note(asked_for("r3", 6))
    assert shop.along() == ("r3",)
    assert _claimed_too(shop, "r3").along() == ()


def test_a_promise_of_her_round_stays_kept() -> None:
    soon = Shop()
    soon.claim(asked_for("r1", 9), minutes=2)
    soon.note(asked_for("r2", 1))
    assert soon.along() == (), "room 9 would be served after room 1, later than promised"
    assert on_her_way().along() == ()


def test_the_promise_of_a_later_room_counts_the_rooms_before_it() -> None:
    shop = on_her_way()
    second = shop.note(asked_for("r2", 9))
    # 27 m to the stockroom, two pieces of 40 s, 27 m to room 1, 25 s there, 24 m to room 9: 170 s
    assert shop.picking.minutes(second, ANA) == 3
    assert shop.picking.minutes(second, BEA) == 0
    assert shop.after(120).picking.minutes(second, ANA) == 0


def with_bea() -> Shop:
    """Bea is free and at room 0."""
    shop = Shop(people=(ANA, BEA))
    shop.note(asked_for("r0", 0), state=RequestState.DONE, associate_id=BEA)
    shop.claim(asked_for("r1", 1))
    return shop


def test_a_free_associate_brings_it_where_shoppers_wait_less_then() -> None:
    shop = with_bea()
    second = shop.note(asked_for("r2", 0))
    assert (shop.along(), shop.first(second)) == ((), "")


def test_room_by_room_the_list_gets_shorter_and_all_is_fetched_at_the_first_door() -> None:
    shop = on_her_way()
    first = shop.open.all()[0]
    shop.note(asked_for("r2", 5))
    _claimed_too(shop, "r2")
    assert [s.requests for s in shop.picking.view_of(ANA).stops] == [("r1", "r2"), ("r1",), ("r2",)]
    shop.after(150).note(first, state=RequestState.AT_THE_DOOR)
    assert [(s.spot, s.fetch) for s in shop.picking.view_of(ANA).stops] == [(Spot("rooms", 15.0), False)]
    shop.note(asked_for("r3", 5))
    assert shop.along() == (), "she is not at the goods any more"


def test_what_is_withdrawn_or_taken_over_leaves_her_list() -> None:
    shop = on_her_way()
    first = shop.open.all()[0]
    shop.note(first, state=RequestState.CLAIMED, associate_id=MEI)
    assert shop.picking.view_of(ANA).stops == ()
    assert len(shop.picking.view_of(MEI).stops) == 2
    shop.note(first, state=RequestState.CANCELLED)
    assert shop.picking.view_of(MEI).stops == ()


def test_after_a_restart_the_list_is_there_and_nothing_is_taken_along() -> None:
    shop = on_her_way()
    again = Shop(open=shop.open)
    again.note(asked_for("r2", 5))
    assert ([s.fetch for s in again.picking.view_of(ANA).stops], again.along()) == ([True, False], ())


def test_planted_fault_promises_that_nobody_checks_are_caught() -> None:
    class Careless(Picking):
        def _claimed(self, who: AssociateId, request: ServiceRequest) -> None:
            super()._claimed(who, replace(request, minutes=600))

    shop = Shop(picking_class=Careless)
    shop.claim(asked_for("r1", 9), minutes=2)
    shop.note(asked_for("r2", 1))
    assert shop.along() == ("r2",)


def test_planted_fault_without_regard_to_waiting_is_caught() -> None:
    class Greedy(Picking):
        def _alone_s(self, request: ServiceRequest) -> float:
            del request
            return float("inf")

    shop = with_bea()
    shop.picking = Greedy(shop.picking._on_floor, shop.open, GoodsPlaces(PLAN, str), lambda: shop.now_us)
    shop.claim(asked_for("r1", 1))
    assert shop.first(shop.note(asked_for("r2", 0))) == "ana"


def test_what_is_cancelled_on_her_way_takes_no_place_in_her_hands() -> None:
    shop = on_her_way(plan=replace(PLAN, carries=3))
    two = shop.note(replace(asked_for("r2", 5), second=SecondSize(ArticleId("B"), "L", "stockroom")))
    _claimed_too(shop, "r2")
    shop.note(asked_for("r3", 6))
    assert shop.along() == (), "she carries three"
    shop.note(two, state=RequestState.CANCELLED)
    assert shop.along() == ("r3",)


def test_a_new_promise_counts_and_not_the_one_before_it() -> None:
    shop = Shop()
    claimed = shop.claim(asked_for("r1", 9), minutes=9)
    shop.note(asked_for("r2", 1))
    assert shop.along() == ("r2",)
    shop.note(claimed, minutes=2)
    assert shop.along() == (), "room 9 would be served after room 1, later than promised by her answer"
    shop.note(claimed, minutes=0)
    assert shop.along() == (), "an answer without minutes leaves the promise"


def test_what_another_is_asked_for_is_not_offered() -> None:
    """A service that managers answer, or the offer to one who is nearer."""
    shop = on_her_way()
    offer = shop.note(asked_for("r2", 5), asked_id=MEI)
    assert shop.along() == ()
    shop.note(offer, asked_id=None)
    assert shop.along() == ("r2",)


def test_planted_fault_hands_that_stay_full_are_caught() -> None:
    class Full(Picking):
        def _left(self, who: AssociateId, round_: Round, request: ServiceRequest) -> None:
            super()._left(who, replace(round_, pieces=round_.pieces + 1), request)

    shop = on_her_way(plan=replace(PLAN, carries=2), picking_class=Full)
    second = shop.note(asked_for("r2", 5))
    _claimed_too(shop, "r2")
    shop.note(asked_for("r3", 6))
    shop.note(second, state=RequestState.CANCELLED)
    assert shop.along() == ()
