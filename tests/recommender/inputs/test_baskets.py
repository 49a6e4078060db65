"""Baskets of a history: weights of refused and returned items."""

import pytest

from recommender.inputs.baskets import baskets_of
from recommender.inputs.event_kinds import EventKind, names_of_kinds, parse_event_kind
from recommender.inputs.history import concat_events, events_from
from recommender.inputs.tables import Events, Items
from tests.recommender.small_history import events


def test_refused_items_are_removed_and_returned_ones_weigh_less(tables: tuple[Items, Events]) -> None:
    import pyarrow as pa

    rows = {
        "basket_id": ["b"] * 5,
        "shopper_id": [None] * 5,
        "item_id": ["0000-navy", "0001-navy", "0002-navy", "0001-navy", "0002-navy"],
        "at": ["2025-03-01"] * 5,
        "kind": ["purchase", "purchase", "purchase", "return", "not_this"],
        "channel": ["store"] * 5,
    }
    baskets = baskets_of(events_from(pa.table(rows), tables[0]))
    assert baskets.items.tolist() == [0, 3]
    assert baskets.weights.tolist() == pytest.approx([1.0, 0.3])


def test_an_item_counts_once_with_its_strongest_event() -> None:
    history = concat_events(
        events([[0, 0, 1], [2]], EventKind.TRYON_LEFT, at=[50, 10]), events([[1]], EventKind.REQUEST)
    )
    found = baskets_of(history)
    assert found.items.tolist() == [1, 2, 0, 1]
    assert found.weights.tolist() == pytest.approx([0.5, 0.25, 0.25, 0.25])
    assert found.bought.tolist() == [0, 0, 0, 0]
    assert found.sizes.tolist() == [1, 1, 2]
    assert found.at.tolist() == [0, 10, 50], "baskets are sorted by time"


def test_a_basket_of_too_many_items_is_left_out() -> None:
    found = baskets_of(events([[0, 1, 2], [0, 1]]), largest=2)
    assert found.items.tolist() == [0, 1]
    assert found.code.tolist() == [1]


@pytest.mark.parametrize("kind", list(EventKind))
def test_every_kind_has_names_that_are_read_back(kind: EventKind) -> None:
    assert names_of_kinds(kind)
    assert {parse_event_kind(f" {name.upper().replace('_', '-')} ") for name in names_of_kinds(kind)} == {
        kind
    }
