"""Fits the blend weights: a conditional logit over the candidates of each holdout case (maximum likelihood,
ridge)."""

from dataclasses import dataclass

import numpy as np
from scipy import optimize

from recommender.arrays import AnyInts, Bools, Doubles, Floats, Longs
from recommender.inputs.leave_one_out import HoldoutCase, Recall, recall
from recommender.looks.signals.signals import Signals, sum_rows

# Candidates per case. A hidden item that is not among them cannot be reached by any weights.
CANDIDATES = 300
# Weight of a case whose hidden item is of a category not in the room: the mirror should complete looks.
COMPLEMENT_WEIGHT = 1.8
# The weights are used on later days than those they were fitted on. On such days of a large retailer a ridge of this
# size has a higher recall at 10 and at 50 than the maximum likelihood.
_RIDGE = 0.13
# Signals with non-negative weights. The three terms of the mean co-purchase value are unconstrained, since
# only their sum is meaningful.
_NON_NEGATIVE = (
    "learned",
    "item factors",
    "pair most",
    "pair count",
    "pair lift",
    "pair log lift",
    "pair cosine",
    "pair ease",
    "style",
)
# Weights of the mix that selects the candidates: LightFM, co-purchase, styles, item factors.
_CANDIDATE_MIX = (1.0, 0.25, 0.1, 0.5)


@dataclass(frozen=True, slots=True)
class CandidateSignals:
    """All cases as arrays: `signals` (cases x candidates x names), `hidden` (index of the hidden item, -1 if
    it is not among the candidates), `case_weights`, `complement`, `basket`, `room_sizes` (items of the room)."""

    names: tuple[str, ...]
    signals: Floats
    hidden: Longs
    case_weights: Doubles
    complement: Bools
    basket: Longs
    room_sizes: Longs

    def where(self, rows: Bools) -> "CandidateSignals":
        """The marked cases."""
        rest = (
            self.signals[rows],
            self.hidden[rows],
            self.case_weights[rows],
            self.complement[rows],
            self.basket[rows],
            self.room_sizes[rows],
        )
        return CandidateSignals(self.names, *rest)

    def ranks(self, weights: Doubles) -> Doubles:
        """Rank of each hidden item from 0; infinite if it is not among the candidates. Ties count half.

        `weights`: one for each name, or a row of them for each case.
        """
        column = weights.astype(np.float32).reshape(-1, len(self.names), 1)
        scores = np.matmul(self.signals, column)[:, :, 0]
        own = np.take_along_axis(scores, np.maximum(self.hidden, 0)[:, None], axis=1)
        ranks = (scores > own).sum(axis=1) + ((scores == own).sum(axis=1) - 1) / 2
        return np.where(self.hidden >= 0, ranks, np.inf)

    def log_likelihood(self, weights: Doubles) -> float:
        """Mean log probability of the hidden items under these weights; cases that cannot be reached left out."""
        reached = self.where(self.hidden >= 0)
        rows = weights[self.hidden >= 0] if weights.ndim == 2 else weights
        scores = np.matmul(reached.signals, rows.astype(np.float32).reshape(-1, len(self.names), 1))[:, :, 0]
        scores -= scores.max(axis=1, keepdims=True)
        own = np.take_along_axis(scores, reached.hidden[:, None], axis=1)[:, 0]
        log_chance = own - np.log(np.exp(scores).sum(axis=1))
        return float(log_chance @ reached.case_weights / max(float(reached.case_weights.sum()), 1e-9))

    def recall(self, weights: Doubles) -> Recall:
        """Recall under these weights."""
        return recall(self.ranks(weights), self.case_weights, self.complement)


