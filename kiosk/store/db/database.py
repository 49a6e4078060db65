"""Opens the store's database and brings its tables up to date; SQLite by default, PostgreSQL by URL.

Writes go through `Database.writing`, which holds the writer's lock: the store has one writer, whatever thread it is on.
Money is not here: a power cut may lose the last second of this file, but never the ledger's.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import RLock
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url, select
from sqlalchemy.exc import SQLAlchemyError

MIGRATIONS = Path(__file__).parents[1] / "migrations"
WRITE_OPTIONS = {"writes": True}


class Database:
    """An open database with its tables. `close` returns every connection."""

    def __init__(self, url: str) -> None:
        """Errors: sqlalchemy.exc.SQLAlchemyError where the database cannot be reached or brought up to date."""
        self.engine = _engine(url)
        self._writer = self.engine.execution_options(**WRITE_OPTIONS)
        self.lock = RLock()
        try:
            migrate(self.engine)
        except BaseException:
            self.engine.dispose()
            raise

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection to read with."""
        with self.engine.connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that is kept if the block ends well and undone if not; one at a time."""
        with self.lock, self._writer.begin() as connection:
            yield connection

    def reachable(self) -> bool:
        """Whether it answers now."""
        try:
            with self.reading() as connection:
                return connection.scalar(select(1)) == 1
        except SQLAlchemyError:
            return False

    def close(self) -> None:
        self.engine.dispose()


def migrate(engine: Engine) -> None:
    """Brings the tables to the newest revision, all or nothing."""
    # Before it is imported, for it greets at once.
    logging.getLogger("alembic").setLevel(logging.WARNING)
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    with engine.execution_options(**WRITE_OPTIONS).begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def _engine(url: str) -> Engine:
    parsed = make_url(url)
    if parsed.get_backend_name() == "postgresql":
        return create_engine(parsed.set(drivername="postgresql+psycopg"), pool_pre_ping=True)
    engine = create_engine(parsed)
    event.listen(engine, "connect", _on_sqlite)
    event.listen(engine, "begin", _begin)
    return engine


def _on_sqlite(connection: Any, _record: object) -> None:
    # The driver's own transaction control would begin late and leave DDL outside; we begin ourselves.
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON", "busy_timeout=5000"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin(connection: Connection) -> None:
    # Who means to write says so at once: a second process (`cheval cards`) then waits instead of failing half-way.
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
