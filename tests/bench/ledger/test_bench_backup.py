"""Back-up and restore of a shop of any size: a dead store machine is back within 15 minutes.

`--full`: 200,000 variants and 500,000 orders. The small one shows that what is measured works.
"""

from __future__ import annotations

import shutil
import time
from pathlib import Path

import pytest

from kiosk.store.payments.ledger.chain import ChainKey
from kiosk.store.staff.tokens import store_key
from tests.bench.large_shop import LargeShop
from tests.bench.ledger.large_ledger import write_orders
from tests.kiosk.store.backup.backed_up import shop_in

BACK_WITHIN_S = 15 * 60
BOTH = [
    pytest.param(LargeShop(20, 2, 5), 100, id="small"),
    pytest.param(LargeShop(8_000, 5, 5), 500_000, id="large", marks=pytest.mark.full),
]


def spent(began: tuple[float, float]) -> tuple[float, float]:
    """Seconds elapsed and of computing time since."""
    return time.monotonic() - began[0], time.process_time() - began[1]


def now() -> tuple[float, float]:
    """The clock, and this process's computing time."""
    return time.monotonic(), time.process_time()


@pytest.mark.timeout(7200)
@pytest.mark.parametrize(("catalogue", "orders"), BOTH)
def test_a_dead_store_machine_is_back_in_time(tmp_path: Path, catalogue: LargeShop, orders: int) -> None:
    shop = shop_in(tmp_path)
    key = ChainKey(store_key(shop.state))
    write_orders(shop.settings.ledger_path, key, orders)
    large = tmp_path / "large"
    catalogue.write(large)
    shutil.move(large / "store.db", shop.state / "store.db")
    began = now()
    made = shop.backup()
    backed_up = spent(began)
    shop.lose_machine()
    began = now()
    assert shop.restore(made.file) == 0
    restored = spent(began)
    print(
        f"\n{catalogue.variants:,} variants and {orders:,} orders, {made.content_bytes / 1e6:.0f} MB, back-up of"
        f" {made.size / 1e6:.0f} MB: made in {backed_up[0]:.0f} s ({backed_up[1]:.0f} s of computing), restored in"
        f" {restored[0]:.0f} s ({restored[1]:.0f} s)"
    )
    assert restored[0] <= BACK_WITHIN_S
