"""The best of many scores without sorting all of them: a threshold is sampled first, only what passes is sorted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

    from recommender.arrays import Floats, Longs

# Every so many scores one is looked at to guess the threshold; odd, so that no layout of the shelf repeats with it.
_STRIDE = 31
# First helping, and how much larger each next one is.
_FIRST, _GROWTH = 128, 8
# Sampled scores above the threshold beyond what is expected, so that fewer than wanted seldom pass; where they do, so
# many times more are let through.
_SPARE, _MORE = 4, 4


def top_k(scores: Floats, wanted: int) -> Longs:
    """At least `wanted` places (all, if there are fewer) in falling order of score; ties by place; -inf left out."""
    sample = scores[::_STRIDE].copy()
    passes = int(_SPARE + 1.5 * wanted * len(sample) / max(len(scores), 1))
    while passes < len(sample):
        sample.partition(len(sample) - passes)
        places = (scores > sample[len(sample) - passes]).nonzero()[0]
        if len(places) >= wanted:
            return _sorted(scores, places)
        passes *= _MORE
    return _sorted(scores, (scores > -np.inf).nonzero()[0])


def _sorted(scores: Floats, places: Longs) -> Longs:
    descending = scores[places]
    np.negative(descending, out=descending)
    return places[descending.argsort(kind="stable")]


def descending_batches(scores: Floats, first: int = _FIRST) -> Iterator[Longs]:
    """Every place above -inf in falling order of score, in growing helpings computed as they are asked for."""
    given, wanted = 0, min(first, len(scores))
    while True:
        places = top_k(scores, wanted)
        yield places[given:]
        if len(places) < wanted or wanted >= len(scores):
            return
        given, wanted = len(places), min(max(wanted * _GROWTH, len(places) + 1), len(scores))


def descending(scores: Floats, first: int = _FIRST) -> Iterator[int]:
    """The places of `helpings`, one by one."""
    for places in descending_batches(scores, first):
        yield from places.tolist()
