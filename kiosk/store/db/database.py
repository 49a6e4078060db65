"""Opens the store's database and migrates its tables; SQLite by default, PostgreSQL by URL.

Writes go through `Database.writing`, which holds the writer's lock: only one thread writes at a time. Payments are not
here but in the ledger, because a power cut may lose the last second of this database. What the ledger calls done here
(pieces sold, taken back, exchanged) is written durably.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import RLock
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url, select
from sqlalchemy.exc import SQLAlchemyError

from kiosk.store.db.revisions import known_revisions, migration_config
from kiosk.store.db.store_hold import StoreHold
from kiosk.store.errors import DatabaseNewerError

WRITE_OPTIONS = {"writes": True}
DURABLE_OPTIONS = {"writes": True, "durable": True}


class Database:
    """An open database. `lock` is the writer's lock."""

    def __init__(self, url: str, hold: StoreHold | None = None) -> None:
        """`hold`: the running store's lock; without it this is a command beside the store.

        Raises sqlalchemy.exc.SQLAlchemyError if it cannot be reached or migrated, DatabaseNewerError.
        """
        self.engine = _engine(url)
        self._hold, self._new_connection = hold, False
        event.listen(self.engine, "connect", self._connected)
        self._writer = self.engine.execution_options(**WRITE_OPTIONS)
        self._durable_writer = self.engine.execution_options(**DURABLE_OPTIONS)
        self.lock = RLock()
        try:
            migrate(self.engine)
        except BaseException:
            self.engine.dispose()
            raise

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection for reading."""
        with self.engine.connect() as connection:
            yield connection

    @contextmanager
    def writing(self, *, durable: bool = False) -> Iterator[Connection]:
        """A transaction under the writer's lock: committed at the end of the block, rolled back if it raises.

        `durable`: a power cut after the block loses nothing of it, which the ledger may then say is done; other
        transactions of SQLite may be lost until the next durable one. Raises StoreHeldError if another store has taken
        the database during an outage.
        """
        writer = self._durable_writer if durable else self._writer
        with self.lock, writer.begin() as connection:
            self._require_hold()
            yield connection

    @contextmanager
    def writing_beside(self) -> Iterator[Connection]:
        """A short transaction without the writer's lock, for a row that no other thread writes: nobody waits for it.

        Raises StoreHeldError like `writing`.
        """
        with self._writer.begin() as connection:
            self._require_hold()
            yield connection

    def reachable(self) -> bool:
        """Whether the database answers now, and no other store has taken it."""
        try:
            with self.reading() as connection:
                answers = connection.scalar(select(1)) == 1
            return answers and (self._hold is None or self._hold.taken_by is None)
        except SQLAlchemyError:
            return False

    def close(self) -> None:
        self.engine.dispose()

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
    config = migration_config()
    from alembic import command
    from alembic.runtime.migration import MigrationContext

    with engine.execution_options(**WRITE_OPTIONS).begin() as connection:
        if set(MigrationContext.configure(connection).get_current_heads()) - known_revisions():
            raise DatabaseNewerError(engine.url.render_as_string())
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def _engine(url: str) -> Engine:
    # Parameters may be personal data, and the texts of errors are logged.
    parsed = make_url(url)
    if parsed.get_backend_name() == "postgresql":
        return create_engine(
            parsed.set(drivername="postgresql+psycopg"), pool_pre_ping=True, hide_parameters=True
        )
    engine = create_engine(parsed, hide_parameters=True)
    event.listen(engine, "connect", _configure_sqlite)
    event.listen(engine, "begin", _begin)
    return engine


def _configure_sqlite(connection: Any, _record: object) -> None:
    # The driver would begin transactions late and leave DDL outside them; `_begin` begins them instead.
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON", "busy_timeout=5000"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin(connection: Connection) -> None:
    # A writing transaction takes the lock at its begin: a second process (`cheval cards`) waits instead of failing.
    options = connection.get_execution_options()
    if not options.get("writes", False):
        connection.exec_driver_sql("BEGIN")
        return
    # with a write-ahead log, only FULL waits at a commit until it is on the disk
    connection.exec_driver_sql(f"PRAGMA synchronous={'FULL' if options.get('durable', False) else 'NORMAL'}")
    connection.exec_driver_sql("BEGIN IMMEDIATE")
