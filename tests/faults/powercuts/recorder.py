"""Records what SQLite writes to the disk, in the library that the store itself uses.

A VFS (https://sqlite.org/vfs.html) is registered in front of the one of the operating system. It is made with ctypes in
the shared library of Python's `sqlite3`, so that the store's own connections go through it, those of SQLAlchemy too;
bindings with a library of their own (apsw) would record another SQLite than the one that is shipped.
"""

from __future__ import annotations

import ctypes
import os
from collections.abc import Iterator
from contextlib import contextmanager
from ctypes import CFUNCTYPE, POINTER, c_char_p, c_int, c_int64, c_void_p
from dataclasses import dataclass
from enum import Enum, unique
from pathlib import Path
from threading import Lock
from typing import Any, Final

LIBRARY: Final = "libsqlite3.so.0"
NAME: Final = b"recording"
_CREATE, _JOURNALS = 0x4, 0x800 | 0x4000 | 0x80000
"""SQLITE_OPEN_CREATE; main journal, super journal and write-ahead log, after whose creation the folder is synced."""
_METHODS: Final = 19
"""Words of `sqlite3_io_methods`, version 3."""
_CLOSE, _WRITE, _TRUNCATE, _SYNC = 1, 3, 4, 5


@unique
class Kind(Enum):
    """What happened to a file. FOLDER_SYNC: names that were made or removed are durable. MARK: see `Recording.mark`."""

    CREATE = "create"
    WRITE = "write"
    TRUNCATE = "truncate"
    SYNC = "sync"
    DELETE = "delete"
    FOLDER_SYNC = "folder-sync"
    MARK = "mark"


@dataclass(frozen=True, slots=True)
class Operation:
    """`at`: offset of a write, or the new size."""

    kind: Kind
    file: str = ""
    at: int = 0
    content: bytes = b""
    mark: Any = None


class _Vfs(ctypes.Structure):
    """`sqlite3_vfs`, up to the functions that are replaced; `rest` are the others of version 3."""

    _fields_ = (
        ("version", c_int), ("file_size", c_int), ("longest_path", c_int), ("following", c_void_p), ("name", c_char_p),
        ("app_data", c_void_p), ("open", c_void_p), ("delete", c_void_p), ("rest", c_void_p * 14),
    )  # fmt: skip


_OPEN = CFUNCTYPE(c_int, c_void_p, c_void_p, c_void_p, c_int, c_void_p)
_DELETE = CFUNCTYPE(c_int, c_void_p, c_void_p, c_int)
_CLOSING = CFUNCTYPE(c_int, c_void_p)
_WRITING = CFUNCTYPE(c_int, c_void_p, c_void_p, c_int, c_int64)
_CUTTING = CFUNCTYPE(c_int, c_void_p, c_int64)
_SYNCING = CFUNCTYPE(c_int, c_void_p, c_int)


@dataclass(slots=True)
class _Open:
    file: str
    sync_folder: bool


class Recording:
    """The operations below a folder, in their order. Safe to use from any thread."""

    def __init__(self, folder: Path) -> None:
        self._prefix, self._lock = f"{folder}/", Lock()
        self.operations: list[Operation] = []

    def mark(self, what: Any) -> None:
        """Notes that something was acknowledged, after everything that is recorded so far."""
        with self._lock:
            self.operations.append(Operation(Kind.MARK, mark=what))

    def inside(self, path: str) -> str:
        """The path below the folder; empty outside of it."""
        return path.removeprefix(self._prefix) if path.startswith(self._prefix) else ""

    def add(self, operation: Operation) -> None:
        with self._lock:
            self.operations.append(operation)


