"""Selects the highest of many scores without sorting all of them: a threshold is estimated from a sample, and
only scores above it are sorted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

    from recommender.arrays import Floats, Longs

# Sampling interval; odd, so that no periodic order of the catalogue coincides with it.
_STRIDE = 31
# Size of the first batch, and growth factor of the following ones.
_FIRST, _GROWTH = 128, 8
# Extra sampled scores above the threshold, so that it is seldom too high; if it is, the number is multiplied.
_SPARE, _MORE = 4, 4


def top_k(scores: Floats, wanted: int) -> Longs:
    """At least `wanted` indices (all, if there are fewer) in descending order of score; ties by index; -inf
    excluded."""
    sample = scores[::_STRIDE].copy()
    passes = int(_SPARE + 1.5 * wanted * len(sample) / max(len(scores), 1))
    while passes < len(sample):
        sample.partition(len(sample) - passes)
        indices = (scores > sample[len(sample) - passes]).nonzero()[0]
        if len(indices) >= wanted:
            return _sorted(scores, indices)
        passes *= _MORE
    return _sorted(scores, (scores > -np.inf).nonzero()[0])


def _sorted(scores: Floats, indices: Longs) -> Longs:
    descending = scores[indices]
    np.negative(descending, out=descending)
    return indices[descending.argsort(kind="stable")]


def descending_batches(scores: Floats, first: int = _FIRST) -> Iterator[Longs]:
    """All indices with a score above -inf in descending order, in growing batches computed on demand."""
    given, wanted = 0, min(first, len(scores))
    while True:
        indices = top_k(scores, wanted)
        yield indices[given:]
        if len(indices) < wanted or wanted >= len(scores):
            return
        given, wanted = len(indices), min(max(wanted * _GROWTH, len(indices) + 1), len(scores))


def descending(scores: Floats, first: int = _FIRST) -> Iterator[int]:
    """The indices of `descending_batches`, one by one."""
    for indices in descending_batches(scores, first):
        yield from indices.tolist()
