"""Ledgers for tests: in memory, in a file, or in a file as the version before wrote it."""

from __future__ import annotations

import hashlib
import json
import sqlite3
import weakref
from contextlib import closing
from pathlib import Path
from typing import Any

from kiosk.store.payments.ledger import SqliteLedger
from kiosk.store.payments.ledger.chain import ChainKey
from kiosk.store.payments.ledger.schema import ROW

KEY = ChainKey(b"a secret of the tests")
EARLIER_SCHEMA = """
CREATE TABLE journal (
    seq INTEGER PRIMARY KEY, at_us INTEGER NOT NULL, kind TEXT NOT NULL, order_id TEXT NOT NULL,
    key TEXT NOT NULL DEFAULT '', state TEXT NOT NULL DEFAULT '', body TEXT NOT NULL, chain TEXT NOT NULL
) STRICT;
CREATE INDEX journal_order ON journal (order_id, kind);
CREATE INDEX journal_key ON journal (kind, key);
CREATE UNIQUE INDEX journal_keyed ON journal (key) WHERE state = 'keyed';
CREATE TRIGGER journal_no_update BEFORE UPDATE ON journal
    BEGIN SELECT RAISE(ABORT, 'the journal is only added to'); END;
CREATE TRIGGER journal_no_delete BEFORE DELETE ON journal
    BEGIN SELECT RAISE(ABORT, 'the journal is only added to'); END;
"""
"""The file of the version that had an unkeyed chain and no derived tables."""


def memory_ledger() -> SqliteLedger:
    """Closed when the test has no use for it any more."""
    ledger = SqliteLedger(None, KEY)
    weakref.finalize(ledger, ledger._connection.close)
    return ledger


def file_ledger(path: Path) -> SqliteLedger:
    return SqliteLedger(path, KEY)


def rows_of(ledger: SqliteLedger) -> list[tuple[Any, ...]]:
    """All entries, without the one with which the chain begins."""
    return [tuple(row) for row in ledger.entries(1, ledger.head.seq) if row.kind != "chain"]


FORMAT_2 = """
CREATE TABLE counter (name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT, WITHOUT ROWID;
INSERT INTO counter (name, value) SELECT kind, seq FROM open_key WHERE kind = 'receipts';
DELETE FROM open_key WHERE kind = 'receipts';
DROP INDEX piece_renamed;
CREATE INDEX piece_order ON piece (order_id);
PRAGMA user_version = 2;
"""
"""Makes the tables of a closed ledger file those of the version that had the highest receipt in a table of its own."""


def to_format_2(path: Path) -> None:
    """Gives a closed ledger file the tables of the version before."""
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(FORMAT_2)


class EarlierLedger:
    """Writes a ledger file as the version without derived tables did."""

    def __init__(self, path: Path) -> None:
        self.path, self._seq, self._chain = path, 0, ""
        with closing(sqlite3.connect(path)) as connection:
            connection.executescript(EARLIER_SCHEMA)

    def append(
        self, kind: str, order_id: str, body: object, at_us: int, *, key: str = "", state: str = ""
    ) -> None:
        text = json.dumps(body, ensure_ascii=False, separators=(",", ":"))
        self.append_text(kind, order_id, text, at_us, key=key, state=state)

    def append_text(
        self, kind: str, order_id: str, text: str, at_us: int, *, key: str = "", state: str = ""
    ) -> None:
        self._seq += 1
        entry = (self._seq, at_us, kind, order_id, key, state, text)
        self._chain = hashlib.sha256(
            json.dumps([self._chain, *entry], ensure_ascii=False).encode()
        ).hexdigest()
        with closing(sqlite3.connect(self.path)) as connection:
            connection.execute(f"INSERT INTO journal ({ROW}) VALUES (?,?,?,?,?,?,?,?)", (*entry, self._chain))
            connection.commit()


def forget_head(state: Path) -> None:
    """The store's database loses the ledger's head, by which it notices another ledger."""
    with closing(sqlite3.connect(state / "store.db", isolation_level=None)) as database:
        database.execute("DELETE FROM ledger_head")


def head_of(state: Path) -> tuple[Any, ...]:
    """The row of the ledger's head in the store's database."""
    with closing(sqlite3.connect(state / "store.db")) as database:
        return tuple(database.execute("SELECT seq, chain, receipts FROM ledger_head").fetchone())


def keep_head(state: Path, head: tuple[Any, ...]) -> None:
    """Writes another head to the store's database."""
    with closing(sqlite3.connect(state / "store.db", isolation_level=None)) as database:
        database.execute("UPDATE ledger_head SET seq = ?, chain = ?, receipts = ?", head)
