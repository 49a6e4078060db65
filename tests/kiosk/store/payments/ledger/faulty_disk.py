"""A disk that fails: SQLite's own file access with errors at chosen writes and syncs (SQLite documentation, "The SQLite
OS Interface or VFS"). It is made with ctypes in the library that Python's `sqlite3` uses."""

from __future__ import annotations

import ctypes
import ctypes.util
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Final

NAME: Final = b"faulty-disk"
IOERR_WRITE, IOERR_FSYNC = 10 | (3 << 8), 10 | (4 << 8)
_HEADER_BYTES: Final = 28
"""The header of a rollback journal; a commit overwrites it with zeros (SQLite, "Database File Format", 3)."""
_P = ctypes.c_void_p
_WRITE = ctypes.CFUNCTYPE(ctypes.c_int, _P, _P, ctypes.c_int, ctypes.c_int64)
_SYNC = ctypes.CFUNCTYPE(ctypes.c_int, _P, ctypes.c_int)
_OPEN = ctypes.CFUNCTYPE(ctypes.c_int, _P, _P, _P, ctypes.c_int, _P)


class _Methods(ctypes.Structure):
    _fields_ = (
        ("version", ctypes.c_int), ("close", _P), ("read", _P), ("write", _WRITE), ("truncate", _P), ("sync", _SYNC),
        *((f"other{number}", _P) for number in range(13)),
    )  # fmt: skip


class _File(ctypes.Structure):
    _fields_ = (("methods", ctypes.POINTER(_Methods)),)


class _Vfs(ctypes.Structure):
    _fields_ = (
        ("version", ctypes.c_int), ("file_bytes", ctypes.c_int), ("max_path", ctypes.c_int), ("next", _P),
        ("name", ctypes.c_char_p), ("data", _P), ("open", _OPEN), *((f"other{number}", _P) for number in range(16)),
    )  # fmt: skip


class FaultyDisk:
    """Counts writes and syncs; from `fail_at` on, `failures` of them fail."""

    def __init__(self, only: bytes) -> None:
        self.done, self._only = 0, only
        self._fail_at, self._failures, self._at_end = 0, 0, False
        self._kept: list[Any] = []

    def fail(self, at: int, failures: int = 1) -> None:
        """The `at`-th write or sync from now on fails, and the next ones: `failures` in all. 0 as `at`: none."""
        self.done, self._fail_at, self._failures, self._at_end = 0, at, failures, False

    def fail_at_the_end(self) -> None:
        """The sync of the rollback journal with which the next commit ends fails, and all that follows."""
        self.fail(0)
        self._at_end = True

    def fails(self) -> bool:
        self.done += 1
        return bool(self._fail_at) and self._fail_at <= self.done < self._fail_at + self._failures

    def wrap(self, real: _Methods) -> Any:
        """The methods of a file with errors."""
        methods = _Methods.from_buffer_copy(real)
        real_write, real_sync = real.write, real.sync

        def write(file: int, data: int, count: int, offset: int) -> int:
            if self._at_end and (count, offset) == (_HEADER_BYTES, 0):
                self.fail(2, 1 << 30)
            return IOERR_WRITE if self.fails() else int(real_write(file, data, count, offset))

        def sync(file: int, flags: int) -> int:
            # the data are written in any case: what failed is only not certain
            done = int(real_sync(file, flags))
            return IOERR_FSYNC if self.fails() else done

        methods.write, methods.sync = _WRITE(write), _SYNC(sync)
        self._kept += [methods, methods.write, methods.sync, real_write, real_sync]
        return ctypes.pointer(methods)

    def opener(self, real: Any) -> Callable[..., int]:
        """The `xOpen` of the disk. `real`: the VFS of the operating system."""

        def opened(_vfs: int, name: int | None, file: int, flags: int, out: int) -> int:
            # the name is passed on as an address: the real file access keeps it
            code = int(real.contents.open(ctypes.cast(real, _P), name, file, flags, out))
            handle = ctypes.cast(file, ctypes.POINTER(_File)).contents
            if code == 0 and handle.methods and self._only in (ctypes.string_at(name) if name else b""):
                handle.methods = self.wrap(handle.methods.contents)
            return code

        return opened


@contextmanager
def faulty_disk(only: bytes = b"") -> Iterator[FaultyDisk]:
    """The disk of all databases that are opened in the block and whose path contains `only`."""
    library = ctypes.CDLL(ctypes.util.find_library("sqlite3"))
    library.sqlite3_vfs_find.restype = ctypes.POINTER(_Vfs)
    real = library.sqlite3_vfs_find(None)
    disk = FaultyDisk(only)
    vfs = _Vfs.from_buffer_copy(real.contents)
    vfs.name, vfs.next = NAME, None
    # the name is given as an address: SQLite keeps what it points to
    opener = _OPEN(disk.opener(real))
    vfs.open = opener
    assert library.sqlite3_vfs_register(ctypes.byref(vfs), 1) == 0
    try:
        yield disk
    finally:
        disk.fail(0)
        library.sqlite3_vfs_unregister(ctypes.byref(vfs))
        _KEPT.append((vfs, opener, disk, real))


_KEPT: Final[list[Any]] = []
"""A file may be closed after the block."""
