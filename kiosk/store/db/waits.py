"""How long a transaction waits for a lock of another program, and which database errors say that it waited in vain.

Under a lock of the store's state (`StateLock`) that is a few milliseconds. Once a wait was in vain, the next ones are
shorter for a while: requests that queue up must not each wait again.
"""

from __future__ import annotations

import errno
import sqlite3
import time
from collections.abc import Callable
from typing import Final

from sqlalchemy.exc import DBAPIError, SQLAlchemyError

UNDER_LOCK_S: Final = 0.03
"""For a thread that holds a lock of the store's state."""
FOR_REQUEST_S: Final = 0.12
"""For other threads of a running store: somebody waits for the answer, and the mirror sends it again."""
WHILE_BUSY_S: Final = 0.05
"""For them, while the database is busy."""
IN_BACKGROUND_S: Final = 5.0
"""For imports, and for commands beside the store."""
BUSY_FOR_S: Final = 0.5
"""How long a database counts as busy after a wait in vain."""
LOCKED_FOR_S: Final = 5.0
"""Changes that fail for so long, and none that succeeds: the store cannot do its work."""
_AT_ONCE_S: Final = 0.001
_LOCK_NOT_AVAILABLE: Final = "55P03"
"""PostgreSQL's SQLSTATE (documentation, appendix A)."""
_DISK_FULL: Final = "53100"
_SQLITE_BUSY: Final = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)


class DatabaseBusyError(SQLAlchemyError):
    """Another thread or program writes to the database for longer than this one may wait."""

    def __init__(self) -> None:
        super().__init__("the database is being written by another program")


def is_busy(error: BaseException) -> bool:
    """Whether a lock of another program is the cause."""
    if isinstance(error, DatabaseBusyError):
        return True
    cause = error.orig if isinstance(error, DBAPIError) else error
    if getattr(cause, "sqlstate", None) == _LOCK_NOT_AVAILABLE:
        return True
    return getattr(cause, "sqlite_errorcode", 0) & 0xFF in _SQLITE_BUSY


def is_full(error: BaseException) -> bool:
    """Whether a database could not be written because its disk is full."""
    cause = error.orig if isinstance(error, DBAPIError) else error
    if getattr(cause, "sqlstate", None) == _DISK_FULL:
        return True
    return getattr(cause, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_FULL


def reason_of(error: BaseException) -> str:
    """A short reason for an error that comes from outside the program; empty for any other."""
    if is_full(error) or (isinstance(error, OSError) and error.errno == errno.ENOSPC):
        return "the disk is full"
    if is_busy(error):
        return "another program writes to the database"
    if isinstance(error, SQLAlchemyError):
        return f"the database does not answer ({type(error).__name__})"
    if isinstance(error, OSError):
        return f"a file cannot be used ({error.strerror or type(error).__name__})"
    return ""


class Waits:
    """Remembers whether the database was busy a moment ago. Safe from any thread."""

    def __init__(self, now_s: Callable[[], float] = time.monotonic) -> None:
        """`now_s`: a monotonic clock."""
        self._now_s = now_s
        self._busy_until_s, self._locked_since_s = 0.0, 0.0
        self.full = False
        """Whether the last change failed because the disk is full."""

    def seconds(self, wanted: float, *, under_lock: bool) -> float:
        """How long the next transaction may wait. Imports and commands wait as long as they want."""
        if not under_lock:
            return min(wanted, WHILE_BUSY_S) if self.busy and wanted <= FOR_REQUEST_S else wanted
        return _AT_ONCE_S if self.busy else min(wanted, UNDER_LOCK_S)

    @property
    def busy(self) -> bool:
        """Whether the last wait in vain is not long ago."""
        return self._now_s() < self._busy_until_s

    def note(self, error: BaseException) -> None:
        """A transaction failed."""
        if is_busy(error):
            now_s = self._now_s()
            self._busy_until_s = now_s + BUSY_FOR_S
            self._locked_since_s = self._locked_since_s or now_s
        if is_full(error):
            self.full = True

    def written(self) -> None:
        """A change was committed."""
        self.full, self._locked_since_s = False, 0.0

    @property
    def locked_s(self) -> float:
        """How long every change has failed because another program writes; 0 if the last one succeeded."""
        since_s = self._locked_since_s
        return self._now_s() - since_s if since_s else 0.0
