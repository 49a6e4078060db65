"""Gradient-boosted trees of a trial's outcome, as arrays; trained in `sizes.training.boosting`. Needs numpy only.

Every tree is a range of nodes. A trial goes left if its value is at most the node's threshold, or if it is unknown and
the node sends unknown values left; leaves refer to themselves. The scores of a class are summed over its trees
(Friedman, Greedy function approximation: a gradient boosting machine, 2001).
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cached_property
from typing import Any

import numpy as np

from recommender.arrays import Doubles, Longs
from recommender.sizes.serving.fit_table import FIT_CLASSES
from recommender.sizes.serving.softmax import softmax

SHARE = 0.6
"""Weight of the trees' logarithms in the mix with the multinomial model's."""
_ROWS = 2048
"""Trials that are evaluated at once, for the size of scratch arrays."""
_MAX_DEPTH = 64


@dataclass(frozen=True)
class BoostedTrees:
    """Nodes of all trees: `feature`, `threshold`, `unknown_left`, `left`, `right`, `value` (of leaves); `root`: trees x
    classes; `base`: score of each class before any tree."""

    feature: Longs
    threshold: Doubles
    unknown_left: Any
    left: Longs
    right: Longs
    value: Doubles
    root: Longs
    base: Doubles

    def __call__(self, columns: Doubles) -> Doubles:
        """Rows of (small, fit, large), each summing to 1."""
        parts = [self._scores(columns[at : at + _ROWS]) for at in range(0, len(columns), _ROWS)]
        return softmax(np.concatenate([np.zeros((0, len(FIT_CLASSES))), *parts]))

    def _scores(self, columns: Doubles) -> Doubles:
        # flat arrays and one step for each level: a request has a few rows, so the number of calls decides its time
        values, first = columns.ravel(), (np.arange(len(columns)) * columns.shape[1])[:, None]
        has_unknown = bool(np.isnan(values).any())
        node = np.broadcast_to(self.root.ravel(), (len(columns), self.root.size))
        for _ in range(self._depth):
            value = values.take(self.feature.take(node) + first)
            goes_right = value > self.threshold.take(node)
            if has_unknown:
                goes_right |= np.isnan(value) & ~self.unknown_left.take(node)
            node = self._children.take(2 * node + goes_right)
        scores = self.value.take(node).reshape(len(columns), -1, len(FIT_CLASSES)).sum(axis=1)
        found: Doubles = scores + self.base
        return found

    @cached_property
    def _children(self) -> Longs:
        """Left and right of each node, one after the other."""
        return np.stack([self.left, self.right], axis=1).ravel()

    @cached_property
    def _depth(self) -> int:
        """Levels below the roots, at most `_MAX_DEPTH`."""
        node = np.unique(self.root)
        for depth in range(_MAX_DEPTH):
            below = np.unique(np.concatenate([self.left[node], self.right[node]]))
            if np.array_equal(below, node):
                return depth
            node = below
        return _MAX_DEPTH

    def mixed_with(self, chances: Doubles, columns: Doubles) -> Doubles:
        """The chances of another model mixed with these: the weighted mean of logarithms."""
        return softmax((1 - SHARE) * np.log(chances + 1e-12) + SHARE * np.log(self(columns) + 1e-12))

    def consistent(self, columns: int) -> bool:
        """Whether every node refers to nodes and columns that exist, and only forwards, so that each path ends."""
        count = len(self.feature)
        places = np.arange(count)
        same = all(
            len(getattr(self, f.name)) == count for f in fields(self) if f.name not in ("root", "base")
        )
        if not same or self.base.shape != (len(FIT_CLASSES),) or self.root.shape[1:] != (len(FIT_CLASSES),):
            return False
        leaf = (self.left == places) & (self.right == places)
        inner = (self.left > places) & (self.right > places) & (self.left < count) & (self.right < count)
        roots = not self.root.size or bool((self.root >= 0).all() and (self.root < count).all())
        used = (self.feature >= 0) & (self.feature < columns)
        return roots and bool((leaf | inner).all() and used.all())


def trees_to_arrays(trees: BoostedTrees) -> dict[str, Any]:
    """The trees as arrays by name."""
    return {f.name: getattr(trees, f.name) for f in fields(trees)}


def trees_from_arrays(arrays: Mapping[str, Any]) -> BoostedTrees:
    """From those arrays. Raises TypeError if they are others."""
    return BoostedTrees(**arrays)
