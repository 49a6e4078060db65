"""Copies of database and ledger for `cheval backup`: taken by the running store, or by this process with its lock."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from kiosk.commands.ledger_store import CommandError, StoreClient, alone
from kiosk.store.api.administration.backup_routes import SnapshotAnswer
from kiosk.store.backup.snapshot import Snapshot, take_snapshot
from kiosk.store.payments.ledger.opening import open_ledger
from kiosk.store.payments.ledger.port import Head
from kiosk.store.resources import ledger_place
from kiosk.store.settings import StoreSettings
from kiosk.store.staff.local_access import running_store

_POLL_S = 0.1
Progress = Callable[[int, int], None]


class RunningSnapshots(StoreClient):
    """The snapshots of the running store."""

    part = "backup"

    def answers(self) -> bool:
        """Whether this store answers; the file of a store that was killed names it still."""
        try:
            self._ask("GET")
        except ConnectionError:
            return False
        return True

    def take(self, progress: Progress) -> Snapshot:
        """Has the store copy into its folder. Raises CommandError, ConnectionError."""
        now = self._ask("POST")
        while now is not None and now.running:
            progress(now.done, now.total)
            time.sleep(_POLL_S)
            now = self._ask("GET")
        if now is None or now.taken is None:
            raise CommandError(
                now.failure if now else "the store was started again; run the command once more"
            )
        taken = now.taken
        return Snapshot(Head(taken.seq, taken.chain, taken.receipts), taken.ledgers)

    def _ask(self, method: str) -> SnapshotAnswer | None:
        found = self.ask(method, "snapshot")
        return None if found is None else SnapshotAnswer.model_validate(found)


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
