"""Calibrations: learned from a walk and checked on held-out reads, saved, loaded, refused if they do not fit."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from hardware.rooms.calibration import Calibration, CalibrationError, load_calibration, save_calibration
from hardware.rooms.learning import learn_calibration
from hardware.rooms.room_tracker import RoomTracker
from hardware.rooms.site import Antenna, parse_site
from hardware.rooms.walk import WalkRead, wall_isolation_db
from tests.hardware.radio_model.model import Propagation, RadioModel, RoomRow
from tests.hardware.radio_model.walk import site_of_row, walk

ROOMS = RoomRow(3)
SITE = site_of_row(ROOMS)


@pytest.fixture(scope="module")
def learned() -> Calibration:
    return learn_calibration(SITE, walk(RadioModel(ROOMS, Propagation(), 5), 5, tags=2, seconds=15.0))


def test_behind_walls_held_out_reads_are_located(learned: Calibration) -> None:
    assert learned.accuracy > 0.85
    assert learned.sure_accuracy > 0.98
    assert learned.sure_share > 0.3
    assert learned.walled
    assert set(learned.seconds) == {*SITE.rooms, ""}


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


def test_a_calibration_is_saved_and_loaded(learned: Calibration, tmp_path: Path) -> None:
    path = tmp_path / "cal.json"
    save_calibration(learned, path)
    assert load_calibration(path) == learned


def test_a_room_without_reads_is_named() -> None:
    reads = [WalkRead(n * 100_000, Antenna("", 1), -50.0, "E1", "room-1") for n in range(100)]
    with pytest.raises(CalibrationError, match="room-2, room-3"):
        learn_calibration(SITE, reads)


def test_a_calibration_of_another_site_is_refused(learned: Calibration) -> None:
    with pytest.raises(CalibrationError, match="attic"):
        RoomTracker(parse_site("rooms: {room-1: {antennas: [1]}, attic: {antennas: [2]}}"), learned)


@pytest.mark.parametrize(
    "spoil", ["kind", "pace", "counts", "sure", "seconds", "antenna", "cells", "negative"]
)
def test_a_damaged_file_is_refused(learned: Calibration, tmp_path: Path, spoil: str) -> None:
    path = tmp_path / "cal.json"
    save_calibration(learned, path)
    tree = json.loads(path.read_text())
    match spoil:
        case "antenna":
            tree["counts"][0]["antenna"] = "x"
        case "cells":
            tree["counts"][0]["counts"] = [1]
        case "negative":
            tree["counts"][0]["counts"][0] = -1
        case _:
            tree[spoil] = "nonsense"
    path.write_text(json.dumps(tree))
    with pytest.raises(CalibrationError, match=r"cal\.json"):
        load_calibration(path)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CalibrationError, match="cannot be read"):
        load_calibration(tmp_path / "nowhere.json")


def test_the_isolation_is_the_gap_to_the_strongest_other_antenna() -> None:
    strong, weak = [0] * 71, [0] * 71
    strong[40], weak[25] = 100, 10
    counts = {}
    for number in (1, 2, 3):
        room = f"room-{number}"
        counts |= {(room, Antenna("", n)): strong if n == number else weak for n in (1, 2, 3)}
    assert wall_isolation_db(SITE, counts) == 15.0
