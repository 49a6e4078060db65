"""No piece gets into a basket that is neither sure by radio nor confirmed by the shopper: counted in simulated baskets.

Every order that the core wants priced is a basket. The words of the radio come from the real watch over the radio model
(both walls, passers, a rail, neighbours); each play is lived through by many shoppers (`basket_shoppers`), so the
radio's outcomes are sampled and the baskets are not.
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from hardware.rooms.changes import RoomChange
from kiosk.core.visit.events import Fact, GarmentArrived, GarmentCertaintyChanged
from tests.bench.basket_shoppers import Story, Tally, baskets, stories, told

WALLS = (20.0, 14.0)


def tell(tally: Tally, played: list[Story]) -> None:
    print(
        f"\n{tally.baskets} baskets of {tally.pieces} pieces from {len(played)} rooms' radio: "
        f"{tally.unconfirmed} unconfirmed pieces, {tally.faint} faint pieces before the baskets, "
        f"{tally.confirmed} taken in by the shopper's word, {tally.strangers} sure but from elsewhere"
    )


def hasty(change: RoomChange) -> Fact:
    """The planted fault: a store that tells every piece as sure."""
    fact = told(change)
    return replace(fact, sure=True) if isinstance(fact, GarmentArrived | GarmentCertaintyChanged) else fact


@pytest.fixture(scope="module")
def played() -> list[Story]:
    return [story for wall_db in WALLS for story in stories(wall_db, 31, 200.0, rooms=4)]


def test_no_unconfirmed_piece_in_a_basket(played: list[Story]) -> None:
    tally = baskets(played, 1_000, 1)
    tell(tally, played)
    assert tally.faint > 0
    assert tally.confirmed > 0
    assert tally.unconfirmed == 0


def test_a_store_that_forgets_doubt_is_caught(played: list[Story]) -> None:
    assert baskets(played, 1_000, 1, hasty).unconfirmed > 0


@pytest.mark.full
@pytest.mark.timeout(3600)
def test_no_unconfirmed_piece_in_a_hundred_thousand_baskets() -> None:
    played = [story for wall_db in WALLS for seed in range(40, 50) for story in stories(wall_db, seed, 600.0)]
    tally = baskets(played, 100_000, 2)
    tell(tally, played)
    assert tally.unconfirmed == 0
    assert tally.strangers <= tally.pieces // 1_000
