"""Settings that lose acknowledged data in a power cut, planted into the store whose writes are recorded."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType

from sqlalchemy import Connection

from kiosk.store import resources
from kiosk.store.db.database import Database
from kiosk.store.payments.ledger import opening
from kiosk.store.payments.ledger.port import Head
from kiosk.store.payments.ledger.sqlite_ledger import SqliteLedger


class _Ledger(SqliteLedger):
    """A ledger with another journal."""

    journal, synchronous = "PERSIST", "EXTRA"

    def _open(self, kept: Head | None) -> None:
        super()._open(kept)
        # with a lasting lock the journal would not be deleted
        self._connection.execute("PRAGMA locking_mode=NORMAL")
        self._connection.execute("SELECT count(*) FROM journal").fetchall()
        self._connection.execute(f"PRAGMA journal_mode={self.journal}")
        self._connection.execute(f"PRAGMA synchronous={self.synchronous}")
        # it would notice that the journal of the ledger's own settings is not there
        self._watch = None


class WalNormal(_Ledger):
    """Commits without waiting for the disk."""

    journal, synchronous = "WAL", "NORMAL"


class Unsynced(_Ledger):
    """Never waits for the disk: the file may be damaged anywhere."""

    synchronous = "OFF"


class FolderNotSynced(_Ledger):
    """A commit deletes the journal and does not sync the folder: the journal may be there again and undo the commit."""

    journal, synchronous = "DELETE", "FULL"


class FolderSynced(_Ledger):
    """The same with a sync of the folder, which loses nothing."""

    journal, synchronous = "DELETE", "EXTRA"


class NotDurable(Database):
    """Commits sold pieces without waiting for the disk."""

    @contextmanager
    def writing(self, wait_s: float = 0.0, *, durable: bool = False) -> Iterator[Connection]:
        del durable
        with super().writing(wait_s) as connection:
            yield connection


@contextmanager
def _instead(module: ModuleType, name: str, planted: object) -> Iterator[None]:
    before = vars(module)[name]
    vars(module)[name] = planted
    try:
        yield
    finally:
        vars(module)[name] = before


@contextmanager
def ledger(planted: type[SqliteLedger]) -> Iterator[None]:
    """Stores that are opened in this block have this ledger."""
    with _instead(opening, "SqliteLedger", planted):
        yield


@contextmanager
def nothing_durable_in_the_database() -> Iterator[None]:
    """Stores that are opened in this block have a `NotDurable` database."""
    with _instead(resources, "Database", NotDurable):
        yield
