"""Learns how to choose a size: from trials that fitted, each seen as if less or nothing of the shopper were known."""

from dataclasses import dataclass, replace

import numpy as np

from recommender.arrays import Doubles, Longs
from recommender.sizes.serving.body_knowledge import BODY_LEVELS, KNOWLEDGE_STATES, mask_bodies
from recommender.sizes.serving.fit_statistics import FitStatistics
from recommender.sizes.serving.fit_table import FIT
from recommender.sizes.serving.fit_vectors import FitVectors
from recommender.sizes.serving.size_choice import (
    NEVER_STATED,
    SizeRuns,
    choice_features,
    past_of,
    shares_within,
    states_of,
)
from recommender.sizes.serving.vocabulary import EncodedTrials, Vocabulary

MOST = 15_000
"""Cases of one state; more did not change a figure."""
_HELD = 0.8
"""How often a size stated alone should be the one: three times in four, and some more since times change."""
_RIDGE = 2.0


@dataclass(frozen=True)
class ChoiceCases:
    """Cases of one state: what is told of the sizes on offer, whose they are, and which one fitted."""

    columns: Doubles
    case: Longs
    tried: Longs


def train_size_choice(
    own: EncodedTrials,
    rest: EncodedTrials,
    runs: SizeRuns,
    told: tuple[FitStatistics, FitVectors, Vocabulary],
    seed: int,
) -> tuple[Doubles, Doubles]:
    """Weights of each state (zeros where there was no case), and the chance from which on a size may be stated alone,
    from `own` trials told by what the earlier `rest` taught."""
    fitting = np.flatnonzero((own.fit == FIT) & (own.item >= 0) & (own.size >= 0))
    rows = np.sort(np.random.default_rng(seed).permutation(fitting)[: 2 * MOST])
    lessons: dict[int, ChoiceCases] = {}
    for known in range(len(BODY_LEVELS)):
        seen, others = mask_bodies(own, known), mask_bodies(rest, known)
        cases = seen.where(rows)
        for forgotten in (True, False):
            stranger = replace(cases, user=np.full(len(cases), -1)) if forgotten else cases
            for at, lesson in _lessons(stranger, others, runs, told).items():
                # Few hide their body by themselves: a state is taught by the pass that reaches it most often.
                if at not in lessons or len(lesson.tried) > len(lessons[at].tried):
                    lessons[at] = lesson
    width = next((lesson.columns.shape[1] for lesson in lessons.values()), 0)
    weights, alone = np.zeros((len(KNOWLEDGE_STATES), width)), np.full(len(KNOWLEDGE_STATES), NEVER_STATED)
    for at, lesson in lessons.items():
        weights[at] = _most_likely(lesson)
        alone[at] = _alone(lesson, weights[at])
    return weights, alone


def _lessons(
    cases: EncodedTrials,
    rest: EncodedTrials,
    runs: SizeRuns,
    told: tuple[FitStatistics, FitVectors, Vocabulary],
) -> dict[int, ChoiceCases]:
    statistics, vectors, vocabulary = told
    past = past_of(cases, rest, statistics, vocabulary)
    state = states_of(cases, past)
    found = {}
    for at in range(len(KNOWLEDGE_STATES)):
        rows = np.flatnonzero(state == at)[:MOST]
        # whose vectors the trials taught is left out: a shopper of the store is told by her past alone
        sizes, case, tried = runs.unroll(replace(cases.where(rows), user=np.full(len(rows), -1)))
        if len(case):
            columns = choice_features(sizes, case, past.of(rows), statistics, vectors, vocabulary)
            found[at] = ChoiceCases(columns, case, tried)
    return found


def _alone(lesson: ChoiceCases, weights: Doubles) -> float:
    """The least chance from which on what is likeliest was the one often enough."""
    p = shares_within(lesson.columns @ weights, lesson.case, len(lesson.tried))
    top = np.zeros(len(lesson.tried))
    np.maximum.at(top, lesson.case, p)
    order = np.argsort(-top, kind="stable")
    held = np.cumsum((p[lesson.tried] >= top)[order]) / np.arange(1, len(order) + 1)
    enough = np.flatnonzero((held >= _HELD) & (np.arange(len(order)) >= 50))
    return float(top[order[enough[-1]]]) if len(enough) else NEVER_STATED


def _most_likely(lesson: ChoiceCases) -> Doubles:
    from scipy.optimize import minimize

    columns, case, tried = lesson.columns, lesson.case, lesson.tried
    cases, wanted = len(tried), columns[tried].sum(axis=0)

    def loss(weights: Doubles) -> tuple[float, Doubles]:
        p = shares_within(columns @ weights, case, cases)
        cost = -np.log(p[tried] + 1e-12).sum() + _RIDGE * float(weights @ weights) / 2
        return cost / cases, (columns.T @ p - wanted + _RIDGE * weights) / cases

    start = np.zeros(columns.shape[1])
    found: Doubles = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 150}).x
    return found
