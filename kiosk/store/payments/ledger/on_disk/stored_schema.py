"""The schema that is stored in a ledger file (`sqlite_master`), compared with the one of its version.

SQLite finds tables, columns and indexes by the stored statements. With one changed byte in them a file may still be
opened, its pages may be sound and its end readable, but a column has another name, or an index refuses other rows. So
the schema is compared at the opening, before a query fails.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from functools import cache
from typing import Final, NamedTuple

from kiosk.store.errors import LedgerDamagedError
from kiosk.store.payments.ledger.schema import (
    DERIVED_SQLITE,
    FORMAT,
    FORMAT_2,
    FORMAT_2_SQLITE,
    JOURNAL_SQLITE,
    NOT_IN_FORMAT_0,
    NOT_IN_FORMAT_2,
    statements,
)

_NO_PAGE: Final = "trigger"
"""The type of the objects that have no page of their own."""


class StoredObject(NamedTuple):
    """A table, index or trigger as `sqlite_master` has it. After damage a field may have any type."""

    type: str
    name: str
    table: str
    sql: str


def require_known_schema(connection: sqlite3.Connection, place: str) -> None:
    """Raises LedgerDamagedError if the schema is not the one of the file's version, sqlite3.Error or UnicodeDecodeError
    if SQLite cannot read it. A file of a newer version is not compared."""
    if why := difference(connection):
        raise LedgerDamagedError(place, 0, f"the file is damaged: its schema was changed ({why})")


def difference(connection: sqlite3.Connection) -> str:
    """Which object is missing or is not as it was created; empty if none is.

    Other objects do not matter: `ANALYZE`, for example, adds a table. Raises sqlite3.Error, UnicodeDecodeError.
    """
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if version > FORMAT:
        return ""
    (pages,) = connection.execute("PRAGMA page_count").fetchone()
    rows = connection.execute("SELECT type, name, tbl_name, sql, rootpage FROM sqlite_master").fetchall()
    stored = {StoredObject(*row[:4]): row[4] for row in rows}
    wanted = expected(version)
    missing = next((each for each in wanted if each not in stored), None)
    if missing is not None:
        return f"the {missing.type} {missing.name} is missing or another one"
    roots = [stored[each] for each in wanted if each.type != _NO_PAGE]
    if len(set(roots)) < len(roots) or not all(isinstance(root, int) and 1 < root <= pages for root in roots):
        return "two objects have one page, or a page is not in the file"
    return ""


@cache
def expected(version: int) -> tuple[StoredObject, ...]:
    """The tables, indexes and triggers of a ledger file of this version (`PRAGMA user_version`), in the order in which
    they are created."""
    with closing(sqlite3.connect(":memory:")) as empty:
        for schema in _schemas(version):
            for statement in statements(schema):
                empty.execute(statement)
        rows = empty.execute("SELECT type, name, tbl_name, sql FROM sqlite_master").fetchall()
    left_out = NOT_IN_FORMAT_2 if version == FORMAT_2 else NOT_IN_FORMAT_0 if version < FORMAT_2 else ()
    return tuple(each for each in (StoredObject(*row) for row in rows) if each.name not in left_out)


def _schemas(version: int) -> tuple[str, ...]:
    if version < FORMAT_2:
        return (JOURNAL_SQLITE,)
    if version == FORMAT_2:
        return JOURNAL_SQLITE, DERIVED_SQLITE, FORMAT_2_SQLITE
    return JOURNAL_SQLITE, DERIVED_SQLITE
