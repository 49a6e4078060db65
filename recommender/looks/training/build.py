"""From tables to a model: the blend is chosen on the newest days, then everything is learned anew from all days."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from recommender.arrays import Doubles
from recommender.errors import TrainingError
from recommender.inputs.features import Features, features_of
from recommender.inputs.holdout import held_back
from recommender.inputs.leave_one_out import questions
from recommender.inputs.tables import Events, Items
from recommender.looks.serving.column_roles import roles_of
from recommender.looks.serving.model import LooksModel
from recommender.looks.signals.signals import Evidence
from recommender.looks.training.blend_choice import Chosen, choose
from recommender.looks.training.blend_weights import ask
from recommender.looks.training.fold import category_pairs, merge, shelf_of
from recommender.looks.training.history_window import Stretch
from recommender.looks.training.hyperparameters import Recipe
from recommender.looks.training.new_arrivals import USUAL, fit_arrivals, served

Progress = Callable[[str, float], None]
# Without days to hold back: what was learned, and half as much of what is bought together.
_NO_CHOICE = Chosen("learned + co-purchase, unproved", {"learned": 1.0, "pair steep": 0.5}, {}, USUAL)
# How loud a habit is for arrivals where no fit said otherwise.
_HABIT = 0.25


def build(items: Items, events: Events, recipe: Recipe, told: Progress) -> tuple[LooksModel, Chosen]:
    """A complete model of a catalogue and its history, and how its blend was chosen.

    Raises `TrainingError` where the history holds nothing that anybody wanted.
    """
    told("counting baskets", 0.0)
    whole = Stretch(items, features_of(items), events, recipe)
    if not whole.met.any():
        raise TrainingError(
            "the history holds no purchase, try-on or request, so there is nothing to learn from"
        )
    chosen = validated(items, events, whole.features, recipe, told)
    evidence = whole.evidence(told, "learning looks")
    arrivals = whole.newcomers(told, "learning new arrivals", _loudness(evidence, chosen))
    roles = roles_of(items)
    shelf = shelf_of(items, evidence, whole.sales, whole.counts.alone, roles)
    met = category_pairs(whole.baskets, roles.get("category"))
    return merge(shelf, evidence, chosen, served(arrivals, np.array(chosen.arrivals)), recipe, met), chosen


def validated(items: Items, events: Events, features: Features, recipe: Recipe, told: Progress) -> Chosen:
    """Learns from the older part of the history and chooses by what hidden pieces of the newer part say."""
    before, newer = held_back(events, recipe.validation)
    older = Stretch(items, features, before, recipe)
    asked_from = Stretch(items, features, newer, recipe).baskets
    if not (older.baskets.sizes >= 2).any() or not (asked_from.sizes >= 2).any():
        return _NO_CHOICE
    asked = questions(asked_from, items.styles, recipe.seed, recipe.questions)
    evidence = older.evidence(told, "learning to choose")
    told("choosing the blend", 0.0)
    category = roles_of(items).get("category")
    blend = choose(ask(evidence, asked, category.codes if category else None)) if asked else _NO_CHOICE
    fresh = older.newcomers(told, "learning to place new arrivals", _loudness(evidence, blend))
    every = questions(asked_from, items.styles, recipe.seed, 10 * recipe.questions)
    weights = fit_arrivals(fresh, every, items.styles, recipe.seed)
    return replace(blend, arrivals=tuple(weights.tolist()))


def _loudness(evidence: Evidence, blend: Chosen) -> Doubles:
    fitted = np.array([blend.weights.get(f"habit {habit.name}", 0.0) for habit in evidence.habits])
    return fitted if fitted.any() else np.full(len(fitted), _HABIT)
