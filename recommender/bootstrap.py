"""Paired bootstrap confidence intervals of a weighted mean and of a ratio (Efron and Tibshirani, 1993)."""

from dataclasses import dataclass

import numpy as np

from recommender.arrays import Doubles, Longs

_ROUNDS = 1000


@dataclass(frozen=True, slots=True)
class Interval:
    """A mean and its 95 % confidence interval."""

    mean: float
    low: float
    high: float

    def __str__(self) -> str:
        return f"{self.mean:+.4f} [{self.low:+.4f}, {self.high:+.4f}]"


def bootstrap_interval(values: Doubles, case_weights: Doubles, groups: Longs, seed: int = 7) -> Interval:
    """Weighted mean of `values` and its 95 % interval over 1,000 bootstrap samples.

    Whole groups (baskets) are resampled, because the cases of one basket are not independent. All three
    arrays have one entry per case. For a paired comparison, pass the difference of two methods as `values`.
    """
    _, group = np.unique(groups, return_inverse=True)
    total = np.bincount(group, weights=values * case_weights)
    weight = np.bincount(group, weights=case_weights)
    rng = np.random.default_rng(seed)
    means = np.empty(_ROUNDS)
    for at in range(_ROUNDS):
        drawn = rng.integers(len(total), size=len(total))
        means[at] = total[drawn].sum() / max(weight[drawn].sum(), 1e-9)
    low, high = np.quantile(means, [0.025, 0.975])
    return Interval(float(total.sum() / max(weight.sum(), 1e-9)), float(low), float(high))


def bootstrap_ratio(
    values: Doubles, reference: Doubles, case_weights: Doubles, groups: Longs, seed: int = 7
) -> Interval:
    """Weighted sum of `values` over that of `reference`, paired, and its 95 % interval over 1,000 bootstrap samples.

    Whole groups are resampled, as in `bootstrap_interval`. Infinite where the reference is 0.
    """
    _, group = np.unique(groups, return_inverse=True)
    above = np.bincount(group, weights=values * case_weights)
    below = np.bincount(group, weights=reference * case_weights)
    rng = np.random.default_rng(seed)
    ratios = np.empty(_ROUNDS)
    for at in range(_ROUNDS):
        drawn = rng.integers(len(above), size=len(above))
        ratios[at] = _ratio(float(above[drawn].sum()), float(below[drawn].sum()))
    low, high = np.quantile(ratios, [0.025, 0.975], method="nearest")
    return Interval(_ratio(float(above.sum()), float(below.sum())), float(low), float(high))


def _ratio(above: float, below: float) -> float:
    return above / below if below else float("inf")
