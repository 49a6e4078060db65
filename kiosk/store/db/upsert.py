"""Writes many rows at once, new or known, in the same words for SQLite and PostgreSQL."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite

from kiosk.core.domain.texts import LocalizedText

MAX_BATCH_ROWS = 500
"""Rows a statement; SQLite allows 32,766 bound values."""


def upsert(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Inserts rows, or brings those with the same primary key up to date."""
    kind = postgresql if connection.dialect.name == "postgresql" else sqlite
    keys = [column.name for column in table.primary_key]
    for start in range(0, len(rows), MAX_BATCH_ROWS):
        batch = list(rows[start : start + MAX_BATCH_ROWS])
        statement = kind.insert(table).values(batch)
        fresh = {name: statement.excluded[name] for name in batch[0] if name not in keys}
        connection.execute(statement.on_conflict_do_update(index_elements=keys, set_=fresh))


def insert_new(connection: Connection, table: Table, row: Mapping[str, Any]) -> bool:
    """Inserts a row unless its primary key is there already; whether it was new."""
    kind = postgresql if connection.dialect.name == "postgresql" else sqlite
    first = next(iter(table.primary_key))
    # RETURNING, since a driver need not count the rows of an insert.
    statement = kind.insert(table).values(dict(row)).on_conflict_do_nothing().returning(first)
    return connection.execute(statement).first() is not None


def words_to_json(texts: LocalizedText) -> str:
    """LocalizedText as the JSON text that the database keeps."""
    return compact_json(dict(texts.by_language))


def words_from_json(text: str) -> LocalizedText:
    """LocalizedText from the database's JSON text."""
    return LocalizedText.of(json.loads(text))


def compact_json(value: object) -> str:
    """JSON in its shortest form for what is stored or hashed; the order of keys is kept."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
