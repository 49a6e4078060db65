"""Baskets of a history: weights of refused and returned items."""

import pytest

from recommender.inputs.baskets import baskets_of
from recommender.inputs.history import events_from


def test_baskets_heed_what_was_refused_and_what_came_back(tables):
    import pyarrow as pa

    rows = {
        "basket_id": ["b"] * 5,
        "shopper_id": [None] * 5,
        "item_id": ["0000-navy", "0001-navy", "0002-navy", "0001-navy", "0002-navy"],
        "at": ["2026-03-01"] * 5,
        "kind": ["purchase", "purchase", "purchase", "return", "not_this"],
        "channel": ["store"] * 5,
    }
    baskets = baskets_of(events_from(pa.table(rows), tables[0]))
    assert baskets.items.tolist() == [0, 3]
    assert baskets.weights.tolist() == pytest.approx([1.0, 0.3])
