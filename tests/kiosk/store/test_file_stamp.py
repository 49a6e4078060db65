"""Noticing a changed file: written, replaced, missing, and several files of a folder."""

from __future__ import annotations

import os
from pathlib import Path

from kiosk.store.file_stamp import ChangeDetector, FileStamp, stamp_of_files


def test_a_file_counts_as_changed_at_first_and_after_each_replacement(tmp_path: Path) -> None:
    file = tmp_path / "a"
    file.write_text("one")
    detector = ChangeDetector(file)
    assert [detector.changed(), detector.changed()] == [True, False]
    file.write_text("three")
    assert [detector.changed(), detector.changed()] == [True, False]


def test_a_file_that_comes_or_goes_has_changed(tmp_path: Path) -> None:
    file = tmp_path / "a"
    detector = ChangeDetector(file)
    assert [detector.changed(), detector.changed()] == [True, False]
    file.write_text("one")
    assert detector.changed()
    file.unlink()
    assert [detector.changed(), detector.changed()] == [True, False]
    assert FileStamp.of(file) == FileStamp()


def test_a_replaced_file_of_the_same_size_and_time_has_changed(tmp_path: Path) -> None:
    file, other = tmp_path / "a", tmp_path / "b"
    for each in (file, other):
        each.write_text("one")
        os.utime(each, ns=(1, 1))
    detector = ChangeDetector(file)
    detector.changed()
    other.replace(file)
    assert detector.changed()


def test_the_stamp_of_a_folder_is_in_the_order_of_the_names(tmp_path: Path) -> None:
    for name in "cab":
        (tmp_path / name).write_text(name)
    stamp = stamp_of_files(tmp_path.iterdir())
    assert [name for name, _ in stamp] == ["a", "b", "c"]
    (tmp_path / "b").write_text("longer")
    assert stamp_of_files(tmp_path.iterdir()) != stamp
