"""Refuses new orders while the disk of the state folder has less free space than the configuration wants.

So the disk is never filled by orders, and what was begun can be finished. It is asked before each order and at every
tick; when there is space again, orders are taken again. A ledger in PostgreSQL lies on another disk, but this computer
writes the store's other files all the same.
"""

from __future__ import annotations

import logging
import os
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Final

from kiosk.store.db.waits import is_full as is_full
from kiosk.store.errors import NoSpaceError

log = logging.getLogger(__name__)
MB: Final = 1_000_000
ABOVE: Final = 1.1
"""Orders are taken again from this multiple of the floor on, so that a disk at its floor does not open and close."""


@dataclass(frozen=True, slots=True)
class DiskSpace:
    """Free space for the store's user in MB (millions of bytes), and the floor; `low`: new orders are refused."""

    folder: str
    free_mb: int
    floor_mb: int
    low: bool


class DiskFloor:
    """Watches the disk of a folder. `floor_mb` 0 takes orders on any disk. Safe from any thread."""

    def __init__(self, folder: Path, floor_mb: int) -> None:
        self._folder, self._floor = folder, floor_mb
        self._lock = Lock()
        self._low = False

    def look(self) -> DiskSpace:
        """The disk now; a change is logged once. A folder that cannot be asked counts as low: it cannot be written."""
        with self._lock:
            free = free_bytes(self._folder)
            wanted = self._floor * MB * (ABOVE if self._low else 1)
            low = self._floor > 0 and free < wanted
            if low is not self._low:
                self._low = low
                self._log(free)
            return DiskSpace(str(self._folder), free // MB, self._floor, low)

    def check(self) -> None:
        """To be called before each new order. Raises NoSpaceError."""
        space = self.look()
        if space.low:
            raise NoSpaceError(space.folder, space.free_mb, space.floor_mb)

    def _log(self, free: int) -> None:
        if self._low:
            log.error(
                "%s: %d MB are free, less than payments.min_free_mb (%d); new orders are refused until there are more",
                self._folder, free // MB, self._floor,
            )  # fmt: skip
        else:
            log.warning("%s: %d MB are free; new orders are taken again", self._folder, free // MB)


def free_bytes(folder: Path) -> int:
    """What the store's user may still write to the disk of a folder; 0 if it cannot be asked."""
    try:
        found = os.statvfs(folder)
    except OSError:
        return 0
    return found.f_bavail * found.f_frsize
