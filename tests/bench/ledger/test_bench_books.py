"""Memory of exports of large ledgers: it does not grow with the ledger. `--full`: 500,000 orders against 1,000."""

from __future__ import annotations

import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pytest

from kiosk.store.payments.books.export import export
from kiosk.store.payments.books.forms import Form, writer_of
from kiosk.store.payments.books.history import Page, Pages, Position
from kiosk.store.payments.books.pages import LedgerPages
from kiosk.store.payments.books.period import Period
from kiosk.store.payments.ledger import SqliteLedger
from tests.bench.ledger.large_ledger import write_orders
from tests.kiosk.store.payments.books.exported import VIENNA
from tests.kiosk.store.payments.ledgers import KEY

MOST_TIMES_MORE = 1.5
SMALL, LARGE = 1000, 2000
"""Orders; a page of the export is full with fewer than `SMALL`, so that only what grows on counts."""


def peak_of(folder: Path, orders: int, pages_of: Callable[[SqliteLedger], Pages] = LedgerPages) -> int:
    """Bytes of the largest memory in use while so many orders are exported."""
    path = folder / f"{orders}.db"
    write_orders(path, KEY, orders)
    ledger = SqliteLedger(path, KEY)
    tracemalloc.start()
    try:
        with (folder / f"{orders}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = writer_of(Form.CSV, file, VIENNA)
            done = export(pages_of(ledger), Period(), writer, "en", lambda _, __: None)
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
        ledger.close()
        assert (done.rows, done.agree) == (5 * orders, True)


@pytest.mark.timeout(7200)
@pytest.mark.parametrize("orders", [LARGE, pytest.param(500_000, marks=pytest.mark.full)])
def test_the_memory_of_an_export_does_not_grow_with_the_ledger(tmp_path: Path, orders: int) -> None:
    small, large = peak_of(tmp_path, SMALL), peak_of(tmp_path, orders)
    print(
        f"\npeak of {SMALL} orders {small / 1e6:.1f} MB, of {orders} {large / 1e6:.1f} MB, ratio {large / small:.2f}"
    )
    assert large / small <= MOST_TIMES_MORE


class _Keeping(LedgerPages):
    """Planted fault: every page is kept."""

    def __init__(self, ledger: SqliteLedger) -> None:
        super().__init__(ledger)
        self.kept: list[Page] = []

    def page(self, period: Period, position: Position) -> Page:
        self.kept.append(super().page(period, position))
        return self.kept[-1]


@pytest.mark.full
def test_an_export_that_keeps_its_pages_is_caught(tmp_path: Path) -> None:
    assert peak_of(tmp_path, 3 * LARGE, _Keeping) / peak_of(tmp_path, SMALL, _Keeping) > MOST_TIMES_MORE
