"""Affinity of attribute values (navy with camel, jacket with trousers), as pointwise mutual information.

For each catalogue column with few different values (at most `MAX_VALUES`), a square table holds
log(P(value of the missing item | value in the room) / P(value)), estimated from the same pairs as the co-purchase rows,
shrunk towards 0 and clipped to +-3. An affinity is an entry of the table chosen by two values, that is a product of two
indicator vectors with the table. Its singular value decomposition therefore gives vectors for the items
(`fold_affinities`), whose scalar product approximates the affinity.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import sparse

from recommender.arrays import Doubles, Floats, Ints
from recommender.inputs.features import is_free_text
from recommender.inputs.tables import Items
from recommender.looks.signals.vector_pair import VectorPair, reduced

# Columns with more values are skipped: their tables are too sparse.
MAX_VALUES = 400
# Pseudo-counts (pairs) added to each value, and the bound on the absolute value of a table entry.
_SHRINK, _MAX_LOG_RATIO = 20.0, 3.0
# Singular directions kept of all tables before the joint reduction.
_MAX_DIRECTIONS = 400


@dataclass(frozen=True, slots=True)
class AttributeAffinity:
    """The table of one column: `codes` of every item (the last code means unknown), `table` value x value."""

    name: str
    codes: Ints
    table: Floats

    def of(self, room: Any, rows: Any) -> Floats:
        """Mean affinity of the room's items for each of `rows`."""
        return np.asarray(self.table[self.codes[room]].mean(axis=0)[self.codes[rows]], np.float32)


def attribute_affinities(items: Items, pairs: Any) -> tuple[AttributeAffinity, ...]:
    """The tables of every column with few values; `pairs` are item x item weights (scipy CSR)."""
    found, seen = [], set()
    for column in items.texts:
        if (
            not 2 <= len(column.values) <= MAX_VALUES
            or is_free_text(column)
            or column.codes.tobytes() in seen
        ):
            continue
        seen.add(column.codes.tobytes())
        words = len(column.values) + 1
        codes = np.where(column.codes < 0, words - 1, column.codes).astype(np.int32)
        shape = (len(items), words)
        item_values = sparse.csr_matrix((np.ones(len(items)), (np.arange(len(items)), codes)), shape=shape)
        found.append(
            AttributeAffinity(
                column.name, codes, _log_ratios((item_values.T @ pairs @ item_values).toarray())
            )
        )
    return tuple(found)


def _log_ratios(pair_weights: Doubles) -> Floats:
    share = pair_weights.sum(axis=0) / max(float(pair_weights.sum()), 1e-9)
    given = (pair_weights + _SHRINK * share) / (pair_weights.sum(axis=1, keepdims=True) + _SHRINK)
    ratios = np.log((given + 1e-9) / (share + 1e-9))
    ratios[-1, :] = ratios[:, -1] = 0
    return np.asarray(np.clip(ratios, -_MAX_LOG_RATIO, _MAX_LOG_RATIO), np.float32)


def fold_affinities(
    affinities: tuple[AttributeAffinity, ...], weights: Doubles, sales: Ints, dimensions: int
) -> VectorPair:
    """The `dimensions` strongest directions of the weighted sum of all tables, as item vectors.

    Columns overlap (a colour, its shade, its family), so directions are computed for the sum of the tables:
    31 of them explain as much as 63 of separate tables. Items are weighted by their sales.
    """
    parts = [
        _directions(affinity, float(weight), sales)
        for affinity, weight in zip(affinities, weights, strict=True)
        if weight
    ]
    if not parts:
        nothing = np.zeros((len(sales), 0), np.float32)
        return VectorPair(nothing, nothing)
    strength = np.concatenate([part[0] for part in parts])
    threshold = np.sort(strength)[::-1][min(_MAX_DIRECTIONS, len(strength)) - 1]
    context = np.hstack([left[:, singular >= max(threshold, 1e-9)] for singular, left, _ in parts])
    target = np.hstack([right[:, singular >= max(threshold, 1e-9)] for singular, _, right in parts])
    share = (sales + 1.0) / (sales + 1.0).sum()
    return reduced(context, target, share, share, dimensions)


def _directions(affinity: AttributeAffinity, weight: float, sales: Ints) -> tuple[Doubles, Doubles, Doubles]:
    """Singular values of one table in descending order, and the items' coordinates on both sides."""
    share = np.bincount(affinity.codes, weights=sales, minlength=len(affinity.table)) + 1.0
    root = np.sqrt(share / share.sum())
    left, singular, right = np.linalg.svd(root[:, None] * affinity.table.astype(np.float64) * weight * root)
    left, right = left / root[:, None] * np.sqrt(singular), right.T / root[:, None] * np.sqrt(singular)
    return singular, left[affinity.codes], right[affinity.codes]
