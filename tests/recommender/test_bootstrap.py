"""The bootstrap interval."""

import numpy as np

from recommender.bootstrap import bootstrap_interval, bootstrap_ratio


def test_the_interval_contains_the_true_mean() -> None:
    rng = np.random.default_rng(1)
    values = (rng.random(2000) < 0.3).astype(float)
    found = bootstrap_interval(values, np.ones(2000), np.arange(2000))
    assert found.low < 0.3 < found.high
    assert found.high - found.low < 0.06


def test_the_interval_of_a_ratio_contains_the_true_ratio_and_is_narrower_if_paired() -> None:
    rng = np.random.default_rng(1)
    base = (rng.random(4000) < 0.2).astype(float)
    both = np.maximum(base, rng.random(4000) < 0.05)
    apart = (rng.random(4000) < 0.24).astype(float)
    paired, unpaired = (bootstrap_ratio(each, base, np.ones(4000), np.arange(4000)) for each in (both, apart))
    assert paired.low < 1.2 < paired.high
    assert unpaired.low < 1.2 < unpaired.high
    assert paired.high - paired.low < 0.6 * (unpaired.high - unpaired.low)
