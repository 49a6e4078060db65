"""A seeded model of stock: on the floor, in the stockroom, in another shop, or out of stock.

The model: more pieces are ordered of middle sizes; each piece may have been sold; of the rest, up to two pieces of
a size hang on the floor (one for expensive styles), the others are in the stockroom. Another shop has a size with
probability 0.34, or 0.67 if this shop has none.
"""

from collections.abc import Iterator

import numpy as np

from kiosk.demo.invented_shop import source_files
from kiosk.demo.invented_shop.styles import Item, items

# From this price in cents, one piece of a size hangs on the floor instead of two.
MIN_SINGLE_PRICE_MINOR = 80_000
# Categories kept in the stockroom, apart from samples.
_STOCKROOM_CATEGORIES = frozenset({"shoes"})


def rows(seed: int) -> Iterator[dict[str, object]]:
    """Stock rows `gtin, place, count`, counts above zero only."""
    rng = np.random.default_rng(seed)
    other_shops: list[str] = source_files.read_json("house.json")["other_shops"]
    for item in items():
        for place, count in _locations(item, other_shops, rng):
            yield {"gtin": item.gtin, "place": place, "count": count}


def _locations(item: Item, other_shops: list[str], rng: np.random.Generator) -> list[tuple[str, int]]:
    bought = int(rng.poisson(1.7 + 3.2 * _middle(item)))
    left = int(rng.binomial(bought, 0.64)) if rng.random() > 0.07 else 0
    floor, stockroom = _split(item, left, rng)
    found = [("floor", floor), ("stockroom", stockroom)]
    chance = 0.34 if left else 0.67
    if rng.random() < chance:
        found.append((f"other:{other_shops[int(rng.integers(len(other_shops)))]}", int(rng.integers(1, 4))))
    return [(place, count) for place, count in found if count]


def _middle(item: Item) -> float:
    """1 in the middle of the size run, towards 0 at its ends."""
    run = item.style.sizes
    if len(run) == 1:
        return 1.0
    return 1.0 - abs(2 * run.index(item.size) / (len(run) - 1) - 0.9)


def _split(item: Item, left: int, rng: np.random.Generator) -> tuple[int, int]:
    if item.style.category in _STOCKROOM_CATEGORIES:
        shown = int(left > 0 and rng.random() < 0.2)
    elif rng.random() < 0.12:
        shown = 0
    else:
        shown = 1 if item.style.price_minor >= MIN_SINGLE_PRICE_MINOR else 2
    floor = min(left, shown)
    return floor, left - floor
