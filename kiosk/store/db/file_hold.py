"""Lock of a state folder or an SQLite file: flock(2) on a file beside it, which ends with the process."""

from __future__ import annotations

import fcntl
import os
import time
from pathlib import Path

from kiosk.store.db.holder import Holder, StoreHeldError

WAIT_S = 2.0
"""How long to wait for a store that is closing."""
_POLL_S = 0.05
_MAX_BYTES = 4096


class FileHold:
    """An exclusive lock. The file stays; its text says who holds it."""

    def __init__(self, file: Path, place: str, wait_s: float = WAIT_S) -> None:
        """Raises StoreHeldError if another process, or another object of this one, holds it; OSError."""
        self._file = os.open(file, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_NONBLOCK, 0o600)
        try:
            self._lock(place, time.monotonic() + wait_s)
            self._write(Holder.of_this_process().as_json())
        except BaseException:
            # also where the disk is full: an open file would keep the lock until the process ends
            os.close(self._file)
            raise

    def close(self) -> None:
        """Gives the lock back. May be called once."""
        self._write("")
        os.close(self._file)

    def _lock(self, place: str, until: float) -> None:
        while True:
            try:
                fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                return
            except BlockingIOError:
                if time.monotonic() >= until:
                    text = os.pread(self._file, _MAX_BYTES, 0).decode("utf-8", "replace")
                    raise StoreHeldError(place, Holder.from_json(text)) from None
            time.sleep(_POLL_S)

    def _write(self, text: str) -> None:
        os.ftruncate(self._file, 0)
        os.pwrite(self._file, text.encode(), 0)
