"""Pairs of item vectors whose products are scores, and their reduction to fewer dimensions."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from recommender.arrays import Doubles, Floats


@dataclass(frozen=True, slots=True)
class VectorPair:
    """Two sets of item vectors: the score of an item is mean(context of the room) . target."""

    context: Floats
    target: Floats


def reduced(
    context: Any, target: Any, context_share: Doubles, target_share: Doubles, dimensions: int
) -> VectorPair:
    """The best approximation of all products context . target with at most `dimensions`, in the sense of least squares.

    The shares weigh the rows of each side, for example by sales. It is the truncated singular value decomposition of
    the weighted matrix of products, which is never computed: only second moments of both sides are.
    """
    (root, back), (other_root, other_back) = _root(context, context_share), _root(target, target_share)
    left, singular, right = np.linalg.svd(root.T @ other_root)
    kept = min(dimensions, int((singular > 1e-9).sum()))
    weight = np.sqrt(singular[:kept])
    return VectorPair(
        (context @ (back @ (left[:, :kept] * weight))).astype(np.float32),
        (target @ (other_back @ (right[:kept].T * weight))).astype(np.float32),
    )


def _root(vectors: Doubles, share: Doubles) -> tuple[Doubles, Doubles]:
    """A square root of the vectors' second moment matrix and its inverse, both on the span of the vectors."""
    values, axes = np.linalg.eigh(vectors.T @ (share[:, None] * vectors))
    real = values > values.max(initial=0) * 1e-10
    root = np.sqrt(values[real])
    return axes[:, real] * root, axes[:, real] / root
