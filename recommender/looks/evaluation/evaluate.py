"""Evaluates the looks model: one item of each later basket is hidden, and every item of the catalogue is a
candidate.

Methods are trained on the older part of the history only. Ties with the hidden item count half; an item that
a method cannot rank counts as missed.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import numpy as np

from recommender.arrays import AnyInts, Bools, Doubles, Longs
from recommender.bootstrap import Interval, bootstrap_interval, bootstrap_ratio
from recommender.inputs.baskets import baskets_of
from recommender.inputs.holdout import split_by_time
from recommender.inputs.leave_one_out import HoldoutCase, Recall, holdout_cases, recall
from recommender.inputs.tables import Events, Items
from recommender.looks.evaluation.als import als_ranks
from recommender.looks.evaluation.baselines import Method, baselines
from recommender.looks.evaluation.segments import segments_of
from recommender.looks.serving.column_roles import detect_roles
from recommender.looks.serving.looks import LooksRecommender
from recommender.looks.signals.popularity import interaction_counts
from recommender.looks.training.build import build
from recommender.looks.training.hyperparameters import Hyperparameters

MAX_RANK = 50
# The method that the model is compared with in each segment.
REFERENCE = "co-purchase"


@dataclass(frozen=True, slots=True)
class LooksEvaluation:
    """Rank (from 0, infinite if not ranked) of each hidden item by each method, and the recall computed from
    it. `segments` marks the cases of each segment (see `segments`)."""

    ranks: Mapping[str, Doubles]
    case_weights: Doubles
    basket: Longs
    complement: Bools
    unseen: Bools
    segments: Mapping[str, Bools] = field(default_factory=dict)

    def recall(self, name: str, segment: str | None = None) -> Recall:
        """Recall of one method, on all cases or on those of a segment."""
        rows = slice(None) if segment is None else self.segments[segment]
        return recall(self.ranks[name][rows], self.case_weights[rows], self.complement[rows])

    def share(self, segment: str) -> float:
        """Share of a segment in the total weight of the cases."""
        marked = self.case_weights[self.segments[segment]]
        return float(marked.sum()) / max(float(self.case_weights.sum()), 1e-9)

    def ratio(self, name: str, other: str, depth: int, segment: str | None = None) -> Interval:
        """Recall of one method divided by that of another, with its paired 95 % interval."""
        rows = slice(None) if segment is None else self.segments[segment]
        found, reference = (self.ranks[each][rows] < depth for each in (name, other))
        return bootstrap_ratio(
            found.astype(float), reference.astype(float), self.case_weights[rows], self.basket[rows]
        )

    def unseen_at_50(self, name: str) -> float:
        """Recall at 50 of hidden items without any sale in the training part."""
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
        """Recall of one method minus that of another, with its 95 % interval."""
        gained = (self.ranks[name] < depth).astype(float) - (self.ranks[other] < depth)
        return bootstrap_interval(gained, self.case_weights, self.basket)

    @property
    def best_single(self) -> str:
        """The baseline with the highest recall at 10."""
        return max(
            (name for name in self.ranks if not name.startswith("model")), key=lambda n: self.recall(n).at_10
        )


def evaluate(
    items: Items,
    events: Events,
    parameters: Hyperparameters,
    progress: Callable[[str, float], None],
    others: Mapping[str, LooksRecommender] | None = None,
    als: str | None = None,
) -> LooksEvaluation:
    """Splits by time, trains on the older part, and evaluates every method on the newer part.

    `others` are finished models to evaluate as well ("published"); they must not have been trained on the
    newer part. `als` is a Python interpreter with `implicit`, in which ALS is evaluated.
    """
    older, newer = split_by_time(events, parameters.validation)
    category = detect_roles(items).get("category")
    cases = holdout_cases(baskets_of(newer), items.styles, parameters.seed, parameters.max_cases)
    methods = baselines(items, older, baskets_of(older), category)
    model, _ = build(items, older, parameters, progress)
    looks = LooksRecommender(model)
    progress("evaluating every method", 0.0)
    ranks = {name: method_ranks(method, cases, items.styles) for name, method in methods.items()}
    if als is not None:
        ranks["ALS"] = als_ranks(als, baskets_of(older), cases, items.styles)
    ranks["model, no arrivals"] = served_ranks(looks, items, cases, slot=0)
    ranks["model"] = served_ranks(looks, items, cases)
    for name, other in (others or {}).items():
        ranks[f"model {name}"] = served_ranks(other, items, cases)
    codes = category.codes if category else None
    return evaluation_of(ranks, cases, codes, interaction_counts(older, len(items)))


def evaluation_of(
    ranks: Mapping[str, Doubles], cases: list[HoldoutCase], categories: AnyInts | None, interactions: AnyInts
) -> LooksEvaluation:
    """The evaluation of ranks on these cases; `categories` and `interactions` (of the training part) by item."""
    hidden = np.array([case.hidden for case in cases], np.int64)
    complement = [
        categories is not None and categories[case.hidden] not in categories[case.room] for case in cases
    ]
    return LooksEvaluation(
        ranks,
        np.array([case.weight for case in cases]),
        np.array([case.basket for case in cases], np.int64),
        np.array(complement, np.bool_),
        interactions[hidden] == 0,
        segments_of(cases, categories, interactions),
    )


def method_ranks(method: Method, cases: list[HoldoutCase], styles: AnyInts) -> Doubles:
    """Rank of each hidden item among all items of styles that are not in the room; ties count half."""
    ranks = np.empty(len(cases))
    for at, case in enumerate(cases):
        scores = method(case.room)
        own = scores[case.hidden]
        rivals = scores[~np.isin(styles, styles[case.room])]
        ranks[at] = (rivals > own).sum() + ((rivals == own).sum() - 1) / 2
    return ranks


def served_ranks(looks: LooksRecommender, items: Items, cases: list[HoldoutCase], slot: int = 10) -> Doubles:
    """Position of each hidden item in the served list of fifty; infinite if it is not in the list."""
    places = np.full(len(cases), np.inf)
    for at, case in enumerate(cases):
        room = [items.ids[row] for row in case.room]
        ranking = looks.order(room, MAX_RANK, slot=slot)
        hidden_id = items.ids[case.hidden]
        if hidden_id in ranking:
            places[at] = ranking.index(hidden_id)
    return places
