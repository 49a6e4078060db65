"""Holdout cases and recall."""

import numpy as np
import pytest

from recommender.inputs.baskets import baskets_of
from recommender.inputs.leave_one_out import holdout_cases, recall
from recommender.inputs.tables import Events, Items
from tests.recommender.small_history import events


def test_cases_hide_no_colour_of_the_room_and_their_weights_sum_to_one(tables: tuple[Items, Events]) -> None:
    items, events = tables
    cases = holdout_cases(baskets_of(events), items.styles, 7, 300)
    case_weights: dict[int, float] = {}
    for one in cases:
        assert items.styles[one.hidden] not in items.styles[one.room]
        case_weights[one.basket] = case_weights.get(one.basket, 0) + one.weight
    assert list(case_weights.values()) == pytest.approx([1.0] * len(case_weights))


def test_ties_are_no_hits() -> None:
    ranks = np.array([(180 - 1) / 2] * 5)
    assert recall(ranks, np.ones(5), np.ones(5, np.bool_)).at_10 == 0


def test_each_item_of_a_basket_is_hidden_once_and_the_others_are_the_room() -> None:
    cases = holdout_cases(baskets_of(events([[0, 1, 2], [3]])), np.arange(4, dtype=np.int32), seed=7, most=10)
    assert sorted((case.hidden, tuple(case.room.tolist())) for case in cases) == [
        (0, (1, 2)), (1, (0, 2)), (2, (0, 1)),
    ]  # fmt: skip
    assert [case.weight for case in cases] == pytest.approx([1 / 3] * 3)


def test_two_colours_of_a_style_are_not_hidden_from_each_other() -> None:
    cases = holdout_cases(baskets_of(events([[0, 1, 2]])), np.array([0, 0, 1], np.int32), seed=7, most=10)
    assert [(case.hidden, case.weight) for case in cases] == [(2, 1.0)]


def test_recall_is_the_weighted_share_of_ranks_below_the_depth() -> None:
    ranks, weights = np.array([0, 9.5, 10, 49, np.inf]), np.array([1, 1, 2, 2, 4.0])
    found = recall(ranks, weights, np.array([True, False, True, False, False]))
    assert (found.at_10, found.at_50, found.complement_at_10) == pytest.approx((0.2, 0.6, 1 / 3))
    assert recall(ranks, weights, np.zeros(5, bool)).complement_at_10 == 0
