"""The served score equals the plain weighted sum of all signals."""

from dataclasses import replace

import numpy as np
import pytest
from numpy import float64, ndarray

from recommender.inputs.features import item_features
from recommender.inputs.tables import Events, Items
from recommender.looks.serving.column_roles import served_roles
from recommender.looks.serving.model import LooksModel
from recommender.looks.serving.score import scores
from recommender.looks.signals.history_counts import count_history
from recommender.looks.signals.item_factors import fold_in
from recommender.looks.signals.purchase_counts import category_pairs
from recommender.looks.signals.signals import Signals
from recommender.looks.training.assemble import assemble_model, build_item_index
from recommender.looks.training.blend_choice import BlendChoice
from recommender.looks.training.history_window import HistoryWindow
from recommender.looks.training.hyperparameters import Hyperparameters
from recommender.looks.training.new_arrivals import to_served
from recommender.looks.training.room_size_weights import SIZE_CLASSES, group_of, size_class

SMALL = Hyperparameters(
    dimensions=16,
    epochs=2,
    arrival_dimensions=8,
    arrival_epochs=1,
    affinity_dimensions=200,
    factor_dimensions=12,
    factor_iterations=3,
)


def silent(*_: object) -> None:
    pass


@pytest.fixture(scope="module")
def both(tables: tuple[Items, Events]) -> tuple[Signals, LooksModel, dict[str, float]]:
    """(the signals, a model that serves them, the weight of each signal)"""
    items, events = tables
    counted = count_history(items, events)
    whole = HistoryWindow(items, item_features(items), counted, SMALL)
    signals = whole.signals(silent, "")
    rng = np.random.default_rng(4)
    weights = dict(zip(signals.names, rng.uniform(0.1, 1, len(signals.names)).tolist(), strict=True))
    arrivals = to_served(whole.cold_items(silent, "", np.ones(len(signals.affinities))), np.ones(8))
    roles = served_roles(items)
    shelf = build_item_index(items, signals, counted.sales, counted.pairs.item_weights, roles)
    met = category_pairs(counted.baskets, None)
    return (
        signals,
        assemble_model(shelf, signals, BlendChoice("any", weights, {}), arrivals, SMALL, met),
        weights,
    )


def plain(signals: Signals, weights: dict[str, float], room: list[int]) -> ndarray:
    places = np.arange(len(signals.sold))
    found = signals.columns(np.array(room), places).astype(np.float64)
    return found @ np.array([weights[name] for name in signals.names])


ROOMS = ([3], [0, 7], [1, 4, 4 + 60], [2, 9, 33, 60, 61], list(range(0, 90, 7)))


def test_the_weights_by_room_size_are_served(both: tuple[Signals, LooksModel, dict[str, float]]) -> None:
    signals, model, weights = both
    groups = {group_of(name) for name in signals.names}
    rng = np.random.default_rng(8)
    by_size = tuple(
        dict(zip(sorted(groups), rng.uniform(0.3, 2, len(groups)).tolist(), strict=True))
        for _ in SIZE_CLASSES
    )
    choice = BlendChoice("any", weights, {}, by_size=by_size)
    other = assemble_model(model.items, signals, choice, model.arrivals, SMALL, model.category_pairs)
    for room in ROOMS:
        factors = by_size[size_class(len(room))]
        own = {name: weight * factors[group_of(name)] for name, weight in weights.items()}
        assert np.abs(scores(other, room) - plain(signals, own, room)).max() < 2e-4
        assert np.abs(scores(other, room) - plain(signals, weights, room)).max() > 1e-2


def test_signals_without_item_factors_are_served(
    both: tuple[Signals, LooksModel, dict[str, float]],
) -> None:
    """A model whose factors come from elsewhere, or not at all."""
    signals, model, weights = both
    without = replace(signals, factors=None, category=None)
    own = {name: weights[name] for name in without.names}
    other = assemble_model(
        model.items, without, BlendChoice("any", own, {}), model.arrivals, SMALL, model.category_pairs
    )
    assert other.context.shape[1] == model.context.shape[1] - SMALL.factor_dimensions
    for room in ROOMS:
        assert np.abs(scores(other, room) - plain(without, own, room)).max() < 1e-4


def test_item_factors_of_another_program_are_folded_in(tables: tuple[Items, Events]) -> None:
    items, events = tables
    factors = np.random.default_rng(6).normal(size=(len(items), 5)).astype(np.float32)
    counted = replace(count_history(items, events), item_factors=factors)
    window = HistoryWindow(items, item_features(items), counted, SMALL)
    signals = window.signals(silent, "")
    room = np.array([4])
    assert signals.factor_scores(room) == pytest.approx(
        fold_in(factors, room, SMALL.factors)[signals.sold], abs=1e-4
    )


def test_reduced_vectors_give_nearly_the_same_order(
    both: tuple[Signals, LooksModel, dict[str, float]],
) -> None:
    signals, model, weights = both
    settings = replace(SMALL, served_dimensions=8)
    choice = BlendChoice("any", weights, {})
    other = assemble_model(model.items, signals, choice, model.arrivals, settings, model.category_pairs)
    assert other.context.shape[1] == model.context.shape[1] - 8
    for room in ROOMS:
        assert np.corrcoef(scores(other, room), scores(model, room))[0, 1] > 0.95


def furthest(signals: Signals, model: LooksModel, weights: dict[str, float]) -> float64:
    return max(np.abs(scores(model, room) - plain(signals, weights, room)).max() for room in ROOMS)


def test_the_served_score_is_the_plain_sum_of_all_signals(
    both: tuple[Signals, LooksModel, dict[str, float]],
) -> None:
    assert furthest(*both) < 1e-4


def test_the_same_request_gives_the_same_scores(both: tuple[Signals, LooksModel, dict[str, float]]) -> None:
    _, model, _ = both
    first = [scores(model, room) for room in ROOMS]
    for room, expected in zip(ROOMS, first, strict=True):
        assert np.array_equal(scores(model, room), expected)


def test_equal_weights_are_no_weights(both: tuple[Signals, LooksModel, dict[str, float]]) -> None:
    _, model, _ = both
    for room in ROOMS:
        weights = np.full(len(room), 1 / len(room), np.float32)
        assert np.abs(scores(model, room, weights) - scores(model, room)).max() < 1e-4


def test_a_model_that_serves_other_weights_is_caught(
    both: tuple[Signals, LooksModel, dict[str, float]],
) -> None:
    signals, model, weights = both
    for name in (
        "pair soft",
        "pair ease",
        "style steep",
        "learned",
        "item factors",
        "category repeated",
        "matched",
        "matched other category",
        "style matched",
    ):
        assert furthest(signals, model, {**weights, name: weights[name] + 0.5}) > 1e-3
    damped = replace(model, pairs=replace(model.pairs, pair_scores=model.pairs.pair_scores * np.float32(0.9)))
    assert furthest(signals, damped, weights) > 1e-3
