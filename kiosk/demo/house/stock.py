"""Where the pieces lie: a seeded model of a shop's stock, with sizes out, behind, or in another house.

The model: a size near the middle of its run is bought deeper; each piece may have been sold since; what is left is
hung on the floor up to two pieces a size (one for dear styles) and the rest goes to the stockroom. Another house
holds a size with the chance of one in three, which rises to two in three where this shop has none.
"""

from collections.abc import Iterator

import numpy as np

from kiosk.demo.house import shelf
from kiosk.demo.house.styles import Item, items

# From this price (minor units) only one piece a size hangs on the floor.
DEAR = 80_000
# Shoes and bags are shown, not hung: the pairs are kept behind.
_BEHIND = frozenset({"shoes"})


def rows(seed: int) -> Iterator[dict[str, object]]:
    """Stock rows `gtin, place, count`, counts above zero only."""
    rng = np.random.default_rng(seed)
    houses: list[str] = shelf.one("house.json")["other_shops"]
    for item in items():
        for place, count in _lying(item, houses, rng):
            yield {"gtin": item.gtin, "place": place, "count": count}


def _lying(item: Item, houses: list[str], rng: np.random.Generator) -> list[tuple[str, int]]:
    bought = int(rng.poisson(1.7 + 3.2 * _middle(item)))
    left = int(rng.binomial(bought, 0.64)) if rng.random() > 0.07 else 0
    floor, stockroom = _split(item, left, rng)
    found = [("floor", floor), ("stockroom", stockroom)]
    chance = 0.34 if left else 0.67
    if rng.random() < chance:
        found.append((f"other:{houses[int(rng.integers(len(houses)))]}", int(rng.integers(1, 4))))
    return [(place, count) for place, count in found if count]


def _middle(item: Item) -> float:
    """1 in the middle of the size run, towards 0 at its ends."""
    run = item.style.sizes
    if len(run) == 1:
        return 1.0
    return 1.0 - abs(2 * run.index(item.size) / (len(run) - 1) - 0.9)


def _split(item: Item, left: int, rng: np.random.Generator) -> tuple[int, int]:
    if item.style.category in _BEHIND:
        shown = int(left > 0 and rng.random() < 0.2)
    elif rng.random() < 0.12:
        shown = 0
    else:
        shown = 1 if item.style.price_minor >= DEAR else 2
    floor = min(left, shown)
    return floor, left - floor
