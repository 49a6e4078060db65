"""Insert-or-update of many rows for SQLite and PostgreSQL."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite


def upsert(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Inserts rows, and updates those whose primary key exists. All rows have the same columns."""
    if not rows:
        return
    kind = postgresql if connection.dialect.name == "postgresql" else sqlite
    keys = [column.name for column in table.primary_key]
    # one statement for all rows: it is compiled once, and the number of bound values has no limit
    statement = kind.insert(table)
    fresh = {name: statement.excluded[name] for name in rows[0] if name not in keys}
    connection.execute(
        statement.on_conflict_do_update(index_elements=keys, set_=fresh), [dict(row) for row in rows]
    )


def insert_new(connection: Connection, table: Table, row: Mapping[str, Any]) -> bool:
    """Inserts a row unless its primary key exists; True if it was inserted."""
    kind = postgresql if connection.dialect.name == "postgresql" else sqlite
    first = next(iter(table.primary_key))
    # RETURNING, because a driver need not count inserted rows.
    statement = kind.insert(table).values(dict(row)).on_conflict_do_nothing().returning(first)
    return connection.execute(statement).first() is not None
