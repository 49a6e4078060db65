"""Trains a model: the blend is chosen on the newest days, then everything is trained again on all days."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from recommender.arrays import Doubles
from recommender.errors import TrainingError
from recommender.inputs.features import Features, item_features
from recommender.inputs.leave_one_out import holdout_cases
from recommender.inputs.tables import Events, Items
from recommender.looks.serving.column_roles import detect_roles, served_roles
from recommender.looks.serving.model import LooksModel
from recommender.looks.signals.history_counts import CountedHistory, EventHistory, Holdout
from recommender.looks.signals.popularity import interaction_counts
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
# Cases for new arrivals, as a multiple of those for the blend: few items of a day are new.
ARRIVAL_CASES = 10
_NOTHING = "the history holds no purchase, try-on or request to train on"
# Weight of an affinity for new arrivals if none was fitted.
_HABIT = 0.25


def build(
    items: Items, events: Events, parameters: Hyperparameters, progress: Progress
) -> tuple[LooksModel, BlendChoice]:
    """A complete model of a catalogue and its history, and the choice of its blend.

    Raises `TrainingError` if the history holds no purchase, try-on or request.
    """
    progress("counting baskets", 0.0)
    if not interaction_counts(events, len(items)).any():
        raise TrainingError(_NOTHING)
    return build_counted(items, EventHistory(items, events, parameters.validation), parameters, progress)


def build_counted(
    items: Items, history: CountedHistory, parameters: Hyperparameters, progress: Progress
) -> tuple[LooksModel, BlendChoice]:
    """The same for a history that is counted elsewhere, for example in Spark."""
    features = item_features(items)
    chosen = choose_on_holdout(items, features, history.holdout(), parameters, progress)
    counted = history.whole()
    if not counted.interactions.any():
        raise TrainingError(_NOTHING)
    window = HistoryWindow(items, features, counted, parameters)
    signals = window.signals(progress, "learning looks")
    arrivals = window.cold_items(progress, "learning new arrivals", _affinity_weights(signals, chosen))
    item_weights, roles = counted.pairs.item_weights, served_roles(items)
    return assemble_model(
        build_item_index(items, signals, counted.sales, item_weights, roles),
        signals,
        chosen,
        to_served(arrivals, np.array(chosen.arrivals)),
        parameters,
        counted.category_pairs,
        counted.bought,
    ), chosen


def choose_on_holdout(
    items: Items,
    features: Features,
    holdout: Holdout | None,
    parameters: Hyperparameters,
    progress: Progress,
) -> BlendChoice:
    """Trains on the older part of the history and chooses the blend by recall on the newer part."""
    if holdout is None:
        return _NO_CHOICE
    older = HistoryWindow(items, features, holdout.older, parameters)
    cases = holdout_cases(holdout.newer, items.styles, parameters.seed, parameters.max_cases)
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
    all_cases = holdout_cases(
        holdout.newer, items.styles, parameters.seed, ARRIVAL_CASES * parameters.max_cases
    )
    weights = fit_new_arrival_weights(older_cold_items, all_cases, items.styles, parameters.seed)
    return replace(blend, arrivals=tuple(weights.tolist()))


def _affinity_weights(signals: Signals, blend: BlendChoice) -> Doubles:
    fitted = np.array([blend.weights.get(f"habit {affinity.name}", 0.0) for affinity in signals.affinities])
    return fitted if fitted.any() else np.full(len(fitted), _HABIT)
