"""Counts co-purchases and computes co-purchase neighbours, with scipy's sparse products.

The neighbour value is the shrunk conditional probability P(j in basket | i in basket) = co(i, j) / (n(i) +
10). Counts of disjoint histories (shops, days) add up exactly, so that a chain can count on several machines.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import sparse

from recommender.arrays import Doubles, Floats, Ints, SparseRows
from recommender.inputs.baskets import Baskets
from recommender.looks.signals.ease import ease_weights_at

# Pseudo-count (baskets) added to each item; the best value on the validation days of a large retailer.
SHRINK = 10.0
# The same for the second item, where lift (the ratio to chance) is computed.
SHRINK_LIFT = 30.0
# The same for both items of a cosine.
SHRINK_COSINE = 5.0
# Neighbours kept per item, and items per style; weaker ones are mostly chance pairs.
NEIGHBOURS, STYLE_NEIGHBOURS = 400, 500


@dataclass(frozen=True, slots=True)
class PairCounts:
    """The sums from which all signals are computed; sums of disjoint histories can be added (`+`).

    `pair_weights`: item x item weights of shared baskets; `bought_together`: item x item number of baskets
    that bought both; `item_weights`: weight of each item; `styles` and `style_weights`: the same for styles.
    Matrices are scipy CSR with empty diagonals.
    """

    pair_weights: Any
    bought_together: Any
    item_weights: Doubles
    styles: Any
    style_weights: Doubles

    def __add__(self, other: "PairCounts") -> "PairCounts":
        return PairCounts(
            (self.pair_weights + other.pair_weights).tocsr(),
            (self.bought_together + other.bought_together).tocsr(),
            self.item_weights + other.item_weights,
            (self.styles + other.styles).tocsr(),
            self.style_weights + other.style_weights,
        )


def count_pairs(baskets: Baskets, style_of: Ints, styles: int) -> PairCounts:
    """Counts the pairs in the baskets of a history."""
    items = len(style_of)
    cells = (baskets.items, baskets.start)
    item_weights_by_basket = sparse.csr_matrix(
        (baskets.weights, *cells), shape=(len(baskets), items), dtype=np.float32
    )
    # a copy, since eliminate_zeros changes the columns, which belong to `baskets`
    bought = sparse.csr_matrix((baskets.bought, *cells), shape=(len(baskets), items), copy=True)
    bought.eliminate_zeros()
    item_style = sparse.csr_matrix(
        (np.ones(items, np.float32), (np.arange(items), style_of)), shape=(items, styles)
    )
    in_style = (item_weights_by_basket @ item_style).tocsr()
    in_style.data = np.minimum(in_style.data, 1)
    return PairCounts(
        _pair_counts(item_weights_by_basket),
        _pair_counts(bought),
        _sum(item_weights_by_basket),
        _pair_counts(in_style),
        _sum(in_style),
    )


def _pair_counts(matrix: Any) -> Any:
    pairs = (matrix.T @ matrix).tocsr()
    pairs.setdiag(0)
    pairs.eliminate_zeros()
    pairs.sort_indices()
    return pairs


def _sum(matrix: Any) -> Doubles:
    return np.asarray(matrix.sum(axis=0), np.float64).ravel()


@dataclass(frozen=True, slots=True)
class PairSignals:
    """Co-purchase rows and further values for each pair: log(1 + baskets), lift, log lift, cosine of the two
    items' baskets, EASE weight."""

    rows: SparseRows
    log_count: Floats
    lift: Floats
    log_lift: Floats
    cosine: Floats
    ease: Floats


def item_pair_signals(counts: PairCounts, place: Ints, keep: int = NEIGHBOURS) -> PairSignals:
    """Rows item -> sold items; `place` is each item's position among the sold items."""
    pair_weights = counts.pair_weights
    values = pair_weights.data * np.repeat(1.0 / (counts.item_weights + SHRINK), np.diff(pair_weights.indptr))
    kept = _strongest(pair_weights.indptr, values, keep)
    start = np.concatenate([[0], np.cumsum(kept)])[pair_weights.indptr].astype(np.int64)
    columns, values = pair_weights.indices[kept], values[kept]
    row = np.repeat(np.arange(pair_weights.shape[0]), np.diff(start))
    bought_together = np.asarray(counts.bought_together[row, columns]).ravel() if len(row) else np.zeros(0)
    lift = (1e3 * values / (counts.item_weights[columns] + SHRINK_LIFT)).astype(np.float32)
    nothing = np.zeros(len(columns), np.float32)
    rows = SparseRows(
        start, place[columns], values.astype(np.float32), nothing, bought_together.astype(np.int32)
    )
    log_count = np.log1p(pair_weights.data[kept]).astype(np.float32)
    both = (counts.item_weights[row] + SHRINK_COSINE) * (counts.item_weights[columns] + SHRINK_COSINE)
    cosine = (pair_weights.data[kept] / np.sqrt(both)).astype(np.float32)
    ease_weights = ease_weights_at(pair_weights, counts.item_weights, row, columns)
    return PairSignals(rows, log_count, lift, np.log1p(10 * lift), cosine, ease_weights)


def style_pairs(
    counts: PairCounts, style_of: Ints, sales: Ints, sold: Ints, keep: int = STYLE_NEIGHBOURS
) -> SparseRows:
    """Rows style -> sold items: P(style j | style i), divided among the items of j in proportion to their
    sales."""
    by_style = np.maximum(np.bincount(style_of, weights=sales, minlength=counts.styles.shape[0]), 1)
    return style_rows(counts, style_of, sold, sales[sold] / by_style[style_of[sold]], keep)


def style_rows(
    counts: PairCounts, style_of: Ints, rows: Ints, share: Doubles, keep: int = STYLE_NEIGHBOURS
) -> SparseRows:
    """Rows style -> `rows` of the catalogue: P(style j | style i) times each item's `share` of its style."""
    styles = counts.styles.shape[0]
    sum_rows = sparse.csr_matrix((share, (style_of[rows], np.arange(len(rows)))), shape=(styles, len(rows)))
    conditional = sparse.diags(1 / (counts.style_weights + SHRINK)) @ counts.styles
    reached = (conditional @ sum_rows).tocsr()
    reached.sort_indices()
    kept = _strongest(reached.indptr, reached.data, keep) & (reached.data > 0)
    start = np.concatenate([[0], np.cumsum(kept)])[reached.indptr].astype(np.int64)
    nothing = np.zeros(int(kept.sum()), np.float32)
    values = reached.data[kept].astype(np.float32)
    return SparseRows(
        start, reached.indices[kept].astype(np.int32), values, nothing, nothing.astype(np.int32)
    )


def _strongest(start: Any, values: Any, keep: int) -> Any:
    """Marks the `keep` largest values of each row (ties: the lower column)."""
    marked = np.ones(len(values), np.bool_)
    for row in np.flatnonzero(np.diff(start) > keep):
        lo, hi = start[row], start[row + 1]
        order = np.argsort(-values[lo:hi], kind="stable")
        marked[lo + order[keep:]] = False
    return marked
