"""Holdout cases and recall."""

import numpy as np
import pytest

from recommender.inputs.baskets import baskets_of
from recommender.inputs.leave_one_out import holdout_cases, recall


def test_questions_hide_no_colour_of_the_room_and_share_one_vote(tables):
    items, events = tables
    asked = holdout_cases(baskets_of(events), items.styles, 7, 300)
    case_weights = {}
    for one in asked:
        assert items.styles[one.hidden] not in items.styles[one.room]
        case_weights[one.basket] = case_weights.get(one.basket, 0) + one.weight
    assert list(case_weights.values()) == pytest.approx([1.0] * len(case_weights))


def test_ties_are_no_hits():
    ranks = np.array([(180 - 1) / 2] * 5)
    assert recall(ranks, np.ones(5), np.ones(5, np.bool_)).at_10 == 0
