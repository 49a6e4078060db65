"""Takes the copies for a back-up in a running store, in the background; a command asks for them over the API."""

from __future__ import annotations

import logging
import shutil
import sqlite3
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from sqlalchemy.exc import SQLAlchemyError

from hardware.threads.supervised import start_job
from kiosk.store.backup.contents import STAGING
from kiosk.store.backup.making import SNAPSHOT
from kiosk.store.backup.snapshot import Snapshot, take_snapshot
from kiosk.store.errors import BackupError, TryAgainError
from kiosk.store.payments.ledger.sql_ledger import SqlLedger

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class SnapshotProgress:
    """`taken` is None while the copies are made, and if that failed (`failure`)."""

    running: bool
    done: int = 0
    total: int = 0
    taken: Snapshot | None = None
    failure: str = ""


class SnapshotJob:
    """The last snapshot; at most one runs at a time. Safe to use from any thread."""

    def __init__(self, ledger: SqlLedger, database_url: str, state: Path) -> None:
        self._ledger, self._url, self._folder = ledger, database_url, state / STAGING / SNAPSHOT
        self._lock = Lock()
        self._now: SnapshotProgress | None = None

    @property
    def progress(self) -> SnapshotProgress | None:
        """The snapshot that is taken or was taken last; None if there was none since the start."""
        return self._now

    def start(self) -> SnapshotProgress:
        """Starts to copy into `backup/snapshot` of the state folder. Raises TryAgainError while that runs, OSError."""
        with self._lock:
            if self._now is not None and self._now.running:
                raise TryAgainError("a snapshot is being taken already")
            shutil.rmtree(self._folder, ignore_errors=True)
            self._folder.mkdir(mode=0o700, parents=True)
            before, self._now = self._now, SnapshotProgress(running=True)
            try:
                start_job("backup-snapshot", self._run)
            except RuntimeError:
                self._now = before
                raise
            return SnapshotProgress(running=True)

    def _run(self) -> None:
        try:
            taken = take_snapshot(self._ledger, self._url, self._folder, self._progressed)
        except Exception as error:
            if not isinstance(error, (BackupError, OSError, sqlite3.Error, SQLAlchemyError)):
                log.exception("the snapshot for a back-up failed")
            self._now = SnapshotProgress(running=False, failure=_said(error))
            shutil.rmtree(self._folder, ignore_errors=True)
        else:
            self._now = SnapshotProgress(running=False, taken=taken)

    def _progressed(self, done: int, total: int) -> None:
        self._now = SnapshotProgress(running=True, done=done, total=total)


def _said(error: Exception) -> str:
    if isinstance(error, BackupError):
        return str(error)
    if isinstance(error, OSError):
        return f"{error.filename}: {error.strerror}"
    if isinstance(error, sqlite3.Error):
        return f"the copy could not be written: {error}"
    if isinstance(error, SQLAlchemyError):
        return f"the database fails with {type(error).__name__}"
    return type(error).__name__
