"""Opens the store's database and migrates its tables; SQLite by default, PostgreSQL by URL.

Writes go through `Database.writing`: only one thread writes at a time. A thread that holds a lock of the store's state
(`Database.lock`, `new_lock`) waits a few milliseconds for another writer, then the transaction fails; other threads of
a store wait 0.12 s, imports and commands 5 s. Payments are not here but in the ledger, because a power cut may lose the
last second of this database. What the ledger calls done here (pieces sold, taken back, exchanged) is written durably.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import RLock
from typing import Any, Final, TypeVar

from sqlalchemy import Connection, Engine, create_engine, event, make_url, select, text
from sqlalchemy.exc import SQLAlchemyError

from kiosk.store.db.overwriting import rewrite_once
from kiosk.store.db.revisions import upgrade
from kiosk.store.db.state_lock import HeldLocks, StateLock
from kiosk.store.db.store_hold import StoreHold
from kiosk.store.db.waits import (
    FOR_REQUEST_S,
    IN_BACKGROUND_S,
    LOCKED_FOR_S,
    DatabaseBusyError,
    Waits,
    is_busy,
)

T = TypeVar("T")
WRITE_OPTIONS = {"writes": True}
MIGRATION_WAIT_MS: Final = 60_000
"""How long a migration waits for other programs; nobody is served yet."""
_POLL_S: Final = 0.02
_PROBE_BYTES: Final = 64 * 1024
_POOL: Final[dict[str, Any]] = {"pool_size": 16, "max_overflow": 48, "pool_timeout": 2}
"""More connections than the store has threads, so that no thread waits for one."""
_CONNECT: Final = {
    "connect_timeout": 2,
    "tcp_user_timeout": 5_000,
    "options": f"-c lock_timeout={int(FOR_REQUEST_S * 1000)}",
}


class Database:
    """An open database. `lock` is the lock of the state of rooms, requests and associates."""

    def __init__(self, url: str, hold: StoreHold | None = None) -> None:
        """`hold`: the running store's lock; without it this is a command beside the store.

        Raises sqlalchemy.exc.SQLAlchemyError if it cannot be reached or migrated, DatabaseNewerError.
        """
        self.engine = _engine(url)
        self._hold, self._new_connection = hold, False
        event.listen(self.engine, "connect", self._connected)
        self._writer = self.engine.execution_options(**WRITE_OPTIONS)
        self._held, self._waits, self._turn = HeldLocks(), Waits(), RLock()
        self.lock = self.new_lock()
        self._wait_s = IN_BACKGROUND_S if hold is None else FOR_REQUEST_S
        try:
            migrate(self.engine)
            if hold is not None:
                rewrite_once(self.engine)
        except BaseException:
            self.engine.dispose()
            raise

    def new_lock(self) -> StateLock:
        """A lock for other state, under which no thread waits for the database either."""
        return StateLock(self._held)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection for reading. Raises SQLAlchemyError; `is_busy` tells whether another program locks a table."""
        with self._noted(), self.engine.connect() as connection:
            if self._in_state or self._waits.busy:
                _limit(connection, self._waits.seconds(FOR_REQUEST_S, under_lock=self._in_state))
            yield connection

    @contextmanager
    def writing(self, wait_s: float = 0.0, *, durable: bool = False) -> Iterator[Connection]:
        """A transaction of the only thread that writes: committed at the end of the block, rolled back if it raises.

        `wait_s`: how long to wait for other writers, where no lock of the store's state is held; by default 0.12 s in a
        store. `durable`: a power cut after the block loses nothing of it, which the ledger may then say is done; other
        transactions of SQLite may be lost until the next durable one. Raises DatabaseBusyError, SQLAlchemyError;
        StoreHeldError if another store has taken the database during an outage.
        """
        end_s = time.monotonic() + self._waits.seconds(wait_s or self._wait_s, under_lock=self._in_state)
        with self._noted():
            self._take_turn(end_s)
            try:
                with self._begun(end_s, durable=durable) as connection:
                    self._require_hold()
                    yield connection
            finally:
                self._turn.release()

    @contextmanager
    def writing_beside(self) -> Iterator[Connection]:
        """A short transaction outside the turn of the writers, for a row that no other thread writes.

        Raises StoreHeldError like `writing`.
        """
        with self._writer.begin() as connection:
            self._require_hold()
            yield connection

    def once_free(self, change: Callable[[], T]) -> T:
        """Makes a change that takes a lock of the store's state and writes; where another program writes, waits for it
        without that lock and tries once more.

        `change` must leave nothing behind where it raises. Raises SQLAlchemyError.
        """
        try:
            return change()
        except SQLAlchemyError as error:
            if not is_busy(error):
                raise
        with self.writing():
            pass
        return change()

    def reachable(self) -> bool:
        """Whether the database answers now, can be changed, its disk took the last change, and no other store has it.

        A lock of another program counts after `LOCKED_FOR_S`; whether it has ended is tried here.
        """
        try:
            with self.reading() as connection:
                answers = connection.scalar(select(1)) == 1
            # an empty change says nothing of the disk, and would end `full`
            if not self._waits.full and self._waits.locked_s >= LOCKED_FOR_S:
                with self.writing():
                    pass
            return answers and not self._waits.full and (self._hold is None or self._hold.taken_by is None)
        except SQLAlchemyError:
            return False

    def check_space(self) -> None:
        """After a change that failed because the disk is full: writes some pages and removes them again, to find out
        whether the disk has space. To be called at every tick. Raises SQLAlchemyError while it has none."""
        if not self._waits.full:
            return
        with self.writing() as connection:
            connection.exec_driver_sql("CREATE TABLE space_probe (filler TEXT)")
            connection.execute(
                text("INSERT INTO space_probe VALUES (:filler)"), {"filler": "x" * _PROBE_BYTES}
            )
            connection.exec_driver_sql("DROP TABLE space_probe")

    def close(self) -> None:
        self.engine.dispose()

    @property
    def _in_state(self) -> bool:
        return self._held.count > 0

    def _take_turn(self, end_s: float) -> None:
        if not self._turn.acquire(timeout=max(0.0, end_s - time.monotonic())):
            raise DatabaseBusyError

    @contextmanager
    def _begun(self, end_s: float, *, durable: bool) -> Iterator[Connection]:
        with self._writer.connect() as connection:
            connection.execution_options(durable=durable)
            self._begin(connection, end_s)
            try:
                yield connection
            except BaseException:
                connection.rollback()
                raise
            connection.commit()
            self._waits.written()

    def _begin(self, connection: Connection, end_s: float) -> None:
        """Begins a transaction. While another program writes, other threads get their turns in between."""
        while True:
            left_s = end_s - time.monotonic()
            _limit(connection, min(left_s, FOR_REQUEST_S) if _is_sqlite(connection) else left_s)
            try:
                connection.begin()
                return
            except SQLAlchemyError as error:
                if not is_busy(error) or time.monotonic() + _POLL_S >= end_s:
                    raise
            self._turn.release()
            time.sleep(_POLL_S)
            self._turn.acquire()

    @contextmanager
    def _noted(self) -> Iterator[None]:
        try:
            yield
        except SQLAlchemyError as error:
            self._waits.note(error)
            raise

    def _connected(self, _connection: object, _record: object) -> None:
        self._new_connection = True

    def _require_hold(self) -> None:
        if self._hold is None:
            return
        if self._new_connection:
            # after an outage every connection is new, and another store may have been quicker
            self._hold.verify()
            self._new_connection = False
        if (taken := self._hold.taken_by) is not None:
            raise taken


