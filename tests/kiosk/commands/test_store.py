"""`cheval store`: a state directory that this user cannot use, and the garbage collection of a running store."""

from __future__ import annotations

import gc
import statistics
import time
from pathlib import Path

import pytest

from kiosk.__main__ import main
from kiosk.commands.store import exempt_from_collection
from kiosk.pairing.credentials import read_credentials
from kiosk.store.staff.devices import DeviceTokens


def test_a_state_directory_that_cannot_be_made_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").touch()
    config = tmp_path / "store.yaml"
    config.write_text("state: file/state\nrooms: {a: {}}\n", encoding="utf-8")
    assert main(["store", "--config", str(config), "--pair", "a"]) == 1
    assert "file/state: Not a directory" in capsys.readouterr().err


def test_pairing_needs_a_room_of_the_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    config = tmp_path / "store.yaml"
    config.write_text("state: state\nrooms: {a: {}}\n", encoding="utf-8")
    assert main(["store", "--config", str(config), "--pair", "b"]) == 1
    assert "no room 'b'; configured: a" in capsys.readouterr().err
    assert main(["store", "--config", str(config), "--pair", "a"]) == 0
    file = tmp_path / "token"
    file.write_text(capsys.readouterr().out, "ascii")
    printed = read_credentials(file)
    assert (printed.room, printed.root) == ("a", "")
    assert DeviceTokens(tmp_path / "state").room_of(printed.token) == "a"


def test_with_tls_the_credentials_have_the_root_before_the_first_start(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config = tmp_path / "store.yaml"
    config.write_text("state: state\nlisten: {host: 0.0.0.0}\nrooms: {a: {}}\n", encoding="utf-8")
    assert main(["store", "--config", str(config), "--pair", "a"]) == 0
    (tmp_path / "token").write_text(capsys.readouterr().out, "ascii")
    assert read_credentials(tmp_path / "token").root == (tmp_path / "state/tls/root.pem").read_text("ascii")


def _collection_s() -> float:
    """CPU time of a full collection, the middle of five."""
    took = []
    for _ in range(5):
        began = time.thread_time()
        gc.collect()
        took.append(time.thread_time() - began)
    return statistics.median(took)


@pytest.mark.full
def test_objects_of_the_start_are_not_visited_by_collections() -> None:
    objects: list[list[object]] = [[] for _ in range(100_000)]
    before = _collection_s()
    try:
        exempt_from_collection()
        assert _collection_s() < before / 3
    finally:
        gc.unfreeze()
    assert len(objects) == 100_000
