"""Trains the size choice on trials that fitted, each seen with less or no knowledge of the shopper."""

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
from recommender.sizes.serving.trial_columns import TrialColumns
from recommender.sizes.serving.vocabulary import EncodedTrials, Vocabulary

MAX_CASES = 15_000
"""Maximum number of cases of one state; more did not change a figure."""
_MIN_HIT_RATE = 0.8
"""Required hit rate of a size stated alone: three of four, and some margin because times change."""
_RIDGE = 2.0


@dataclass(frozen=True)
class ChoiceCases:
    """Cases of one state: features of the sizes on offer, the case of each, and the row of the size that
    fitted."""

    columns: Doubles
    case: Longs
    tried: Longs


def train_size_choice(
    trials: EncodedTrials,
    earlier: EncodedTrials,
    runs: SizeRuns,
    fitted: tuple[FitStatistics, FitVectors, Vocabulary],
    seed: int,
) -> tuple[Doubles, Doubles]:
    """Weights of each state (zeros without cases), and the confidence from which a size may be stated alone,
    from `trials` with features computed from `earlier` ones."""
    fitting = np.flatnonzero((trials.fit == FIT) & (trials.item >= 0) & (trials.size >= 0))
    rows = np.sort(np.random.default_rng(seed).permutation(fitting)[: 2 * MAX_CASES])
    by_state: dict[int, ChoiceCases] = {}
    for known in range(len(BODY_LEVELS)):
        seen, others = mask_bodies(trials, known), mask_bodies(earlier, known)
        cases = seen.where(rows)
        for without_past in (True, False):
            masked = replace(cases, user=np.full(len(cases), -1)) if without_past else cases
            for at, state_cases in _choice_cases(masked, others, runs, fitted).items():
                # Few shoppers withhold their body themselves: a state is trained by the pass that reaches it
                # most often.
                if at not in by_state or len(state_cases.tried) > len(by_state[at].tried):
                    by_state[at] = state_cases
    width = next((state_cases.columns.shape[1] for state_cases in by_state.values()), 0)
    weights, stated_from = (
        np.zeros((len(KNOWLEDGE_STATES), width)),
        np.full(len(KNOWLEDGE_STATES), NEVER_STATED),
    )
    for at, state_cases in by_state.items():
        weights[at] = _fit_weights(state_cases)
        stated_from[at] = _stated_from(state_cases, weights[at])
    return weights, stated_from


def _choice_cases(
    cases: EncodedTrials,
    earlier: EncodedTrials,
    runs: SizeRuns,
    fitted: tuple[FitStatistics, FitVectors, Vocabulary],
) -> dict[int, ChoiceCases]:
    statistics, vectors, vocabulary = fitted
    past = past_of(cases, earlier, statistics, vocabulary)
    state = states_of(cases, past)
    found = {}
    for at in range(len(KNOWLEDGE_STATES)):
        rows = np.flatnonzero(state == at)[:MAX_CASES]
        # the shopper's own vector is left out: in the store she is described by her past alone
        sizes, case, tried = runs.unroll(replace(cases.where(rows), user=np.full(len(rows), -1)))
        if len(case):
            known = TrialColumns.of(sizes, vocabulary, statistics, vectors)
            columns = choice_features(sizes, known, case, past.of(rows), statistics, vocabulary)
            found[at] = ChoiceCases(columns, case, tried)
    return found


def _stated_from(state_cases: ChoiceCases, weights: Doubles) -> float:
    """The lowest confidence from which the most likely size was right often enough."""
    p = shares_within(state_cases.columns @ weights, state_cases.case, len(state_cases.tried))
    top = np.zeros(len(state_cases.tried))
    np.maximum.at(top, state_cases.case, p)
    order = np.argsort(-top, kind="stable")
    hit_rate = np.cumsum((p[state_cases.tried] >= top)[order]) / np.arange(1, len(order) + 1)
    enough = np.flatnonzero((hit_rate >= _MIN_HIT_RATE) & (np.arange(len(order)) >= 50))
    return float(top[order[enough[-1]]]) if len(enough) else NEVER_STATED


def _fit_weights(state_cases: ChoiceCases) -> Doubles:
    from scipy.optimize import minimize

    columns, case, tried = state_cases.columns, state_cases.case, state_cases.tried
    cases, wanted = len(tried), columns[tried].sum(axis=0)

    def loss(weights: Doubles) -> tuple[float, Doubles]:
        p = shares_within(columns @ weights, case, cases)
        cost = -np.log(p[tried] + 1e-12).sum() + _RIDGE * float(weights @ weights) / 2
        return cost / cases, (columns.T @ p - wanted + _RIDGE * weights) / cases

    start = np.zeros(columns.shape[1])
    found: Doubles = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 150}).x
    return found
