"""A ledger file that only serves what can be read of it: damaged, an old copy, or a closed one of earlier days.

The file itself is never changed. If SQLite cannot read it as it is, the readable entries are copied to another file
(`copy_readable`), which is served instead.
"""

from __future__ import annotations

import logging
import shutil
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, suppress
from pathlib import Path
from typing import Any, Final

from kiosk.store.db.unreadable import UNREADABLE
from kiosk.store.errors import LedgerDamagedError, PaymentsClosedError
from kiosk.store.payments.ledger.chain import ChainKey
from kiosk.store.payments.ledger.derived import Derived
from kiosk.store.payments.ledger.on_disk.file_watch import JOURNAL_SUFFIX
from kiosk.store.payments.ledger.rebuild import rebuild
from kiosk.store.payments.ledger.schema import DERIVED_SQLITE, FORMAT, JOURNAL_SQLITE, Statements, statements
from kiosk.store.payments.ledger.sql_ledger import SqlLedger
from kiosk.store.payments.ledger.sqlite_ledger import readable_text
from kiosk.store.payments.ledger.state import LedgerState

log = logging.getLogger(__name__)
_PAGE: Final = 4096
_MIN_ENTRY_BYTES: Final = 90
"""No entry is shorter (its hash alone has 64 characters), so a file of n bytes has fewer than n / 90 entries."""


class ReadableLedger(SqlLedger):
    """A ledger file opened for reading only; it takes no entry. `state` says why."""

    def __init__(self, path: Path, key: ChainKey, state: LedgerState, place: str = "") -> None:
        """`place` names the ledger in messages, if `path` is a copy. Raises LedgerDamagedError if it cannot be read."""
        super().__init__(key, Statements(""), place or str(path))
        self._state = state
        self.is_copy = bool(place)
        try:
            self._connection = _read_only(path)
        except sqlite3.Error as error:
            raise LedgerDamagedError(self.place, 0, str(error)) from error
        try:
            self._head = self._durable = self._read_head()
        except (*UNREADABLE, sqlite3.Error, LedgerDamagedError) as error:
            self._connection.close()
            raise LedgerDamagedError(self.place, 0, str(error)) from error

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
    """Whether SQLite reads the whole file, with the derived tables. It reads all pages."""
    try:
        with closing(_read_only(path)) as connection:
            (version,) = connection.execute("PRAGMA user_version").fetchone()
            return bool(
                version == FORMAT and connection.execute("PRAGMA quick_check(1)").fetchone() == ("ok",)
            )
    except (*UNREADABLE, sqlite3.Error):
        return False


def copy_readable(source: Path, target: Path) -> int:
    """Copies the readable entries of a ledger file to a new one and makes its derived tables; their number.

    Raises OSError, sqlite3.Error, UnicodeDecodeError.
    """
    for file in (target, *_beside(target)):
        file.unlink(missing_ok=True)
    raw = target.with_name(target.name + ".raw")
    try:
        # the raw copy takes the changes that reading needs: a rollback journal is played back, a lost end is accepted
        for suffix in ("", JOURNAL_SUFFIX):
            if source.with_name(source.name + suffix).exists():
                shutil.copyfile(source.with_name(source.name + suffix), raw.with_name(raw.name + suffix))
        with closing(sqlite3.connect(target, isolation_level=None)) as copy:
            target.chmod(0o600)
            count = _fill(copy, raw)
            if not count and raw.stat().st_size > _PAGE:
                # the first page, which describes the tables, is alike in all ledgers but for the number of pages
                _replace_first_page(raw, target)
                count = _fill(copy, raw)
            return count
    finally:
        for file in (raw, *_beside(raw)):
            file.unlink(missing_ok=True)


def _replace_first_page(raw: Path, like: Path) -> None:
    """SQLite's file format, section 1.3: the number of pages is at offset 28, and again what it is valid for at 92."""
    with like.open("rb") as file:
        page = bytearray(file.read(_PAGE))
    page[28:32] = (raw.stat().st_size // _PAGE).to_bytes(4, "big")
    page[92:96] = page[24:28]
    with raw.open("r+b") as file:
        file.write(page)


def _fill(copy: sqlite3.Connection, raw: Path) -> int:
    copy.execute("PRAGMA journal_mode = PERSIST")
    copy.execute("BEGIN IMMEDIATE")
    for schema in (JOURNAL_SQLITE, DERIVED_SQLITE):
        for statement in statements(schema):
            copy.execute(statement)
    sql = Statements("")
    with closing(sqlite3.connect(raw, isolation_level=None)) as damaged:
        damaged.text_factory = bytes
        for row in _rows(damaged, raw.stat().st_size // _MIN_ENTRY_BYTES):
            # texts that are not UTF-8, and values of another type, are left out
            with suppress(sqlite3.IntegrityError, UnicodeDecodeError):
                copy.execute(sql.insert, [x.decode() if isinstance(x, bytes) else x for x in row])

    def execute(statement: str, values: Sequence[object]) -> list[tuple[Any, ...]]:
        return copy.execute(statement, values).fetchall()

    count = rebuild(execute, sql, Derived(execute, sql))
    copy.execute(f"PRAGMA user_version = {FORMAT}")
    copy.execute("COMMIT")
    return count


def _rows(connection: sqlite3.Connection, most: int) -> Iterator[tuple[Any, ...]]:
    """The rows of the journal that can be read; after one that cannot, the next ones are looked for."""
    after, step = 0, 1
    query = (
        "SELECT seq, at_us, kind, order_id, key, state, body, chain FROM journal WHERE seq > ? ORDER BY seq"
    )
    while after <= most:
        try:
            # a file that has lost its end, and a schema with mistakes, are read as far as they go
            connection.execute("PRAGMA writable_schema = ON")
            for row in connection.execute(query, (after,)):
                # a damaged page has any numbers
                if isinstance(row[0], int) and after < row[0] <= most:
                    yield row
                    after, step = row[0], 1
        except UNREADABLE:
            after, step = after + step, 2 * step
        else:
            return


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


def _beside(path: Path) -> tuple[Path, ...]:
    return tuple(path.with_name(path.name + suffix) for suffix in (JOURNAL_SUFFIX, "-wal", "-shm"))
