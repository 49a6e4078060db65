"""Counts simulated baskets: none may hold a piece that is neither sure by radio nor confirmed by the shopper.

Every order that the core wants priced is a basket. The changes come from the real tracker on the radio model (two kinds
of walls, passers-by, a clothes rail, neighbouring rooms); each recording is played for many shoppers
(`basket_shoppers`), so the radio's outcomes are sampled and the baskets are not.
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from hardware.rooms.changes import RoomChange
from kiosk.core.visit.events import Fact, GarmentArrived, GarmentCertaintyChanged
from tests.bench.basket_shoppers import BasketCounts, RoomRecording, fill_baskets, record_rooms, to_fact

WALLS = (20.0, 14.0)


def report(counts: BasketCounts, recordings: list[RoomRecording]) -> None:
    print(
        f"\n{counts.baskets} baskets of {counts.pieces} pieces from {len(recordings)} rooms' radio: "
        f"{counts.unconfirmed} unconfirmed pieces, {counts.faint} faint pieces before the baskets, "
        f"{counts.confirmed} confirmed by the shopper, {counts.elsewhere} sure but not in the room"
    )


def always_sure(change: RoomChange) -> Fact:
    """The planted fault: a store that reports every piece as sure."""
    fact = to_fact(change)
    return replace(fact, sure=True) if isinstance(fact, GarmentArrived | GarmentCertaintyChanged) else fact


@pytest.fixture(scope="module")
def recordings() -> list[RoomRecording]:
    return [recording for wall_db in WALLS for recording in record_rooms(wall_db, 31, 200.0, rooms=4)]


def test_no_unconfirmed_piece_in_a_basket(recordings: list[RoomRecording]) -> None:
    counts = fill_baskets(recordings, 1_000, 1)
    report(counts, recordings)
    assert counts.faint > 0
    assert counts.confirmed > 0
    assert counts.unconfirmed == 0


def test_a_store_that_loses_uncertainty_is_caught(recordings: list[RoomRecording]) -> None:
    assert fill_baskets(recordings, 1_000, 1, always_sure).unconfirmed > 0


@pytest.mark.full
@pytest.mark.untimed
@pytest.mark.timeout(3600)
def test_no_unconfirmed_piece_in_a_hundred_thousand_baskets() -> None:
    recordings = [
        recording
        for wall_db in WALLS
        for seed in range(40, 50)
        for recording in record_rooms(wall_db, seed, 600.0)
    ]
    counts = fill_baskets(recordings, 100_000, 2)
    report(counts, recordings)
    assert counts.unconfirmed == 0
    assert counts.elsewhere <= counts.pieces // 1_000
