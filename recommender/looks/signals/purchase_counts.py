"""Counts of what was bought and kept: baskets of each item and of each pair of categories, and what chance gives."""

import numpy as np
from scipy import sparse

from recommender.arrays import Floats, Ints, Longs
from recommender.inputs.baskets import Baskets
from recommender.looks.serving.chance import PurchaseCounts
from recommender.looks.serving.model import Attribute


def purchase_counts(baskets: Baskets, items: int, category: Attribute | None) -> PurchaseCounts:
    """The counts of a history."""
    kept = baskets.bought > 0
    return PurchaseCounts(
        kept_baskets(baskets),
        np.bincount(baskets.items[kept], minlength=items).astype(np.int32),
        _category_chance(baskets, category),
    )


def kept_baskets(baskets: Baskets) -> int:
    """Number of baskets of which something was kept."""
    rows = np.repeat(np.arange(len(baskets)), baskets.sizes)
    return len(np.unique(rows[baskets.bought > 0]))


def category_pairs(baskets: Baskets, category: Attribute | None) -> Longs:
    """Number of baskets that bought and kept both categories; a square table."""
    if category is None:
        return np.zeros((0, 0), np.int64)
    held = _held_categories(baskets, category)
    return np.asarray((held.T @ held).toarray(), np.int64)


def expected_pairs(held: Ints | Longs, baskets: int) -> Floats:
    """Expected number of baskets with both, from the number of baskets with each."""
    counts = held.astype(np.float64)
    return np.asarray(np.outer(counts, counts) / max(baskets, 1), np.float32)


def _category_chance(baskets: Baskets, category: Attribute | None) -> Floats:
    """The larger of two expectations: among all baskets, and among those of two pieces or more, which alone can hold
    two categories. A claim must hold against both."""
    if category is None:
        return np.zeros((0, 0), np.float32)
    held = _held_categories(baskets, category)
    rows = np.repeat(np.arange(len(baskets)), baskets.sizes)
    pieces = np.bincount(rows, weights=baskets.bought > 0, minlength=len(baskets))
    chances = []
    for least in (1, 2):
        enough = pieces >= least
        in_each = np.asarray(held[np.flatnonzero(enough)].sum(axis=0)).ravel()
        chances.append(expected_pairs(in_each, int(enough.sum())))
    return np.maximum(*chances)


def _held_categories(baskets: Baskets, category: Attribute) -> sparse.csr_matrix:
    """Baskets x categories: 1 where something of the category was kept."""
    codes = category.codes[baskets.items]
    rows = np.repeat(np.arange(len(baskets)), baskets.sizes)
    known = (codes >= 0) & (baskets.bought > 0)
    held = sparse.csr_matrix(
        (np.ones(int(known.sum()), np.int64), (rows[known], codes[known])),
        shape=(len(baskets), len(category.values)),
    )
    held.data[:] = 1
    return held
