"""A pick list has the same requests as one after the other, is never longer, and follows the plan."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.core.domain.floor.pick_list import MAX_ORDERED, Errand, PickList, one_after_the_other, pick_list
from kiosk.core.domain.floor.plan import FloorPlan, Spot, Way, Zone, row_plan
from kiosk.core.domain.ids import RequestId, RoomId

ROOMS = tuple(RoomId(str(n)) for n in range(6))
ROW = row_plan(ROOMS, 3.0, 25.0)
STOCK = Spot("stockroom")
ZONES = ("rooms", "stockroom", "rail", "bar")
Listed = Callable[[FloorPlan, Spot, Sequence[Errand]], PickList]

lengths = st.integers(1, 60).map(float)
plans = st.lists(lengths, min_size=6, max_size=6).map(
    lambda metres: FloorPlan(
        (Zone("rooms", ROOMS, 3.0), *(Zone(key) for key in ZONES[1:])),
        tuple(
            Way(one, other, metre)
            for (one, other), metre in zip(
                [(a, b) for n, a in enumerate(ZONES) for b in ZONES[n + 1 :]], metres, strict=True
            )
        ),
    )
)
spots = st.sampled_from([*(Spot("rooms", 3.0 * n) for n in range(6)), *(Spot(key) for key in ZONES)])
goods = st.one_of(st.none(), st.sampled_from([Spot(key) for key in ZONES[1:]]))
rooms = st.integers(0, 5).map(lambda n: Spot("rooms", 3.0 * n))
errands = st.lists(st.tuples(rooms, goods), max_size=MAX_ORDERED + 2).map(
    lambda pairs: tuple(Errand(RequestId(f"r{n}"), room, at) for n, (room, at) in enumerate(pairs))
)


def served_twice(found: PickList, asked: Sequence[Errand]) -> bool:
    """Each request is brought once, to its room, after it was fetched once, at its place."""
    fetched = [(name, stop.spot) for stop in found.stops if stop.fetch for name in stop.requests]
    brought = [(name, stop.spot) for stop in found.stops if not stop.fetch for name in stop.requests]
    places = {name: n for n, stop in enumerate(found.stops) if stop.fetch for name in stop.requests}
    in_order = all(
        places.get(name, -1) < n
        for n, stop in enumerate(found.stops)
        if not stop.fetch
        for name in stop.requests
    )
    return (
        sorted(fetched, key=str) == sorted(((e.request_id, e.goods) for e in asked if e.goods), key=str)
        and sorted(brought, key=str) == sorted(((e.request_id, e.room) for e in asked), key=str)
        and in_order
    )


def keeps(listed: Listed, plan: FloorPlan, here: Spot, asked: Sequence[Errand]) -> bool:
    found = listed(plan, here, asked)
    way = [here, *(stop.spot for stop in found.stops)]
    walked = sum(plan.metres(one, other) for one, other in pairwise(way))
    not_longer = walked <= one_after_the_other(plan, here, asked).metres + 1e-6
    return served_twice(found, asked) and not_longer and abs(found.metres - walked) < 1e-6


@given(plans, spots, errands)
def test_the_same_requests_and_never_longer(plan: FloorPlan, here: Spot, asked: tuple[Errand, ...]) -> None:
    assert keeps(pick_list, plan, here, asked)


def test_goods_first_then_rooms_in_the_order_of_the_way() -> None:
    asked = [Errand(RequestId(f"r{n}"), Spot("rooms", 3.0 * n), STOCK) for n in (5, 1, 3, 1)]
    found = pick_list(ROW, Spot("rooms", 6.0), asked)
    assert [(stop.spot, stop.requests) for stop in found.stops] == [
        (STOCK, ("r5", "r1", "r3", "r1")), (Spot("rooms", 3.0), ("r1", "r1")), (Spot("rooms", 9.0), ("r3",)),
        (Spot("rooms", 15.0), ("r5",)),
    ]  # fmt: skip
    assert found.metres == 31.0 + 40.0
    assert one_after_the_other(ROW, Spot("rooms", 6.0), asked).metres == 31.0 + 232.0


def test_where_all_goods_first_is_longer_it_is_one_after_the_other() -> None:
    plan = FloorPlan((Zone("west", (ROOMS[0],)), Zone("east", (ROOMS[1],))), (Way("west", "east", 100.0),))
    west, east = Spot("west"), Spot("east")
    asked = [Errand(RequestId("w"), west, west), Errand(RequestId("e"), east, east)]
    assert [(s.spot, s.fetch) for s in pick_list(plan, west, asked).stops] == [
        (west, True), (west, False), (east, True), (east, False),
    ]  # fmt: skip


def only_merged(plan: FloorPlan, here: Spot, asked: Sequence[Errand]) -> PickList:
    found = pick_list(plan, here, asked)
    goods_first = sorted(found.stops, key=lambda stop: not stop.fetch)
    way = [here, *(stop.spot for stop in goods_first)]
    return PickList(tuple(goods_first), sum(plan.metres(one, other) for one, other in pairwise(way)))


def forgetful(plan: FloorPlan, here: Spot, asked: Sequence[Errand]) -> PickList:
    return pick_list(plan, here, asked[:-1])


def rooms_first(plan: FloorPlan, here: Spot, asked: Sequence[Errand]) -> PickList:
    found = pick_list(plan, here, asked)
    return PickList(found.stops[::-1], found.metres)


@pytest.mark.parametrize("fault", [only_merged, forgetful, rooms_first])
def test_planted_faults_are_caught(fault: Listed) -> None:
    plan = FloorPlan((Zone("west"), Zone("east")), (Way("west", "east", 100.0),))
    west, east = Spot("west"), Spot("east")
    asked = [Errand(RequestId("w"), west, west), Errand(RequestId("e"), east, east)]
    assert keeps(pick_list, plan, west, asked)
    assert not keeps(fault, plan, west, asked)
