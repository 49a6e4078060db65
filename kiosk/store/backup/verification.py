"""Checks an unpacked back-up as a restore would find it: database, ledgers, and what the list says of them.

The files of the database and of the ledger are moved to the places of the state folder at which a store opens them.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from sqlalchemy.exc import SQLAlchemyError

from kiosk.store.backup.manifest import DATABASE, LEDGER, Manifest, ledger_in_database
from kiosk.store.db.database import Database
from kiosk.store.db.revisions import known_revisions
from kiosk.store.db.tables import METADATA
from kiosk.store.errors import BackupError, DatabaseNewerError, StoreError
from kiosk.store.payments.ledger.archives import LedgerPlace
from kiosk.store.payments.ledger.chain import ChainKey
from kiosk.store.payments.ledger.heads import DatabaseHead
from kiosk.store.payments.ledger.opening import open_ledger
from kiosk.store.payments.ledger.readable import ReadableLedger
from kiosk.store.payments.ledger.sql_ledger import SqlLedger
from kiosk.store.payments.ledger.state import Condition, LedgerState
from kiosk.store.payments.ledger.upkeep.audit import audit
from kiosk.store.staff.tokens import SECRET_FILE, store_key

Progress = Callable[[int, int], None]
_STATE: Final = "state"
_KEPT: Final = LedgerState(Condition.ARCHIVED, "a copy in a back-up")


@dataclass(frozen=True, slots=True)
class Verified:
    """`entries`: entries of all ledgers; `lost`: ledgers that were lost before the back-up was made."""

    entries: int
    lost: tuple[str, ...]


def verify(folder: Path, manifest: Manifest, progress: Progress) -> Verified:
    """Checks the files of an unpacked back-up, and migrates older ones.

    Raises BackupError, which says what is wrong, or OSError.
    """
    state = folder / _STATE
    state.mkdir(mode=0o700, exist_ok=True)
    if not (state / SECRET_FILE).is_file():
        raise BackupError("the store's key (store.key) is missing in the back-up")
    database = _moved(folder, DATABASE, state / "store.db")
    if database is None:
        raise BackupError("the store's database is missing in the back-up")
    try:
        _check_database(database, manifest)
        return _check_ledgers(folder, state, manifest, progress)
    except (sqlite3.Error, SQLAlchemyError, UnicodeDecodeError) as error:
        raise BackupError(f"a database of the back-up is damaged ({type(error).__name__})") from error
    except DatabaseNewerError as error:
        raise BackupError(str(error)) from error
    except BackupError:
        raise
    except StoreError as error:
        raise BackupError(f"the ledger of the back-up cannot be used: {error}") from error


def rows_of(file: Path) -> dict[str, int]:
    """The number of rows of each table that the database has. Raises sqlite3.Error."""
    with closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)) as opened:
        there = {name for (name,) in opened.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        return {
            name: int(opened.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0])  # noqa: S608 from the schema
            for name in sorted(there & set(METADATA.tables))
        }


def revision_of(file: Path) -> str:
    """The revision of the tables of an SQLite file. Raises sqlite3.Error."""
    with closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)) as opened:
        return str(opened.execute("SELECT version_num FROM alembic_version").fetchone()[0])


def _moved(folder: Path, name: str, place: Path) -> Path | None:
    file = folder / name
    if file.is_file():
        file.replace(place)
        return place
    return place if place.is_file() else None


def _check_database(file: Path, manifest: Manifest) -> None:
    with closing(sqlite3.connect(file)) as opened:
        (found,) = opened.execute("PRAGMA integrity_check(1)").fetchone()
    if found != "ok":
        raise BackupError(f"the database of the back-up is damaged: {found}")
    if (revision := revision_of(file)) not in known_revisions():
        raise BackupError("the back-up is of a newer version; install that version, then restore it")
    if revision != manifest.revision or rows_of(file) != manifest.rows:
        raise BackupError("the database of the back-up has other rows than its list says")


def _check_ledgers(folder: Path, state: Path, manifest: Manifest, progress: Progress) -> Verified:
    key = ChainKey(store_key(state))
    entries, lost = _check_tables(folder, manifest, key, progress)
    if manifest.ledger_in_database:
        return Verified(entries, tuple(lost))
    if _moved(folder, LEDGER, state / "ledger.db") is None:
        raise BackupError("the ledger is missing in the back-up")
    database = Database(f"sqlite:///{state / 'store.db'}")
    try:
        opened = open_ledger(LedgerPlace(state / "ledger.db"), key, DatabaseHead(database).read())
    finally:
        database.close()
    try:
        if opened.state.closed:
            raise BackupError(f"the ledger of the back-up cannot be used: {opened.state}")
        entries += _check_chain(opened, progress)
        _require_end(opened, manifest)
        lost += [str(each) for each in opened.lost_archives]
    finally:
        opened.close()
    return Verified(entries, tuple(lost))


def _check_tables(
    folder: Path, manifest: Manifest, key: ChainKey, progress: Progress
) -> tuple[int, list[str]]:
    """Checks the ledgers that were in the database: how many entries they have, and which of the earlier ones are
    damaged. These are backed up as they are: nobody can repair them, and they must not stop the back-ups."""
    entries, lost = 0, []
    for number in manifest.ledgers:
        ledger = ReadableLedger(folder / ledger_in_database(number), key, _KEPT)
        try:
            if manifest.ledger_in_database and number == max(manifest.ledgers):
                entries += _check_chain(ledger, progress)
                _require_end(ledger, manifest)
                continue
            found = audit(ledger, progress, alone=False)
            entries += found.entries
            if found.damaged:
                lost.append(
                    f"ledger {number} of the database: entry {found.shown[0].seq} {found.shown[0].why}"
                )
        finally:
            ledger.close()
    return entries, lost


def _check_chain(ledger: SqlLedger, progress: Progress) -> int:
    if ledger.head.seq == 0:
        return 0
    found = audit(ledger, progress, alone=False)
    if found.damaged:
        raise BackupError(f"entry {found.shown[0].seq} of the ledger {found.shown[0].why}")
    return found.entries


def _require_end(ledger: SqlLedger, manifest: Manifest) -> None:
    end = manifest.ledger_end
    if ledger.head.seq < end.seq or (end.seq and ledger.chain_at(end.seq) != end.chain):
        raise BackupError("the ledger of the back-up has another end than its list says")
