"""A ledger file that only serves what can be read of it: damaged, an old copy, or a closed one of earlier days.

The file itself is never changed. If SQLite cannot read it as it is, the readable entries are copied to another file
(`on_disk.readable_copy`), which is served instead.
"""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any, Final, NamedTuple

from kiosk.store.db.unreadable import UNREADABLE, readable_text
from kiosk.store.errors import LedgerDamagedError, PaymentsClosedError
from kiosk.store.payments.ledger.chain import ChainKey
from kiosk.store.payments.ledger.on_disk.stored_schema import difference, require_known_schema
from kiosk.store.payments.ledger.schema import FORMAT, Statements
from kiosk.store.payments.ledger.sql_ledger import SqlLedger
from kiosk.store.payments.ledger.state import LedgerState

log = logging.getLogger(__name__)
_LASTING: Final = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_ERROR)
"""Errors of SQLite by the content of a file; with others (locked, the disk fails) it may be read another time."""


class FileDamage(NamedTuple):
    """What is wrong with a file; empty if nothing is. `lasting`: as long as its content is the same."""

    why: str = ""
    lasting: bool = True


class ReadableLedger(SqlLedger):
    """A ledger file opened for reading only; it takes no entry. `state` says why."""

    def __init__(self, path: Path, key: ChainKey, state: LedgerState, place: str = "") -> None:
        """`place` names the ledger in messages, if `path` is a copy. Raises LedgerDamagedError if it cannot be read."""
        super().__init__(key, Statements(""), place or str(path))
        self._state = state
        self.path = path
        self.is_copy = bool(place)
        try:
            self._connection = _read_only(path)
        except sqlite3.Error as error:
            raise LedgerDamagedError(self.place, 0, str(error)) from error
        try:
            self._check_schema()
            self._head = self._durable = self._read_head()
        except (*UNREADABLE, sqlite3.Error, LedgerDamagedError) as error:
            self._connection.close()
            raise LedgerDamagedError(self.place, 0, str(error)) from error

    def _check_schema(self) -> None:
        """Raises LedgerDamagedError if a table, index or trigger is not as it was created."""
        require_known_schema(self._connection, self.place)

    @property
    def _in_transaction(self) -> bool:
        return False

    def _execute(self, statement: str, values: Sequence[object]) -> list[tuple[Any, ...]]:
        try:
            return self._connection.execute(statement, values).fetchall()
        except UNREADABLE as error:
            raise LedgerDamagedError(self.place, 0, str(error)) from error

    def _insert(self, row: Sequence[object]) -> None:  # noqa: ARG002 of the base class
        raise PaymentsClosedError(str(self._state))

    def _begin(self) -> None:
        raise PaymentsClosedError(str(self._state))

    def _commit(self) -> None:
        """Nothing was begun."""

    def _rollback(self) -> None:
        """Nothing was begun."""

    def _make_durable(self) -> None:
        """Nothing was written."""

    def _close(self) -> None:
        self._connection.close()

    def _changed_outside(self) -> LedgerState:
        return self._state


def is_readable(path: Path) -> bool:
    """Whether SQLite reads the whole file, with its indexes and derived tables, and the schema is ours."""
    try:
        with closing(_read_only(path)) as connection:
            (version,) = connection.execute("PRAGMA user_version").fetchone()
            return version == FORMAT and not _damage(connection)
    except (*UNREADABLE, sqlite3.Error):
        return False


def file_damage(path: Path) -> FileDamage:
    """What is wrong with the schema, a page or an index of a file of any version. Reads all of it, with a connection of
    its own."""
    try:
        with closing(_read_only(path)) as connection:
            return FileDamage(_damage(connection))
    except (*UNREADABLE, sqlite3.Error) as error:
        code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT) & 0xFF
        return FileDamage(f"the file is damaged: {error}", lasting=code in _LASTING)


def _damage(connection: sqlite3.Connection) -> str:
    if why := difference(connection):
        return f"the file is damaged: its schema was changed ({why})"
    (found,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
    return "" if found == "ok" else f"the file is damaged: {' '.join(found.split())}"


def _read_only(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?mode=ro",
        uri=True,
        isolation_level=None,
        check_same_thread=False,
        timeout=2,
    )
    connection.text_factory = readable_text
    return connection
