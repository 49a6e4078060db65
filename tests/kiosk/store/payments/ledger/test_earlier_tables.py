"""Earlier ledgers in PostgreSQL: damaged entries are named, and one that is away or damaged stops nothing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from kiosk.core.domain.ids import OrderId
from kiosk.store.payments.ledger import PostgresLedger
from kiosk.store.payments.ledger.archives import LedgerPlace
from kiosk.store.payments.ledger.opening import open_ledger
from kiosk.store.payments.ledger.upkeep.reopen import Reopening
from kiosk.store.payments.order_book import OrderBook
from tests.contracts.ledger_orders import pay
from tests.faults.damaged_ledger.closed_ledgers import KeptHead
from tests.kiosk.store import postgres
from tests.kiosk.store.backup.backed_up import shop_in
from tests.kiosk.store.payments.ledger.cut_proxy import CutProxy
from tests.kiosk.store.payments.ledger_steps import reopen
from tests.kiosk.store.payments.ledgers import KEY
from tests.kiosk.store.sample_shop import sample_store

ORDERS = ("o1", "o2")


@pytest.fixture
def proxy(postgres_server: str) -> Iterator[CutProxy]:
    found = CutProxy(postgres.fresh_database(postgres_server))
    yield found
    found.close()


def begun_again(folder: Path, url: str, *, in_database: bool) -> LedgerPlace:
    """A closed ledger in the database, and the present one there or in a file."""
    kept, ledger = KeptHead(), PostgresLedger(url, KEY)
    for name in ORDERS:
        pay(ledger, name)
        OrderBook(ledger).put_settled(OrderId(name), 1)
    kept.head = ledger.head
    ledger.close()
    place = LedgerPlace(folder / "ledger.db", url, in_database)
    Reopening(place, KEY, kept).run()
    return place


def change_entry(url: str, seq: int) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("ALTER TABLE ledger_1_journal DISABLE TRIGGER ALL")
        connection.execute("UPDATE ledger_1_journal SET body = '{}' WHERE seq = %s", (seq,))
        connection.execute("ALTER TABLE ledger_1_journal ENABLE TRIGGER ALL")


@pytest.mark.parametrize("checked", [True, False], ids=["as it is", "planted fault"])
def test_damaged_entries_in_the_database_are_named_while_the_store_runs(
    tmp_path: Path, proxy: CutProxy, checked: bool
) -> None:
    place = begun_again(tmp_path, proxy.real_url, in_database=True)
    change_entry(proxy.real_url, 6)
    ledger = open_ledger(place, KEY, None)
    for _ in range(2 if checked else 0):
        ledger.check_some(1)
    why = "entry 6 was changed after it was written"
    assert [str(each) for each in ledger.lost_archives] == [f"ledger 1 of the database: {why}"] * checked
    assert (bool(ledger.gap), ledger.state.closed) == (checked, False)
    ledger.close()


def test_while_the_database_of_an_earlier_ledger_is_away_sales_go_on(tmp_path: Path, proxy: CutProxy) -> None:
    place = begun_again(tmp_path, proxy.url, in_database=False)
    ledger = open_ledger(place, KEY, None)
    book = OrderBook(ledger)
    assert (book.receipt(OrderId("o1")) is not None, ledger.gap) == (True, "")
    proxy.close()
    assert [book.receipt(OrderId(name)) for name in (*ORDERS, "unknown")] == [None] * 3
    pay(ledger, "o3")
    ledger.check_some(1)
    assert book.receipt(OrderId("o3")) is not None
    assert "does not answer" in ledger.gap
    assert not ledger.state.closed
    ledger.close()


def test_a_damaged_earlier_ledger_in_the_database_does_not_stop_the_back_ups(
    tmp_path: Path, postgres_server: str
) -> None:
    url = postgres.fresh_database(postgres_server)
    shop = shop_in(tmp_path, url, "database")
    change_entry(url, 3)
    reopen(shop.settings)
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("DROP TABLE ledger_1_identity")
    with sample_store(shop.settings) as store:
        assert store.health().ok
    found = shop.backup().verified
    assert found.lost == ("ledger 1 of the database: entry 3 was changed after it was written",)
