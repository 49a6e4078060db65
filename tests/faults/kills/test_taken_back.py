"""A store process that is killed between the entry that takes a sale back and the return of its pieces to the stock.

Another program keeps the store's database from being written meanwhile, as a back-up or a long report may.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from threading import Event
from typing import Any
from urllib.parse import quote

import psycopg
import pytest

from kiosk.core.domain.ids import OrderId
from kiosk.core.domain.payment import PaymentMeans
from kiosk.core.visit.effects import CollectPayment, PriceOrder
from tests.faults.kills.doubles import Sim
from tests.faults.kills.line import Line
from tests.faults.kills.running_store import RunningStore
from tests.kiosk.store import postgres
from tests.kiosk.store.payments.payment_steps import SHIRT, TICKET

KEYS = 5
"""Captures that are begun for a charge, where none arrives (`follow_ups.MAX_KEYS`)."""
MARKED = "SELECT (SELECT count(*) FROM sold), (SELECT sum(pieces) FROM stock_movement)"
"""Pieces that are marked as sold, and by how much the stock has changed."""


def until(look: Callable[[], bool]) -> None:
    """Returns when it is true; fails after about 30 s."""
    for _ in range(600):
        if look():
            return
        Event().wait(0.05)
    pytest.fail("not reached")


class Shop:
    """A store process with one simulated terminal, seen from outside: HTTP and the database's rows."""

    def __init__(self, folder: Path, database: str) -> None:
        self.sim = Sim()
        self.store = RunningStore(folder, {"sim": self.sim.keys()}, database=database)
        self._database, self._room, self.desk = database, Line(self.store, "sim"), Line(self.store)
        self.restart()

    def restart(self) -> None:
        """SIGKILL, and a new process on the same state."""
        self.store.kill()
        self.store.launch()
        assert self.store.wait_ready()

    def close(self) -> None:
        self.store.end()
        self.store.kill()
        self.sim.close()

    def tapped(self, attempt: int) -> None:
        """The shirt is paid by card: approved, and the sale is in the ledger."""
        order = OrderId("o1")
        self._room.of_room("PUT", "/orders/o1", PriceOrder(TICKET, order, (SHIRT,), None))
        wish = CollectPayment(TICKET, order, PaymentMeans.TERMINAL, attempt)
        self._room.of_room("PUT", "/orders/o1/payment", wish)
        until(self.sim.tap)
        until(lambda: self._room.of_room("PUT", "/orders/o1/payment", wish)[1]["state"] == "paid")

    def tasks(self) -> list[dict[str, Any]]:
        listed: list[dict[str, Any]] = self.desk.ask("GET", "/api/v1/money")[1]["money"]
        return listed

    def receipts(self) -> list[str]:
        """The receipts under which the shirt is sold, as the desk finds it."""
        status, found = self.desk.ask("GET", f"/api/v1/sales?label={quote(SHIRT[0])}")
        return [piece["receipt"] for piece in found["sales"]] if status == 200 else []

    def marked(self) -> tuple[int, int]:
        """What the store's database says (MARKED)."""
        with self._connected() as connection:
            sold, moved = connection.execute(MARKED).fetchone() or (0, 0)
        return int(sold), int(moved or 0)

    @contextmanager
    def kept_from_writing(self) -> Iterator[None]:
        """Another program holds the database: its write lock, or a lock of the table of sold pieces."""
        with self._connected() as connection:
            if self._database:
                connection.execute("LOCK TABLE sold IN EXCLUSIVE MODE")
            else:
                connection.execute("BEGIN IMMEDIATE")
            yield

    @contextmanager
    def _connected(self) -> Iterator[Any]:
        if self._database:
            with psycopg.connect(self._database) as connection:
                yield connection
        else:
            with closing(sqlite3.connect(self.store.state / "store.db", isolation_level=None)) as file:
                yield file


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.full)])
def shop(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Shop]:
    server = request.getfixturevalue("postgres_server") if request.param == "postgresql" else ""
    made = Shop(tmp_path, postgres.fresh_database(server) if server else "")
    yield made
    made.close()


def test_pieces_of_a_sale_that_was_taken_back_are_in_the_stock_after_a_kill(shop: Shop) -> None:
    shop.sim.do(do="fault", call="capture", fault="never-arrives", times=KEYS)
    shop.tapped(attempt=1)
    until(lambda: [task["task"] for task in shop.tasks()] == ["capture"])
    assert (shop.receipts(), shop.marked()) == (["000001"], (1, -1))
    with shop.kept_from_writing():
        path = f"/api/v1/money/{shop.tasks()[0]['key']}/settle"
        assert shop.desk.ask("POST", path, {"answer": "take-back"})[0] == 200
        assert shop.receipts() == []
        shop.store.kill()
    assert shop.marked() == (1, -1), "the entry is written, the pieces are not in the stock yet"
    shop.restart()
    until(lambda: shop.marked() == (0, 0) and not shop.tasks())
    assert (shop.sim.do(do="list")["taken"], shop.receipts()) == (0, [])
    shop.tapped(attempt=2)
    until(lambda: shop.marked() == (1, -1))
    shop.restart()
    assert (shop.receipts(), shop.marked()) == (["000002"], (1, -1))
    until(lambda: shop.sim.do(do="list")["taken"] == 12_900)
