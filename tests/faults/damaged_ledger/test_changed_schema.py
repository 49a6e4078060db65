"""A ledger file whose schema has a changed byte: noticed at the start, and every receipt is read all the same."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from itertools import islice
from pathlib import Path

import pytest

from kiosk.core.domain.ids import OrderId
from kiosk.store.errors import LedgerDamagedError
from kiosk.store.payments.ledger import SqliteLedger
from kiosk.store.payments.ledger.on_disk.stored_schema import difference
from kiosk.store.payments.ledger.opening import READABLE_FILE, open_file
from kiosk.store.payments.ledger.port import Head
from kiosk.store.payments.ledger.readable import ReadableLedger
from kiosk.store.payments.ledger.sql_ledger import SqlLedger
from kiosk.store.payments.ledger.state import Condition, LedgerState
from kiosk.store.payments.order_book import OrderBook
from tests.contracts.ledger_orders import pay
from tests.faults.damaged_ledger.test_changed_bytes import ORDERS, written
from tests.kiosk.store.payments.ledgers import KEY, EarlierLedger, to_format_2
from tests.kiosk.store.sample_shop import piece_of

PAGE = 4096
SHORT = 120
"""Cases of the short test, spread over all."""
Open = Callable[[Path, Head], SqlLedger]


def used_bytes(page: bytes) -> list[int]:
    """The bytes of the first page that mean something: the file's header (100 bytes), the page's, and the cells."""
    cells = int.from_bytes(page[103:105], "big")
    return [*range(108 + 2 * cells), *range(int.from_bytes(page[105:107], "big"), PAGE)]


def changed_pages(page: bytes) -> Iterator[tuple[int, bytes]]:
    """Each used byte with each of its bits changed, as zero, as a space and as the next number."""
    for at in used_bytes(page):
        old = page[at]
        for new in {*(old ^ 1 << bit for bit in range(8)), 0, 0x20, (old + 1) % 256} - {old}:
            yield at, page[:at] + bytes([new]) + page[at + 1 :]


def found_receipts(ledger: SqlLedger) -> int:
    return sum(OrderBook(ledger).receipt(OrderId(f"o{number}")) is not None for number in range(ORDERS))


def judge(path: Path, head: Head, open_ledger: Open) -> str:
    """What is wrong with how a changed file is opened; empty if nothing is.

    A ledger that is open must take a payment; one that is closed must be closed before the first question. From both
    every receipt is read.
    """
    ledger = open_ledger(path, head)
    try:
        was_closed = ledger.state.closed
        if not was_closed:
            pay(ledger, "more", piece_of("S1", "WHI", "M", 99))
        if (found := found_receipts(ledger)) < ORDERS:
            return f"{found} receipts of {ORDERS}"
        return "closed by a question" if ledger.state.closed and not was_closed else ""
    except LedgerDamagedError as error:
        return str(error)
    finally:
        ledger.close()


def wrongs(folder: Path, cases: int | None, open_ledger: Open) -> tuple[list[tuple[int, str]], int]:
    """The bytes for which the judge finds something, and how many files were tried; `cases` None tries all."""
    path = folder / "ledger.db"
    content, head = written(path)
    everything = list(changed_pages(content[:PAGE]))
    step = 1 if cases is None else max(1, len(everything) // cases)
    found = []
    for at, page in islice(everything, 0, None, step):
        path.write_bytes(page + content[PAGE:])
        for beside in ("ledger.db-journal", READABLE_FILE):
            path.with_name(beside).unlink(missing_ok=True)
        if why := judge(path, head, open_ledger):
            found.append((at, why))
    return found, len(everything[::step])


def opened(path: Path, head: Head) -> SqlLedger:
    return open_file(path, KEY, head)


@pytest.mark.parametrize(
    "cases", [SHORT, pytest.param(None, marks=[pytest.mark.full, pytest.mark.timeout(1800)], id="all")]
)
def test_a_changed_byte_of_the_schema_costs_no_receipt(tmp_path: Path, cases: int | None) -> None:
    found, tried = wrongs(tmp_path, cases, opened)
    assert found == []
    assert tried >= SHORT


class WritesWithoutComparison(SqliteLedger):
    """Planted fault: trusts any schema with which the newest entries can be read."""

    def _check_schema(self) -> None:
        """Not compared."""


class ReadsWithoutComparison(ReadableLedger):
    """Planted fault: trusts any schema with which the last entry can be read."""

    def _check_schema(self) -> None:
        """Not compared."""


def opened_without_comparison(path: Path, head: Head) -> SqlLedger:
    """As the version before: the schema was not compared."""
    try:
        return WritesWithoutComparison(path, KEY, head)
    except LedgerDamagedError as damaged:
        state = LedgerState(Condition.DAMAGED, str(damaged))
        try:
            return ReadsWithoutComparison(path, KEY, state)
        except LedgerDamagedError:
            return opened(path, head)


def test_without_comparing_the_schema_receipts_are_lost(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    content, head = written(path)
    path.write_bytes(content.replace(b"body TEXT", b"bodx TEXT", 1))
    assert judge(path, head, opened_without_comparison) != ""
    assert judge(path, head, opened) == ""


def test_an_index_that_refuses_other_rows_is_noticed(tmp_path: Path) -> None:
    """Every row and page is sound, and a second entry of a key would be taken."""
    path = tmp_path / "ledger.db"
    content, head = written(path)
    path.write_bytes(content.replace(b"WHERE state = 'keyed'", b"WHERE state = 'keyee'"))
    ledger = opened(path, head)
    assert ledger.state.closed
    assert found_receipts(ledger) == ORDERS
    ledger.close()


def test_a_damaged_index_costs_no_receipt(tmp_path: Path) -> None:
    """SQLite reads every page of the file, and refuses look-ups."""
    path = tmp_path / "ledger.db"
    content, head = written(path)
    at = content.index(b"o3receipt", 2 * PAGE)
    path.write_bytes(content[: at - 4] + bytes([content[at - 4] ^ 0x80]) + content[at - 3 :])
    ledger = opened(path, head)
    assert (ledger.state.closed, found_receipts(ledger)) == (True, ORDERS)
    ledger.close()


@pytest.mark.parametrize("version", [3, 255])
def test_a_file_that_sqlite_only_reads_is_noticed_before_the_first_payment(
    tmp_path: Path, version: int
) -> None:
    """The write version in the file's header is not one that SQLite knows."""
    path = tmp_path / "ledger.db"
    content, head = written(path)
    path.write_bytes(content[:18] + bytes([version]) + content[19:])
    ledger = opened(path, head)
    assert "cannot be written" in ledger.state.why
    assert found_receipts(ledger) == ORDERS
    ledger.close()


def with_statistics(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("ANALYZE")


def compacted(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("VACUUM")


@pytest.mark.parametrize("act", [to_format_2, with_statistics, compacted])
def test_a_schema_of_the_version_before_or_with_more_in_it_is_accepted(
    tmp_path: Path, act: Callable[[Path], None]
) -> None:
    path = tmp_path / "ledger.db"
    _, head = written(path)
    act(path)
    for _ in range(2):
        ledger = opened(path, head)
        assert not ledger.state.closed
        assert found_receipts(ledger) == ORDERS
        ledger.close()


def test_the_schema_of_a_file_without_derived_tables_is_known(tmp_path: Path) -> None:
    EarlierLedger(tmp_path / "l.db").append("order", "o1", {}, 1)
    with closing(sqlite3.connect(tmp_path / "l.db")) as connection:
        assert difference(connection) == ""
        connection.execute("DROP TRIGGER journal_no_update")
        assert "journal_no_update" in difference(connection)
