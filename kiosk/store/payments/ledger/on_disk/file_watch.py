"""Notices that the file of an open ledger was deleted, replaced, or changed by another program.

Only the store writes its ledger, so between two writes the file stays as its last write left it. This costs two
system calls; it is asked before each order.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

from kiosk.store.payments.ledger.state import Condition, LedgerState

JOURNAL_SUFFIX = "-journal"
"""SQLite's rollback journal, which stays beside the file (`journal_mode=PERSIST`)."""


_Stamp = tuple[int, int, int, int]
"""Device, inode, size and time of the last change (ns). A plain tuple: three are made for each transaction."""


def _stamp(path: str) -> _Stamp | None:
    try:
        found = os.stat(path)  # noqa: PTH116 a Path costs several times the system call, for each write
    except OSError:
        return None
    return found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns


def _is_same_file(one: _Stamp, other: _Stamp) -> bool:
    return one[1] == other[1] and one[0] == other[0]


_UNCHANGED: Final = LedgerState()


class FileWatch:
    """Watches one file and its rollback journal."""

    def __init__(self, path: Path) -> None:
        self._path, self._journal = str(path), str(path) + JOURNAL_SUFFIX
        self._file, self._beside = _stamp(self._path), _stamp(self._journal)

    def renew(self) -> None:
        """The file was written by the store; to be called after each write. Another file in its place stays unknown."""
        now = _stamp(self._path)
        if now is not None and self._file is not None and _is_same_file(now, self._file):
            self._file = now
        if self._beside is None:
            self._beside = _stamp(self._journal)

    def changed(self) -> LedgerState:
        """What has happened to the file since `renew`."""
        now, known = _stamp(self._path), self._file
        if known is None or now is None:
            return LedgerState(Condition.REMOVED, "the file was deleted while the store runs")
        if not _is_same_file(now, known):
            return LedgerState(Condition.REMOVED, "the file was replaced by another one while the store runs")
        if now != known:
            return LedgerState(
                Condition.CHANGED, "the file was changed by another program while the store runs"
            )
        if self._beside is not None:
            journal = _stamp(self._journal)
            if journal is None or not _is_same_file(journal, self._beside):
                return LedgerState(Condition.CHANGED, f"{self._journal} was deleted while the store runs")
        return _UNCHANGED
