"""Moves a shop's data from the SQLite files of its state folder into an empty PostgreSQL database.

No store may run meanwhile: the caller holds the state folder, and the target is held here. Everything is written in
one transaction, read back in it and compared with the original; only then it is committed, and a mark is put into the
state folder that keeps stores from the old files. Where it is interrupted, it is run again: an unfinished transaction
leaves nothing in PostgreSQL, and one that was committed is compared and counts as done.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, create_engine, make_url

from kiosk.store.backup.moved.comparison import compare
from kiosk.store.backup.postgres_rows import is_empty, opened, write_rows
from kiosk.store.backup.snapshot import DATABASE_FILE, LEDGER_FILE, take_snapshot
from kiosk.store.db.postgres_hold import PostgresHold
from kiosk.store.db.restore_mark import MOVED_FILE
from kiosk.store.errors import BackupError
from kiosk.store.payments.ledger.heads import FileHead
from kiosk.store.payments.ledger.sql_ledger import SqlLedger
from kiosk.store.settings import StoreSettings
from kiosk.store.staff.tokens import write_secret

KEPT: Final = ".before-move"
"""Ends the names of the SQLite files that are not used any more."""
PLACE: Final = ".move"
"""Folder in the state folder for the copies that are written."""
_LEDGER: Final = 1
"""Number of the ledger in the database."""
Say = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Moved:
    """`rows`: of each table, those of the ledger too; `entries`: of the ledger; `again`: all was there already, from a
    run that was interrupted at its end."""

    rows: dict[str, int]
    entries: int
    again: bool


class _RehearsedError(Exception):
    """Ends a rehearsal, so that the transaction is rolled back."""


class Move:
    """One move. `url`: the target; `with_ledger`: the ledger too, else its file stays in the state folder.

    `ledger`: the open ledger of the store.
    """

    def __init__(
        self, settings: StoreSettings, ledger: SqlLedger, url: str, say: Say, *, with_ledger: bool
    ) -> None:
        self._settings, self._ledger, self._url, self._say = settings, ledger, url, say
        self._with_ledger = with_ledger
        self._rows: dict[str, int] = {}

    def run(self, *, rehearse: bool = False) -> Moved:
        """Writes and compares everything; `rehearse`: without changing anything.

        Raises BackupError, StoreHeldError, SQLAlchemyError, OSError, sqlite3.Error.
        """
        hold = PostgresHold(make_url(self._url).set(drivername="postgresql+psycopg"))
        try:
            with self._copies() as (folder, ledgers):
                again = not is_empty(self._url)
                if again:
                    self._compare_with_target(folder, ledgers)
                else:
                    self._write(folder, ledgers, rehearse=rehearse)
            if not rehearse:
                if self._with_ledger:
                    FileHead(self._settings.state).write(self._ledger.head)
                to = make_url(self._url).render_as_string()
                write_secret(self._settings.state / MOVED_FILE, f"{to}\n".encode())
        finally:
            hold.close()
        return Moved(self._rows, self._ledger.head.seq, again)

    @contextmanager
    def _copies(self) -> Iterator[tuple[Path, dict[int, Path]]]:
        state = self._settings.state
        place = state / PLACE
        shutil.rmtree(place, ignore_errors=True)
        self._require_space()
        place.mkdir(mode=0o700)
        try:
            take_snapshot(
                self._ledger, self._settings.database_url, place, partial(self._say, "copying the files")
            )
            yield place, ({_LEDGER: place / LEDGER_FILE} if self._with_ledger else {})
        finally:
            shutil.rmtree(place, ignore_errors=True)

    def _require_space(self) -> None:
        files = (sqlite_database(self._settings), self._settings.ledger_path)
        needed = sum(file.stat().st_size for file in files if file.exists())
        free = shutil.disk_usage(self._settings.state).free
        if free < needed:
            raise BackupError(
                f"the copies need {needed // 1_000_000} MB in {self._settings.state}, and {free // 1_000_000} MB"
                " are free"
            )

    def _write(self, folder: Path, ledgers: dict[int, Path], *, rehearse: bool) -> None:
        def check(original: Connection, copy: Connection) -> None:
            self._compare(original, copy, ledgers)
            if rehearse:
                raise _RehearsedError

        with suppress(_RehearsedError):
            write_rows(
                self._url, folder / DATABASE_FILE, ledgers, partial(self._say, "writing the rows"), check
            )

    def _compare(self, original: Connection, copy: Connection, ledgers: dict[int, Path]) -> None:
        self._rows = compare(original, copy, ledgers, partial(self._say, "comparing the rows"))

    def _compare_with_target(self, folder: Path, ledgers: dict[int, Path]) -> None:
        source = create_engine(f"sqlite:///{folder / DATABASE_FILE}", hide_parameters=True)
        try:
            with source.connect() as original, opened(self._url) as copy:
                self._compare(original, copy, ledgers)
        except Exception as error:
            raise BackupError(
                "the database has tables of a store that are not exactly those of this shop; nothing was changed."
                " Name an empty database"
            ) from error
        finally:
            source.dispose()


def set_aside(settings: StoreSettings, *, with_ledger: bool) -> tuple[Path, ...]:
    """Gives the SQLite files other names, when they are closed; where they are now. Raises OSError."""
    files = [sqlite_database(settings), *([settings.ledger_path] if with_ledger else [])]
    kept = []
    for file in files:
        if file.exists():
            kept.append(file.rename(file.with_name(file.name + KEPT)))
            for rest in ("-wal", "-shm", "-journal"):
                file.with_name(file.name + rest).unlink(missing_ok=True)
    return tuple(kept)


def sqlite_database(settings: StoreSettings) -> Path:
    """The file of the database. Raises BackupError if it is in PostgreSQL, or in memory."""
    url = make_url(settings.database_url)
    if url.get_backend_name() != "sqlite" or not url.database:
        raise BackupError("the store's database is no SQLite file; there is nothing to move")
    return Path(url.database)
