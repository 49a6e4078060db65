"""Item factors by alternating least squares on baskets (implicit ALS), and the fold-in of a room.

Hu, Koren and Volinsky, "Collaborative Filtering for Implicit Feedback Datasets" (2008), with the frequency-scaled
regularisation of Rendle, Krichene, Zhang and Koren, "Revisiting the Performance of iALS on Item Recommendation
Benchmarks" (2022). A basket with items S, weights w and factor x minimises

    sum over S of w (1 - x . y)^2  +  u sum over all items of (x . y)^2  +  l (|S| + u N) |x|^2

with N sold items, and items the same with their baskets. In the eigenbasis of u Y'Y the dense part is diagonal, D.
Therefore (push-through identity) x = D^-1 Y_S' (I + W Y_S D^-1 Y_S')^-1 w: a small system of |S| equations.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import sparse

from recommender.arrays import Doubles, Floats
from recommender.inputs.baskets import Baskets
from recommender.looks.signals.vector_pair import VectorPair

# Largest number of float32 cells of one batch of equations.
_BATCH_CELLS = 4_000_000
# Standard deviation of the random start.
_START_DEVIATION = 0.1


@dataclass(frozen=True, slots=True)
class FactorSettings:
    """`unobserved`: weight u of items that are not in a basket; `regularisation`: l; both relative to the
    weight 1 of a bought item. Chosen by the recall on held-out days."""

    dimensions: int = 128
    iterations: int = 20
    unobserved: float = 0.004
    regularisation: float = 0.01
    seed: int = 7


def train_item_factors(
    baskets: Baskets,
    items: int,
    settings: FactorSettings,
    progress: Callable[[str, float], None] = lambda _step, _done: None,
) -> Floats:
    """Item factors (items x dimensions), 0 for items that are in no basket of two items or more."""
    held = basket_matrix(baskets, items)
    by_item = held.T.tocsr()
    known = np.flatnonzero(np.diff(by_item.indptr))
    factors = random_start(known, items, settings)
    if not len(known):
        return factors
    for iteration in range(settings.iterations):
        of_baskets = solved(held, factors, len(known), settings)
        factors = solved(by_item, of_baskets, held.shape[0], settings)
        progress("learning item factors", (iteration + 1) / settings.iterations)
    return factors


def fold_in_vectors(factors: Floats, settings: FactorSettings) -> VectorPair:
    """Vectors whose product is the score of an item for a room that holds one other item, folded in exactly.

    For a larger room, the sum of the items' context vectors over the square root of their number is used instead
    of the solution of the small system, so that a request stays one product.
    """
    known = int(factors.any(axis=1).sum())
    rotated, diagonal = eigenbasis(factors, settings)
    scaled = rotated / (diagonal + ridge(1, known, settings)).astype(np.float32)
    own = 1 + np.einsum("if,if->i", scaled, rotated)
    return VectorPair(np.ascontiguousarray(scaled / own[:, None], np.float32), rotated)


def fold_in(factors: Floats, room: Any, settings: FactorSettings) -> Floats:
    """The exact scores of all items for a room (rows, weight 1 each): reference for tests and evaluations."""
    known = int(factors.any(axis=1).sum())
    rotated, diagonal = eigenbasis(factors, settings)
    held = rotated[room]
    scaled = held / (diagonal + ridge(len(held), known, settings)).astype(np.float32)
    share = np.linalg.solve(np.eye(len(held)) + scaled @ held.T, np.ones(len(held)))
    return np.asarray(rotated @ (share @ scaled), np.float32)


def random_start(known: Any, items: int, settings: FactorSettings) -> Floats:
    """Random factors of the `known` items, 0 for the others."""
    factors = np.zeros((items, settings.dimensions), np.float32)
    shape = (len(known), settings.dimensions)
    factors[known] = np.random.default_rng(settings.seed).normal(0, _START_DEVIATION, shape)
    return factors


def basket_matrix(baskets: Baskets, items: int) -> Any:
    """Baskets of two items or more x items (scipy CSR)."""
    chosen = np.flatnonzero(baskets.sizes >= 2)
    shape = (len(baskets), items)
    matrix = sparse.csr_matrix((baskets.weights, baskets.items, baskets.start), shape=shape, dtype=np.float32)
    return matrix[chosen]


def ridge(count: Any, total: int, settings: FactorSettings) -> Any:
    """The weight of the squared factor of a row with `count` cells, `total`: number of columns that count."""
    return settings.regularisation * (count + settings.unobserved * total)


def eigenbasis(factors: Floats, settings: FactorSettings) -> tuple[Floats, Doubles]:
    """The factors in the eigenbasis of u Y'Y, and its eigenvalues."""
    squares = factors.T.astype(np.float64) @ factors
    values, axes = np.linalg.eigh(settings.unobserved * squares)
    return np.asarray(factors @ axes.astype(np.float32), np.float32), np.maximum(values, 0)


def solved(matrix: Any, other: Floats, total: int, settings: FactorSettings) -> Floats:
    """The factors of the rows of `matrix`, given those of its columns; `total`: number of columns that count.

    They are in the eigenbasis of the other side, which changes no product.
    """
    return solved_in(matrix, *eigenbasis(other, settings), total, settings)


def solved_in(
    matrix: Any, rotated: Floats, diagonal: Doubles, total: int, settings: FactorSettings
) -> Floats:
    """The same, given the factors of the columns in their eigenbasis, and its eigenvalues."""
    found = np.zeros((matrix.shape[0], rotated.shape[1]), np.float32)
    sizes = np.diff(matrix.indptr)
    for size in np.unique(sizes[sizes > 0]).tolist():
        dense = (diagonal + ridge(size, total, settings)).astype(np.float32)
        rows = np.flatnonzero(sizes == size)
        step = max(1, _BATCH_CELLS // (size * max(size, rotated.shape[1])))
        for batch in (rows[low : low + step] for low in range(0, len(rows), step)):
            cells = matrix.indptr[batch][:, None] + np.arange(size)
            found[batch] = _equations(rotated[matrix.indices[cells]], matrix.data[cells], dense)
    return found


def _equations(held: Floats, weights: Floats, dense: Floats) -> Floats:
    """Factors of rows with equally many cells: `held` (rows x cells x dimensions), `weights` (rows x cells), `dense`
    (diagonal of the dense part). Solves the smaller of the two equal systems."""
    cells, dimensions = held.shape[1:]
    if cells < dimensions:
        scaled = held / dense
        system = np.matmul(scaled, held.transpose(0, 2, 1)) * weights[:, :, None]
        system[:, np.arange(cells), np.arange(cells)] += 1
        share = np.linalg.solve(system, weights[:, :, None])
        return np.asarray(np.matmul(share.transpose(0, 2, 1), scaled)[:, 0], np.float32)
    weighted = held.transpose(0, 2, 1) * weights[:, None, :]
    system = np.matmul(weighted, held)
    system[:, np.arange(dimensions), np.arange(dimensions)] += dense
    return np.asarray(np.linalg.solve(system, weighted.sum(axis=2)[:, :, None])[:, :, 0], np.float32)
