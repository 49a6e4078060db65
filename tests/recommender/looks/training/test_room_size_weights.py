"""Weights by the number of items in the room."""

import numpy as np
import pytest

from recommender.looks.training.blend_weights import CandidateSignals, fit_blend_weights
from recommender.looks.training.room_size_weights import (
    MIN_CLASS_CASES,
    SIZE_CLASSES,
    fit_size_factors,
    group_of,
    size_class,
    weights_of,
)

NAMES = ("learned", "popular", "pair steep", "pair soft", "pair cosine", "habit colour")


def cases(strength: dict[int, float], each: int = 400) -> CandidateSignals:
    """Cases whose hidden item stands out in `learned` as much as `strength` states for the size of the room."""
    rng = np.random.default_rng(2)
    sizes = np.repeat(list(strength), each)
    count = len(sizes)
    signals = rng.normal(size=(count, 20, len(NAMES))).astype(np.float32)
    hidden = rng.integers(20, size=count)
    signals[np.arange(count), hidden, 0] += np.array([strength[size] for size in sizes.tolist()], np.float32)
    signals[np.arange(count), hidden, 2] += 1
    return CandidateSignals(
        NAMES, signals, hidden, np.ones(count), np.zeros(count, np.bool_), np.arange(count), sizes
    )


def test_classes_begin_at_their_smallest_room() -> None:
    assert [size_class(size) for size in (1, 2, 3, 4, 8, 9, 40)] == [0, 1, 1, 2, 2, 3, 3]
    assert len(SIZE_CLASSES) == 4


def test_matching_items_are_a_group_and_matched_styles_belong_to_the_styles() -> None:
    assert group_of("matched") == group_of("matched other category") == "matched"
    assert group_of("style matched") == group_of("style steep")


def test_the_terms_of_the_co_purchase_value_are_one_group() -> None:
    assert {group_of(name) for name in ("pair steep", "pair soft", "pair plain")} == {"pair steep"}
    assert [group_of(name) for name in ("pair most", "pair ease", "style soft", "habit any word")] == [
        "pair most",
        "pair",
        "style",
        "habit",
    ]


def test_a_signal_that_says_more_in_large_rooms_weighs_more_there() -> None:
    asked = cases({1: 0.2, 2: 1.0, 9: 2.0})
    common = fit_blend_weights(asked)
    factors = fit_size_factors(asked, common)
    assert factors[0]["learned"] < 0.7 < factors[1]["learned"] < factors[3]["learned"]
    assert factors[2] == {}
    weights = weights_of(NAMES, common, factors, asked.room_sizes)
    assert asked.log_likelihood(weights) > asked.log_likelihood(common)
    assert asked.ranks(weights).mean() < asked.ranks(common).mean()


def test_rooms_that_do_not_differ_keep_factors_near_one() -> None:
    asked = cases({1: 1.0, 2: 1.0})
    factors = fit_size_factors(asked, fit_blend_weights(asked))
    assert factors[0]["learned"] == pytest.approx(1, abs=0.2)
    assert factors[1]["pair steep"] == pytest.approx(1, abs=0.2)


def test_few_cases_keep_the_common_weights() -> None:
    asked = cases({1: 1.0, 9: 2.0}, MIN_CLASS_CASES - 1)
    common = fit_blend_weights(asked)
    factors = fit_size_factors(asked, common)
    assert factors == ({}, {}, {}, {})
    assert weights_of(NAMES, common, factors, asked.room_sizes) == pytest.approx(
        np.tile(common, (len(asked.hidden), 1))
    )
