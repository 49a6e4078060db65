"""Judges a way of making models against what is published and every single method, on days that none has seen."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np

from recommender.inputs.baskets import baskets_of
from recommender.inputs.holdout import split_by_time
from recommender.inputs.leave_one_out import holdout_cases
from recommender.inputs.tables import Events, Items
from recommender.looks.evaluation.baselines import baselines
from recommender.looks.evaluation.evaluate import LooksEvaluation, method_ranks, served_ranks
from recommender.looks.serving.column_roles import detect_roles
from recommender.looks.serving.looks import LooksRecommender
from recommender.looks.serving.model import LooksModel
from recommender.looks.signals.popularity import interaction_counts
from recommender.looks.training.hyperparameters import Hyperparameters

# With fewer questions than this nothing can be said of a model.
MIN_CASES = 20
ModelMaker = Callable[[Events], LooksModel]


def split_by_training_end(events: Events, metadata: Mapping[str, Any]) -> tuple[Events, Events]:
    """The days that a model with these facts has seen, and those after them."""
    try:
        until = datetime.fromisoformat(str(metadata["until"])).replace(tzinfo=UTC) + timedelta(days=1)
    except (KeyError, ValueError):
        return events.split(int(events.at.min()) if len(events) else 0)
    return events.split(int(until.timestamp()))


def has_enough_cases(items: Items, newer: Events) -> bool:
    """Whether there are questions enough to judge by."""
    return len(newer) > 0 and len(holdout_cases(baskets_of(newer), items.styles, 7, MIN_CASES)) >= MIN_CASES


def evaluate_makers(
    items: Items,
    older: Events,
    newer: Events,
    recipe: Hyperparameters,
    makers: Mapping[str, ModelMaker],
    published: LooksRecommender | None,
) -> dict[str, LooksEvaluation]:
    """One verdict for each maker, whose model learns from the older part alone; `published` is asked beside it."""
    category = detect_roles(items).get("category")
    asked = holdout_cases(baskets_of(newer), items.styles, recipe.seed, recipe.max_cases)
    methods = baselines(items, older, baskets_of(older), category)
    known = {name: method_ranks(method, asked, items.styles) for name, method in methods.items()}
    if published is not None:
        known["model published"] = served_ranks(published, items, asked)
    codes = category.codes if category else np.zeros(len(items), np.int32)
    hidden = np.array([question.hidden for question in asked])
    case_weights = np.array([question.weight for question in asked])
    basket = np.array([question.basket for question in asked])
    complement = np.array([codes[question.hidden] not in codes[question.room] for question in asked])
    unseen = interaction_counts(older, len(items))[hidden] == 0
    return {
        name: LooksEvaluation(
            {**known, "model": served_ranks(LooksRecommender(make(older)), items, asked)},
            case_weights,
            basket,
            complement,
            unseen,
        )
        for name, make in makers.items()
    }


def gate_split(
    items: Items, events: Events, published: LooksModel | None, recipe: Hyperparameters
) -> tuple[Events, Events, bool]:
    """Older and newer part to judge on, and whether the published model has not seen the newer one.

    The newest share of the history, as always; less of it where the published model has seen some of that.
    """
    older, newer = split_by_time(events, recipe.validation)
    if published is None or not published.metadata.get("events"):
        return older, newer, published is not None
    seen, unseen = split_by_training_end(events, published.metadata)
    if len(newer) and len(unseen) and int(newer.at.min()) >= int(unseen.at.min()):
        return older, newer, True
    return (seen, unseen, True) if len(seen) and has_enough_cases(items, unseen) else (older, newer, False)
