"""Copies database and ledger of one moment, also while the store runs and writes.

The moment is fixed under the lock of the ledger: the last pages of its file are copied, and a reading transaction of
the database is begun. Both are then as a power cut at that moment would have left them, and a store continues from
that: what the ledger calls done is in the database.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Protocol

from sqlalchemy import make_url

from kiosk.store.backup.postgres_rows import PostgresReader
from kiosk.store.errors import BackupError
from kiosk.store.payments.ledger.port import Head
from kiosk.store.payments.ledger.sql_ledger import SqlLedger
from kiosk.store.payments.ledger.sqlite_ledger import SqliteLedger

DATABASE_FILE: Final = "store.db"
LEDGER_FILE: Final = "ledger.db"
_PAGES: Final = 1024
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Snapshot:
    """`end`: the last entry of the ledger; `ledgers`: the numbers of the ledgers in PostgreSQL, each in a file
    `ledger-N.db`."""

    end: Head
    ledgers: tuple[int, ...]


class DatabaseReader(Protocol):
    """Reads a database in the state of one moment."""

    def begin(self) -> None:
        """Fixes the moment."""
        ...

    def copy(self, folder: Path, progress: Progress) -> tuple[int, ...]:
        """Writes `store.db`, and the ledgers that are in the database; their numbers."""
        ...


def take_snapshot(ledger: SqlLedger, database_url: str, folder: Path, progress: Progress) -> Snapshot:
    """Writes the copies into an empty folder.

    Raises BackupError for a ledger that is closed, OSError, sqlite3.Error, sqlalchemy.exc.SQLAlchemyError.
    """
    if ledger.state.closed:
        raise BackupError(f"the ledger cannot be backed up: {ledger.state}")
    with _reader(database_url) as reader:
        if isinstance(ledger, SqliteLedger) and ledger.path is not None:
            with ledger.copied(folder / LEDGER_FILE, progress) as end:
                reader.begin()
        else:
            with ledger.held() as end:
                reader.begin()
        return Snapshot(end, reader.copy(folder, progress))


@contextmanager
def _reader(url: str) -> Iterator[DatabaseReader]:
    parsed = make_url(url)
    if parsed.get_backend_name() == "postgresql":
        with closing(PostgresReader(url)) as postgres:
            yield postgres
    else:
        with closing(SqliteReader(Path(str(parsed.database)))) as sqlite:
            yield sqlite


class SqliteReader:
    """An SQLite file; with its write-ahead log, a reading transaction keeps the state at its begin."""

    def __init__(self, file: Path) -> None:
        self._connection = sqlite3.connect(file, isolation_level=None, timeout=5)

    def begin(self) -> None:
        self._connection.execute("BEGIN")
        self._connection.execute("SELECT count(*) FROM sqlite_master").fetchone()

    def copy(self, folder: Path, progress: Progress) -> tuple[int, ...]:
        with closing(sqlite3.connect(folder / DATABASE_FILE, isolation_level=None)) as target:
            for setting in ("journal_mode = OFF", "synchronous = OFF"):
                target.execute(f"PRAGMA {setting}")
            self._connection.backup(
                target, pages=_PAGES, progress=lambda _, left, total: progress(total - left, total)
            )
        # the copy names a write-ahead log, which it does not need
        with closing(sqlite3.connect(folder / DATABASE_FILE, isolation_level=None)) as target:
            target.execute("PRAGMA journal_mode = DELETE")
        return ()

    def close(self) -> None:
        self._connection.close()
