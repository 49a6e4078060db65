"""Item factors of a history that is spread over several machines: the same loss as `item_factors`.

Each part holds some baskets. In one iteration a part solves the equations of its own baskets exactly, and the items'
equations are solved by preconditioned conjugate gradients (Hestenes and Stiefel 1952; for implicit ALS: Takacs,
Pilaszy and Tikk, "Applications of the Conjugate Gradient Method for Implicit Feedback Collaborative Filtering", 2011),
from the last iteration's factors on. A step needs only the sum over all baskets of w x (x . v), so that parts exchange
arrays of items x dimensions, however many baskets there are; no basket's factors leave their part.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from scipy import sparse

from recommender.arrays import Doubles, Floats, Longs
from recommender.looks.signals.item_factors import (
    FactorSettings,
    eigenbasis,
    random_start,
    ridge,
    solved_in,
)

# Steps of conjugate gradients in each iteration; the next iteration continues from its result.
STEPS = 3
# Largest number of float32 cells of one batch of products.
_BATCH_CELLS = 4_000_000


@dataclass(frozen=True, slots=True)
class Sides:
    """The items' factors in their eigenbasis (items x dimensions), its eigenvalues, and the number of known items."""

    rotated: Floats
    diagonal: Doubles
    known: int
    settings: FactorSettings


@dataclass(frozen=True, slots=True)
class PartSums:
    """Sums over baskets: `squares` of their factors x (dimensions x dimensions), and of w x (1 - x . y) for each item
    y."""

    squares: Doubles
    rest: Floats

    def __add__(self, other: "PartSums") -> "PartSums":
        return PartSums(self.squares + other.squares, self.rest + other.rest)


class BasketParts(Protocol):
    """Baskets of two items or more in parts."""

    def sizes(self) -> tuple[Longs, int]:
        """Number of baskets of each item, and of all baskets."""
        ...

    def restrict(self, known: Longs) -> None:
        """From now on, items are the columns `known` of before; the others are in no basket."""
        ...

    def solved(self, sides: Sides) -> PartSums:
        """Solves and keeps the factors of every basket; returns the sums over them."""
        ...

    def products(self, direction: Floats) -> Floats:
        """The sum of w x (x . v) over the baskets of each item, v its row of `direction`."""
        ...


def train_in_parts(
    parts: BasketParts,
    settings: FactorSettings,
    progress: Callable[[str, float], None] = lambda _step, _done: None,
    steps: int = STEPS,
) -> Floats:
    """Item factors (items x dimensions), 0 for items that are in no basket of two items or more.

    With more `steps` they approach those of `item_factors` with the same settings.
    """
    counts, baskets = parts.sizes()
    known = np.flatnonzero(counts)
    whole = random_start(known, len(counts), settings)
    if not len(known):
        return whole
    parts.restrict(known)
    factors, own = whole[known], ridge(counts[known], baskets, settings)
    for iteration in range(settings.iterations):
        rotated, diagonal = eigenbasis(factors, settings)
        sums = parts.solved(Sides(rotated, diagonal, len(known), settings))
        factors = _descended(parts, rotated, sums, settings.unobserved, own, steps)
        progress("learning item factors", (iteration + 1) / settings.iterations)
    whole[known] = factors
    return whole


def _descended(
    parts: BasketParts, factors: Floats, sums: PartSums, unobserved: float, own: Doubles, steps: int
) -> Floats:
    """The factors after some steps of conjugate gradients, all items at once; `own`: ridge of each item.

    The preconditioner is the part of the equations that is the same for all items, with each item's ridge.
    """
    values, axes = np.linalg.eigh(unobserved * sums.squares)
    inverse = 1 / (np.maximum(values, 0) + own[:, None])
    dense = unobserved * sums.squares
    found = factors.astype(np.float64)
    rest = sums.rest - found @ dense - own[:, None] * found
    direction = scaled = (rest @ axes * inverse) @ axes.T
    length = _products(rest, scaled)
    for step in range(steps):
        product = parts.products(direction.astype(np.float32)) + direction @ dense + own[:, None] * direction
        stride = length / np.maximum(_products(direction, product), 1e-30)
        found = found + stride * direction
        if step + 1 == steps:
            break
        rest = rest - stride * product
        scaled = (rest @ axes * inverse) @ axes.T
        before, length = length, _products(rest, scaled)
        direction = scaled + length / np.maximum(before, 1e-30) * direction
    return np.asarray(found, np.float32)


def _products(one: Doubles, two: Doubles) -> Doubles:
    return np.asarray(np.einsum("if,if->i", one, two)[:, None], np.float64)


def solve_part(matrix: Any, sides: Sides) -> tuple[Floats, PartSums]:
    """The factors of one part's baskets (`matrix`: baskets x items, CSR), and its sums."""
    factors = solved_in(matrix, sides.rotated, sides.diagonal, sides.known, sides.settings)
    squares = factors.T.astype(np.float64) @ factors
    rest = _weighted(matrix, factors, sides.rotated, 1.0, -1.0)
    return factors, PartSums(squares, rest)


def part_products(matrix: Any, factors: Floats, direction: Floats) -> Floats:
    """One part's share of `BasketParts.products`."""
    return _weighted(matrix, factors, direction, 0.0, 1.0)


def _weighted(matrix: Any, factors: Floats, vectors: Floats, constant: float, factor: float) -> Floats:
    """For each item the sum of w (constant + factor x . v) x over its baskets."""
    rows = np.repeat(np.arange(matrix.shape[0]), np.diff(matrix.indptr))
    products = np.empty(len(rows), np.float32)
    step = max(1, _BATCH_CELLS // max(factors.shape[1], 1))
    for low in range(0, len(rows), step):
        cells = slice(low, low + step)
        held, other = factors[rows[cells]], vectors[matrix.indices[cells]]
        products[cells] = np.einsum("cf,cf->c", held, other)
    weights = (matrix.data * (constant + factor * products)).astype(np.float32)
    by_item = sparse.csr_matrix((weights, matrix.indices, matrix.indptr), shape=matrix.shape).T
    return np.asarray(by_item @ factors, np.float32)


class LocalParts:
    """Parts in memory, one after the other."""

    def __init__(self, matrices: list[Any]) -> None:
        self._matrices = matrices
        self._factors: list[Floats] = []

    def sizes(self) -> tuple[Longs, int]:
        """Number of baskets of each item, and of all baskets."""
        counts = sum(np.bincount(each.indices, minlength=each.shape[1]) for each in self._matrices)
        return np.asarray(counts, np.int64), sum(each.shape[0] for each in self._matrices)

    def restrict(self, known: Longs) -> None:
        """Leaves out all columns but `known`."""
        self._matrices = [each[:, known].tocsr() for each in self._matrices]

    def solved(self, sides: Sides) -> PartSums:
        """Solves and keeps the factors of every basket."""
        done = [solve_part(each, sides) for each in self._matrices]
        self._factors = [factors for factors, _ in done]
        first, *others = [sums for _, sums in done]
        for other in others:
            first = first + other
        return first

    def products(self, direction: Floats) -> Floats:
        """The sum of w x (x . v)."""
        done = zip(self._matrices, self._factors, strict=True)
        parts = [part_products(matrix, factors, direction) for matrix, factors in done]
        return np.asarray(sum(parts), np.float32)
