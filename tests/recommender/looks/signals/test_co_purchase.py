"""Pair counts of a history with try-ons equal a slow count one by one, in memory and after an update."""

from collections import Counter, defaultdict
from itertools import permutations

import numpy as np
import pytest

from recommender.inputs.baskets import Baskets, baskets_of
from recommender.inputs.history import events_from
from recommender.inputs.tables import Events, Items
from recommender.looks.pipeline.incremental import update_model
from recommender.looks.signals.co_purchase import (
    PairCounts,
    count_pairs,
    item_pair_signals,
    style_pairs,
    style_rows,
)
from recommender.looks.signals.popularity import sales_of
from recommender.looks.training.build import build
from tests.recommender import toy_shop
from tests.recommender.quick import QUICK, silent
from tests.recommender.small_history import events as small_events
from tests.recommender.small_history import items as small_items

KINDS = ("purchase", "tryon_kept", "tryon_left", "tryon_left", "request", "not_this")


@pytest.fixture(scope="module")
def with_try_ons(tables: tuple[Items, Events]) -> tuple[Items, Events]:
    """A history in which most items were tried on and left."""
    items, _ = tables
    return items, events_from(toy_shop.events(toy_shop.catalogue(), kinds=KINDS), items)


def counted_one_by_one(baskets: Baskets) -> tuple[dict[tuple[int, int], float], Counter[tuple[int, int]]]:
    """Weight of each pair and how often both were bought, counted one by one."""
    pair_weights: defaultdict[tuple[int, int], float] = defaultdict(float)
    bought_together: Counter[tuple[int, int]] = Counter()
    for at in range(len(baskets)):
        held = range(baskets.start[at], baskets.start[at + 1])
        for one, other in permutations(held, 2):
            pair = int(baskets.items[one]), int(baskets.items[other])
            pair_weights[pair] += float(baskets.weights[one] * baskets.weights[other])
            bought_together[pair] += int(baskets.bought[one] * baskets.bought[other])
    return pair_weights, bought_together


def differs(counts: PairCounts, baskets: Baskets) -> set[tuple[int, int]]:
    pair_weights, bought_together = counted_one_by_one(baskets)
    found = counts.pair_weights.tocoo()
    stated = {(int(i), int(j)): float(v) for i, j, v in zip(found.row, found.col, found.data, strict=True)}
    wrong = {
        pair
        for pair in stated.keys() | pair_weights.keys()
        if abs(stated.get(pair, 0) - pair_weights[pair]) > 1e-4
    }
    return wrong | {pair for pair in bought_together if counts.bought_together[pair] != bought_together[pair]}


def test_items_left_behind_are_counted_with_their_weight(with_try_ons: tuple[Items, Events]) -> None:
    items, events = with_try_ons
    baskets = baskets_of(events)
    assert (baskets.bought == 0).any()
    counts = count_pairs(baskets, items.styles, len(items.style_names))
    assert not differs(counts, baskets_of(events))
    assert np.array_equal(baskets.items, baskets_of(events).items), "counting leaves the baskets as they are"


def test_a_wrong_count_is_caught(with_try_ons: tuple[Items, Events]) -> None:
    items, events = with_try_ons
    baskets = baskets_of(events)
    counts = count_pairs(baskets, items.styles, len(items.style_names))
    counts.pair_weights.data[3] += 1
    assert differs(counts, baskets)


def test_an_update_with_try_ons_counts_the_same(with_try_ons: tuple[Items, Events]) -> None:
    items, events = with_try_ons
    late = events.basket % 5 == 0
    model, _ = build(items, events.where(~late), QUICK, silent)
    fresh = update_model(model, events.where(late))
    pair_weights, bought_together = counted_one_by_one(baskets_of(events))
    place = model.items.sold_position
    for (one, other), weight in pair_weights.items():
        if place[other] >= 0:
            assert fresh.pairs.count(one, place[other]) == bought_together[one, other]
            columns = fresh.pairs.columns_of(one)
            value = fresh.pairs.values_of(one)[np.searchsorted(columns, place[other])]
            assert value == pytest.approx(weight / (fresh.items.weight[one] + 10), abs=1e-5)


