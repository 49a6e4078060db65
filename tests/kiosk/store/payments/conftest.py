"""Fixtures of the payment tests: a shop with card keys, a shopper with a fresh proof, two pieces sold."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from kiosk.core.domain.ids import OrderId
from kiosk.core.domain.payment import PaymentState
from kiosk.core.visit.effects import IdentifyShopper
from kiosk.core.visit.events import CardTapped
from kiosk.store.lifecycle import Store
from kiosk.store.settings import StoreSettings
from tests.kiosk.store.http_clients import EventStreamReader, HttpClient
from tests.kiosk.store.payments.payment_steps import CLARA, TICKET, buy
from tests.kiosk.store.payments.transactions.payment_waits import until_state
from tests.kiosk.store.payments.transactions.worker.memory_transactions import MemoryTransactions
from tests.kiosk.store.payments.transactions.worker.worker_rig import WorkerOf, workers
from tests.kiosk.store.sample_shop import InProcessTerminal, settings_in
from tests.kiosk.store.shop_cards import key_file, link
from tests.optional_values import present


@pytest.fixture
def settings(tmp_path: Path) -> StoreSettings:
    plain = settings_in(tmp_path, keys=key_file(tmp_path))
    return replace(plain, timeouts=replace(plain.timeouts, first_query_us=1000))


@pytest.fixture
def prove(room: HttpClient) -> Callable[[], None]:
    """Calls return after Clara's ring has proved itself at the mirror of room 1."""

    def prove_ring() -> None:
        tap = CardTapped(1, "ntag424", CLARA, link(CLARA, 5))
        status, body = room.of_room("POST", "/identify", IdentifyShopper(TICKET, tap))
        assert (status, body["shopper"]["tier"]) == (200, 2)

    return prove_ring


@pytest.fixture
def sold(
    room: HttpClient, stream: EventStreamReader, terminal: InProcessTerminal, store: Store
) -> dict[str, Any]:
    """A shirt and a coat are sold, and the amount is captured; the receipt, with the address from the ledger."""
    receipt: dict[str, Any] = buy(room, stream, terminal)["receipt"]
    until_state(store, "o1", PaymentState.PAID)
    # this store listens on a loopback address, which the mirror does not get
    return receipt | {"link": present(store.payments.book.receipt(OrderId("o1"))).link}


@pytest.fixture
def transactions() -> MemoryTransactions:
    """Payment attempts in memory."""
    return MemoryTransactions()


@pytest.fixture
def worker_of(transactions: MemoryTransactions) -> Iterator[WorkerOf]:
    """Makes workers over these attempts."""
    with workers(transactions) as make:
        yield make
