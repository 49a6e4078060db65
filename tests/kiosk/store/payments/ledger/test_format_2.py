"""Ledgers of the version before: the highest number of a receipt was in a table of its own."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from kiosk.core.domain.ids import PieceId
from kiosk.store.backup.postgres_rows import PostgresReader, clear, write_rows
from kiosk.store.db.database import Database
from kiosk.store.errors import LedgerDamagedError
from kiosk.store.payments.ledger import PostgresLedger, SqliteLedger
from kiosk.store.payments.ledger.port import Head
from kiosk.store.payments.ledger.schema import DERIVED_SQLITE, FORMAT, JOURNAL_SQLITE, statements
from tests.contracts.ledger_orders import pay
from tests.kiosk.store import postgres
from tests.kiosk.store.payments.ledger.test_derived_tables import ARTICLE, check, play
from tests.kiosk.store.payments.ledgers import KEY, file_ledger, to_format_2

HISTORY = [
    ("begin", "a", 0, 2), ("paid", "a", 0, 0), ("identify", "a", 0, 1), ("begin", "b", 3, 3), ("sent", "b", 0, 0),
]  # fmt: skip
POSTGRES_FORMAT_2 = """
CREATE TABLE ledger_1_counter (name TEXT PRIMARY KEY, value BIGINT NOT NULL);
INSERT INTO ledger_1_counter (name, value) SELECT kind, seq FROM ledger_1_open_key WHERE kind = 'receipts';
DELETE FROM ledger_1_open_key WHERE kind = 'receipts';
DROP INDEX ledger_1_piece_renamed;
CREATE INDEX ledger_1_piece_order ON ledger_1_piece (order_id);
"""


def written(path: Path) -> Head:
    """A ledger file of the version before; its end."""
    ledger = file_ledger(path)
    play(ledger, list(HISTORY))
    head = ledger.head
    ledger.close()
    to_format_2(path)
    return head


def tables(path: Path) -> set[tuple[str, str]]:
    with closing(sqlite3.connect(path)) as connection:
        return set(connection.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL"))


def test_a_file_of_the_version_before_is_continued(tmp_path: Path) -> None:
    head = written(tmp_path / "l.db")
    ledger = SqliteLedger(tmp_path / "l.db", KEY, head)
    assert ledger.head == head, "no entry is written for it"
    assert head.receipts == 1
    check(ledger)
    pay(ledger, "c", PieceId(f"{ARTICLE}.9"))
    assert ledger.head.receipts == 2
    ledger.close()
    again = SqliteLedger(tmp_path / "l.db", KEY)
    assert again.head.receipts == 2
    assert again.orders_with_open() == ["a", "b", "c"]
    again.close()


def test_its_tables_are_those_of_a_new_file(tmp_path: Path) -> None:
    written(tmp_path / "l.db")
    file_ledger(tmp_path / "l.db").close()
    with closing(sqlite3.connect(tmp_path / "new.db")) as connection:
        for schema in (JOURNAL_SQLITE, DERIVED_SQLITE):
            for statement in statements(schema):
                connection.execute(statement.replace("IF NOT EXISTS ", ""))
        connection.commit()
    assert {name for name, _ in tables(tmp_path / "l.db")} == {
        name for name, _ in tables(tmp_path / "new.db")
    }
    with closing(sqlite3.connect(tmp_path / "l.db")) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (FORMAT,)


def test_an_old_copy_is_not_changed(tmp_path: Path) -> None:
    head = written(tmp_path / "l.db")
    before = (tmp_path / "l.db").read_bytes()
    with pytest.raises(LedgerDamagedError):
        SqliteLedger(tmp_path / "l.db", KEY, head._replace(seq=head.seq + 1))
    assert (tmp_path / "l.db").read_bytes() == before


def postgres_written(url: str) -> Head:
    """A ledger in PostgreSQL with the tables of the version before; its end."""
    ledger = PostgresLedger(url, KEY)
    play(ledger, list(HISTORY))
    head = ledger.head
    for statement in statements(POSTGRES_FORMAT_2):
        ledger._execute(statement, ())
    ledger.close()
    return head


def test_back_ups_of_the_version_before_are_read_and_written(tmp_path: Path, postgres_server: str) -> None:
    url = postgres.fresh_database(postgres_server)
    Database(url).close()
    head = postgres_written(url)
    with closing(PostgresReader(url)) as reader:
        reader.begin()
        assert reader.copy(tmp_path, lambda _, __: None) == (1,)
    file = tmp_path / "ledger-1.db"
    ledger = SqliteLedger(file, KEY, head)
    assert ledger.head == head
    check(ledger)
    ledger.close()
    to_format_2(file)
    clear(url)
    write_rows(url, tmp_path / "store.db", {1: file}, lambda _, __: None)
    in_database = PostgresLedger(url, KEY, head)
    assert in_database.head == head
    check(in_database)
    in_database.close()


def test_tables_of_the_version_before_in_postgresql(postgres_server: str) -> None:
    url = postgres.fresh_database(postgres_server)
    head = postgres_written(url)
    read_only = PostgresLedger(url, KEY, checked=False)
    assert read_only.head == head, "one that is only read is not changed"
    read_only.close()
    for _ in range(2):
        ledger = PostgresLedger(url, KEY, head)
        assert ledger.head == head
        check(ledger)
        ledger.close()
