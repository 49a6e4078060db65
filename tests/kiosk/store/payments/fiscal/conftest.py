"""A simulated register, a clock, and books that can be opened again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kiosk.connectors.fiscal.drivers import open_register
from kiosk.connectors.fiscal.sim_book import Register
from kiosk.connectors.fiscal.sim_register import RegisterServer
from tests.kiosk.store.payments.fiscal.books import Books
from tests.kiosk.store.sample_shop import ManualClock


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


@pytest.fixture
def server() -> Iterator[RegisterServer]:
    with RegisterServer(register=Register(slow_s=0.4)) as running:
        yield running


@pytest.fixture
def start(tmp_path: Path, server: RegisterServer, clock: ManualClock) -> Iterator[Callable[..., Books]]:
    """Opens the books; called again, it is a restart."""
    opened: list[Books] = []

    def open_books(timeout_s: float = 10.0) -> Books:
        for earlier in opened:
            earlier.close()
        opened[:] = [
            Books(tmp_path / "ledger.db", open_register(server.url, name="one", timeout_s=timeout_s), clock)
        ]
        return opened[0]

    yield open_books
    for books in opened:
        books.close()
