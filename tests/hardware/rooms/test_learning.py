"""Learning from a calibration walk, with and without walls between the rooms."""

from __future__ import annotations

from dataclasses import replace

import pytest

from hardware.rooms.calibration import Calibration, CalibrationError
from hardware.rooms.learning import learn_calibration
from hardware.rooms.site import Antenna
from hardware.rooms.walk import WalkRead
from tests.hardware.radio_model.model import Propagation, RadioModel, RoomRow
from tests.hardware.radio_model.walk import site_of_row, walk

ROOMS = RoomRow(3)
SITE = site_of_row(ROOMS)


def test_behind_walls_held_out_reads_are_located(learned: Calibration) -> None:
    assert learned.accuracy > 0.85
    assert learned.sure_accuracy > 0.98
    assert learned.sure_share > 0.3
    assert learned.walled
    assert set(learned.seconds) == {*SITE.rooms, ""}


def test_reads_without_strength_are_not_learned_from() -> None:
    reads = walk(RadioModel(ROOMS, Propagation(), 5), 5, tags=1, seconds=15.0)
    unknown = [replace(read, rssi_dbm=None) for read in reads]
    with pytest.raises(CalibrationError, match=r"no signal strength.*switch on PeakRSSI"):
        learn_calibration(SITE, unknown)
    assert learn_calibration(SITE, reads + unknown).counts == learn_calibration(SITE, reads).counts


def test_on_an_open_floor_only_the_walk_counts() -> None:
    air = Propagation(wall_db=0.0, beam_deg=140.0, door_db=0.0)
    reads = walk(RadioModel(ROOMS, air, 6), 6, tags=1, seconds=25.0, corridor=False)
    calibration = learn_calibration(SITE, reads)
    assert not calibration.walled
    assert calibration.walk_weight == 1.0


def test_wrong_labels_give_a_low_accuracy() -> None:
    """The planted fault: labels that change every 0.7 s."""
    reads = walk(RadioModel(ROOMS, Propagation(), 5), 5, tags=2, seconds=15.0, corridor=False)
    names = list(SITE.rooms)
    mislabelled = [
        WalkRead(r.at_us, r.antenna, r.rssi_dbm, r.epc, names[(names.index(r.room) + r.at_us // 700_000) % 3])
        for r in reads
    ]
    assert learn_calibration(SITE, mislabelled).accuracy < 0.6


def test_a_room_without_reads_is_named() -> None:
    reads = [WalkRead(n * 100_000, Antenna("", 1), -50.0, "E1", "room-1") for n in range(100)]
    with pytest.raises(CalibrationError, match="room-2, room-3"):
        learn_calibration(SITE, reads)
