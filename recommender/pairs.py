"""Counts what is bought together and makes co-purchase neighbours of it; scipy's sparse products do the counting.

The neighbour value is the conditional probability P(j in basket | i in basket), shrunk: co(i, j) / (n(i) + 10).
Counts of disjoint histories (shops, days) add up exactly, which is how a chain counts on many machines.
"""

from typing import Any

import numpy as np
from scipy import sparse

from recommender.arrays import Doubles, Rows
from recommender.baskets import Baskets

# Baskets' worth of doubt added to every item; the value that did best on a large retailer's validation days.
SHRINK = 10.0
# Neighbours kept per item; beyond this only chance pairs remain.
NEIGHBOURS = 400


def basket_matrix(baskets: Baskets, items: int) -> Any:
    """Baskets x items, with the weights as values (scipy CSR)."""
    return sparse.csr_matrix(
        (baskets.weights, baskets.items, baskets.start), shape=(len(baskets), items), dtype=np.float32
    )


def bought_matrix(baskets: Baskets, items: int) -> Any:
    """Baskets x items, 1 where the item was paid for and kept (scipy CSR of int32)."""
    matrix = sparse.csr_matrix((baskets.bought, baskets.items, baskets.start), shape=(len(baskets), items))
    matrix.eliminate_zeros()
    return matrix


def pair_weights(matrix: Any) -> Any:
    """Item x item sums over baskets of the product of both weights, diagonal empty."""
    pairs = (matrix.T @ matrix).tocsr()
    pairs.setdiag(0)
    pairs.eliminate_zeros()
    return pairs


def neighbours(together: Any, alone: Doubles, counts: Any, *, keep: int = NEIGHBOURS) -> Rows:
    """Co-purchase rows: shrunk conditional probabilities with the counts of baskets that prove them.

    `together` are pair weights, `alone` the summed weight of each item, `counts` whole numbers of baskets in which
    both were bought (what a reason may claim).
    """
    together = together.tocsr()
    together.sort_indices()
    per_row = np.repeat(1.0 / (alone + SHRINK), np.diff(together.indptr))
    values = (together.data * per_row).astype(np.float32)
    keep_rows = _strongest(together.indptr, values, keep)
    kept = sparse.csr_matrix((values, together.indices, together.indptr), shape=together.shape)
    start = np.concatenate([[0], np.cumsum(keep_rows)])[together.indptr].astype(np.int64)
    columns = kept.indices[keep_rows].astype(np.int32)
    rows = np.repeat(np.arange(together.shape[0]), np.diff(start))
    proof = np.asarray(counts.tocsr()[rows, columns]).ravel() if len(rows) else np.zeros(0)
    return Rows(start, columns, values[keep_rows], proof.astype(np.int32))


def _strongest(start: Any, values: Any, keep: int) -> Any:
    """Marks the `keep` largest values of each row (ties: the earlier column)."""
    marked = np.ones(len(values), np.bool_)
    for row in np.flatnonzero(np.diff(start) > keep):
        lo, hi = start[row], start[row + 1]
        order = np.argsort(-values[lo:hi], kind="stable")
        marked[lo + order[keep:]] = False
    return marked
