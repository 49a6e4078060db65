"""The ledger: entries, transactions, queries. What happens to its file is in tests/faults."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

import pytest

from kiosk.store.payments.ledger import Ledger


@pytest.fixture
def ledger() -> Iterator[Ledger]:
    opened = Ledger(None)
    yield opened
    opened.close()


def test_the_newest_entry_of_a_key_or_an_order_counts(ledger: Ledger) -> None:
    ledger.append("attempt", "o1", {"n": 1}, 1, key="k1", state="keyed")
    ledger.append("attempt", "o1", {"n": 2}, 2, key="k2", state="keyed")
    ledger.append("attempt", "o1", {"n": 3}, 3, key="k1", state="paid")
    assert ledger.last("attempt", key="k1") == {"n": 3}
    assert ledger.last("attempt", order_id="o1") == {"n": 3}
    assert ledger.last("attempt", key="k9") is None
    assert ledger.last_of_each_key("attempt", "order_id = ?", "o1") == [{"n": 2}, {"n": 3}]
    assert ledger.last_of_each_key("attempt", "state NOT IN (?)", "paid") == [{"n": 2}]


def test_entries_are_counted_and_orders_found_by_a_missing_entry(ledger: Ledger) -> None:
    for order in ("o1", "o2"):
        ledger.append("receipt", order, {}, 1)
    ledger.append("settled", "o1", {}, 2)
    assert (ledger.count("receipt"), ledger.orders_without("receipt", "settled")) == (2, ["o2"])


def test_a_key_is_keyed_once(ledger: Ledger) -> None:
    ledger.append("attempt", "o1", {}, 1, key="k1", state="keyed")
    with pytest.raises(sqlite3.IntegrityError):
        ledger.append("attempt", "o2", {}, 2, key="k1", state="keyed")
    assert ledger.append("attempt", "o1", {}, 3, key="k1", state="sent") == 2, "numbers have no gap"
    assert ledger.verify()[0] == 2


def test_a_nested_transaction_ends_with_the_outer_one(ledger: Ledger) -> None:
    def fails() -> None:
        with ledger.transaction():
            with ledger.transaction():
                ledger.append("order", "o1", {}, 1)
            raise KeyError

    with pytest.raises(KeyError):
        fails()
    assert ledger.count("order") == 0


def test_an_empty_journal_is_valid(ledger: Ledger) -> None:
    assert ledger.verify() == (0, "")
