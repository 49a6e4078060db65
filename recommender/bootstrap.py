"""Paired bootstrap: how sure a difference between two methods is that answered the same questions."""

from dataclasses import dataclass

import numpy as np

from recommender.arrays import Doubles, Longs

_ROUNDS = 1000


@dataclass(frozen=True, slots=True)
class Interval:
    """A mean and the 95 % interval around it."""

    mean: float
    low: float
    high: float

    def __str__(self) -> str:
        return f"{self.mean:+.4f} [{self.low:+.4f}, {self.high:+.4f}]"


def bootstrap_interval(values: Doubles, case_weights: Doubles, basket: Longs, seed: int = 7) -> Interval:
    """The vote-weighted mean of `values` and its interval; whole baskets are drawn, since questions of one basket
    are no independent witnesses."""
    _, place = np.unique(basket, return_inverse=True)
    total = np.bincount(place, weights=values * case_weights)
    weight = np.bincount(place, weights=case_weights)
    rng = np.random.default_rng(seed)
    means = np.empty(_ROUNDS)
    for at in range(_ROUNDS):
        drawn = rng.integers(len(total), size=len(total))
        means[at] = total[drawn].sum() / max(weight[drawn].sum(), 1e-9)
    low, high = np.quantile(means, [0.025, 0.975])
    return Interval(float(total.sum() / max(weight.sum(), 1e-9)), float(low), float(high))
