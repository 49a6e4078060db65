"""The served score equals the plain weighted sum of all signals."""

from dataclasses import replace

import numpy as np
import pytest
from numpy import float64, ndarray

from recommender.inputs.features import item_features
from recommender.inputs.tables import Events, Items
from recommender.looks.serving.model import LooksModel
from recommender.looks.serving.score import scores
from recommender.looks.signals.purchase_counts import category_pairs
from recommender.looks.signals.signals import Signals
from recommender.looks.training.assemble import assemble_model, build_item_index
from recommender.looks.training.blend_choice import BlendChoice
from recommender.looks.training.history_window import HistoryWindow
from recommender.looks.training.hyperparameters import Hyperparameters
from recommender.looks.training.new_arrivals import to_served

SMALL = Hyperparameters(
    dimensions=16, epochs=2, arrival_dimensions=8, arrival_epochs=1, affinity_dimensions=200
)


def silent(*_: object) -> None:
    pass


@pytest.fixture(scope="module")
def both(tables: tuple[Items, Events]) -> tuple[Signals, LooksModel, dict[str, float]]:
    """(the signals, a model that serves them, the weight of each signal)"""
    items, events = tables
    whole = HistoryWindow(items, item_features(items), events, SMALL)
    signals = whole.signals(silent, "")
    rng = np.random.default_rng(4)
    weights = dict(zip(signals.names, rng.uniform(0.1, 1, len(signals.names)).tolist(), strict=True))
    arrivals = to_served(whole.cold_items(silent, "", np.ones(len(signals.affinities))), np.ones(8))
    shelf = build_item_index(items, signals, whole.sales, whole.counts.item_weights, {})
    met = category_pairs(whole.baskets, None)
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
    for name in ("pair soft", "pair ease", "style steep", "learned"):
        assert furthest(signals, model, {**weights, name: weights[name] + 0.5}) > 1e-3
    damped = replace(model, pairs=replace(model.pairs, pair_scores=model.pairs.pair_scores * np.float32(0.9)))
    assert furthest(signals, damped, weights) > 1e-3
