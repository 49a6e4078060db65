"""Judges looks: one piece of each later basket is hidden, every item of the catalogue is a candidate.

Methods learn from the older part of the history only. A hidden piece that a method gives the same score as others
counts half of their places, and one it cannot rank counts as missed.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from recommender.arrays import AnyInts, Bools, Doubles, Longs
from recommender.bootstrap import Interval, bootstrap_interval
from recommender.inputs.baskets import baskets_of
from recommender.inputs.holdout import split_by_time
from recommender.inputs.leave_one_out import HoldoutCase, Recall, holdout_cases, recall
from recommender.inputs.tables import Events, Items
from recommender.looks.evaluation.als import als_ranks
from recommender.looks.evaluation.baselines import Method, baselines
from recommender.looks.serving.column_roles import detect_roles
from recommender.looks.serving.looks import LooksRecommender
from recommender.looks.signals.popularity import interaction_counts
from recommender.looks.training.build import build
from recommender.looks.training.hyperparameters import Hyperparameters

MAX_RANK = 50


@dataclass(frozen=True, slots=True)
class LooksEvaluation:
    """The ranks (from 0, infinite beyond reach) each method gave the hidden pieces, and what they amount to."""

    ranks: Mapping[str, Doubles]
    case_weights: Doubles
    basket: Longs
    complement: Bools
    unseen: Bools

    def recall(self, name: str) -> Recall:
        """Recalls of one method."""
        return recall(self.ranks[name], self.case_weights, self.complement)

    def unseen_at_50(self, name: str) -> float:
        """Share of hidden pieces without any sale that stand among the first 50."""
        case_weights = self.case_weights[self.unseen]
        return float(
            case_weights[self.ranks[name][self.unseen] < MAX_RANK].sum()
            / max(float(case_weights.sum()), 1e-9)
        )

    def between(self, name: str, depth: int) -> tuple[float, float]:
        """The 95 % interval of one method's recall."""
        within = bootstrap_interval((self.ranks[name] < depth).astype(float), self.case_weights, self.basket)
        return within.low, within.high

    def difference(self, name: str, other: str, depth: int) -> Interval:
        """Recall of one method less that of another, with its interval."""
        gained = (self.ranks[name] < depth).astype(float) - (self.ranks[other] < depth)
        return bootstrap_interval(gained, self.case_weights, self.basket)

    @property
    def best_single(self) -> str:
        """The baseline of greatest recall at 10."""
        return max(
            (name for name in self.ranks if not name.startswith("model")), key=lambda n: self.recall(n).at_10
        )


def evaluate(
    items: Items,
    events: Events,
    recipe: Hyperparameters,
    progress: Callable[[str, float], None],
    others: Mapping[str, LooksRecommender] | None = None,
    als: str | None = None,
) -> LooksEvaluation:
    """Splits by time, trains on the older part, and asks every method about the newer part.

    `others` are finished models to be asked beside it ("published"); they must not have seen the newer part.
    `als` is a Python interpreter that has `implicit`, in which ALS is asked as well.
    """
    older, newer = split_by_time(events, recipe.validation)
    category = detect_roles(items).get("category")
    asked = holdout_cases(baskets_of(newer), items.styles, recipe.seed, recipe.max_cases)
    methods = baselines(items, older, baskets_of(older), category)
    model, _ = build(items, older, recipe, progress)
    looks = LooksRecommender(model)
    progress("asking every method", 0.0)
    ranks = {name: method_ranks(method, asked, items.styles) for name, method in methods.items()}
    if als is not None:
        ranks["ALS"] = als_ranks(als, baskets_of(older), asked, items.styles)
    ranks["model, no arrivals"] = served_ranks(looks, items, asked, slot=0)
    ranks["model"] = served_ranks(looks, items, asked)
    for name, other in (others or {}).items():
        ranks[f"model {name}"] = served_ranks(other, items, asked)
    codes = category.codes if category else np.zeros(len(items), np.int32)
    hidden = np.array([question.hidden for question in asked])
    return LooksEvaluation(
        ranks,
        np.array([question.weight for question in asked]),
        np.array([question.basket for question in asked]),
        np.array([codes[question.hidden] not in codes[question.room] for question in asked]),
        interaction_counts(older, len(items))[hidden] == 0,
    )


def method_ranks(method: Method, asked: list[HoldoutCase], styles: AnyInts) -> Doubles:
    """Rank of each hidden piece among all items that are of no style in the room; ties count half."""
    ranks = np.empty(len(asked))
    for at, question in enumerate(asked):
        scores = method(question.room)
        own = scores[question.hidden]
        rivals = scores[~np.isin(styles, styles[question.room])]
        ranks[at] = (rivals > own).sum() + ((rivals == own).sum() - 1) / 2
    return ranks


def served_ranks(looks: LooksRecommender, items: Items, asked: list[HoldoutCase], slot: int = 10) -> Doubles:
    """Place of each hidden piece in the list of fifty that the served model gives; infinite where it is not in it."""
    places = np.full(len(asked), np.inf)
    for at, question in enumerate(asked):
        room = [items.ids[row] for row in question.room]
        listed = looks.order(room, MAX_RANK, slot=slot)
        wanted = items.ids[question.hidden]
        if wanted in listed:
            places[at] = listed.index(wanted)
    return places
