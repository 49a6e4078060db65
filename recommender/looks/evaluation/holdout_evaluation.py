"""Evaluates new models against the published one and every single method, on days that none of them was
trained on."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from recommender.inputs.baskets import baskets_of
from recommender.inputs.holdout import split_by_time
from recommender.inputs.leave_one_out import holdout_cases
from recommender.inputs.tables import Events, Items
from recommender.looks.evaluation.baselines import baselines
from recommender.looks.evaluation.evaluate import LooksEvaluation, evaluation_of, method_ranks, served_ranks
from recommender.looks.serving.column_roles import detect_roles
from recommender.looks.serving.looks import LooksRecommender
from recommender.looks.serving.model import LooksModel
from recommender.looks.signals.popularity import interaction_counts
from recommender.looks.training.hyperparameters import Hyperparameters

# Minimum number of holdout cases for an evaluation.
MIN_CASES = 20
_DAY = 86_400
ModelMaker = Callable[[Events], LooksModel]


def split_by_training_end(events: Events, metadata: Mapping[str, Any]) -> tuple[Events, Events]:
    """Splits events at the last training day stated in a model's metadata."""
    until = trained_until(metadata)
    if until is None:
        return events.split(int(events.at.min()) if len(events) else 0)
    return events.split(until + _DAY)


def trained_until(metadata: Mapping[str, Any]) -> int | None:
    """Start of the last training day stated in a model's metadata, in seconds since 1970; None if none is stated."""
    try:
        return int(datetime.fromisoformat(str(metadata["until"])).replace(tzinfo=UTC).timestamp())
    except (KeyError, ValueError):
        return None


def has_enough_cases(items: Items, newer: Events) -> bool:
    """Whether there are enough holdout cases for an evaluation."""
    return len(newer) > 0 and len(holdout_cases(baskets_of(newer), items.styles, 7, MIN_CASES)) >= MIN_CASES


def evaluate_makers(
    items: Items,
    older: Events,
    newer: Events,
    parameters: Hyperparameters,
    makers: Mapping[str, ModelMaker],
    published: LooksRecommender | None,
) -> dict[str, LooksEvaluation]:
    """One evaluation for each maker, whose model is trained on the older part; `published` is evaluated
    beside it."""
    category = detect_roles(items).get("category")
    cases = holdout_cases(baskets_of(newer), items.styles, parameters.seed, parameters.max_cases)
    methods = baselines(items, older, baskets_of(older), category)
    ranks = {name: method_ranks(method, cases, items.styles) for name, method in methods.items()}
    if published is not None:
        ranks["model published"] = served_ranks(published, items, cases)
    codes = category.codes if category else None
    interactions = interaction_counts(older, len(items))
    return {
        name: evaluation_of(
            {**ranks, "model": served_ranks(LooksRecommender(make(older)), items, cases)},
            cases,
            codes,
            interactions,
        )
        for name, make in makers.items()
    }


def evaluation_split(
    items: Items, events: Events, published: LooksModel | None, parameters: Hyperparameters
) -> tuple[Events, Events, bool]:
    """Older and newer part for the evaluation, and whether the published model was not trained on the newer
    one.

    The newer part is the newest share of the history; less if the published model was trained on some of it.
    """
    older, newer = split_by_time(events, parameters.validation)
    if published is None or not published.metadata.get("events"):
        return older, newer, published is not None
    seen, unseen = split_by_training_end(events, published.metadata)
    if len(newer) and len(unseen) and int(newer.at.min()) >= int(unseen.at.min()):
        return older, newer, True
    return (seen, unseen, True) if len(seen) and has_enough_cases(items, unseen) else (older, newer, False)
