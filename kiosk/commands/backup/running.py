"""Copies of database and ledger for `cheval backup`: taken by the running store, or by this process with its lock."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from kiosk.commands.ledger_store import CommandError, Progress, StoreJob, alone
from kiosk.store.api.administration.backup_routes import SnapshotAnswer
from kiosk.store.backup.snapshot import Snapshot, take_snapshot
from kiosk.store.payments.ledger.opening import open_ledger
from kiosk.store.payments.ledger.port import Head
from kiosk.store.resources import ledger_place
from kiosk.store.settings import StoreSettings
from kiosk.store.staff.local_access import running_store


class RunningSnapshots(StoreJob[SnapshotAnswer]):
    """The snapshots of the running store."""

    part = "backup"
    path = "snapshot"

    def parsed(self, found: Any) -> SnapshotAnswer:
        """The answer about the copies."""
        return SnapshotAnswer.model_validate(found)

    def take(self, progress: Progress) -> Snapshot:
        """Has the store copy into its folder. Raises CommandError, ConnectionError."""
        end = self.ended(progress)
        if end.taken is None:
            raise CommandError(end.failure)
        return Snapshot(Head(end.taken.seq, end.taken.chain, end.taken.receipts), end.taken.ledgers)


def snapshots(settings: StoreSettings, folder: Path, progress: Progress) -> Snapshot:
    """Copies of one moment in `folder`, which is the one that a store uses as well.

    Raises CommandError, StoreError, ConnectionError, OSError, sqlite3.Error, SQLAlchemyError.
    """
    found = running_store(settings.state)
    if found is not None and (asked := RunningSnapshots(found)).answers():
        return asked.take(progress)
    with alone(settings) as held:
        ledger = open_ledger(ledger_place(settings), held.key, held.kept.read())
        try:
            return take_snapshot(ledger, settings.database_url, folder, progress)
        finally:
            ledger.close()
