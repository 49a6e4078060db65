"""The best of many scores without sorting all of them: a threshold is sampled first, only what passes is sorted."""

from collections.abc import Iterator

import numpy as np

from recommender.arrays import Floats, Longs

# Every so many scores one is looked at to guess the threshold; odd, so that no layout of the shelf repeats with it.
_STRIDE = 31
# First helping, and how much larger each next one is.
_FIRST, _GROWTH = 128, 8


def best(scores: Floats, wanted: int) -> Longs:
    """At least `wanted` places (all, if there are fewer) in falling order of score; ties by place; -inf left out."""
    sample = scores[::_STRIDE]
    passes = int(4 + 1.5 * wanted * len(sample) / max(len(scores), 1))
    if passes < len(sample):
        bar = np.partition(sample, len(sample) - passes)[len(sample) - passes]
        places = np.flatnonzero(scores > bar)
        if len(places) >= wanted:
            return places[np.argsort(-scores[places], kind="stable")]
    places = np.flatnonzero(scores > -np.inf)
    return places[np.argsort(-scores[places], kind="stable")]


def helpings(scores: Floats, first: int = _FIRST) -> Iterator[Longs]:
    """Every place above -inf in falling order of score, in growing helpings computed as they are asked for."""
    given, wanted = 0, min(first, len(scores))
    while True:
        places = best(scores, wanted)
        yield places[given:]
        if len(places) < wanted or wanted >= len(scores):
            return
        given, wanted = len(places), min(max(wanted * _GROWTH, len(places) + 1), len(scores))


def falling(scores: Floats, first: int = _FIRST) -> Iterator[int]:
    """The places of `helpings`, one by one."""
    for places in helpings(scores, first):
        yield from places.tolist()
