"""A ledger file with a changed byte anywhere: opened as sound, or closed with a reason and read; never an error."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from kiosk.store.errors import StoreError
from kiosk.store.payments.ledger.opening import open_file
from kiosk.store.payments.ledger.port import Head
from kiosk.store.payments.order_book import OrderBook
from kiosk.store.payments.refund_book import RefundBook
from tests.contracts.ledger_orders import pay
from tests.kiosk.store.payments.ledgers import KEY, file_ledger
from tests.kiosk.store.sample_shop import piece_of

ORDERS = 12
TRIES = 150


def written(path: Path) -> tuple[bytes, Head]:
    ledger = file_ledger(path)
    for number in range(ORDERS):
        pay(ledger, f"o{number}", piece_of("S1", "WHI", "M", number + 1))
    head = ledger.head
    ledger.close()
    return path.read_bytes(), head


def readable_receipts(path: Path, head: Head) -> tuple[bool, int]:
    """Whether payments are closed, and how many receipts are found."""
    ledger = open_file(path, KEY, head)
    try:
        orders, refunds, found = OrderBook(ledger), RefundBook(ledger), 0
        for number in range(ORDERS):
            try:
                found += orders.receipt(f"o{number}") is not None  # type: ignore[arg-type]
            except StoreError:
                assert ledger.state.closed
        orders.open_attempts()
        refunds.open_refunds()
        return ledger.state.closed, found
    finally:
        ledger.close()


@pytest.mark.parametrize(
    "tries", [TRIES, pytest.param(3000, marks=[pytest.mark.full, pytest.mark.timeout(900)])]
)
def test_a_changed_byte_anywhere_is_harmless_or_noticed(tmp_path: Path, tries: int) -> None:
    path, random = tmp_path / "ledger.db", Random(7)
    content, head = written(path)
    closed = 0
    for _ in range(tries):
        changed = bytearray(content)
        changed[random.randrange(len(content))] ^= 1 << random.randrange(8)
        path.write_bytes(changed)
        path.with_name("ledger.db-journal").unlink(missing_ok=True)
        is_closed, found = readable_receipts(path, head)
        closed += is_closed
        assert found == ORDERS if not is_closed else found >= ORDERS - 4
    assert closed > tries / 10, "most bytes of the entries are noticed"


def test_a_schema_that_is_not_utf_8_is_noticed(tmp_path: Path) -> None:
    """SQLite quotes it in messages, which Python then cannot decode."""
    path = tmp_path / "ledger.db"
    content, head = written(path)
    for at in range(4096 - 2048, 4096, 64):
        changed = bytearray(content)
        changed[at] ^= 0x80
        path.write_bytes(changed)
        path.with_name("ledger.db-journal").unlink(missing_ok=True)
        is_closed, found = readable_receipts(path, head)
        assert is_closed or found == ORDERS, at


def test_a_missing_piece_of_the_file_anywhere_is_noticed(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    content, head = written(path)
    for end in range(0, len(content), 4096 * 3 + 100):
        path.write_bytes(content[:end])
        path.with_name("ledger.db-journal").unlink(missing_ok=True)
        is_closed, _ = readable_receipts(path, head)
        assert is_closed, end
