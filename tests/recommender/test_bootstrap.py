"""The bootstrap interval."""

import numpy as np

from recommender.bootstrap import bootstrap_interval


def test_the_interval_contains_the_true_mean() -> None:
    rng = np.random.default_rng(1)
    values = (rng.random(2000) < 0.3).astype(float)
    found = bootstrap_interval(values, np.ones(2000), np.arange(2000))
    assert found.low < 0.3 < found.high
    assert found.high - found.low < 0.06
