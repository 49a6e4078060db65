"""Files beside those of the devices, and files that the store cannot read, as editors and root leave them."""

from __future__ import annotations

from pathlib import Path

from kiosk.commands.doctor import State, paired
from kiosk.store.staff.devices import DEVICES_FOLDER, DeviceTokens, pair_mirror


def states(state: Path) -> list[tuple[State, str]]:
    return [(finding.state, finding.found) for finding in paired.look(state)]


def test_nothing_is_paired_yet(tmp_path: Path) -> None:
    assert states(tmp_path) == [(State.GOOD, f"0 in {tmp_path}")]


def test_an_editors_copy_and_a_folder_are_named_and_cost_nobody_the_access(tmp_path: Path) -> None:
    token = pair_mirror(tmp_path, "1")
    folder = tmp_path / DEVICES_FOLDER
    (folder / ".mirror-1.json.swp").write_bytes(b"\xff\xfe")
    (folder / "copy").mkdir()
    found = states(tmp_path)
    assert [state for state, _ in found] == [State.NOTE, State.NOTE, State.GOOD]
    assert all("is ignored" in text for state, text in found if state is State.NOTE)
    assert DeviceTokens(tmp_path).room_of(token) == "1"


def test_a_file_that_is_broken_costs_that_device_its_access(tmp_path: Path) -> None:
    first, second = pair_mirror(tmp_path, "1"), pair_mirror(tmp_path, "2")
    broken = next(file for file in (tmp_path / DEVICES_FOLDER).iterdir() if "1" in file.name)
    broken.write_text("{", encoding="utf-8")
    ((state, text),) = states(tmp_path)
    assert state is State.BAD
    assert str(broken) in text
    assert DeviceTokens(tmp_path).room_of(first) is None
    assert DeviceTokens(tmp_path).room_of(second) == "2"
