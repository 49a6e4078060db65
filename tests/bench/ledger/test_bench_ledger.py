"""Paying and starting with a large ledger against a small one, and a durable order against bare SQLite.

What is meant: with 500,000 orders a payment takes at most 20 ms more than with 1,000. Asserted are ratios within one
run, of medians of payments in turns. `--full` uses 500,000 orders, else 10,000.
"""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from statistics import median

import pytest

from kiosk.core.domain.ids import OrderId, PieceId, RoomId, Ticket
from kiosk.core.domain.payment import PaymentMeans, PaymentState
from kiosk.core.visit.effects import CollectPayment, PriceOrder
from kiosk.core.wire import to_json
from kiosk.store.lifecycle import Store
from kiosk.store.payments.ledger import SqliteLedger
from kiosk.store.payments.ledger.chain import ChainKey
from kiosk.store.payments.ledger.schema import JOURNAL_SQLITE, Statements, statements
from kiosk.store.settings import StoreSettings
from kiosk.store.staff.tokens import store_key
from tests.bench.ledger.large_ledger import ARTICLE, write_orders
from tests.contracts.ledger_orders import attempt, pay
from tests.contracts.ledger_orders import order as order_of
from tests.kiosk.store.payments.ledger.faulty_disk import FaultyDisk, faulty_disk
from tests.kiosk.store.payments.ledgers import KEY
from tests.kiosk.store.sample_shop import InProcessTerminal, sample_store, settings_in

SMALL, PAYMENTS = 1000, 9
MOST_TIMES_LONGER = 1.5
LEAST_OF_BARE = 0.8
ORDERS_EACH, MOST_ORDERS = 50, 400
"""So many orders are measured at a time, and all together, until the ratio of all of them so far reaches the bar: with
25 orders it was 0.62 to 1.10 beside four busy programs, and 0.82 to 0.86 (true value 0.84) on the idle computer."""
MORE_PAGES = 4
"""The open keys with the reservation, and again with the sale: `open_key` and `piece`, in two transactions."""
LEAST_BARE_S = 0.003
"""The bar is asserted where a bare order, which syncs twelve times, takes at least so long. Hashes, derived tables and
look-ups take some 0.2 to 0.5 ms of an order: on a disk that syncs faster, 0.8 is NOT certain (0.80 at 1.0 ms,
0.79 in memory, on a busy computer). There the test is skipped and says its ratio; with `--full` it fails."""


class Shop:
    """A store with a ledger of so many orders, and its terminal."""

    def __init__(self, folder: Path, orders: int) -> None:
        self.settings: StoreSettings = settings_in(folder)
        with sample_store(self.settings):
            pass
        write_orders(self.settings.ledger_path, ChainKey(store_key(self.settings.state)), orders)
        self.terminal = InProcessTerminal()
        self.number = 0

    def pay(self, store: Store) -> float:
        """Seconds from the wish to pay until the order is paid: price, collect, tap, receipt."""
        self.number += 1
        name = OrderId(f"o{self.number}")
        pieces = ((PieceId(f"{ARTICLE}.7{self.number}"), ARTICLE),)
        began = time.perf_counter()
        store.service.price_order(RoomId("1"), PriceOrder(Ticket("t"), name, pieces, None))
        wish = CollectPayment(Ticket("t"), name, PaymentMeans.TERMINAL, 1)
        store.service.collect_payment(RoomId("1"), wish)
        self.terminal.tap()
        while (paid := store.service.collect_payment(RoomId("1"), wish)).state is not PaymentState.PAID:
            assert time.perf_counter() - began < 30, paid
        return time.perf_counter() - began

    def start(self) -> float:
        """Seconds to open the ledger."""
        key = ChainKey(store_key(self.settings.state))
        began = time.perf_counter()
        SqliteLedger(self.settings.ledger_path, key).close()
        return time.perf_counter() - began


@pytest.mark.timeout(900)
@pytest.mark.parametrize("orders", [10_000, pytest.param(500_000, marks=pytest.mark.full)])
def test_a_payment_and_a_start_do_not_slow_down_with_the_ledger(tmp_path: Path, orders: int) -> None:
    shops = [Shop(tmp_path / "small", SMALL), Shop(tmp_path / "large", orders)]
    starts = [median(shop.start() for _ in range(5)) for shop in shops]
    with ExitStack() as opened:
        stores = [opened.enter_context(sample_store(shop.settings, terminal=shop.terminal)) for shop in shops]
        for _ in range(3):
            for shop, store in zip(shops, stores, strict=True):
                shop.pay(store)
        taken = [
            [shop.pay(store) for shop, store in zip(shops, stores, strict=True)] for _ in range(PAYMENTS)
        ]
    small, large = (median(column) for column in zip(*taken, strict=True))
    print(
        f"\npayment with {SMALL} orders {small * 1e3:.1f} ms, with {orders} {large * 1e3:.1f} ms,"
        f" ratio {large / small:.2f}; start {starts[0] * 1e3:.0f} ms, {starts[1] * 1e3:.0f} ms,"
        f" ratio {starts[1] / starts[0]:.2f}"
    )
    assert large / small <= MOST_TIMES_LONGER
    assert starts[1] / starts[0] <= MOST_TIMES_LONGER


