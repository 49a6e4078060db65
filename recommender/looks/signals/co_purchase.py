"""Counts what is bought together and makes co-purchase neighbours of it; scipy's sparse products do the counting.

The neighbour value is the conditional probability P(j in basket | i in basket), shrunk: co(i, j) / (n(i) + 10).
Counts of disjoint histories (shops, days) add up exactly, which is how a chain counts on many machines.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import sparse

from recommender.arrays import Doubles, Floats, Ints, SparseRows
from recommender.inputs.baskets import Baskets
from recommender.looks.signals.ease import ease_weights_at

# Baskets' worth of doubt added to every item; the value that did best on a large retailer's validation days.
SHRINK = 10.0
# The same for the piece that is bought along, where lift (how far beyond chance) is asked.
SHRINK_LIFT = 30.0
# The same for both pieces of a cosine.
SHRINK_COSINE = 5.0
# Neighbours kept per item, and items per style; beyond this only chance pairs remain.
NEIGHBOURS, STYLE_NEIGHBOURS = 400, 500


@dataclass(frozen=True, slots=True)
class PairCounts:
    """The sums everything else follows from; those of two disjoint histories add up (`+`) to those of both.

    `together`: item x item weights of shared baskets; `proof`: item x item whole numbers of baskets that bought both;
    `alone`: weight of each item; `styles` and `style_alone`: the same for styles (all scipy CSR, diagonals empty).
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
    """Counts the pairs of a history's baskets."""
    items = len(style_of)
    cells = (baskets.items, baskets.start)
    held = sparse.csr_matrix((baskets.weights, *cells), shape=(len(baskets), items), dtype=np.float32)
    # a copy, since dropping zeros rewrites the columns, and those are the baskets' own
    bought = sparse.csr_matrix((baskets.bought, *cells), shape=(len(baskets), items), copy=True)
    bought.eliminate_zeros()
    belongs = sparse.csr_matrix(
        (np.ones(items, np.float32), (np.arange(items), style_of)), shape=(items, styles)
    )
    in_style = (held @ belongs).tocsr()
    in_style.data = np.minimum(in_style.data, 1)
    return PairCounts(_met(held), _met(bought), _sum(held), _met(in_style), _sum(in_style))


def _met(matrix: Any) -> Any:
    pairs = (matrix.T @ matrix).tocsr()
    pairs.setdiag(0)
    pairs.eliminate_zeros()
    pairs.sort_indices()
    return pairs


def _sum(matrix: Any) -> Doubles:
    return np.asarray(matrix.sum(axis=0), np.float64).ravel()


@dataclass(frozen=True, slots=True)
class PairSignals:
    """Co-purchase rows, and beside each value what else the pair says: log(1 + baskets), lift, log lift, the cosine of
    both items' baskets, the weight EASE gives it."""

    rows: SparseRows
    log_count: Floats
    lift: Floats
    log_lift: Floats
    cosine: Floats
    ease: Floats


def item_pair_signals(counts: PairCounts, place: Ints, keep: int = NEIGHBOURS) -> PairSignals:
    """Rows item -> sold items; `place` is each item's place among the sold."""
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
    explained = ease_weights_at(pair_weights, counts.item_weights, row, columns)
    return PairSignals(rows, log_count, lift, np.log1p(10 * lift), cosine, explained)


def style_pairs(
    counts: PairCounts, style_of: Ints, sales: Ints, sold: Ints, keep: int = STYLE_NEIGHBOURS
) -> SparseRows:
    """Rows style -> sold items: P(style j | style i) shared out among the items of j by what they sell."""
    by_style = np.maximum(np.bincount(style_of, weights=sales, minlength=counts.styles.shape[0]), 1)
    return style_rows(counts, style_of, sold, sales[sold] / by_style[style_of[sold]], keep)


def style_rows(
    counts: PairCounts, style_of: Ints, rows: Ints, share: Doubles, keep: int = STYLE_NEIGHBOURS
) -> SparseRows:
    """Rows style -> `rows` of the catalogue: P(style j | style i) times each one's `share` of its style."""
    styles = counts.styles.shape[0]
    sum_rows = sparse.csr_matrix((share, (style_of[rows], np.arange(len(rows)))), shape=(styles, len(rows)))
    given = sparse.diags(1 / (counts.style_weights + SHRINK)) @ counts.styles
    reached = (given @ sum_rows).tocsr()
    reached.sort_indices()
    kept = _strongest(reached.indptr, reached.data, keep) & (reached.data > 0)
    start = np.concatenate([[0], np.cumsum(kept)])[reached.indptr].astype(np.int64)
    nothing = np.zeros(int(kept.sum()), np.float32)
    values = reached.data[kept].astype(np.float32)
    return SparseRows(
        start, reached.indices[kept].astype(np.int32), values, nothing, nothing.astype(np.int32)
    )


def _strongest(start: Any, values: Any, keep: int) -> Any:
    """Marks the `keep` largest values of each row (ties: the earlier column)."""
    marked = np.ones(len(values), np.bool_)
    for row in np.flatnonzero(np.diff(start) > keep):
        lo, hi = start[row], start[row + 1]
        order = np.argsort(-values[lo:hi], kind="stable")
        marked[lo + order[keep:]] = False
    return marked
