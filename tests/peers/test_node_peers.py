"""Packages for Node that were installed half-way are not used, but installed again."""

from __future__ import annotations

from pathlib import Path

from tests.peers.environment import is_whole


def test_an_installation_that_was_ended_half_way_is_not_used(tmp_path: Path) -> None:
    """A planted fault: the folder of the package is there, as it is early in an installation."""
    (tmp_path / "typescript").mkdir()
    assert not is_whole(tmp_path, "typescript")
    (tmp_path / ".package-lock.json").write_text("{}", "utf-8")
    assert is_whole(tmp_path, "typescript")
    assert not is_whole(tmp_path, "eslint")