def collect_candidates(
    source: Signals, cases: list[HoldoutCase], category: AnyInts | None
) -> CandidateSignals:
    """Selects the candidates of every case and computes their signals."""
    count = min(CANDIDATES, len(source.sold))
    names = source.names
    signals = np.zeros((len(cases), count, len(names)), np.float32)
    hidden = np.full(len(cases), -1)
    complement = np.zeros(len(cases), np.bool_)
    for at, case in enumerate(cases):
        places = _candidates(source, case, count)
        signals[at] = source.columns(case.room, places)
        found = np.flatnonzero(places == source.sold_position[case.hidden])
        if len(found) and source.sold_position[case.hidden] >= 0:
            hidden[at] = found[0]
        complement[at] = category is None or category[case.hidden] not in category[case.room]
    case_weights = np.array([case.weight for case in cases])
    return CandidateSignals(
        names,
        signals,
        hidden,
        case_weights,
        complement,
        np.array([case.basket for case in cases], np.int64),
        np.array([len(case.room) for case in cases], np.int64),
    )


def _candidates(source: Signals, case: HoldoutCase, count: int) -> AnyInts:
    learned = source.learned(case.room)
    pairs = np.log1p(1000 * source.co_purchase(case.room))
    styles = source.style_of[case.room]
    style_values = np.log1p(1000 * _styles(source, styles))
    factors = source.factor_scores(case.room)
    parts = zip(_CANDIDATE_MIX, (learned, pairs, style_values, factors), strict=True)
    mixed = sum(
        (weight * (part - part.mean()) / (part.std() + 1e-6) for weight, part in parts), np.float32(0)
    )
    mix: Floats = np.asarray(mixed + 1e-4 * source.popular, np.float32)
    room_attributes = np.zeros(len(source.styles.start) - 1, np.bool_)
    room_attributes[styles] = True
    mix[room_attributes[source.style_of[source.sold]]] = -np.inf
    return np.argpartition(-mix, count - 1)[:count]


def _styles(source: Signals, styles: AnyInts) -> Floats:
    return sum_rows(source.styles, styles, source.styles.values, len(source.sold))


def fit_blend_weights(cases: CandidateSignals) -> Doubles:
    """The maximum-likelihood weights, one per signal."""
    least = [0.0 if name.startswith(_NON_NEGATIVE) else -np.inf for name in cases.names]
    return fit_weights(cases, np.zeros(len(cases.names)), _RIDGE, np.array(least))


def fit_weights(cases: CandidateSignals, prior: Doubles, ridge: float, least: Doubles) -> Doubles:
    """The weights of highest likelihood, with a ridge towards `prior` (in units of each signal's deviation), each not
    below `least`."""
    rows = cases.hidden >= 0
    signals, hidden = cases.signals[rows], cases.hidden[rows]
    case_weights = cases.case_weights[rows] * np.where(cases.complement[rows], COMPLEMENT_WEIGHT, 1.0)
    case_weights /= max(float(case_weights.sum()), 1e-9)
    scale = signals.std(axis=(0, 1)).astype(np.float64) + 1e-6
    scale[scale < 1e-5] = np.inf
    signals = np.asarray(signals / scale.astype(np.float32), np.float32)
    own = signals[np.arange(len(hidden)), hidden]
    start = np.where(np.isfinite(scale), prior * np.where(np.isfinite(scale), scale, 0), 0)

    def loss(weights: Doubles) -> tuple[float, Doubles]:
        scores = signals @ weights.astype(np.float32)
        scores -= scores.max(axis=1, keepdims=True)
        chance = np.exp(scores)
        total = chance.sum(axis=1)
        chance /= total[:, None]
        log_chance = scores[np.arange(len(hidden)), hidden] - np.log(total)
        gradient = (np.matmul(chance[:, None, :], signals)[:, 0] - own) * case_weights[:, None]
        difference = weights - start
        value = -float((log_chance * case_weights).sum()) + ridge * float(difference @ difference)
        return value, gradient.sum(axis=0).astype(np.float64) + 2 * ridge * difference

    bounds = optimize.Bounds(least, np.full(len(least), np.inf))
    best = optimize.minimize(
        loss, start, jac=True, method="L-BFGS-B", bounds=bounds, options={"maxiter": 100}
    )
    return np.asarray(best.x / scale, np.float64)
