"""Notices that a file has changed, from its inode, modification time and size, without reading it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class FileStamp:
    """Inode, modification time in nanoseconds, and size in bytes; all 0 for a file that is missing or unreadable."""

    inode: int = 0
    modified_ns: int = 0
    size: int = 0

    @classmethod
    def of(cls, file: Path) -> FileStamp:
        try:
            status = file.stat()
        except OSError:
            return cls()
        return cls(status.st_ino, status.st_mtime_ns, status.st_size)


FolderStamp = tuple[tuple[str, FileStamp], ...]
"""Names and stamps of files, in the order of their names."""


def stamp_of_files(files: Iterable[Path]) -> FolderStamp:
    """The stamp of several files of one folder."""
    return tuple((file.name, FileStamp.of(file)) for file in sorted(files))


class ChangeDetector:
    """Says whether a file is another one than at the last call. To be guarded by the caller's lock."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self._stamp: FileStamp | None = None

    def changed(self) -> bool:
        """True at the first call, and whenever the file has changed, appeared or disappeared since the last one."""
        stamp = FileStamp.of(self.file)
        changed, self._stamp = stamp != self._stamp, stamp
        return changed
