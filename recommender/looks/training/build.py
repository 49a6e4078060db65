"""Trains a model: the blend is chosen on the newest days, then everything is trained again on all days."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from recommender.arrays import Doubles
from recommender.errors import TrainingError
from recommender.inputs.features import Features, item_features
from recommender.inputs.holdout import split_by_time
from recommender.inputs.leave_one_out import holdout_cases
from recommender.inputs.tables import Events, Items
from recommender.looks.serving.column_roles import detect_roles, served_roles
from recommender.looks.serving.model import LooksModel
from recommender.looks.signals.purchase_counts import category_pairs, purchase_counts
from recommender.looks.signals.signals import Signals
from recommender.looks.training.assemble import assemble_model, build_item_index
from recommender.looks.training.blend_choice import BlendChoice, choose_blend
from recommender.looks.training.blend_weights import collect_candidates
from recommender.looks.training.history_window import HistoryWindow
from recommender.looks.training.hyperparameters import Hyperparameters
from recommender.looks.training.new_arrivals import DEFAULT_WEIGHTS, fit_new_arrival_weights, to_served

Progress = Callable[[str, float], None]
# Blend used if no days can be held out.
_NO_CHOICE = BlendChoice(
    "learned + co-purchase, unproved", {"learned": 1.0, "pair steep": 0.5}, {}, DEFAULT_WEIGHTS
)
# Weight of an affinity for new arrivals if none was fitted.
_HABIT = 0.25


def build(
    items: Items, events: Events, parameters: Hyperparameters, progress: Progress
) -> tuple[LooksModel, BlendChoice]:
    """A complete model of a catalogue and its history, and the choice of its blend.

    Raises `TrainingError` if the history holds no purchase, try-on or request.
    """
    progress("counting baskets", 0.0)
    window = HistoryWindow(items, item_features(items), events, parameters)
    if not window.has_interactions.any():
        raise TrainingError("the history holds no purchase, try-on or request to train on")
    chosen = choose_on_holdout(items, events, window.features, parameters, progress)
    signals = window.signals(progress, "learning looks")
    arrivals = window.cold_items(progress, "learning new arrivals", _affinity_weights(signals, chosen))
    roles = served_roles(items)
    item_index = build_item_index(items, signals, window.sales, window.counts.item_weights, roles)
    category_counts = category_pairs(window.baskets, roles.get("category"))
    return assemble_model(
        item_index,
        signals,
        chosen,
        to_served(arrivals, np.array(chosen.arrivals)),
        parameters,
        category_counts,
        purchase_counts(window.baskets, len(items), roles.get("category")),
    ), chosen


def choose_on_holdout(
    items: Items, events: Events, features: Features, parameters: Hyperparameters, progress: Progress
) -> BlendChoice:
    """Trains on the older part of the history and chooses the blend by recall on the newer part."""
    before, newer = split_by_time(events, parameters.validation)
    older = HistoryWindow(items, features, before, parameters)
    newer_baskets = HistoryWindow(items, features, newer, parameters).baskets
    if not (older.baskets.sizes >= 2).any() or not (newer_baskets.sizes >= 2).any():
        return _NO_CHOICE
    cases = holdout_cases(newer_baskets, items.styles, parameters.seed, parameters.max_cases)
    signals = older.signals(progress, "learning to choose")
    progress("choosing the blend", 0.0)
    category = detect_roles(items).get("category")
    blend = (
        choose_blend(collect_candidates(signals, cases, category.codes if category else None))
        if cases
        else _NO_CHOICE
    )
    older_cold_items = older.cold_items(
        progress, "learning to place new arrivals", _affinity_weights(signals, blend)
    )
    all_cases = holdout_cases(newer_baskets, items.styles, parameters.seed, 10 * parameters.max_cases)
    weights = fit_new_arrival_weights(older_cold_items, all_cases, items.styles, parameters.seed)
    return replace(blend, arrivals=tuple(weights.tolist()))


def _affinity_weights(signals: Signals, blend: BlendChoice) -> Doubles:
    fitted = np.array([blend.weights.get(f"habit {affinity.name}", 0.0) for affinity in signals.affinities])
    return fitted if fitted.any() else np.full(len(fitted), _HABIT)
