"""The fit of blend weights, and the ranks they give."""

import numpy as np
import pytest

from recommender.looks.training.blend_weights import CandidateSignals, fit_blend_weights


def cases(signals: np.ndarray, hidden: list[int], names: tuple[str, ...]) -> CandidateSignals:
    count = len(hidden)
    return CandidateSignals(
        names,
        signals.astype(np.float32),
        np.array(hidden),
        np.ones(count),
        np.zeros(count, bool),
        np.arange(count),
        np.ones(count, np.int64),
    )


def test_ranks_count_from_zero_with_ties_by_half_and_infinity_beyond_the_candidates() -> None:
    signals = np.array([[[3], [2], [1]], [[1], [1], [1]], [[3], [2], [1]]])
    found = cases(signals, [1, 0, -1], ("learned",))
    assert found.ranks(np.array([1.0])).tolist() == [1, 1, np.inf]
    assert found.ranks(np.array([-1.0])).tolist() == [1, 1, np.inf]
    assert found.where(np.array([True, False, False])).ranks(np.array([1.0])).tolist() == [1]


def test_the_signal_that_tells_gets_the_weight_and_noise_does_not() -> None:
    rng = np.random.default_rng(5)
    signals = rng.normal(size=(800, 20, 3))
    hidden = rng.integers(20, size=800)
    signals[np.arange(800), hidden, 1] += 2
    weights = fit_blend_weights(cases(signals, hidden.tolist(), ("popular", "learned", "recent")))
    assert weights[1] > 1
    assert np.abs(weights[[0, 2]]).max() < 0.2


def test_evidence_never_counts_against_an_item_while_other_signals_may() -> None:
    rng = np.random.default_rng(5)
    signals = rng.normal(size=(800, 20, 2))
    hidden = rng.integers(20, size=800)
    signals[np.arange(800), hidden] -= 1
    weights = fit_blend_weights(cases(signals, hidden.tolist(), ("pair lift", "popular")))
    assert weights[0] == pytest.approx(0, abs=1e-9)
    assert weights[1] < -0.5


def test_a_constant_signal_gets_no_weight() -> None:
    rng = np.random.default_rng(5)
    signals = rng.normal(size=(50, 10, 2))
    signals[:, :, 0] = 4
    weights = fit_blend_weights(cases(signals, [0] * 50, ("recent", "learned")))
    assert weights[0] == 0
    assert np.isfinite(weights).all()


def test_the_fit_is_invariant_to_the_scale_of_a_signal() -> None:
    rng = np.random.default_rng(6)
    signals = rng.normal(size=(300, 15, 2))
    hidden = rng.integers(15, size=300)
    signals[np.arange(300), hidden] += 1
    plain = fit_blend_weights(cases(signals, hidden.tolist(), ("learned", "popular")))
    signals[:, :, 0] *= 100
    scaled = fit_blend_weights(cases(signals, hidden.tolist(), ("learned", "popular")))
    assert scaled[0] * 100 == pytest.approx(plain[0], rel=0.02)
