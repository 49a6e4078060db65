"""Training of the size choice: fitted weights, and the confidence from which one size is stated alone."""

import numpy as np
import pytest

from recommender.sizes.serving.size_choice import NEVER_STATED, shares_within
from recommender.sizes.training.size_choice import ChoiceCases, _fit_weights, _stated_from


def cases(hits: np.ndarray, strength: np.ndarray) -> ChoiceCases:
    """Cases of two sizes; the first has the score `strength`, and is the one that fitted where `hits`."""
    count = len(hits)
    columns = np.zeros((2 * count, 1))
    columns[::2, 0] = strength
    tried = np.where(hits, 2 * np.arange(count), 2 * np.arange(count) + 1)
    return ChoiceCases(columns, np.repeat(np.arange(count), 2), tried)


def test_the_threshold_is_the_lowest_confidence_with_four_hits_of_five() -> None:
    strength = np.linspace(4, 0.1, 400)
    hits = np.arange(400) < 200
    found = _stated_from(cases(hits, strength), np.ones(1))
    p = shares_within(np.array([strength[249], 0.0]), np.zeros(2, np.int64), 1)[0]
    assert found == pytest.approx(p), "200 of the first 250 are hits"


def test_nothing_is_stated_alone_from_few_cases_or_without_hits() -> None:
    assert _stated_from(cases(np.ones(50, bool), np.ones(50)), np.ones(1)) == NEVER_STATED
    assert _stated_from(cases(np.zeros(400, bool), np.ones(400)), np.ones(1)) == NEVER_STATED


def test_the_fitted_weight_gives_the_observed_share_of_hits() -> None:
    hits = np.arange(1000) < 800
    weight = _fit_weights(cases(hits, np.ones(1000)))[0]
    assert 1 / (1 + np.exp(-weight)) == pytest.approx(0.8, abs=0.01)
