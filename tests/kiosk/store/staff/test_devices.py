"""Paired devices: hashes alone on disk, revoked at once, taken over from earlier versions, apart from each other."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.store.staff.devices import (
    MAX_NAME,
    DeviceKind,
    DeviceTokens,
    migrate_tokens,
    pair_device,
    pair_mirror,
    revoke,
)


def test_a_token_opens_its_own_room_only_and_is_on_no_disk(tmp_path: Path) -> None:
    tokens = DeviceTokens(tmp_path)
    assert tokens.room_of("") is None
    one, two = pair_mirror(tmp_path, "1"), pair_mirror(tmp_path, "2")
    assert (tokens.room_of(one), tokens.room_of(two), tokens.room_of("guess")) == ("1", "2", None)
    files = list((tmp_path / "devices").iterdir())
    assert all(file.stat().st_mode & 0o777 == 0o600 for file in files)
    assert not any(token in file.read_text() for file in files for token in (one, two))


def test_pairing_again_and_revoking_need_no_restart(tmp_path: Path) -> None:
    tokens = DeviceTokens(tmp_path)
    old = pair_mirror(tmp_path, "1")
    assert tokens.room_of(old) == "1"
    new = pair_mirror(tmp_path, "1")
    assert (tokens.room_of(old), tokens.room_of(new)) == (None, "1")
    assert revoke(tmp_path, "mirror-1")
    assert tokens.room_of(new) is None
    assert not revoke(tmp_path, "mirror-1")


@pytest.mark.parametrize("name", ["../store.key", "..", "", "mirror-1.json", "lock"])
def test_revoking_removes_files_of_devices_only(tmp_path: Path, name: str) -> None:
    (tmp_path / "store.key.json").write_text("kept")
    pair_mirror(tmp_path, "1")
    assert not revoke(tmp_path, name)
    assert (tmp_path / "store.key.json").exists()


def test_a_device_of_associates_is_no_mirror(tmp_path: Path) -> None:
    device, token = pair_device(tmp_path, "tablet at the till")
    tokens = DeviceTokens(tmp_path)
    pair_mirror(tmp_path, "1")
    assert tokens.room_of(token) is None
    assert tokens.of(token) == device
    assert [d.kind for d in tokens.all()] == [DeviceKind.MIRROR, DeviceKind.ASSOCIATES]


def test_tokens_of_the_version_before_are_taken_over_as_hashes(tmp_path: Path) -> None:
    earlier = tmp_path / "mirrors"
    earlier.mkdir(mode=0o700)
    token = "3f" * 32
    for room, content in (("1", token), ("2", "ab" * 32), ("2.new", "half")):
        (earlier / room).write_text(f"{content}\n", "ascii")
    newer = pair_mirror(tmp_path, "2")
    assert migrate_tokens(tmp_path) == 1
    tokens = DeviceTokens(tmp_path)
    assert (tokens.room_of(token), tokens.room_of("ab" * 32), tokens.room_of(newer)) == ("1", None, "2")
    assert sorted(f.name for f in earlier.iterdir()) == ["2.new"], "no token is left in clear"
    assert migrate_tokens(tmp_path) == 0


STRAY = {
    "swap": lambda folder: (folder / ".mirror-2.json.swp").write_bytes(b"\xff"),
    "folder": lambda folder: (folder / "old.json").mkdir(),
    "half": lambda folder: (folder / "mirror-2.json.new").write_text("{"),
    "broken": lambda folder: (folder / "mirror-2.json").write_text("{"),
    "no form": lambda folder: (folder / "mirror-2.json").write_text("[1]"),
    "other kind": lambda folder: (folder / "mirror-2.json").write_text('{"kind": "till"}'),
    "pipe": lambda folder: __import__("os").mkfifo(folder / "mirror-2.json"),
}


@pytest.mark.parametrize("stray", list(STRAY))
def test_what_else_lies_there_costs_one_room_at_most(tmp_path: Path, stray: str) -> None:
    token = pair_mirror(tmp_path, "1")
    STRAY[stray](tmp_path / "devices")
    tokens = DeviceTokens(tmp_path)
    assert tokens.room_of(token) == "1"
    assert [d.room for d in tokens.all()] == ["1"]


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("till  2", "till 2"),
        ("\x1b[2Jtill\n\u202e2", "[2Jtill 2"),
        ("\udcff", ""),
        ("x" * 99, "x" * MAX_NAME),
    ],
)
def test_a_name_of_a_device_is_plain_text(tmp_path: Path, name: str, shown: str) -> None:
    assert pair_device(tmp_path, name)[0].name == shown
    assert DeviceTokens(tmp_path).all()[0].name == shown
