"""Many rows of which each has one value that may not be true: no fault, no row too many, no price from nowhere."""

from __future__ import annotations

import random
import string
from typing import Any, Final

import pytest

from kiosk.connectors.feeds import open_folder
from tests.contracts.commerce.rigs import Rig, read, rig_of
from tests.kiosk.connectors.commerce.shop_system import product

FIELDS: Final = ("price", "stock", "code", "sku", "options")
SIGNS: Final = string.printable + "\u202e\u200b\u0000\ufeff\U0001f600é़\ud800٣"


def value(rng: random.Random, depth: int = 0) -> Any:
    """Any value of JSON, more often than not an odd one."""
    kind = rng.randrange(12 if depth < 3 else 9)
    if kind < 2:
        return rng.choice((0, -1, 1, 7, 10**6, 10**12, 10**15, 10**40, -(10**9)))
    if kind < 4:
        return rng.choice((0.1, -0.0, 1e308, 1e-300, 12.345, float("nan"), float("inf"), float("-inf")))
    if kind < 7:
        return "".join(rng.choices(SIGNS, k=rng.choice((0, 1, 5, 40, 300))))
    if kind < 9:
        return rng.choice(
            (None, True, False, "", "0", "12,50", "1.000,00", "EUR 5", "4006381333931", "n/a", "=1+1")
        )
    if kind < 11:
        return [value(rng, depth + 1) for _ in range(rng.randrange(4))]
    return {
        rng.choice(("name", "value", "a.b", "minor", "currency")): value(rng, depth + 1)
        for _ in range(rng.randrange(4))
    }


def tried(rig: Rig, count: int, seed: int) -> None:
    """Products of which the second of three sizes has an odd value."""
    rng = random.Random(seed)
    rig.shop.products[:] = [product(number) for number in range(count)]
    for one in rig.shop.products:
        one["variants"][1][rng.choice(FIELDS)] = value(rng)
    pulled = read(rig)
    feed = open_folder(pulled.paths[0].parent, currency="EUR")
    items, stock = feed.read("items", {}), feed.read("stock", {})
    assert items is not None
    assert stock is not None
    good = {f"SKU-{number}-{size}" for number in range(count) for size in "SL"}
    assert good <= {line.sku for line in items.changed.values()}
    assert len(items.changed) <= 3 * count
    assert all(0 < line.price.minor <= 10**12 for line in items.changed.values() if line.price is not None)
    assert all(0 <= line.count <= 10**6 for line in stock.changed.values())


@pytest.mark.parametrize("seed", range(2))
def test_rows_with_an_odd_value(tmp_path: Any, seed: int) -> None:
    with rig_of("mapped-one", tmp_path) as rig:
        tried(rig, 400, seed)


@pytest.mark.full
@pytest.mark.timeout(900)
def test_a_hundred_thousand_rows_with_an_odd_value(tmp_path: Any) -> None:
    for seed in range(100, 120):
        folder = tmp_path / str(seed)
        folder.mkdir()
        with rig_of("mapped-one", folder) as rig:
            tried(rig, 5_000, seed)
