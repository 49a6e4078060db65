"""Judges a way of making models against what is published and every single method, on days that none has seen."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np

from recommender.inputs.baskets import baskets_of
from recommender.inputs.holdout import held_back
from recommender.inputs.leave_one_out import questions
from recommender.inputs.tables import Events, Items
from recommender.looks.evaluation.baselines import baselines
from recommender.looks.evaluation.evaluate import Verdict, places_of, ranks_of
from recommender.looks.serving.column_roles import roles_of
from recommender.looks.serving.looks import Looks
from recommender.looks.serving.model import LooksModel
from recommender.looks.signals.popularity import met_of
from recommender.looks.training.hyperparameters import Recipe

# With fewer questions than this nothing can be said of a model.
FEWEST = 20
Maker = Callable[[Events], LooksModel]


def unseen_by(events: Events, facts: Mapping[str, Any]) -> tuple[Events, Events]:
    """The days that a model with these facts has seen, and those after them."""
    try:
        until = datetime.fromisoformat(str(facts["until"])).replace(tzinfo=UTC) + timedelta(days=1)
    except (KeyError, ValueError):
        return events.split(int(events.at.min()) if len(events) else 0)
    return events.split(int(until.timestamp()))


def enough(items: Items, newer: Events) -> bool:
    """Whether there are questions enough to judge by."""
    return len(newer) > 0 and len(questions(baskets_of(newer), items.styles, 7, FEWEST)) >= FEWEST


def judge(
    items: Items,
    older: Events,
    newer: Events,
    recipe: Recipe,
    makers: Mapping[str, Maker],
    published: Looks | None,
) -> dict[str, Verdict]:
    """One verdict for each maker, whose model learns from the older part alone; `published` is asked beside it."""
    category = roles_of(items).get("category")
    asked = questions(baskets_of(newer), items.styles, recipe.seed, recipe.questions)
    methods = baselines(items, older, baskets_of(older), category)
    known = {name: ranks_of(method, asked, items.styles) for name, method in methods.items()}
    if published is not None:
        known["model published"] = places_of(published, items, asked)
    codes = category.codes if category else np.zeros(len(items), np.int32)
    hidden = np.array([question.hidden for question in asked])
    votes = np.array([question.vote for question in asked])
    basket = np.array([question.basket for question in asked])
    complement = np.array([codes[question.hidden] not in codes[question.room] for question in asked])
    unseen = met_of(older, len(items))[hidden] == 0
    return {
        name: Verdict(
            {**known, "model": places_of(Looks(make(older)), items, asked)}, votes, basket, complement, unseen
        )
        for name, make in makers.items()
    }


def slices(
    items: Items, events: Events, published: LooksModel | None, recipe: Recipe
) -> tuple[Events, Events, bool]:
    """Older and newer part to judge on, and whether the published model has not seen the newer one.

    The newest share of the history, as always; less of it where the published model has seen some of that.
    """
    older, newer = held_back(events, recipe.validation)
    if published is None or not published.facts.get("events"):
        return older, newer, published is not None
    seen, unseen = unseen_by(events, published.facts)
    if len(newer) and len(unseen) and int(newer.at.min()) >= int(unseen.at.min()):
        return older, newer, True
    return (seen, unseen, True) if len(seen) and enough(items, unseen) else (older, newer, False)