def test_the_model_does_not_depend_on_shoppers(with_try_ons: tuple[Items, Events]) -> None:
    """Erasing a customer needs no training: with other shoppers, or none, the same model results."""
    import dataclasses

    items, events = with_try_ons
    nobody = dataclasses.replace(events, shopper=np.full_like(events.shopper, -1), shoppers=())
    one, other = (build(items, each, QUICK, silent)[0] for each in (events, nobody))
    assert np.array_equal(one.target, other.target)
    assert np.array_equal(one.context, other.context)
    assert np.array_equal(one.pairs.values, other.pairs.values)
    assert one.metadata == other.metadata


def test_counts_of_two_shops_add_up_exactly(tables: tuple[Items, Events]) -> None:
    items, events = tables
    half = events.basket % 2 == 0
    whole, left, right = (
        count_pairs(baskets_of(part), items.styles, len(items.style_names))
        for part in (events, events.where(half), events.where(~half))
    )
    both = left + right
    assert (both.pair_weights != whole.pair_weights).nnz == 0
    assert (both.bought_together != whole.bought_together).nnz == 0
    assert np.array_equal(both.item_weights, whole.item_weights)


STYLES = [0, 0, 1, 2]
BASKETS = [[0, 2], [0, 2, 3], [1, 2]]


def test_counts_of_items_and_styles() -> None:
    counts = count_pairs(baskets_of(small_events(BASKETS)), small_items(STYLES).styles, 3)
    assert counts.pair_weights.toarray().tolist() == [[0, 0, 2, 1], [0, 0, 1, 0], [2, 1, 0, 1], [1, 0, 1, 0]]
    assert counts.item_weights.tolist() == [2, 1, 3, 1]
    assert counts.styles.toarray().tolist() == [[0, 3, 1], [3, 0, 1], [1, 1, 0]]
    assert counts.style_weights.tolist() == [3, 3, 1]


def test_every_value_of_a_pair_is_the_stated_formula() -> None:
    counts = count_pairs(baskets_of(small_events(BASKETS)), small_items(STYLES).styles, 3)
    found = item_pair_signals(counts, np.arange(4, dtype=np.int32))
    assert found.rows.columns_of(0).tolist() == [2, 3]
    at = int(found.rows.start[0])
    conditional = 2 / (2 + 10)
    lift = 1e3 * conditional / (3 + 30)
    assert found.rows.values[at] == pytest.approx(conditional)
    assert found.rows.count(0, 2) == 2
    assert found.lift[at] == pytest.approx(lift)
    assert found.log_lift[at] == pytest.approx(np.log1p(10 * lift))
    assert found.log_count[at] == pytest.approx(np.log1p(2))
    assert found.cosine[at] == pytest.approx(2 / np.sqrt((2 + 5) * (3 + 5)))


def test_only_the_strongest_neighbours_are_kept_and_ties_go_to_the_lower_column() -> None:
    counts = count_pairs(baskets_of(small_events([*BASKETS, [1, 3]])), small_items(STYLES).styles, 3)
    rows = item_pair_signals(counts, np.arange(4, dtype=np.int32), keep=1).rows
    assert [rows.columns_of(row).tolist() for row in range(4)] == [[2], [2], [0], [0]]


def test_a_style_reaches_the_items_of_another_in_proportion_to_their_sales() -> None:
    table, history = small_items(STYLES), small_events(BASKETS)
    counts = count_pairs(baskets_of(history), table.styles, 3)
    rows = style_pairs(counts, table.styles, sales_of(history, 4), np.arange(4, dtype=np.int32))
    assert rows.columns_of(1).tolist() == [0, 1, 3]
    assert rows.values_of(1).tolist() == pytest.approx([3 / 13 * 2 / 3, 3 / 13 * 1 / 3, 1 / 13])
    only = style_rows(counts, table.styles, np.array([3], np.int32), np.ones(1))
    assert only.columns_of(0).tolist() == [0]
    assert only.values_of(0).tolist() == pytest.approx([1 / 13])
