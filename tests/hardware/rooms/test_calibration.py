"""Calibrations: saved, loaded, refused if damaged or of another site."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from hardware.rooms.calibration import Calibration, CalibrationError, load_calibration, save_calibration
from hardware.rooms.room_tracker import RoomTracker
from hardware.rooms.site import parse_site


def test_a_calibration_is_saved_and_loaded(learned: Calibration, tmp_path: Path) -> None:
    path = tmp_path / "cal.json"
    save_calibration(learned, path)
    assert load_calibration(path) == learned


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


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"pace":', '"x":' + "[" * 5_000),
        ('"right":', '"right": NaN, "x":'),
        ('"pace":', '"pace": 1' + "0" * 400 + ', "x":'),
    ],
)
def test_a_nested_or_infinite_value_is_refused(
    learned: Calibration, tmp_path: Path, old: str, new: str
) -> None:
    path = tmp_path / "cal.json"
    save_calibration(learned, path)
    assert old in path.read_text()
    path.write_text(path.read_text().replace(old, new, 1))
    with pytest.raises(CalibrationError):
        load_calibration(path)


def test_a_byte_order_mark_is_accepted(learned: Calibration, tmp_path: Path) -> None:
    path = tmp_path / "cal.json"
    save_calibration(learned, path)
    path.write_text(path.read_text(), encoding="utf-8-sig")
    assert load_calibration(path) == learned


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CalibrationError, match="cannot be read"):
        load_calibration(tmp_path / "nowhere.json")


def test_the_keys_of_the_file_are_stable(learned: Calibration, tmp_path: Path) -> None:
    """A store reads calibrations that earlier versions wrote."""
    path = tmp_path / "cal.json"
    save_calibration(learned, path)
    tree = json.loads(path.read_text())
    assert list(tree) == [
        "kind",
        "lowest_dbm",
        "pace",
        "sure",
        "outside_gap_db",
        "trust",
        "parted",
        "right",
        "right_sure",
        "sure_share",
        "seconds",
        "counts",
    ]
    assert set(tree["counts"][0]) == {"room", "antenna", "counts"}
