"""What is said to go together was bought together more than chance gives."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommender.looks.serving.chance import (
    NO_PURCHASES,
    SIGNIFICANT,
    PurchaseCounts,
    beyond_chance,
    likelihood_ratio,
)


@pytest.mark.parametrize(
    ("count", "expected", "beyond"),
    [
        (61, 93.0, False),
        (93, 93.0, False),
        (100, 93.0, False),
        (130, 93.0, True),
        (846, 850.0, False),
        (2, 0.01, True),
        (2, 0.5, False),
        (2, 2.0, False),
        (3, 0.5, False),
        (4, 0.5, True),
        (5, 0.0, False),
        (0, 0.0, False),
    ],
)
def test_a_count_against_its_expectation(count: int, expected: float, *, beyond: bool) -> None:
    assert beyond_chance(count, expected) is beyond


@given(st.integers(0, 10_000), st.floats(0.001, 10_000))
def test_nothing_at_or_below_chance_is_beyond_it(count: int, expected: float) -> None:
    assert likelihood_ratio(count, expected) >= -1e-6
    if beyond_chance(count, expected):
        assert count > expected
        assert beyond_chance(count + 1, expected)


def test_of_independent_purchases_hardly_any_pair_is_beyond_chance() -> None:
    """4,000 pairs at each rate: at 1 % two-sided, half of which is above, and coarser for small counts."""
    rng = np.random.default_rng(5)
    for rate in (0.2, 1.0, 5.0, 50.0):
        counts = rng.poisson(rate, 4000)
        assert np.mean([beyond_chance(count, rate) for count in counts.tolist()]) < 0.02


def test_planted_fault_a_count_alone_is_caught() -> None:
    """Planted fault: "bought together" from two baskets, whatever chance gives."""
    rng = np.random.default_rng(5)
    counts = rng.poisson(2.0, 4000)
    planted = np.mean(counts >= 2)
    assert planted > 0.5
    assert np.mean([beyond_chance(count, 2.0) for count in counts.tolist()]) < 0.02


def test_expectations_of_items_and_of_a_model_without_counts() -> None:
    counts = PurchaseCounts(200, np.array([10, 40], np.int32), np.full((1, 1), 3.0, np.float32))
    assert counts.expected(0, 1) == pytest.approx(2.0)
    assert counts.expected_categories(0, 0) == 3.0
    assert NO_PURCHASES.expected(3, 4) == NO_PURCHASES.expected_categories(1, 1) == 0.0
    assert SIGNIFICANT > 6
