"""Baskets in the partitions of Spark, for item factors (see `item_factors_in_parts`).

The functions run in Python processes of Spark's executors, which need this package with its training libraries.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from scipy import sparse

from recommender.arrays import Floats, Longs
from recommender.looks.signals.item_factors_in_parts import PartSums, Sides, part_products, solve_part


class SparkParts:
    """Baskets in Parquet files (basket, item, weight; the rows of a basket together), one partition for each file.

    `context` is a SparkContext, `level` the storage level of what is kept between the passes.
    """

    def __init__(self, context: Any, files: Sequence[str], items: int, level: Any) -> None:
        self._context, self._level = context, level
        named = [(file, items) for file in files]
        self._matrices = context.parallelize(named, len(named)).map(_matrix).persist(level)
        self._solved: Any = None

    def sizes(self) -> tuple[Longs, int]:
        """Number of baskets of each item, and of all baskets."""
        counts, baskets = self._matrices.map(_sizes).treeReduce(_both)
        return counts, int(baskets)

    def restrict(self, known: Longs) -> None:
        """Leaves out all columns but `known`."""
        before, shared = self._matrices, self._context.broadcast(known)
        self._matrices = before.map(lambda it: it[:, shared.value].tocsr()).persist(self._level)
        self._matrices.count()
        before.unpersist()

    def solved(self, sides: Sides) -> PartSums:
        """Solves and keeps the factors of every basket; returns the sums over them."""
        shared, before = self._context.broadcast(sides), self._solved
        self._solved = self._matrices.map(lambda it: (it, *solve_part(it, shared.value))).persist(self._level)
        sums: PartSums = self._solved.map(lambda it: it[2]).treeReduce(lambda one, two: one + two)
        if before is not None:
            before.unpersist()
        return sums

    def products(self, direction: Floats) -> Floats:
        """The sum of w x (x . v) over the baskets of each item."""
        shared = self._context.broadcast(direction)
        parts = self._solved.map(lambda it: part_products(it[0], it[1], shared.value))
        found: Floats = parts.treeReduce(lambda one, two: one + two)
        shared.unpersist()
        return found

    def close(self) -> None:
        """Releases what is kept."""
        for kept in (self._solved, self._matrices):
            if kept is not None:
                kept.unpersist()


def _matrix(named: tuple[str, int]) -> Any:
    """Baskets x items (CSR) of a file."""
    import pyarrow.parquet

    file, items = named
    table = pyarrow.parquet.read_table(file)
    basket = table["basket"].to_numpy()
    head = np.flatnonzero(np.append(True, basket[1:] != basket[:-1])) if len(basket) else np.zeros(0, int)
    weights = table["weight"].to_numpy().astype(np.float32)
    start, columns = np.append(head, len(basket)), table["item"].to_numpy().astype(np.int32)
    return sparse.csr_matrix((weights, columns, start), shape=(len(head), items))


def _sizes(matrix: Any) -> tuple[Longs, int]:
    return np.bincount(matrix.indices, minlength=matrix.shape[1]).astype(np.int64), matrix.shape[0]


def _both(one: tuple[Longs, int], other: tuple[Longs, int]) -> tuple[Longs, int]:
    return one[0] + other[0], one[1] + other[1]
