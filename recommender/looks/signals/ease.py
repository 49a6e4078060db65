"""Item-to-item weights of EASE (Steck, "Embarrassingly Shallow Autoencoders for Sparse Data", 2019).

The method inverts a dense item x item matrix, so only the best-sold items take part.
"""

from typing import Any

import numpy as np
from scipy.linalg import lapack

from recommender.arrays import Floats, Ints, Longs

# Items that take part if EASE is one signal among others; inverting 4,000 x 4,000 takes three seconds.
MAX_ITEMS = 4000
RIDGE = 30.0


def ease(
    pair_weights: Any, item_weights: Any, most: int = MAX_ITEMS, ridge: float = RIDGE
) -> tuple[Ints, Floats]:
    """The rows that take part, and their weight matrix (square, diagonal 0).

    `pair_weights` are item x item sums over baskets (empty diagonal), `item_weights` the items' own sums.
    """
    kept: Ints = np.sort(np.argsort(-item_weights, kind="stable")[:most]).astype(np.int32)
    kept = kept[item_weights[kept] > 0]
    gram = np.asfortranarray(pair_weights[kept][:, kept].toarray(), np.float32)
    gram[np.diag_indices_from(gram)] += (item_weights[kept] + ridge).astype(np.float32)
    # the Gram matrix plus a ridge is positive definite: Cholesky inversion takes a third of the operations
    factor, _ = lapack.spotrf(gram, overwrite_a=True)
    inverse, _ = lapack.spotri(factor, overwrite_c=True)
    upper = np.triu(inverse, 1)
    weights = -(upper + upper.T) / np.diag(inverse)
    return kept, np.ascontiguousarray(weights, np.float32)


def ease_weights_at(pair_weights: Any, item_weights: Any, row: Longs, column: Any) -> Floats:
    """The weights of the pairs (row, column); 0 if one of the items does not take part."""
    kept, weights = ease(pair_weights, item_weights)
    place = np.full(len(item_weights), -1)
    place[kept] = np.arange(len(kept))
    known = (place[row] >= 0) & (place[column] >= 0)
    found = np.zeros(len(row), np.float32)
    found[known] = weights[place[row[known]], place[column[known]]]
    return found
