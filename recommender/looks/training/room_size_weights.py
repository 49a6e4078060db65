"""Blend weights by the number of items in the room: factors on the common weights, fitted with shrinkage towards 1.

A room of one item says little beyond its neighbours; a room of nine has many neighbours, and their sums mean something
else. Signals of one group share a factor, so that a class with few cases has few numbers to fit.
"""

from dataclasses import replace

import numpy as np

from recommender.arrays import Doubles, Longs
from recommender.looks.training.blend_weights import CandidateSignals, fit_weights

# The smallest number of items of each class of rooms: 1, 2 and 3, 4 to 8, 9 and more.
SIZE_CLASSES = (1, 2, 4, 9)
# A class with fewer cases keeps the common weights.
MIN_CLASS_CASES = 100
# Ridge towards the factor 1, in squared units of the group's deviation; a class with fewer cases than the second
# number is shrunk more, in proportion.
_RIDGE, _FULL_CASES = 0.4, 500
# Groups of signals: the first word or words of their names.
_GROUPS = (
    "learned",
    "item factors",
    "popular",
    "recent",
    "pair most",
    "pair steep",
    "pair",
    "style",
    "category repeated",
    "matched",
    "habit",
)
_PAIR_VALUES = ("pair steep", "pair soft", "pair plain")


def size_class(items: int) -> int:
    """Index in `SIZE_CLASSES` of a room of `items` (1 or more)."""
    return max(at for at, least in enumerate(SIZE_CLASSES) if at == 0 or items >= least)


def group_of(name: str) -> str:
    """The group of a signal. The three terms of the co-purchase value are one group."""
    if name in _PAIR_VALUES:
        return _PAIR_VALUES[0]
    return next(group for group in _GROUPS if name.startswith(group))


def fit_size_factors(cases: CandidateSignals, common: Doubles) -> tuple[dict[str, float], ...]:
    """For each class of rooms, the factor of each group of signals; empty for a class with too few cases."""
    groups = list(dict.fromkeys(map(group_of, cases.names)))
    totals = np.zeros((len(cases.names), len(groups)), np.float32)
    for at, name in enumerate(cases.names):
        totals[at, groups.index(group_of(name))] = common[at]
    classes = np.array([size_class(size) for size in cases.room_sizes.tolist()], np.int64)
    found: list[dict[str, float]] = []
    for each in range(len(SIZE_CLASSES)):
        part = cases.where((classes == each) & (cases.hidden >= 0))
        count = len(part.hidden)
        if count < MIN_CLASS_CASES:
            found.append({})
            continue
        grouped = replace(part, names=tuple(groups), signals=part.signals @ totals)
        ridge = _RIDGE * max(1.0, _FULL_CASES / count)
        factors = fit_weights(grouped, np.ones(len(groups)), ridge, np.zeros(len(groups)))
        found.append(dict(zip(groups, factors.tolist(), strict=True)))
    return tuple(found)


def weights_of(
    names: tuple[str, ...], common: Doubles, by_size: tuple[dict[str, float], ...], room_sizes: Longs
) -> Doubles:
    """The weights of each case (cases x names), from the common ones and the factors of the room's class."""
    factors = np.array([[each.get(group_of(name), 1.0) for name in names] for each in by_size])
    classes = [size_class(size) for size in room_sizes.tolist()]
    return np.asarray(factors[classes] * common, np.float64)
