"""Cross-validation: results of held-out reads, better settings, wrong labels."""

from __future__ import annotations

import pytest

from hardware.rooms.cross_validation import READ_RATES, CrossValidation, HeldOutResult, share
from hardware.rooms.signal_model import SmoothingSettings
from hardware.rooms.walk import WalkRead
from tests.hardware.radio_model.model import Propagation, RadioModel, RoomRow
from tests.hardware.radio_model.walk import site_of_row, walk

ROOMS = RoomRow(2)
SITE = site_of_row(ROOMS)


def by_room(reads: list[WalkRead]) -> dict[str, list[WalkRead]]:
    return {room: [read for read in reads if read.room == room] for room in (*SITE.rooms, "")}


@pytest.fixture(scope="module")
def walked() -> dict[str, list[WalkRead]]:
    return by_room(walk(RadioModel(ROOMS, Propagation(), 4), 4, tags=1, seconds=15.0))


def test_accuracy_of_all_and_of_confident_estimates() -> None:
    result = HeldOutResult(0.5, 0.0, ((0.6, False), (0.9, True), (0.99, True), (0.97, False)))
    assert result.accuracy == 0.5
    assert result.confident(0.9) == [True, True, False]
    assert result.accuracy_from(0.98) == 1.0
    assert result.accuracy_from(0.999) == 1.0, "no estimate is that sure"
    assert share([]) == 0.0


def test_held_out_reads_are_estimated_well(walked: dict[str, list[WalkRead]]) -> None:
    validation = CrossValidation(SITE, walked)
    smoothing = SmoothingSettings()
    rate = validation.read_rate(smoothing)
    result = validation.evaluate(smoothing, rate)
    assert rate in READ_RATES
    assert result.accuracy > 0.85
    assert all(validation.evaluate(smoothing, other).loss >= result.loss for other in READ_RATES)


def test_swapped_rooms_are_estimated_badly(walked: dict[str, list[WalkRead]]) -> None:
    """The planted fault: the labels of the rooms change in the second half of the walk."""
    first, second = SITE.rooms
    half = len(walked[first]) // 2, len(walked[second]) // 2
    mixed = {
        first: walked[first][: half[0]] + walked[second][half[1] :],
        second: walked[second][: half[1]] + walked[first][half[0] :],
        "": walked[""],
    }
    relabelled = {
        room: [WalkRead(r.at_us, r.antenna, r.rssi_dbm, r.epc, room) for r in reads]
        for room, reads in mixed.items()
    }
    good = CrossValidation(SITE, walked).evaluate(SmoothingSettings(), 1.5)
    bad = CrossValidation(SITE, relabelled).evaluate(SmoothingSettings(), 1.5)
    assert bad.loss > good.loss + 0.5
    assert bad.accuracy < good.accuracy - 0.2
