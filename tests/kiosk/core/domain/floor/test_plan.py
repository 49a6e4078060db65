"""The plan of the floor: distances, places of rooms, rails and stock."""

from __future__ import annotations

from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.core.domain.floor.plan import FloorPlan, Rail, Spot, Way, Zone, row_plan
from kiosk.core.domain.ids import RoomId

ROOMS = tuple(RoomId(str(n)) for n in range(1, 5))
SHOP = FloorPlan(
    (
        Zone("women", ROOMS[:3], 3.0, (Rail("dresses", frozenset({"dresses", "skirts"})),)),
        Zone("men", ROOMS[3:], 0.0, (Rail("shirts", frozenset({"shirts"})),)),
        Zone("cellar", stockroom=True),
        Zone("bar", stockroom=True, prepares=frozenset({"drink"})),
    ),
    (Way("women", "men", 10.0), Way("men", "cellar", 20.0), Way("women", "cellar", 50.0), Way("bar", "women", 4.0)),
)  # fmt: skip


@pytest.mark.parametrize(
    ("here", "there", "metres"),
    [
        pytest.param(Spot("women", 6.0), Spot("women", 0.0), 6.0, id="in one zone"),
        pytest.param(Spot("women", 6.0), Spot("men"), 16.0, id="out of a zone"),
        pytest.param(Spot("women"), Spot("cellar"), 30.0, id="the shorter of two ways"),
        pytest.param(Spot("bar"), Spot("cellar"), 34.0, id="through other zones"),
    ],
)
def test_distances(here: Spot, there: Spot, metres: float) -> None:
    assert (SHOP.metres(here, there), SHOP.metres(there, here)) == (metres, metres)


def test_rooms_rails_stock_and_what_is_prepared() -> None:
    assert [SHOP.room(room) for room in ROOMS] == [
        Spot("women"), Spot("women", 3.0), Spot("women", 6.0), Spot("men"),
    ]  # fmt: skip
    assert SHOP.room(RoomId("9")) is None
    assert [rail.key for found in [SHOP.rail_of("Skirts")] if found for rail in found[1:]] == ["dresses"]
    assert SHOP.rail_of("coats") is None
    near = {place: SHOP.stockroom(Spot(place)) for place in ("women", "men")}
    assert {place: zone and zone.key for place, zone in near.items()} == {"women": "bar", "men": "bar"}
    assert SHOP.prepares("gift-wrap", Spot("men")) is None


def test_zones_without_a_way_are_found() -> None:
    lonely = FloorPlan((*SHOP.zones, Zone("roof")), SHOP.ways)
    assert (SHOP.unreachable(), lonely.unreachable()) == ((), ("roof",))
    assert lonely.metres(Spot("roof"), Spot("men")) == inf


@given(st.lists(st.tuples(*[st.integers(0, 5)] * 2, st.integers(1, 50)), max_size=12))
def test_distances_are_a_metric(found: list[tuple[int, int, int]]) -> None:
    """There is no shorter way than the shortest one by any third zone, and as long back as there."""
    plan = FloorPlan(
        tuple(Zone(str(n)) for n in range(6)),
        tuple(Way(str(one), str(other), float(metres)) for one, other, metres in found),
    )
    spots = [Spot(str(n)) for n in range(6)]
    for one in spots:
        for other in spots:
            assert plan.metres(one, other) == plan.metres(other, one)
            assert all(
                plan.metres(one, other) <= plan.metres(one, by) + plan.metres(by, other) for by in spots
            )
    assert all(plan.metres(Spot(str(a)), Spot(str(b))) <= metres for a, b, metres in found)


def test_a_row_has_its_stock_at_one_end() -> None:
    plan = row_plan(ROOMS, 3.0, 25.0)
    last = plan.room(ROOMS[3])
    assert last is not None
    stock, drinks = plan.stockroom(last), plan.prepares("drink", last)
    assert stock == drinks
    assert stock is not None
    assert plan.metres(last, Spot(stock.key)) == 9 + 25
