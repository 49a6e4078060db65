"""The arrays of a model: item index, popularity and co-purchase weights."""

import numpy as np
import pytest

from recommender.looks.serving.model import CoPurchaseWeights
from tests.recommender.small_model import A_BLUE, A_RED, C_RED, E_RED, item_index, small_model, without_sales


def test_the_co_purchase_score_is_the_weighted_sum_of_three_curves() -> None:
    p = np.array([0.0, 0.01, 0.5], np.float32)
    found = CoPurchaseWeights(log_1000=2, log_50=3, linear=4).apply(p)
    assert found.tolist() == pytest.approx((2 * np.log1p(1000 * p) + 3 * np.log1p(50 * p) + 4 * p).tolist())


@pytest.mark.parametrize(
    ("weights", "active"),
    [
        (CoPurchaseWeights(), False),
        (CoPurchaseWeights(log_50=0.1), True),
        (CoPurchaseWeights(maximum=0.1), True),
        (CoPurchaseWeights(pair_scores=1.0), True),
    ],
)
def test_weights_are_active_if_any_is_set(weights: CoPurchaseWeights, active: bool) -> None:
    assert weights.active is active


def test_items_are_found_by_id_style_and_sales() -> None:
    items = item_index()
    assert items.sold_position.tolist() == [0, 1, 2, 3, 4, -1]
    assert items.same_style_rows(A_BLUE).tolist() == [A_RED, A_BLUE]
    assert items.same_style_rows(E_RED).tolist() == [E_RED]
    assert items.rows_of(["c-red", "unknown", "a-red", "c-red"]) == [C_RED, A_RED]
    assert items.categories[E_RED] == -1


def test_popularity_is_the_standardised_log_of_sales() -> None:
    popularity = small_model().popularity
    assert popularity.mean() == pytest.approx(0, abs=1e-6)
    assert popularity.std() == pytest.approx(1, abs=1e-6)
    assert popularity.argmax() == C_RED
    assert not without_sales(small_model()).popularity.any()


def test_best_sellers_are_the_best_tenth_with_two_sales_or_more() -> None:
    assert np.flatnonzero(small_model().best_sellers).tolist() == [C_RED]
    assert not without_sales(small_model()).best_sellers.any()