def migrate(engine: Engine) -> None:
    """Migrates the tables to the newest revision in one transaction. Raises DatabaseNewerError."""
    with engine.execution_options(**WRITE_OPTIONS, wait_ms=MIGRATION_WAIT_MS).begin() as connection:
        upgrade(connection)


def _engine(url: str) -> Engine:
    # Parameters may be personal data, and the texts of errors are logged.
    parsed = make_url(url)
    if parsed.get_backend_name() == "postgresql":
        engine = create_engine(
            parsed.set(drivername="postgresql+psycopg"), pool_pre_ping=True, hide_parameters=True,
            connect_args=_CONNECT, **_POOL,
        )  # fmt: skip
        event.listen(engine, "begin", _begin_postgres)
        return engine
    in_memory = parsed.database in (None, "", ":memory:")
    engine = create_engine(parsed, hide_parameters=True, **({} if in_memory else _POOL))
    event.listen(engine, "connect", _configure_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _is_sqlite(connection: Connection) -> bool:
    return connection.dialect.name == "sqlite"


def _limit(connection: Connection, seconds: float) -> None:
    """Sets how long the connection's next transaction waits for locks."""
    connection.execution_options(wait_ms=max(1, int(seconds * 1000)))


def _configure_sqlite(connection: Any, record: Any) -> None:
    # The driver would begin transactions late and leave DDL outside them; `_begin_sqlite` begins them instead.
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in (
        "journal_mode=WAL",
        "synchronous=NORMAL",
        "foreign_keys=ON",
        "busy_timeout=5000",
        "secure_delete=ON",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()
    record.info["wait_ms"] = 5000


def _begin_sqlite(connection: Connection) -> None:
    # A writing transaction takes the lock at its begin: a second process (`cheval cards`) waits instead of failing.
    options = connection.get_execution_options()
    wait_ms = options.get("wait_ms", 5000)
    if connection.info.get("wait_ms") != wait_ms:
        connection.exec_driver_sql(f"PRAGMA busy_timeout = {wait_ms}")
        connection.info["wait_ms"] = wait_ms
    if not options.get("writes", False):
        connection.exec_driver_sql("BEGIN")
        return
    # with a write-ahead log, only FULL waits at a commit until it is on the disk
    connection.exec_driver_sql(f"PRAGMA synchronous={'FULL' if options.get('durable', False) else 'NORMAL'}")
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _begin_postgres(connection: Connection) -> None:
    wait_ms = connection.get_execution_options().get("wait_ms")
    if wait_ms is not None:
        connection.exec_driver_sql(f"SET LOCAL lock_timeout = {wait_ms}")
