"""Items without sales: which are kept, and that served vectors give the weighted sum of the signals."""

import numpy as np
import pytest

from recommender.inputs.baskets import baskets_of
from recommender.inputs.leave_one_out import HoldoutCase
from recommender.looks.serving.model import LooksModel
from recommender.looks.serving.query import RoomQuery
from recommender.looks.signals.co_purchase import count_pairs
from recommender.looks.signals.vector_pair import VectorPair
from recommender.looks.training.lightfm_training import LightFMVectors
from recommender.looks.training.new_arrivals import (
    DEFAULT_WEIGHTS,
    ColdItems,
    cold_items,
    fit_new_arrival_weights,
    to_served,
)
from tests.recommender.small_history import events, items
from tests.recommender.small_model import small_model

STYLES = [0, 0, 1, 2, 3, 3]


def cold() -> ColdItems:
    """Items 1, 4 and 5 have no sales; item 1 is another colour of the sold item 0."""
    rng = np.random.default_rng(2)
    table, history = items(STYLES), events([[0, 2], [0, 3], [2, 3]])
    sold = np.array([True, False, True, True, False, False])
    sales = np.array([2, 0, 2, 2, 0, 0], np.int32)
    context, target = (rng.normal(size=(6, 2)).astype(np.float32) for _ in range(2))
    vectors = LightFMVectors(context, target, rng.normal(size=6).astype(np.float32))
    affinities = VectorPair(*(rng.normal(size=(6, 3)).astype(np.float32) for _ in range(2)))
    counts = count_pairs(baskets_of(history), table.styles, 4)
    activity = np.array([9, 1, 9, 9, -1, 0], np.float32)
    return cold_items(sold, sales, table.styles, counts, activity, vectors, affinities)


def test_every_item_without_sales_is_kept_with_what_its_style_sells() -> None:
    found = cold()
    assert found.rows.tolist() == [1, 4, 5]
    assert found.style_sold.tolist() == [1, 0, 0]
    assert found.style_sales.tolist() == pytest.approx([np.log1p(2), 0, 0])
    assert found.activity.tolist() == [1, -1, 0]


def test_served_scores_are_the_weighted_sum_of_the_signals() -> None:
    found, rng = cold(), np.random.default_rng(4)
    weights = rng.uniform(0.1, 1, len(DEFAULT_WEIGHTS))
    style_of, room = np.array(STYLES), np.array([2, 3])
    expected = found.columns(room, style_of[room], np.arange(3)) @ weights
    served = to_served(found, weights)
    model = small_model()
    model = LooksModel(
        model.items,
        model.context,
        model.target,
        model.pairs,
        model.styles,
        served,
        model.blend,
        model.category_pairs,
    )
    model.items.__dict__["styles"] = np.array(STYLES, np.int32)
    query = RoomQuery(model, room.tolist(), RoomQuery.of(model, []).shopper, np.zeros(5, np.float32))
    ranked = list(query.arrivals())
    assert ranked == [int(found.rows[at]) for at in np.argsort(-expected)]
    assert query.scores_of(ranked) == pytest.approx(sorted(expected, reverse=True), abs=1e-4)


def test_with_fewer_than_sixty_cases_the_default_weights_are_used() -> None:
    found = cold()
    few = [HoldoutCase(np.array([0], np.int32), 4, number, 1.0) for number in range(59)]
    assert fit_new_arrival_weights(found, few, np.array(STYLES), 7).tolist() == list(DEFAULT_WEIGHTS)
    sold = [HoldoutCase(np.array([0], np.int32), 2, number, 1.0) for number in range(500)]
    assert fit_new_arrival_weights(found, sold, np.array(STYLES), 7).tolist() == list(DEFAULT_WEIGHTS)


def test_with_enough_cases_the_signal_of_the_hidden_items_gets_more_weight() -> None:
    found = cold()
    cases = [HoldoutCase(np.array([0], np.int32), 1, number, 1.0) for number in range(80)]
    weights = fit_new_arrival_weights(found, cases, np.array(STYLES), 7)
    activity = 2
    assert weights[activity] > DEFAULT_WEIGHTS[activity], "the hidden item is the most active one"
