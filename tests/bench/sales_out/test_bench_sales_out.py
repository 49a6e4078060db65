"""A day of sales with the outside away: all documents are given in order in 60 s after it is back; memory is bounded.

In `check` with 400 sales; `--full`: 5,000, as at a busy day of a large shop.
"""

from __future__ import annotations

import time
import tracemalloc
from pathlib import Path
from threading import Event
from zoneinfo import ZoneInfo

import pytest

from kiosk.clock import Clocks, monotonic_us, now_us
from kiosk.config.sales.sales_out import SalesFolder, SalesHook, SalesOut
from kiosk.store.db.database import Database
from kiosk.store.payments.ledger import PostgresLedger, SqliteLedger
from kiosk.store.payments.ledger.sql_ledger import SqlLedger
from kiosk.store.sales_out.delivery import DeliverySource
from kiosk.store.sales_out.destinations import SalesDestinations
from kiosk.store.sales_out.reading import DocumentReader
from kiosk.store.sales_out.state_rows import DestinationState, StateRows
from tests.bench.ledger.large_ledger import write_orders
from tests.contracts.ledger_orders import pay
from tests.kiosk.connectors.sales_out.erp import Erp, erp
from tests.kiosk.store import postgres
from tests.kiosk.store.payments.ledgers import KEY
from tests.kiosk.store.sales_out.ledger_documents import all_documents, first_mark
from tests.kiosk.store.sample_shop import empty_tables, piece_of

LIMIT_S = 60.0
PAUSE = Event()


def destinations_of(ledger: SqlLedger, database: Database, at: Erp, folder: Path) -> SalesDestinations:
    """Both begin with the first entry."""
    rows, start = StateRows(database), first_mark(ledger)
    for name in ("books", "erp"):
        rows.save(DestinationState(name, start.ledger, start.seq))
    hook = SalesHook(url=at.url, key_file=at.key_file, network="this-computer", ca_file=at.ca_file)
    out = SalesOut(folders={"books": SalesFolder(folder=folder)}, web_hooks={"erp": hook})
    source = DeliverySource(DocumentReader(ledger), rows, Clocks(now_us, monotonic_us))
    return SalesDestinations(out, source, ZoneInfo("Europe/Vienna"))


def drained_s(ledger: SqlLedger, database: Database, at: Erp, folder: Path, count: int) -> float:
    """Seconds from the instant at which the outside is back to the last document."""
    destinations = destinations_of(ledger, database, at, folder)
    at.status = 503
    destinations.start()
    while len(at.calls) < 3:  # it was tried in vain
        PAUSE.wait(0.05)
    at.status, began_s = 201, time.monotonic()
    try:
        while len(at.taken) < count:
            assert time.monotonic() - began_s < 5 * LIMIT_S, f"{len(at.taken)} of {count}"
            PAUSE.wait(0.02)
        return time.monotonic() - began_s
    finally:
        destinations.close()


@pytest.mark.timeout(900)
@pytest.mark.parametrize("orders", [400, pytest.param(5_000, marks=pytest.mark.full)])
def test_a_day_without_the_outside_is_given_in_order_in_60_s(tmp_path: Path, orders: int) -> None:
    write_orders(tmp_path / "ledger.db", KEY, orders)
    (tmp_path / "store.db").write_bytes(empty_tables())
    (tmp_path / "books").mkdir()
    ledger = SqliteLedger(tmp_path / "ledger.db", KEY)
    database = Database(f"sqlite:///{tmp_path / 'store.db'}")
    wanted = [document.document_id for document in all_documents(ledger)]
    with erp(tmp_path / "erp") as at:
        took_s = drained_s(ledger, database, at, tmp_path / "books", orders)
    print(f"\n{orders} documents in {took_s:.1f} s, {1000 * took_s / orders:.1f} ms each")
    assert list(at.taken) == wanted
    (file,) = (tmp_path / "books").glob("*.jsonl")
    assert len(file.read_bytes().splitlines()) == orders
    assert took_s < LIMIT_S
    ledger.close()
    database.close()


@pytest.mark.timeout(900)
@pytest.mark.parametrize("orders", [30, pytest.param(1_000, marks=pytest.mark.full)])
def test_the_same_with_ledger_and_database_in_postgresql(
    tmp_path: Path, orders: int, request: pytest.FixtureRequest
) -> None:
    url = postgres.fresh_database(request.getfixturevalue("postgres_server"))
    database, ledger = Database(url), PostgresLedger(url, KEY)
    (tmp_path / "books").mkdir()
    for number in range(orders):
        pay(ledger, f"o{number}", piece_of("S1", "WHI", "M", number + 1))
    with erp(tmp_path / "erp") as at:
        took_s = drained_s(ledger, database, at, tmp_path / "books", orders)
    print(f"\nPostgreSQL: {orders} documents in {took_s:.1f} s, {1000 * took_s / orders:.1f} ms each")
    assert list(at.taken) == [document.document_id for document in all_documents(ledger)]
    ledger.close()
    database.close()


def peak_bytes(tmp_path: Path, orders: int) -> int:
    """The largest memory while a queue of so many documents is read in pages."""
    path = tmp_path / f"{orders}.db"
    write_orders(path, KEY, orders)
    ledger = SqliteLedger(path, KEY)
    reader, mark, more = DocumentReader(ledger), first_mark(ledger), True
    tracemalloc.start()
    try:
        while more:
            page = reader.page(mark)
            mark, more = page.end, page.more
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
        ledger.close()


def test_the_memory_does_not_grow_with_what_waits(tmp_path: Path) -> None:
    small, large = peak_bytes(tmp_path, 300), peak_bytes(tmp_path, 900)
    print(f"\npeak {small / 1e6:.1f} MB with 300 documents, {large / 1e6:.1f} MB with 900")
    assert large < 1.5 * small
