"""Compares two databases of a store, and ledgers, row by row: whether a copy has exactly what the original has.

Rows are compared as a set, since two databases sort texts differently: the hashes of all rows of a table are added up
(modulo 2^256), so that no order and no memory for the rows is needed.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, select, text

from kiosk.store.backup.postgres_rows import LEDGER_COLUMNS
from kiosk.store.db.tables import METADATA
from kiosk.store.errors import BackupError

_BATCH: Final = 2000
_BYTES: Final = 32
_MODULUS: Final = 1 << (8 * _BYTES)
Progress = Callable[[int, int], None]


class DifferentError(BackupError):
    """A table of the copy is not that of the original. `table`: its name."""

    def __init__(self, table: str, rows: int, copied: int) -> None:
        self.table = table
        how = f"{copied} of {rows} rows" if copied != rows else "the same number of rows, but other ones"
        super().__init__(f"the copy of the table {table} has {how}")


def compare(
    original: Connection, copy: Connection, ledgers: Mapping[int, Path], progress: Progress
) -> dict[str, int]:
    """Rows of each table, those of the ledgers too. `ledgers`: SQLite files by their number in the copy.

    Raises DifferentError for the first table that is not the same, SQLAlchemyError, sqlite3.Error.
    """
    found = {}
    tables = METADATA.sorted_tables
    for number, table in enumerate(tables):
        progress(number, len(tables) + len(ledgers))
        query = select(table)
        found[table.name] = _same(table.name, _streamed(original, query), _streamed(copy, query))
    for number, file in ledgers.items():
        progress(len(tables) + number - 1, len(tables) + len(ledgers))
        found |= _compare_ledger(copy, number, file)
    return found


def _compare_ledger(copy: Connection, number: int, file: Path) -> dict[str, int]:
    found = {}
    with closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)) as original:
        for name, columns in LEDGER_COLUMNS.items():
            table = f"ledger_{number}_{name}"
            # names of this program
            ours = original.execute(f"SELECT {columns} FROM {name}")  # noqa: S608
            theirs = _streamed(copy, text(f"SELECT {columns} FROM {table}"))  # noqa: S608
            found[table] = _same(table, ours, theirs)
    return found


def _streamed(connection: Connection, query: Any) -> Iterable[Sequence[Any]]:
    return connection.execution_options(yield_per=_BATCH).execute(query)


def _same(table: str, original: Iterable[Sequence[Any]], copy: Iterable[Sequence[Any]]) -> int:
    ours, theirs = _digest(original), _digest(copy)
    if ours != theirs:
        raise DifferentError(table, ours[0], theirs[0])
    return ours[0]


def _digest(rows: Iterable[Sequence[Any]]) -> tuple[int, int]:
    """How many rows there are, and the sum of their hashes."""
    count, total = 0, 0
    for row in rows:
        line = json.dumps(list(row), sort_keys=True, default=_as_text).encode("utf-8", "surrogatepass")
        total += int.from_bytes(hashlib.blake2b(line, digest_size=_BYTES).digest(), "big")
        count += 1
    return count, total % _MODULUS


def _as_text(value: object) -> str:
    """Bytes and other values that JSON has no form for."""
    return repr(bytes(value) if isinstance(value, (bytes, bytearray, memoryview)) else value)
