"""A round holds all that its associate has claimed, whatever comes between: other claims, calls, a restart."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kiosk.core.domain.ids import AssociateId
from kiosk.core.domain.service_request import RequestKind, RequestState, ServiceRequest
from kiosk.store.floor.picking.picking import Picking
from kiosk.store.floor.picking.rounds import Round
from tests.kiosk.store.floor.picking.test_picking import ANA, MEI, PLAN, Shop, asked_for, on_her_way


def stops(shop: Shop, who: AssociateId = ANA) -> list[tuple[str, bool, tuple[str, ...]]]:
    return [(stop.spot.zone, stop.fetch, stop.requests) for stop in shop.picking.view_of(who).stops]


def with_goods(**shop: object) -> Shop:
    """Ana has left the stockroom with a piece for room 1, then claims one for room 5."""
    found = on_her_way(**shop).after(70)
    found.claim(asked_for("r2", 5), minutes=9)
    return found


AGAIN = [("cellar", True, ("r2",)), ("rooms", False, ("r1",)), ("rooms", False, ("r2",))]


def test_a_claim_after_the_goods_goes_on_with_what_she_carries() -> None:
    shop = with_goods()
    assert stops(shop) == AGAIN, "the first piece is not fetched again"
    third = shop.note(asked_for("r3", 9))
    # two pieces of 40 s in the stockroom, 27 m to room 1, 25 s, 12 m to room 5, 25 s, 12 m to room 9: 173 s
    assert shop.picking.minutes(third, ANA) == 3


class Forgetful(Picking):
    """The planted fault: a claim after the goods begins a round of its own."""

    def _so_far(self, who: AssociateId, request: ServiceRequest) -> Round:
        return Round(self._spot_of(who, request), self._now())


def test_planted_fault_a_round_of_its_own_fetches_again_what_she_carries() -> None:
    assert stops(with_goods(picking_class=Forgetful)) != AGAIN


def test_what_she_carries_takes_place_in_her_hands_and_keeps_its_promise() -> None:
    full = with_goods(plan=replace(PLAN, carries=2))
    full.note(asked_for("r3", 6))
    assert full.along() == (), "she carries two"
    late = Shop()
    late.claim(asked_for("r1", 1), minutes=3)
    late.after(70).claim(asked_for("r2", 1), minutes=9)
    late.note(asked_for("r3", 0))
    assert late.along() == (), "room 1 was promised within 3 minutes of the first claim"


def test_after_the_first_door_the_rest_is_carried_and_a_new_claim_is_fetched() -> None:
    shop = on_her_way()
    first = shop.open.all()[0]
    shop.claim(asked_for("r2", 5), minutes=9)
    shop.after(100).note(first, state=RequestState.AT_THE_DOOR)
    shop.after(5).claim(asked_for("r3", 6), minutes=9)
    assert {one for one in stops(shop) if one[1]} == {("cellar", True, ("r3",))}
    second = next(r for r in shop.open.all() if r.request_id == "r2")
    shop.after(20).note(second, state=RequestState.AT_THE_DOOR)
    assert stops(shop) == [("cellar", True, ("r3",)), ("rooms", False, ("r3",))], (
        "what she carried is brought"
    )


@pytest.mark.parametrize("ends", [RequestState.AT_THE_DOOR, RequestState.DONE])
def test_handed_over_without_a_word_at_the_door_all_is_fetched_too(ends: RequestState) -> None:
    shop = on_her_way()
    first = shop.open.all()[0]
    shop.claim(asked_for("r2", 5), minutes=9)
    shop.after(120).note(first, state=ends)
    assert stops(shop) == [("rooms", False, ("r2",))]


def test_a_call_is_on_her_way_too() -> None:
    shop = Shop()
    shop.claim(asked_for("call", 9, RequestKind.HELP), minutes=1)
    shop.after(5).claim(asked_for("r1", 1), minutes=9)
    assert ("rooms", False, ("call",)) in stops(shop)
    shop.note(asked_for("r2", 2))
    assert shop.along() == (), "the call was promised within a minute"
    call = next(r for r in shop.open.all() if r.request_id == "call")
    shop.note(call, state=RequestState.AT_THE_DOOR)
    assert stops(shop) == [("cellar", True, ("r1",)), ("rooms", False, ("r1",))], (
        "nothing was fetched for a call"
    )


def test_a_call_takes_no_place_in_her_hands() -> None:
    shop = on_her_way(plan=replace(PLAN, carries=2))
    shop.claim(asked_for("call", 5, RequestKind.HELP), minutes=20)
    shop.note(asked_for("r2", 1))
    assert shop.along() == ("r2",)


@pytest.mark.parametrize(
    ("state", "changes"),
    [
        (RequestState.RECEIVED, {"associate_id": None}),
        (RequestState.CANCELLED, {}),
        (RequestState.DECLINED, {}),
        (RequestState.CLAIMED, {"associate_id": MEI}),
    ],
    ids=["given back, break, signed out, lease ended", "cancelled", "declined", "taken over"],
)
def test_what_she_has_no_more_leaves_the_round_that_went_on(
    state: RequestState, changes: dict[str, object]
) -> None:
    shop = with_goods()
    first = next(r for r in shop.open.all() if r.request_id == "r1")
    shop.note(first, state=state, **changes)
    assert stops(shop) == [("cellar", True, ("r2",)), ("rooms", False, ("r2",))]
    if state is RequestState.CLAIMED:
        assert stops(shop, MEI) == [("cellar", True, ("r1",)), ("rooms", False, ("r1",))]


def test_given_back_and_claimed_again_it_joins_the_others() -> None:
    shop = with_goods()
    first = next(r for r in shop.open.all() if r.request_id == "r1")
    free = shop.note(first, state=RequestState.RECEIVED, associate_id=None)
    shop.claim(free)
    assert {one for stop in stops(shop) for one in stop[2]} == {"r1", "r2"}


def test_after_a_restart_a_claim_joins_what_she_had() -> None:
    again = Shop(open=on_her_way().open)
    again.claim(asked_for("r2", 5), minutes=9)
    assert stops(again) == [
        ("cellar", True, ("r1", "r2")),
        ("rooms", False, ("r1",)),
        ("rooms", False, ("r2",)),
    ]
    third = again.note(asked_for("r3", 9))
    assert again.along() == (), "nobody knows what was promised before"
    # 39 m from room 5, three pieces of 40 s, 27 m to room 1, 25 s, 12 m to room 5, 25 s, 12 m to room 9: 245 s
    assert again.picking.minutes(third, ANA) == 5