class _Recorder:
    """The VFS. One for the process, since connections may outlive a recording."""

    def __init__(self) -> None:
        self._library = ctypes.CDLL(LIBRARY)
        find = self._library.sqlite3_vfs_find
        find.restype, find.argtypes = POINTER(_Vfs), (c_char_p,)
        self._base = find(None)
        self.recording: Recording | None = None
        self._files: dict[int, _Open] = {}
        self._tables: dict[int, Any] = {}
        self._original: dict[int, Any] = {}
        self._vfs = _Vfs()
        ctypes.pointer(self._vfs)[0] = self._base.contents
        base = self._base.contents
        self._base_open, self._base_delete = _OPEN(base.open), _DELETE(base.delete)
        self._kept = (
            _OPEN(self._open), _DELETE(self._delete), _CLOSING(self._close), _WRITING(self._write),
            _CUTTING(self._truncate), _SYNCING(self._sync),
        )  # fmt: skip
        self._vfs.name = NAME
        self._vfs.open = ctypes.cast(self._kept[0], c_void_p)
        self._vfs.delete = ctypes.cast(self._kept[1], c_void_p)

    def begin(self, recording: Recording) -> None:
        assert self.recording is None, "one recording at a time"
        self.recording = recording
        self._library.sqlite3_vfs_register(ctypes.byref(self._vfs), 1)

    def end(self) -> None:
        self._library.sqlite3_vfs_register(self._base, 1)
        self.recording = None

    def _note(self, kind: Kind, file: str, at: int = 0, content: bytes = b"") -> None:
        if self.recording is not None and file:
            self.recording.add(Operation(kind, file, at, content))

    def _open(self, _: int, name: int | None, file: int, flags: int, out: int | None) -> int:
        path = ctypes.string_at(name).decode() if name else ""
        inside = self.recording.inside(path) if self.recording is not None else ""
        fresh = bool(flags & _CREATE) and bool(path) and not Path(path).exists()
        code = self._base_open(ctypes.addressof(self._base.contents), name, file, flags, out)
        table = ctypes.cast(file, POINTER(c_void_p))
        if code == 0 and table[0]:
            if inside:
                self._files[file] = _Open(inside, fresh and bool(flags & _JOURNALS))
                table[0] = self._replaced(int(table[0] or 0))
            if fresh:
                self._note(Kind.CREATE, inside)
        return int(code)

    def _replaced(self, methods: int) -> int:
        """Address of a copy of a table of methods in which the recorded ones are replaced."""
        if methods not in self._tables:
            words = (c_void_p * _METHODS).from_address(methods)
            copy = (c_void_p * _METHODS)(*words)
            address = ctypes.addressof(copy)
            kinds = {_CLOSE: _CLOSING, _WRITE: _WRITING, _TRUNCATE: _CUTTING, _SYNC: _SYNCING}
            self._original[address] = {place: kind(words[place] or 0) for place, kind in kinds.items()}
            for place, own in zip(kinds, self._kept[2:], strict=True):
                copy[place] = ctypes.cast(own, c_void_p)
            self._tables[methods] = copy
        return ctypes.addressof(self._tables[methods])

    def _of(self, file: int, method: int) -> Any:
        return self._original[ctypes.cast(file, POINTER(c_void_p))[0] or 0][method]

    def _close(self, file: int) -> int:
        self._files.pop(file, None)
        return int(self._of(file, _CLOSE)(file))

    def _write(self, file: int, content: int, size: int, at: int) -> int:
        self._note(Kind.WRITE, self._files[file].file, at, ctypes.string_at(content, size))
        return int(self._of(file, _WRITE)(file, content, size, at))

    def _truncate(self, file: int, size: int) -> int:
        self._note(Kind.TRUNCATE, self._files[file].file, size)
        return int(self._of(file, _TRUNCATE)(file, size))

    def _sync(self, file: int, flags: int) -> int:
        code = int(self._of(file, _SYNC)(file, flags))
        opened = self._files[file]
        self._note(Kind.SYNC, opened.file)
        if opened.sync_folder:
            opened.sync_folder = False
            self._note(Kind.FOLDER_SYNC, opened.file)
        return code

    def _delete(self, _: int, name: int, sync_folder: int) -> int:
        path = ctypes.string_at(name).decode()
        inside = self.recording.inside(path) if self.recording is not None else ""
        existed = os.path.lexists(path)
        code = int(self._base_delete(ctypes.addressof(self._base.contents), name, sync_folder))
        if existed and code == 0:
            self._note(Kind.DELETE, inside)
            if sync_folder & 1:
                self._note(Kind.FOLDER_SYNC, inside)
        return code


_recorder: list[_Recorder] = []


def available() -> bool:
    """Whether the shared library of Python's `sqlite3` can be reached."""
    try:
        ctypes.CDLL(LIBRARY)
    except OSError:
        return False
    return True


@contextmanager
def recording(folder: Path) -> Iterator[Recording]:
    """Records what connections opened in this block write below the folder."""
    if not _recorder:
        _recorder.append(_Recorder())
    found = Recording(folder.resolve())
    _recorder[0].begin(found)
    try:
        yield found
    finally:
        _recorder[0].end()