class Bare:
    """The journal's table alone, with the same settings: the same rows in the same transactions, nothing else. Their
    JSON is made from the same values."""

    def __init__(self, path: Path, transactions: list[list[tuple[object, ...]]]) -> None:
        self._connection = sqlite3.connect(path, isolation_level=None)
        for setting in ("journal_mode=PERSIST", "synchronous=EXTRA", "locking_mode=EXCLUSIVE"):
            self._connection.execute(f"PRAGMA {setting}")
        for statement in statements(JOURNAL_SQLITE):
            self._connection.execute(statement)
        self._transactions, self._seq = transactions, 0

    def write_order(self, number: int) -> None:
        insert = Statements("").insert
        for rows in self._transactions:
            priced = order_of(f"o{number}", PieceId(f"{ARTICLE}.{number}"))
            self._connection.execute("BEGIN IMMEDIATE")
            for row in rows:
                self._seq += 1
                json.dumps(
                    to_json(priced if row[2] == "order" else attempt(f"o{number}")), ensure_ascii=False
                )
                order, key = f"o{number}", f"{row[4]}{number}" if row[4] else ""
                self._connection.execute(insert, (self._seq, *row[1:3], order, key, *row[5:]))
            self._connection.execute("COMMIT")

    def close(self) -> None:
        self._connection.close()


def transactions_of_an_order() -> list[list[tuple[object, ...]]]:
    """The entries of one paid order, by transaction."""
    ledger = SqliteLedger(None, KEY)
    pay(ledger, "o1", PieceId(f"{ARTICLE}.1"))
    rows: list[tuple[object, ...]] = [tuple(entry) for entry in ledger.entries(2, ledger.head.seq)]
    ledger.close()
    by_kind = [str(row[2]) for row in rows]
    assert by_kind == ["order", "number", "attempt", "attempt", "receipt"]
    return [rows[:1], rows[1:3], rows[3:]]


@pytest.fixture
def disk() -> Iterator[FaultyDisk]:
    """Counts writes and syncs; nothing fails."""
    with faulty_disk() as made:
        yield made


@pytest.fixture
def works(tmp_path: Path) -> Iterator[list[Callable[[int], None]]]:
    bare = Bare(tmp_path / "bare.db", transactions_of_an_order())
    ledger = SqliteLedger(tmp_path / "ledger.db", KEY)

    def write(number: int) -> None:
        pay(ledger, f"o{number}", PieceId(f"{ARTICLE}.{number}"))

    yield [bare.write_order, write]
    bare.close()
    ledger.close()


def test_an_order_writes_four_pages_more_than_bare_sqlite(
    disk: FaultyDisk, works: list[Callable[[int], None]]
) -> None:
    """Each page costs three writes to the rollback journal and one to the file."""
    written: list[list[int]] = []
    for number in range(25):
        row = []
        for work in works:
            disk.fail(0)
            work(number)
            row.append(disk.done)
        written.append(row)
    bare, ours = (median(column) for column in zip(*written, strict=True))
    print(f"\nwrites and syncs of an order: bare SQLite {bare:.0f}, ledger {ours:.0f}")
    assert ours - bare <= 4 * MORE_PAGES


def least_disturbed(seconds: list[float]) -> float:
    """The lower quartile: other programs and the disk's other work only add to what an order takes."""
    return sorted(seconds)[len(seconds) // 4]


def test_a_durable_order_takes_little_more_than_bare_sqlite(
    works: list[Callable[[int], None]], pytestconfig: pytest.Config
) -> None:
    taken: list[list[float]] = [[], []]
    ratio, bare = 0.0, 0.0
    for orders in range(ORDERS_EACH, MOST_ORDERS + 1, ORDERS_EACH):
        for number in range(orders - ORDERS_EACH, orders):
            for work, seconds in zip(works, taken, strict=True):
                began = time.perf_counter()
                work(number)
                seconds.append(time.perf_counter() - began)
        bare, ours = map(least_disturbed, taken)
        ratio = bare / ours
        print(
            f"\n{orders} orders: bare SQLite {bare * 1e3:.2f} ms, ledger {ours * 1e3:.2f} ms, ratio {ratio:.2f}"
        )
        if ratio >= LEAST_OF_BARE:
            return
    if bare < LEAST_BARE_S and not pytestconfig.getoption("--full"):
        pytest.skip(
            f"ratio {ratio:.2f} is below {LEAST_OF_BARE}; not asserted, a bare order takes {bare * 1e3:.1f} ms"
        )
    assert ratio >= LEAST_OF_BARE
