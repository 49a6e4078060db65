"""Events added to a model give the same counts as a model made with them."""

import dataclasses

import numpy as np

from recommender.inputs.baskets import baskets_of
from recommender.inputs.tables import Events, Items
from recommender.looks.pipeline.incremental import items_of, update_model
from recommender.looks.serving.looks import LooksRecommender
from recommender.looks.serving.model import BlendWeights, CoPurchaseWeights
from recommender.looks.signals.co_purchase import count_pairs, item_pair_signals
from recommender.looks.signals.purchase_counts import purchase_counts
from recommender.looks.signals.signals import LARGEST_ROOM
from recommender.looks.training.build import build
from tests.recommender.quick import QUICK, silent


def test_an_update_equals_counting_anew(tables: tuple[Items, Events]) -> None:
    items, events = tables
    late = events.basket % 5 == 0
    before, after = events.where(~late), events.where(late)
    model, _ = build(items, before, QUICK, silent)
    fresh = update_model(model, after)
    # counted again, among the items that the first model ranks
    known = model.items.sold_position[events.item] >= 0
    counts = count_pairs(baskets_of(events.where(known)), items.styles, len(items.style_names))
    anew = item_pair_signals(counts, model.items.sold_position).rows
    assert np.array_equal(fresh.pairs.start, anew.start)
    assert np.array_equal(fresh.pairs.columns, anew.columns)
    assert np.array_equal(fresh.pairs.counts, anew.counts)
    assert np.allclose(fresh.pairs.values, anew.values, atol=1e-6)
    assert fresh.items.sales.sum() == len(events)
    whole = purchase_counts(baskets_of(events), len(items), None)
    assert fresh.bought.baskets == whole.baskets
    assert np.array_equal(fresh.bought.items, whole.items)


def test_an_update_keeps_vectors_and_the_weights_of_each_size_of_room(tables: tuple[Items, Events]) -> None:
    items, events = tables
    late = events.basket % 5 == 0
    model, _ = build(items, events.where(~late), QUICK, silent)
    assert len(model.blend.by_size) == LARGEST_ROOM
    fresh = update_model(model, events.where(late))
    assert fresh.blend is model.blend
    assert fresh.target is model.target
    assert fresh.bias_dimensions == model.bias_dimensions == 3


def test_new_events_change_the_ranking(tables: tuple[Items, Events]) -> None:
    items, events = tables
    model, _ = build(items, events, QUICK, silent)
    model = dataclasses.replace(
        model, blend=BlendWeights("by hand", CoPurchaseWeights(log_1000=1.0), CoPurchaseWeights())
    )
    row, other = model.items.index["0000-navy"], model.items.index["0001-navy"]
    assert model.pairs.count(row, model.items.sold_position[other]) == 0
    rows = np.isin(events.basket, np.unique(events.basket)[:40])
    day = events.where(rows)
    first = np.unique(day.basket, return_index=True)[1]
    swapped = day.item.copy()
    swapped[first], swapped[first + 1] = row, other
    fresh = update_model(model, dataclasses.replace(day, item=swapped))
    assert fresh.pairs.count(row, fresh.items.sold_position[other]) == 40
    before, after = (
        LooksRecommender(each).order(["0000-navy"], 180, slot=0).index("0001-navy") for each in (model, fresh)
    )
    assert after < before


def test_nothing_new_changes_nothing(tables: tuple[Items, Events]) -> None:
    items, events = tables
    model, _ = build(items, events, QUICK, silent)
    fresh = update_model(model, events.where(np.zeros(len(events), np.bool_)))
    assert np.allclose(fresh.pairs.values, model.pairs.values, atol=1e-6)
    assert np.allclose(fresh.pairs.pair_scores, model.pairs.pair_scores, atol=1e-4)
    assert items_of(model).ids == items.ids
