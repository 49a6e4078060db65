"""Counts of what was kept, and what chance gives for categories."""

import numpy as np
import pytest

from recommender.inputs.baskets import baskets_of
from recommender.inputs.event_kinds import EventKind
from recommender.inputs.history import concat_events
from recommender.looks.serving.model import Attribute
from recommender.looks.signals.purchase_counts import category_pairs, purchase_counts
from tests.recommender.small_history import DAY, events

# items 0 and 1 are shirts, 2 trousers, 3 shoes
CATEGORY = Attribute(np.array([0, 0, 1, 2], np.int32), ("shirt", "trousers", "shoes"))
BASKETS = [[0, 2], [1, 2], [0, 1], [2, 3], [0], [3]]


def test_baskets_of_items_and_pairs_of_categories() -> None:
    baskets = baskets_of(events(BASKETS))
    found = purchase_counts(baskets, 4, CATEGORY)
    assert found.baskets == 6
    assert found.items.tolist() == [3, 2, 3, 2]
    assert category_pairs(baskets, CATEGORY).tolist() == [[4, 2, 0], [2, 3, 1], [0, 1, 2]]
    # shirts in 4 of 6 baskets and in 3 of the 4 with two pieces; trousers in 3 and 3
    assert found.categories[0, 1] == pytest.approx(max(4 * 3 / 6, 3 * 3 / 4))
    assert found.categories[0, 2] == pytest.approx(max(4 * 2 / 6, 3 * 1 / 4))


def test_a_category_that_never_comes_alone_is_compared_within_the_larger_baskets() -> None:
    """Shoes always with shirts, and eight customers who buy trousers only."""
    baskets = baskets_of(events([[0, 3], [1, 3], *[[2]] * 8]))
    found = purchase_counts(baskets, 4, CATEGORY)
    assert found.categories[0, 2] == pytest.approx(2 * 2 / 2)


def test_what_was_tried_or_came_back_is_not_counted() -> None:
    history = concat_events(
        events([[0, 2], [0, 2]]),
        events([[0, 2]], EventKind.TRYON_LEFT),
        events([[0]], EventKind.RETURN, at=[9 * DAY]),
    )
    found = purchase_counts(baskets_of(history), 4, CATEGORY)
    assert (found.baskets, found.items.tolist()) == (2, [1, 0, 2, 0])
    assert category_pairs(baskets_of(history), CATEGORY)[0, 1] == 1


def test_a_shop_without_categories_or_purchases() -> None:
    found = purchase_counts(baskets_of(events(BASKETS)), 4, None)
    assert found.categories.shape == (0, 0)
    nothing = purchase_counts(baskets_of(events([[0, 1]], EventKind.TRYON_LEFT)), 4, CATEGORY)
    assert (nothing.baskets, nothing.items.sum(), nothing.categories.sum()) == (0, 0, 0)
