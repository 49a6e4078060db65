"""What is no file, or is too large, is refused at once: nothing waits for a pipe or reads a device."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from kiosk.connectors.feeds.limits import MAX_FILE_BYTES
from kiosk.connectors.feeds.text_files.opening import UnreadableError, open_file


def refused(path: Path) -> str:
    with pytest.raises(UnreadableError) as error:
        open_file(path)
    return str(error.value)


def test_a_pipe_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "stock.csv")
    assert refused(tmp_path / "stock.csv") == "is no file, but a pipe or a device"


def test_a_device_a_folder_a_loop_and_a_missing_file_are_refused(tmp_path: Path) -> None:
    (tmp_path / "device.csv").symlink_to("/dev/zero")
    (tmp_path / "folder.csv").mkdir()
    (tmp_path / "loop.csv").symlink_to(tmp_path / "loop.csv")
    assert "a device" in refused(tmp_path / "device.csv")
    assert "is a folder" in refused(tmp_path / "folder.csv")
    assert "too many levels of symbolic links" in refused(tmp_path / "loop.csv")
    assert "no such file" in refused(tmp_path / "missing.csv")


def test_a_file_without_permission_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "stock.csv"
    path.write_text("gtin\n")
    path.chmod(0)
    us = os.geteuid()
    if us == 0:  # root reads every file
        os.seteuid(65534)
    try:
        assert refused(path) == "cannot be read: permission denied"
    finally:
        os.seteuid(us)


def test_a_huge_file_is_refused_without_reading_it(tmp_path: Path) -> None:
    path = tmp_path / "stock.csv"
    with path.open("wb") as file:
        file.truncate(MAX_FILE_BYTES + 1)
    assert "is it the right file?" in refused(path)


def test_a_link_to_a_file_is_read(tmp_path: Path) -> None:
    (tmp_path / "export.csv").write_text("gtin\n")
    (tmp_path / "stock.csv").symlink_to(tmp_path / "export.csv")
    with open_file(tmp_path / "stock.csv") as file:
        assert file.read() == b"gtin\n"
