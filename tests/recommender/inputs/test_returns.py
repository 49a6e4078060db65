"""Purchases that came back, by basket, by shopper, or by item alone."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommender.inputs.baskets import baskets_of
from recommender.inputs.event_kinds import EventKind
from recommender.inputs.history import concat_events
from recommender.inputs.returns import returned_purchases
from recommender.inputs.tables import Events
from tests.recommender.small_history import DAY, events

BOUGHT = [[0, 1], [0, 1], [0, 2]]


def came_back(items: list[int], at: int = 5) -> Events:
    return events([[item] for item in items], EventKind.RETURN, at=[DAY * at] * len(items))


def bought_of(history: Events) -> dict[int, int]:
    """Pieces of each item that were bought and kept."""
    found = baskets_of(history)
    counts = np.bincount(found.items, weights=found.bought, minlength=3)
    return {item: int(count) for item, count in enumerate(counts)}


def with_shoppers(history: Events, of_basket: list[int]) -> Events:
    shopper = np.array(of_basket, np.int32)[history.basket]
    return replace(history, shopper=shopper, shoppers=tuple(f"s{n}" for n in range(max(of_basket) + 1)))


def test_an_anonymous_return_is_the_latest_purchase_of_its_item() -> None:
    history = concat_events(events(BOUGHT), came_back([0]))
    assert bought_of(history) == {0: 2, 1: 2, 2: 1}
    baskets = baskets_of(history)
    assert baskets.bought.tolist() == [1, 1, 1, 1, 0, 1]


def test_all_that_came_back_counts_as_kept_by_nobody() -> None:
    history = concat_events(events(BOUGHT), came_back([0, 0, 0, 1, 1, 2]))
    assert bought_of(history) == {0: 0, 1: 0, 2: 0}


def test_a_return_before_any_purchase_returns_nothing() -> None:
    history = concat_events(events([[0], [0]], at=[10 * DAY, 11 * DAY]), came_back([0, 2]))
    assert bought_of(history)[0] == 2


def test_a_known_shopper_returns_her_own() -> None:
    history = with_shoppers(concat_events(events(BOUGHT), came_back([0])), [0, 1, 2, 0])
    assert baskets_of(history).bought.tolist() == [0, 1, 1, 1, 1, 1]


def test_a_return_that_names_its_basket_is_of_that_basket() -> None:
    history = concat_events(events(BOUGHT), came_back([0]))
    basket = np.where(history.kind == int(EventKind.RETURN), 0, history.basket).astype(np.int32)
    assert baskets_of(replace(history, basket=basket)).bought.tolist() == [0, 1, 1, 1, 1, 1]


def test_a_try_on_and_its_purchase_are_one_garment() -> None:
    both = concat_events(events(BOUGHT), came_back([0]))
    tried = both.of(EventKind.PURCHASE)
    tried = replace(tried, kind=np.full(len(tried), int(EventKind.TRYON_KEPT), np.int32))
    history = Events(
        np.concatenate([both.basket, tried.basket]),
        np.concatenate([both.shopper, tried.shopper]),
        np.concatenate([both.item, tried.item]),
        np.concatenate([both.at, tried.at]),
        np.concatenate([both.kind, tried.kind]),
        np.concatenate([both.channel, tried.channel]),
        both.baskets,
        both.shoppers,
        both.channels,
    )
    history = history.where(np.argsort(history.at, kind="stable"))  # type: ignore[arg-type]  # rows by number
    assert bought_of(history)[0] == 2


@given(
    st.lists(st.lists(st.integers(0, 2), min_size=1, max_size=3, unique=True), min_size=1, max_size=8),
    st.lists(st.integers(0, 2), max_size=10),
)
def test_as_many_count_as_returned_as_came_back(baskets: list[list[int]], back: list[int]) -> None:
    history = concat_events(events(baskets), came_back(back, at=100))
    for item in range(3):
        sold = sum(item in held for held in baskets)
        assert bought_of(history)[item] == max(sold - back.count(item), 0)


def test_planted_fault_returns_that_only_count_in_their_own_basket_are_caught() -> None:
    """Planted fault: a return is linked by its basket alone, which a return at the till does not have."""
    history = concat_events(events(BOUGHT), came_back([0, 0, 0]))
    cell = history.basket.astype(np.int64) << 32 | history.item
    back = history.kind == int(EventKind.RETURN)
    planted = ~back & np.isin(cell, cell[back])
    assert not planted.any()
    assert returned_purchases(history).sum() == 3


@pytest.mark.parametrize("kind", [EventKind.TRYON_LEFT, EventKind.REQUEST, EventKind.NOT_THIS])
def test_only_what_was_bought_can_come_back(kind: EventKind) -> None:
    history = concat_events(events([[0]], kind), came_back([0]))
    assert not returned_purchases(history).any()
