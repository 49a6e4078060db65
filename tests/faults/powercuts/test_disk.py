"""The model of the disk: what may be there after a power cut, and what must be."""

from __future__ import annotations

from random import Random

from tests.faults.powercuts.disk import SECTOR, Disk
from tests.faults.powercuts.recorder import Kind, Operation


def disk_after(*operations: Operation) -> Disk:
    disk = Disk()
    for operation in operations:
        disk.take(operation)
    return disk


def seen(disk: Disk, cuts: int = 300) -> list[dict[str, bytes]]:
    return [disk.cut(Random(seed)) for seed in range(cuts)]


CREATED = (Operation(Kind.CREATE, "a"), Operation(Kind.FOLDER_SYNC, "a"))


def write(content: bytes, at: int = 0, file: str = "a") -> Operation:
    return Operation(Kind.WRITE, file, at, content)


def test_what_was_synced_is_there_after_every_cut() -> None:
    disk = disk_after(*CREATED, write(b"one"), Operation(Kind.SYNC, "a"))
    assert disk.is_settled
    assert all(files == {"a": b"one"} for files in seen(disk))


def test_an_unsynced_write_is_there_lost_or_torn_between_sectors() -> None:
    old, new = bytes(2 * SECTOR), b"x" * 2 * SECTOR
    disk = disk_after(*CREATED, write(old), Operation(Kind.SYNC, "a"), write(new))
    assert not disk.is_settled
    found = {files["a"] for files in seen(disk)}
    half = b"x" * SECTOR
    assert found == {old, new, half + bytes(SECTOR), bytes(SECTOR) + half}


def test_unsynced_writes_are_reordered() -> None:
    disk = disk_after(*CREATED, write(b"--"), Operation(Kind.SYNC, "a"), write(b"1"), write(b"2", 1))
    assert {files["a"] for files in seen(disk)} == {b"--", b"1-", b"-2", b"12"}


def test_a_shortened_file_may_have_its_old_length() -> None:
    disk = disk_after(*CREATED, write(b"long"), Operation(Kind.SYNC, "a"), Operation(Kind.TRUNCATE, "a", 1))
    assert {files["a"] for files in seen(disk)} == {b"long", b"l"}


def test_a_name_is_durable_when_its_folder_was_synced() -> None:
    made = Operation(Kind.CREATE, "a"), write(b"1"), Operation(Kind.SYNC, "a")
    assert {"a" in files for files in seen(disk_after(*made))} == {True, False}
    assert all(files == {"a": b"1"} for files in seen(disk_after(*made, Operation(Kind.FOLDER_SYNC, "a"))))
    removed = (*made, Operation(Kind.FOLDER_SYNC, "a"), Operation(Kind.DELETE, "a"))
    assert {"a" in files for files in seen(disk_after(*removed))} == {True, False}
    assert all(files == {} for files in seen(disk_after(*removed, Operation(Kind.FOLDER_SYNC, "a"))))
