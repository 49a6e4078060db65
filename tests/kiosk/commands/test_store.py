"""`cheval store` with a state directory that this user cannot use."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.__main__ import main


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
    assert capsys.readouterr().out.strip() == (tmp_path / "state/mirrors/a").read_text("ascii").strip()
