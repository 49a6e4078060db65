"""Writes many rows in short transactions, so that requests of the shop wait a few milliseconds at most.

Between two transactions other threads may write for a part of the time that they could not. The number of rows of a
transaction follows how long the last one took. A row that the database refuses is left out alone.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, Final, TypeVar

from sqlalchemy import ColumnElement, Connection, Executable, Table, delete, select, text
from sqlalchemy.exc import DataError, IntegrityError

from kiosk.store.db.database import Database
from kiosk.store.db.overwriting import overwrite_deleted
from kiosk.store.db.salvage import EVER, delete_old_copies
from kiosk.store.db.upsert import upsert
from kiosk.store.db.waits import IN_BACKGROUND_S
from kiosk.store.errors import ImportStoppedError

KindProgress = Callable[[str, int, int], None]
"""Is called often while a file is read, with its kind, the bytes read and the bytes of the file."""
X = TypeVar("X")
R = TypeVar("R")
FIRST_ROWS: Final = 200
MIN_ROWS: Final = 100
MAX_ROWS: Final = 1_000
ALONE_ROWS: Final = 5_000
AIM_S: Final = 0.02
"""How long a transaction keeps other threads from writing; the number of rows is adapted to it."""
SHARE: Final = 0.5
"""Other threads may write for this part of the time for which they could not."""
MIN_PAUSE_S: Final = 0.001
READ_S: Final = 0.02
"""How long a file is read before other threads are let in."""


class Writes:
    """One transaction of an import. With `dry` nothing is written."""

    def __init__(self, connection: Connection, *, dry: bool) -> None:
        self.connection, self.dry = connection, dry

    def upsert(self, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
        if rows and not self.dry:
            upsert(self.connection, table, rows)

    def insert(self, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
        if rows and not self.dry:
            self.connection.execute(table.insert(), list(rows))

    def delete(self, table: Table, *where: ColumnElement[bool]) -> None:
        if not self.dry:
            self.connection.execute(delete(table).where(*where))

    def by_key(self, table: Table, column: ColumnElement[Any], keys: Sequence[str]) -> dict[str, Any]:
        """The rows with these keys, by key."""
        name = column.key
        rows = self.connection.execute(select(table).where(column.in_(keys)))
        return {getattr(row, str(name)): row for row in rows}


class Slices:
    """Transactions of one import.

    `alone`: nobody else uses the database yet, so the transactions are large and follow each other at once.
    `stopped` is asked before each transaction.
    """

    def __init__(
        self, database: Database, *, dry: bool = False, alone: bool = False,
        stopped: Callable[[], bool] = lambda: False, progress: KindProgress = lambda *_: None,
    ) -> None:  # fmt: skip
        self._database, self._stopped, self._progress = database, stopped, progress
        self.dry, self._alone = dry, alone
        self._rows = ALONE_ROWS if alone else FIRST_ROWS
        self._paused = time.monotonic()

    def each(
        self, items: Sequence[X], write: Callable[[Writes, Sequence[X]], R], refused: Callable[[X], None]
    ) -> Iterator[R]:
        """Calls `write` with some items at a time, each time in a transaction; yields its results.

        `refused` is called with each item that the database refuses by itself. Raises ImportStoppedError,
        sqlalchemy.exc.SQLAlchemyError.
        """
        at, later = 0, list[X]()
        while at < len(items):
            some = items[at : at + self._rows]
            at += len(some)
            yield from self._halves(some, write, later.append)
        # a row may need what a later one gives up, for instance an item's id that moves to another style
        for one in later:
            yield from self._halves([one], write, refused)

    def once(self, write: Callable[[Writes], R]) -> R:
        """Calls `write` in one transaction."""
        with self._transaction() as writes:
            return write(writes)

    def progress(self, kind: str, read: int, size: int) -> None:
        """Reports how much of a kind's file is read, and lets other threads go on. Raises ImportStoppedError."""
        self._progress(kind, read, size)
        if self._stopped():
            raise ImportStoppedError
        if not self._alone and time.monotonic() - self._paused >= READ_S:
            time.sleep(MIN_PAUSE_S)
            self._paused = time.monotonic()

    def overwrite_erased(self) -> None:
        """Leaves nothing of erased members in the database's files and in copies of them, as an erasure in the shop
        does. Raises OSError, sqlalchemy.exc.SQLAlchemyError."""
        if not self.dry:
            engine = self._database.engine
            delete_old_copies(engine.url.render_as_string(hide_password=False), EVER)
            overwrite_deleted(engine)

    def use(self, read: Callable[[Connection], R]) -> R:
        """Calls `read` with a connection, outside of any transaction of the import."""
        with self._database.reading() as connection:
            return read(connection)

    def read(self, query: Executable) -> Sequence[Any]:
        """The rows of a query, outside of any transaction of the import."""
        with self._database.reading() as connection:
            return connection.execute(query).all()

    def _halves(
        self, some: Sequence[X], write: Callable[[Writes, Sequence[X]], R], refused: Callable[[X], None]
    ) -> Iterator[R]:
        try:
            began = time.monotonic()
            with self._transaction() as writes:
                result = write(writes, some)
            self._adapt(len(some), time.monotonic() - began)
        except (DataError, IntegrityError):
            if len(some) == 1:
                refused(some[0])
                return
            half = len(some) // 2
            yield from self._halves(some[:half], write, refused)
            yield from self._halves(some[half:], write, refused)
        else:
            yield result

    @contextmanager
    def _transaction(self) -> Iterator[Writes]:
        if self._stopped():
            raise ImportStoppedError
        if self.dry:
            with self._database.reading() as connection:
                yield Writes(connection, dry=True)
            return
        with self._database.writing(IN_BACKGROUND_S) as connection:
            began = time.monotonic()
            if connection.dialect.name == "postgresql":
                # what a power cut may lose is imported again: the digests of its lines are lost with it
                connection.execute(text("SET LOCAL synchronous_commit TO OFF"))
            yield Writes(connection, dry=False)
        held_s = time.monotonic() - began
        if not self._alone:
            # a lock is not fair: who waits for it gets it only while it is free
            time.sleep(max(MIN_PAUSE_S, held_s * SHARE))

    def _adapt(self, rows: int, took_s: float) -> None:
        if not self._alone and rows >= MIN_ROWS:
            wanted = int(rows * AIM_S / max(took_s, 1e-4))
            self._rows = min(MAX_ROWS, max(MIN_ROWS, min(wanted, 2 * self._rows)))


def differs(row: Mapping[str, Any], known: Any) -> bool:
    """Whether a row has another value than the known one in any of its columns."""
    return known is None or any(known._mapping[name] != value for name, value in row.items())
