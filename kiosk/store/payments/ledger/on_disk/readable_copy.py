"""Copies the readable entries of a damaged ledger file to a new file; the damaged one is not changed."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any, Final

from kiosk.store.db.unreadable import UNREADABLE, readable_text
from kiosk.store.payments.ledger.derived import Derived
from kiosk.store.payments.ledger.on_disk.file_watch import JOURNAL_SUFFIX
from kiosk.store.payments.ledger.on_disk.stored_schema import difference
from kiosk.store.payments.ledger.rebuild import rebuild
from kiosk.store.payments.ledger.schema import DERIVED_SQLITE, FORMAT, JOURNAL_SQLITE, Statements, statements

UNREADABLE_ENTRY: Final = "unreadable"
"""Kind of an entry in a copy of which nothing but the hash could be read; nothing follows from it."""
_PAGE: Final = 4096
_MIN_ENTRY_BYTES: Final = 90
"""No entry is shorter (its hash alone has 64 characters), so a file of n bytes has fewer than n / 90 entries."""


def copy_readable(source: Path, target: Path) -> int:
    """Copies the readable entries of a ledger file to a new one and makes its derived tables; their number.

    Raises OSError, sqlite3.Error, UnicodeDecodeError.
    """
    for file in (target, *_beside(target)):
        file.unlink(missing_ok=True)
    raw = target.with_name(target.name + ".raw")
    try:
        # the raw copy takes the changes that reading needs: a rollback journal is played back, a lost end is accepted
        for suffix in ("", JOURNAL_SUFFIX):
            if source.with_name(source.name + suffix).exists():
                shutil.copyfile(source.with_name(source.name + suffix), raw.with_name(raw.name + suffix))
        with closing(sqlite3.connect(target, isolation_level=None)) as copy:
            target.chmod(0o600)
            return _fill(copy, raw, target)
    finally:
        for file in (raw, *_beside(raw)):
            file.unlink(missing_ok=True)


def _fill(copy: sqlite3.Connection, raw: Path, target: Path) -> int:
    copy.execute("PRAGMA journal_mode = PERSIST")
    copy.execute("BEGIN IMMEDIATE")
    for schema in (JOURNAL_SQLITE, DERIVED_SQLITE):
        for statement in statements(schema):
            copy.execute(statement)
    copy.execute("COMMIT")
    copy.execute("BEGIN IMMEDIATE")
    sql, copied = Statements(""), 0
    for page in _first_pages(raw, target):
        if page:
            _replace_first_page(raw, page)
        if copied := _copy_rows(copy, raw, sql):
            break

    def execute(statement: str, values: Sequence[object]) -> list[tuple[Any, ...]]:
        return copy.execute(statement, values).fetchall()

    rebuild(execute, sql, Derived(execute, sql))
    copy.execute(f"PRAGMA user_version = {FORMAT}")
    copy.execute("COMMIT")
    return copied


def _first_pages(raw: Path, new: Path) -> tuple[bytes, ...]:
    """With which first page the entries are looked for, until some are found.

    The first page has the schema, by which SQLite finds the journal and its columns. It is alike in all ledgers but for
    the number of pages, and the journal is at the same place in all of them: that of a new file serves if the schema
    is damaged.
    """
    known = _has_known_schema(raw)
    if raw.stat().st_size <= _PAGE:
        return (b"",)
    own, other = _first_page(raw), _first_page(new)
    return (own, other) if known else (other, own)


def _has_known_schema(raw: Path) -> bool:
    """Reading it plays the rollback journal back, if there is one."""
    try:
        with closing(sqlite3.connect(raw, isolation_level=None)) as connection:
            connection.text_factory = readable_text
            return not difference(connection)
    except (*UNREADABLE, sqlite3.Error):
        return False


def _first_page(file: Path) -> bytes:
    with file.open("rb") as opened:
        return opened.read(_PAGE)


def _replace_first_page(raw: Path, content: bytes) -> None:
    """SQLite's file format, section 1.3: the number of pages is at offset 28, and again what it is valid for at 92."""
    page = bytearray(content)
    page[28:32] = (raw.stat().st_size // _PAGE).to_bytes(4, "big")
    page[92:96] = page[24:28]
    with raw.open("r+b") as file:
        file.write(page)


def _copy_rows(copy: sqlite3.Connection, raw: Path, sql: Statements) -> int:
    """Copies the entries that can be read; how many were.

    Of one with a text that is not UTF-8, or a value of another type, number and hash are kept, by which the next entry
    is checked.
    """
    count, hashes = 0, []
    with closing(sqlite3.connect(raw, isolation_level=None)) as damaged:
        damaged.text_factory = bytes
        for row in _rows(damaged, raw.stat().st_size // _MIN_ENTRY_BYTES):
            if _inserted(copy, sql, row):
                count += 1
            else:
                hashes.append((row[0], row[-1]))
    for seq, chain in hashes if count else ():
        _inserted(copy, sql, (seq, 0, UNREADABLE_ENTRY, "", "", "", "{}", chain))
    return count


def _inserted(copy: sqlite3.Connection, sql: Statements, row: tuple[Any, ...]) -> bool:
    try:
        copy.execute(sql.insert, [x.decode() if isinstance(x, bytes) else x for x in row])
    except (sqlite3.IntegrityError, UnicodeDecodeError):
        return False
    return True


def _rows(connection: sqlite3.Connection, most: int) -> Iterator[tuple[Any, ...]]:
    """The rows of the journal that can be read; after one that cannot, the next ones are looked for."""
    after, step = 0, 1
    query = (
        "SELECT seq, at_us, kind, order_id, key, state, body, chain FROM journal WHERE seq > ? ORDER BY seq"
    )
    while after <= most:
        try:
            # a file that has lost its end, and a schema with mistakes, are read as far as they go
            connection.execute("PRAGMA writable_schema = ON")
            for row in connection.execute(query, (after,)):
                # a damaged page has any numbers
                if isinstance(row[0], int) and after < row[0] <= most:
                    yield row
                    after, step = row[0], 1
        except UNREADABLE:
            after, step = after + step, 2 * step
        else:
            return


def _beside(path: Path) -> tuple[Path, ...]:
    return tuple(path.with_name(path.name + suffix) for suffix in (JOURNAL_SUFFIX, "-wal", "-shm"))
