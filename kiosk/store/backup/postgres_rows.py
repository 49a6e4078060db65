"""Reads a store's PostgreSQL database into SQLite files, and writes them back.

A back-up has SQLite files in both cases, and neither `pg_dump` nor the files of a server: so it is verified without a
server, needs no program of the server's version, and is restored to a server of any version, or older files are
migrated first. The rows are read in one transaction (REPEATABLE READ, READ ONLY), which sees the state at its begin.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, Final

import psycopg
from sqlalchemy import Connection, Engine, Integer, Table, create_engine, func, make_url, select, text

from kiosk.store.db.database import Database
from kiosk.store.db.revisions import upgrade
from kiosk.store.db.tables import METADATA
from kiosk.store.errors import BackupError
from kiosk.store.payments.ledger.schema import (
    DERIVED,
    DERIVED_SQLITE,
    FORMAT,
    JOURNAL_SQLITE,
    POSTGRES,
    ROW,
    statements,
)

_BATCH: Final = 2000
_LEDGER: Final = re.compile(r"ledger_([0-9]+)_journal")
_TABLES: Final = text("SELECT tablename FROM pg_tables WHERE schemaname = current_schema()")
LEDGER_COLUMNS: Final = {
    "journal": ROW, "piece": "piece, ordered_as, order_id, sold", "identity": "scanned, piece",
    "open_key": "kind, key, seq",
}  # fmt: skip
_COUNTER: Final = "counter"
"""Ledgers that the version before has written have the highest number of a receipt in this table."""
_AS_OPEN_KEY: Final = "SELECT 'receipts', '', value FROM {table} WHERE name = 'receipts'"
_QUICK: Final = ("journal_mode = OFF", "synchronous = OFF")
Progress = Callable[[int, int], None]


def _engine(url: str) -> Engine:
    return create_engine(make_url(url).set(drivername="postgresql+psycopg"), hide_parameters=True)


class PostgresReader:
    """Reads the database in the state of one moment."""

    def __init__(self, url: str) -> None:
        self._engine = _engine(url)
        self._connection = self._engine.connect().execution_options(
            isolation_level="REPEATABLE READ", postgresql_readonly=True
        )

    def begin(self) -> None:
        # the state is fixed by the first query of the transaction (PostgreSQL documentation, chapter 13.2.2)
        self._connection.execute(_TABLES)

    def copy(self, folder: Path, progress: Progress) -> tuple[int, ...]:
        tables = METADATA.sorted_tables
        ledgers = ledgers_in(self._connection)
        file = folder / "store.db"
        # makes the tables
        Database(f"sqlite:///{file}").close()
        with closing(sqlite3.connect(file)) as made:
            made.execute("PRAGMA journal_mode = DELETE")
        target = create_engine(f"sqlite:///{file}", hide_parameters=True)
        try:
            with target.begin() as connection:
                for number, table in enumerate(tables):
                    progress(number, len(tables) + len(ledgers))
                    for rows in self._rows(table):
                        connection.execute(table.insert(), rows)
        finally:
            target.dispose()
        for number, ledger in enumerate(ledgers):
            progress(len(tables) + number, len(tables) + len(ledgers))
            self._copy_ledger(ledger, folder / f"ledger-{ledger}.db", whole=ledger == ledgers[-1])
        return ledgers

    def close(self) -> None:
        self._connection.close()
        self._engine.dispose()

    def _rows(self, table: Table) -> Iterator[list[dict[str, Any]]]:
        found = self._connection.execution_options(yield_per=_BATCH).execute(select(table))
        for part in found.mappings().partitions():
            yield [dict(row) for row in part]

    def _copy_ledger(self, number: int, file: Path, *, whole: bool) -> None:
        """`whole` False: an earlier ledger that has lost a derived table must not stop the back-ups."""
        with closing(sqlite3.connect(file, isolation_level=None)) as target:
            for setting in _QUICK:
                target.execute(f"PRAGMA {setting}")
            for statement in statements(JOURNAL_SQLITE + DERIVED_SQLITE):
                target.execute(statement)
            target.execute("BEGIN")
            there = set(self._connection.execute(_TABLES).scalars())
            for name, columns in LEDGER_COLUMNS.items():
                if not whole and f"ledger_{number}_{name}" not in there:
                    continue
                query = f"SELECT {columns} FROM ledger_{number}_{name}"  # noqa: S608 names of this module
                self._copy_table(query, target, name, columns)
            counter = f"ledger_{number}_{_COUNTER}"
            if counter in there:
                query = _AS_OPEN_KEY.format(table=counter)
                self._copy_table(query, target, "open_key", LEDGER_COLUMNS["open_key"])
            target.execute("COMMIT")
            target.execute(f"PRAGMA user_version = {FORMAT}")

    def _copy_table(self, query: str, target: sqlite3.Connection, name: str, columns: str) -> None:
        places = ", ".join("?" * len(columns.split(", ")))
        insert = f"INSERT INTO {name} ({columns}) VALUES ({places})"  # noqa: S608 names of this module
        found = self._connection.execution_options(yield_per=_BATCH).execute(text(query))
        for part in found.partitions():
            target.executemany(insert, [tuple(row) for row in part])


def ledgers_in(connection: Connection) -> tuple[int, ...]:
    """The numbers of the ledgers in a database."""
    names = connection.execute(_TABLES).scalars()
    return tuple(sorted(int(found[1]) for name in names if (found := _LEDGER.fullmatch(name))))


def is_empty(url: str) -> bool:
    """Whether a database has no table of a store. Raises SQLAlchemyError."""
    engine = _engine(url)
    try:
        with engine.connect() as connection:
            names = set(connection.execute(_TABLES).scalars())
            return not (names & (set(METADATA.tables) | {"alembic_version"}) or ledgers_in(connection))
    finally:
        engine.dispose()


def clear(url: str) -> None:
    """Drops the tables of a store: those of a restore that did not end. Raises SQLAlchemyError."""
    engine = _engine(url)
    try:
        with engine.begin() as connection:
            for number in ledgers_in(connection):
                for name in ("journal", *DERIVED, _COUNTER):
                    connection.exec_driver_sql(f"DROP TABLE IF EXISTS ledger_{number}_{name}")
                connection.exec_driver_sql(f"DROP FUNCTION IF EXISTS ledger_{number}_refuse()")
            METADATA.drop_all(connection)
            connection.exec_driver_sql("DROP TABLE IF EXISTS alembic_version")
    finally:
        engine.dispose()


@contextmanager
def opened(url: str) -> Iterator[Connection]:
    """A connection. Raises SQLAlchemyError."""
    engine = _engine(url)
    try:
        with engine.connect() as connection:
            yield connection
    finally:
        engine.dispose()


def write_rows(
    url: str, file: Path, ledgers: dict[int, Path], progress: Progress,
    check: Callable[[Connection, Connection], None] | None = None,
) -> None:  # fmt: skip
    """Writes an SQLite database of this version, and ledgers by number, into an empty PostgreSQL database, in one
    transaction. `check` is called before its end with a connection to each; what it raises undoes everything.

    Raises BackupError for a row that PostgreSQL does not take, SQLAlchemyError, sqlite3.Error.
    """
    source, target = create_engine(f"sqlite:///{file}", hide_parameters=True), _engine(url)
    try:
        with source.connect() as reading, target.begin() as connection:
            upgrade(connection)
            tables = METADATA.sorted_tables
            for number, table in enumerate(tables):
                progress(number, len(tables) + len(ledgers))
                _write_table(reading, connection, table)
            for done, (number, ledger) in enumerate(ledgers.items()):
                progress(len(tables) + done, len(tables) + len(ledgers))
                _write_ledger(connection, number, ledger)
            if check is not None:
                check(reading, connection)
        with target.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("ANALYZE")
    finally:
        source.dispose()
        target.dispose()


def _write_table(source: Connection, target: Connection, table: Table) -> None:
    names = [column.name for column in table.columns]
    rows = source.execution_options(yield_per=_BATCH).execute(select(table))
    _copy_in(target, table.name, ", ".join(f'"{name}"' for name in names), (tuple(row) for row in rows))
    key = next(iter(table.primary_key))
    if isinstance(key.type, Integer) and key.autoincrement is True:
        highest = target.scalar(select(func.max(key))) or 0
        sequence = select(func.setval(func.pg_get_serial_sequence(table.name, key.name), highest + 1, False))  # noqa: FBT003
        target.execute(sequence)


def _write_ledger(target: Connection, number: int, file: Path) -> None:
    for statement in statements(POSTGRES.format(p=f"ledger_{number}_")):
        target.exec_driver_sql(statement)
    with closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)) as source:
        for name, columns in LEDGER_COLUMNS.items():
            rows = source.execute(f"SELECT {columns} FROM {name}")  # noqa: S608 names of this module
            _copy_in(target, f"ledger_{number}_{name}", columns, rows)
        if source.execute("SELECT 1 FROM sqlite_master WHERE name = ?", (_COUNTER,)).fetchone():
            rows = source.execute(_AS_OPEN_KEY.format(table=_COUNTER))
            _copy_in(target, f"ledger_{number}_open_key", LEDGER_COLUMNS["open_key"], rows)


def _copy_in(target: Connection, table: str, columns: str, rows: Iterator[tuple[Any, ...]]) -> None:
    driver = target.connection.driver_connection
    assert driver is not None
    try:
        with driver.cursor() as cursor, cursor.copy(f'COPY "{table}" ({columns}) FROM STDIN') as copy:
            for row in rows:
                copy.write_row(row)
    except psycopg.DataError as error:
        # its text may have personal data
        raise BackupError(
            f"PostgreSQL does not take a row of the table {table} ({type(error).__name__})"
        ) from None
