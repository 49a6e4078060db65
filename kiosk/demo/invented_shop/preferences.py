"""Assumptions of the history's model about styles: mood, season, and which pieces are combined.

Every figure here is an assumption of the model, not a measurement.
"""

from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from kiosk.demo.invented_shop import source_files
from kiosk.demo.invented_shop.styles import Style

Doubles = NDArray[np.float64]

MOODS: Final = ("tailored", "romantic", "rugged", "calm", "evening", "city")

# Season of a fabric: 1 is mid-winter, -1 is mid-summer.
_WARMTH: Final = {
    "wool": 0.6,
    "cashmere": 0.8,
    "leather": 0.1,
    "denim": 0.0,
    "technical": 0.5,
    "cotton": -0.25,
    "silk": -0.3,
    "linen": -1.0,
}
_CATEGORY_WARMTH: Final = {"coats": 0.5, "accessories": 0.3, "knitwear": 0.2, "dresses": -0.2}

# Odds of the category of a second piece, given the category of the first; not listed: 0.15.
COMPANION_ODDS: Final[dict[str, dict[str, float]]] = {
    "coats": {
        "knitwear": 3,
        "trousers": 3,
        "shoes": 2,
        "accessories": 2.4,
        "dresses": 1,
        "bags": 1.2,
        "coats": 1.4,
    },
    "jackets": {"shirts": 4, "trousers": 4, "shoes": 1.6, "knitwear": 1.4, "skirts": 1, "accessories": 0.8},
    "shirts": {
        "trousers": 3.4,
        "jackets": 2,
        "skirts": 1.8,
        "knitwear": 1.4,
        "shirts": 2,
        "accessories": 0.7,
    },
    "knitwear": {
        "trousers": 3.4,
        "shirts": 1.6,
        "coats": 1.4,
        "skirts": 1.4,
        "knitwear": 1.8,
        "accessories": 1.4,
    },
    "trousers": {
        "shirts": 3,
        "knitwear": 2.4,
        "jackets": 1.8,
        "shoes": 2,
        "trousers": 1.8,
        "accessories": 0.9,
    },
    "skirts": {"knitwear": 2.4, "shirts": 3, "shoes": 2, "jackets": 1.2, "bags": 0.7, "skirts": 1.2},
    "dresses": {"shoes": 3, "bags": 2.2, "coats": 1.2, "jackets": 1.1, "dresses": 2.4, "accessories": 0.8},
    "shoes": {"trousers": 1.6, "dresses": 1.2, "bags": 1.4, "shoes": 2, "accessories": 0.8, "skirts": 0.8},
    "bags": {"shoes": 2, "accessories": 1.6, "dresses": 1, "coats": 0.8, "bags": 1},
    "accessories": {"coats": 1.6, "knitwear": 1.6, "accessories": 1.4, "bags": 1, "shirts": 0.8},
}

# Odds factor of two colour families together; not listed: 1, equal families: 1.3.
_HARMONY: Final = {
    frozenset(pair.split("+")): odds
    for pair, odds in (
        ("beige+white", 2.2),
        ("beige+blue", 2.0),
        ("beige+brown", 2.2),
        ("beige+black", 1.6),
        ("brown+blue", 2.0),
        ("brown+green", 1.8),
        ("brown+white", 1.8),
        ("brown+black", 0.4),
        ("black+white", 2.4),
        ("black+grey", 1.8),
        ("black+red", 1.5),
        ("black+blue", 0.5),
        ("blue+white", 2.4),
        ("blue+grey", 2.0),
        ("blue+red", 1.4),
        ("grey+white", 2.0),
        ("grey+pink", 1.8),
        ("grey+red", 1.5),
        ("green+beige", 1.9),
        ("green+white", 1.7),
        ("green+red", 0.3),
        ("pink+red", 0.5),
        ("pink+white", 1.7),
        ("purple+grey", 1.7),
        ("yellow+blue", 1.6),
    )
}

# Difference between a style's real size and its label, in sizes; below zero it runs small.
SIZE_BIAS: Final = {
    "C101": 0.5,
    "C106": 0.9,
    "J201": -0.6,
    "J204": -0.7,
    "J207": -0.8,
    "S301": -0.5,
    "S306": 0.6,
    "S307": -0.4,
    "K403": 0.7,
    "K404": -0.3,
    "K407": 0.8,
    "T502": -0.7,
    "T503": -0.5,
    "T505": 0.6,
    "R603": -0.6,
    "D702": 0.3,
    "D704": -0.7,
    "D705": 0.4,
    "F801": 0.4,
    "F805": -0.5,
    "F803": -0.3,
    "A004": -0.4,
}


@cache
def _moods() -> dict[str, list[str]]:
    """The two moods of each style, the stronger one first."""
    found: dict[str, list[str]] = source_files.read_json("moods.json")
    return found


def mood(style: Style) -> Doubles:
    """A style's moods as weights that sum to one, in the order of `MOODS`."""
    first, second = _moods()[style.style_id]
    weights = np.full(len(MOODS), 0.04)
    weights[MOODS.index(first)] += 1.0
    weights[MOODS.index(second)] += 0.5
    found: Doubles = weights / weights.sum()
    return found


def warmth(style: Style) -> float:
    """Season of a style: positive is winter, negative is summer."""
    return _WARMTH[style.fabric] + _CATEGORY_WARMTH.get(style.category, 0.0)


def harmony(one: str, other: str) -> float:
    """Odds factor of two colour families together; 1 is neutral."""
    return 1.3 if one == other else _HARMONY.get(frozenset((one, other)), 1.0)
