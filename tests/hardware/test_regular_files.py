"""Files of a configuration: a pipe, a device, a folder or a file without end in place of one is refused at once."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from hardware.regular_files import check_regular, open_regular, read_regular


def test_a_file_and_a_link_to_it_are_read(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"word\n")
    (tmp_path / "link").symlink_to("file")
    check_regular(tmp_path / "file")
    assert read_regular(tmp_path / "link", 5) == b"word\n"


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for place in (tmp_path / "pipe", Path("/dev/zero"), Path("/dev/null")):
        with pytest.raises(OSError, match="Is no file, but a pipe or a device"):
            check_regular(place)
    with pytest.raises(IsADirectoryError):
        open_regular(tmp_path)
    with pytest.raises(FileNotFoundError):
        open_regular(tmp_path / "none")


def test_a_refused_file_is_closed(tmp_path: Path) -> None:
    before = len(list(Path("/proc/self/fd").iterdir()))
    for place in (tmp_path, Path("/dev/zero")):
        with pytest.raises(OSError, match=r".+"):
            open_regular(place)
    assert len(list(Path("/proc/self/fd").iterdir())) == before


def test_a_file_that_is_too_large_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"x" * 11)
    with pytest.raises(OSError, match="Is larger than 10 bytes"):
        read_regular(tmp_path / "file", 10)
