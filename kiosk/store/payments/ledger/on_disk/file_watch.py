"""Notices that the file of an open ledger was deleted, replaced, or changed by another program.

Only the store writes its ledger, so between two writes the file stays as its last write left it. This costs two
system calls; it is asked before each order.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final, NamedTuple

from kiosk.store.payments.ledger.state import Condition, LedgerState

JOURNAL_SUFFIX = "-journal"
"""SQLite's rollback journal, which stays beside the file (`journal_mode=PERSIST`)."""


class _Stamp(NamedTuple):
    """A tuple, not a dataclass: several are made for each transaction, in a third of the time."""

    device: int
    inode: int
    size: int
    modified_ns: int

    @classmethod
    def of(cls, path: str) -> _Stamp | None:
        try:
            found = os.stat(path)  # noqa: PTH116 a Path costs several times the system call, for each write
        except OSError:
            return None
        return cls(found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns)

    def is_file(self, other: _Stamp) -> bool:
        return self[:2] == other[:2]


_UNCHANGED: Final = LedgerState()


class FileWatch:
    """Watches one file and its rollback journal."""

    def __init__(self, path: Path) -> None:
        self._path, self._journal = str(path), str(path) + JOURNAL_SUFFIX
        self._file, self._beside = _Stamp.of(self._path), _Stamp.of(self._journal)

    def renew(self) -> None:
        """The file was written by the store; to be called after each write. Another file in its place stays unknown."""
        now = _Stamp.of(self._path)
        if now is not None and self._file is not None and now.is_file(self._file):
            self._file = now
        if self._beside is None:
            self._beside = _Stamp.of(self._journal)

    def changed(self) -> LedgerState:
        """What has happened to the file since `renew`."""
        now, known = _Stamp.of(self._path), self._file
        if known is None or now is None:
            return LedgerState(Condition.REMOVED, "the file was deleted while the store runs")
        if not now.is_file(known):
            return LedgerState(Condition.REMOVED, "the file was replaced by another one while the store runs")
        if now != known:
            return LedgerState(
                Condition.CHANGED, "the file was changed by another program while the store runs"
            )
        if self._beside is not None:
            journal = _Stamp.of(self._journal)
            if journal is None or not journal.is_file(self._beside):
                return LedgerState(Condition.CHANGED, f"{self._journal} was deleted while the store runs")
        return _UNCHANGED
