"""No card number is kept or sent: a whole visit at a terminal that leaks numbers, then a search in all that is left."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import requests

from kiosk.core.domain.ids import OrderId, Ticket
from kiosk.core.domain.payment import PaymentMeans
from kiosk.core.visit.effects import CollectPayment, PriceOrder, ReportVisit
from tests.faults.card_numbers.leaking_terminal import leaked, leaking_terminal
from tests.faults.card_numbers.search import (
    NUMBERS,
    TRACK_END,
    forms,
    found_in,
    found_in_files,
    found_in_memory,
)
from tests.kiosk.store.http_clients import associate, mirror, read_stream
from tests.kiosk.store.payments.payment_steps import COAT, SHIRT, ends
from tests.kiosk.store.sample_shop import PIN, START_US
from tests.kiosk.store.store_process import StoreProcess
from tests.kiosk.store.terminal_process import terminal_process

TICKET = Ticket("t")
LISTEN = {"port": 0, "public_url": "https://receipts.shop.example"}


def visit(store: StoreProcess, tap: Callable[[bool], bool]) -> str:
    """Declined, then paid; the receipt is opened, a piece is paid back, all lists are read. What was sent, as text."""
    sent: list[Any] = []
    with (
        mirror(store.url, store.state, "1") as room,
        read_stream(room, "/api/v1/rooms/1/stream") as stream,
        associate(store.url, "a-ines", PIN) as ines,
    ):
        room.of_room("PUT", "/visit", ReportVisit(TICKET, began=True, at_us=START_US))
        sent.append(room.of_room("PUT", "/orders/o1", PriceOrder(TICKET, OrderId("o1"), (SHIRT, COAT), None)))
        for number, good in ((1, False), (2, True)):
            collect = CollectPayment(TICKET, OrderId("o1"), PaymentMeans.TERMINAL, number)
            sent.append(room.of_room("PUT", "/orders/o1/payment", collect))
            stream.wait(lambda n, b: n == "PaymentMoved" and b["state"] == "sent")
            while not tap(good):
                pass
            end = "paid" if good else "declined"
            ends(stream, end)
        ways = ines.ask("GET", "/api/v1/receipts/o1")
        sales = ines.ask("GET", f"/api/v1/sales?label={SHIRT[0]}")
        refund = ines.ask("POST", "/api/v1/refunds", {"order_id": "o1", "piece": SHIRT[0]})
        sent += [
            ways,
            sales,
            refund,
            *(ines.ask("GET", f"/api/v1/{path}") for path in ("money", "floor", "health")),
        ]
        token = ways[1]["receipt"]["link"].rpartition("/")[2]
        sent += [requests.get(f"{store.url}/r/{token}", timeout=20).text, stream.messages]
    return json.dumps(sent, default=str)


def test_a_visit_at_a_terminal_that_leaks_card_numbers_keeps_and_sends_none(tmp_path: Path) -> None:
    with terminal_process() as terminal, leaking_terminal(terminal.port) as port:
        store = StoreProcess(tmp_path, f"sim://127.0.0.1:{port}", listen=LISTEN)
        try:
            store.start()
            said = visit(
                store, lambda good: terminal.do(do="tap", card="ok" if good else "declined")["taken"]
            )
            assert "declined" in said
            assert found_in(said.encode()) == []
            assert found_in_files(tmp_path) == []
        finally:
            store.close()
    assert found_in_files(tmp_path) == [], "also after it was killed"


@pytest.mark.full
def test_a_visit_at_a_terminal_leaves_no_number_in_the_stores_memory(tmp_path: Path) -> None:
    with terminal_process() as terminal:
        store = StoreProcess(tmp_path, terminal.uri, listen=LISTEN)
        try:
            store.start()
            numbers = {"number": NUMBERS[0], "track2": f";{NUMBERS[0]}{TRACK_END}?"}

            def tap(good: bool) -> bool:
                return bool(terminal.do(do="tap", card="ok" if good else "declined", **numbers)["taken"])

            said = visit(store, tap)
            assert found_in(said.encode()) == []
            try:
                assert found_in_memory(store.number) == []
            except PermissionError:
                pytest.skip("this system does not allow to read the memory of another process")
        finally:
            store.close()


@pytest.mark.parametrize("number", NUMBERS, ids=lambda number: f"ending in {number[-4:]}")
def test_planted_a_number_is_found_in_every_form(tmp_path: Path, number: str) -> None:
    for place, form in enumerate(forms(number).values()):
        file = tmp_path / f"{place}.bin"
        file.write_bytes(os.urandom(5000) + form + os.urandom(5000))
        assert any(f"ending in {number[-4:]}" in line for line in found_in_files(tmp_path))
        file.unlink()
    assert found_in(os.urandom(100_000)) == []


def test_planted_a_leak_in_a_database_is_found(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "leak.db")) as database:
        database.execute("CREATE TABLE journal (body TEXT)")
        database.execute("INSERT INTO journal VALUES (?)", (leaked(b'{"state": "declined"}').decode(),))
        database.commit()
    assert found_in_files(tmp_path)


@pytest.mark.full
def test_planted_a_number_in_memory_is_found() -> None:
    kept = bytearray(NUMBERS[2].encode())
    try:
        assert any("ending in 4444" in line for line in found_in_memory(os.getpid()))
    except PermissionError:
        pytest.skip("this system does not allow to read memory")
    assert kept
