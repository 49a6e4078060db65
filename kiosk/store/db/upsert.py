"""Insert-or-update of many rows for SQLite and PostgreSQL."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite

MAX_BATCH_ROWS = 500
"""Rows per statement; SQLite allows 32,766 bound values."""


def upsert(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Inserts rows, and updates those whose primary key exists."""
    kind = postgresql if connection.dialect.name == "postgresql" else sqlite
    keys = [column.name for column in table.primary_key]
    for start in range(0, len(rows), MAX_BATCH_ROWS):
        batch = list(rows[start : start + MAX_BATCH_ROWS])
        statement = kind.insert(table).values(batch)
        fresh = {name: statement.excluded[name] for name in batch[0] if name not in keys}
        connection.execute(statement.on_conflict_do_update(index_elements=keys, set_=fresh))


def insert_new(connection: Connection, table: Table, row: Mapping[str, Any]) -> bool:
    """Inserts a row unless its primary key exists; True if it was inserted."""
    kind = postgresql if connection.dialect.name == "postgresql" else sqlite
    first = next(iter(table.primary_key))
    # RETURNING, because a driver need not count inserted rows.
    statement = kind.insert(table).values(dict(row)).on_conflict_do_nothing().returning(first)
    return connection.execute(statement).first() is not None
