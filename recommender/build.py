"""From tables to a model: counts, learned vectors, the blend's weights, and all of it folded into what is served."""

from collections.abc import Callable

import numpy as np

from recommender import train
from recommender.arrays import Longs
from recommender.arrivals import arrivals_of
from recommender.baskets import Baskets, baskets_of
from recommender.blends import Chosen, choose
from recommender.errors import TrainingError
from recommender.evidence import Evidence
from recommender.features import Features, features_of
from recommender.habits import habits_of
from recommender.hidden import questions
from recommender.merge import category_pairs, merge, shelf_of
from recommender.model import LooksModel
from recommender.pairs import count_pairs, item_pairs, style_pairs
from recommender.popular import met_of, sales_of
from recommender.recipe import Recipe
from recommender.roles import roles_of
from recommender.rooms import room_rows
from recommender.tables import Events, Items
from recommender.weigh import ask

Progress = Callable[[str, float], None]
_DAY = 86_400
# Without a validation slice: the mix that did well on the first retailer's days.
_NO_CHOICE = Chosen("learned + co-purchase, unproved", {"learned": 1.0, "pair steep": 0.3}, {})


def build(items: Items, events: Events, recipe: Recipe, told: Progress) -> tuple[LooksModel, Chosen]:
    """A complete model of a catalogue and its history, and how its blend was chosen.

    Raises `TrainingError` where the history holds nothing that anybody wanted.
    """
    told("counting baskets", 0.0)
    if not (met_of(events, len(items)) > 0).any():
        raise TrainingError(
            "the history holds no purchase, try-on or request, so there is nothing to learn from"
        )
    features = features_of(items)
    chosen = validated(items, events, features, recipe, told)
    baskets = baskets_of(events)
    evidence = evidence_of(items, events, baskets, features, recipe, told, "learning looks")
    roles = roles_of(items)
    shelf = shelf_of(items, evidence, sales_of(events, len(items)), roles)
    rows = room_rows(baskets, len(items), recipe.seed)
    fresh = None
    if len(rows.missing) and features.matrix.shape[1]:
        sold = evidence.place >= 0
        weighed = features.matrix * np.float32(recipe.feature_weight)
        fresh = train.learn(rows, weighed, sold, recipe, _named(told, "learning new arrivals"), ids=False)
    arrivals = arrivals_of(items, features, evidence.place >= 0, fresh)
    model = merge(shelf, evidence, chosen, arrivals, recipe, category_pairs(baskets, roles.get("category")))
    return model, chosen


def validated(items: Items, events: Events, features: Features, recipe: Recipe, told: Progress) -> Chosen:
    """Learns from the older part of the history and chooses the blend on what hidden pieces of the newer part say."""
    older, newer = events.split(cut(events.at, recipe.validation))
    asked_from = baskets_of(newer)
    if len(older) == 0 or not (asked_from.sizes >= 2).any() or not (met_of(older, len(items)) > 0).any():
        return _NO_CHOICE
    evidence = evidence_of(items, older, baskets_of(older), features, recipe, told, "learning to choose")
    told("choosing the blend", 0.0)
    category = roles_of(items).get("category")
    asked = questions(asked_from, items.styles, recipe.seed, recipe.questions)
    return choose(ask(evidence, asked, category.codes if category else None)) if asked else _NO_CHOICE


def evidence_of(
    items: Items,
    events: Events,
    baskets: Baskets,
    features: Features,
    recipe: Recipe,
    told: Progress,
    step: str,
) -> Evidence:
    """All signals of a history."""
    met = met_of(events, len(items)) > 0
    sold = np.flatnonzero(met).astype(np.int32)
    place = np.full(len(items), -1, np.int32)
    place[sold] = np.arange(len(sold), dtype=np.int32)
    rows = room_rows(baskets, len(items), recipe.seed)
    weighed = features.matrix * np.float32(recipe.feature_weight)
    learned = train.learn(rows, weighed, met, recipe, _named(told, step))
    sales = sales_of(events, len(items))
    counts = count_pairs(baskets, items.styles, len(items.style_names))
    last = sales_of(events.where(events.at >= events.at.max() - _DAY + 1), len(items))
    return Evidence(
        sold,
        place,
        items.styles,
        learned.context,
        np.ascontiguousarray(learned.target[sold]),
        np.ascontiguousarray(learned.bias[sold]),
        np.log1p(sales[sold]).astype(np.float32),
        np.log1p(last[sold]).astype(np.float32),
        item_pairs(counts, place),
        style_pairs(counts, items.styles, sales, sold),
        habits_of(items, counts.together),
    )


def cut(at: Longs, share: float) -> int:
    """The second from which the newest `share` of a history begins; a whole day where the history has days."""
    second = int(np.quantile(at, 1 - share, method="higher"))
    if int(at.max()) - int(at.min()) >= 2 * _DAY:
        days = [
            day for day in (second // _DAY * _DAY, (second // _DAY + 1) * _DAY) if at.min() < day <= at.max()
        ]
        second = min(days, key=lambda day: abs(float((at >= day).mean()) - share), default=second)
    return max(second, int(at.min()) + 1)


def _named(told: Progress, step: str) -> Progress:
    return lambda _step, done: told(step, done)


__all__ = ["build", "cut", "evidence_of", "validated"]
