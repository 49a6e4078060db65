"""Fits how loud each signal is: the weights under which the hidden piece stands out among the candidates.

Maximum likelihood of a softmax over each question's candidates, a small ridge, signals brought to deviation 1.
"""

from dataclasses import dataclass

import numpy as np
from scipy import optimize

from recommender.arrays import AnyInts, Bools, Doubles, Floats, Longs
from recommender.inputs.leave_one_out import HoldoutCase, Recall, recall
from recommender.looks.signals.signals import Signals, sum_rows

# Candidates a question keeps: a hidden piece beyond them is out of reach of any weights.
CANDIDATES = 300
# A complement (category the room lacks) counts this much: the mirror is there to complete looks, not to repeat them.
COMPLEMENT_WEIGHT = 2.0
_RIDGE = 1e-3
# More of this evidence may never count against a piece. The three curves of the mean co-purchase value are left free,
# since only together they draw its shape: silent for chance pairs, rising, then level.
_EVIDENCE = (
    "learned",
    "pair most",
    "pair count",
    "pair lift",
    "pair log lift",
    "pair cosine",
    "pair ease",
    "style",
)
# The mix that gathers candidates; generous, so that each signal brings its own.
_GATHER = (1.0, 0.25, 0.1)


@dataclass(frozen=True, slots=True)
class CandidateSignals:
    """All questions as numbers: signals (questions x candidates x names), where the hidden piece stands (-1: not among
    them), each question's vote, whether it is a complement, and its basket."""

    names: tuple[str, ...]
    signals: Floats
    hidden: Longs
    case_weights: Doubles
    complement: Bools
    basket: Longs

    def where(self, rows: Bools) -> "CandidateSignals":
        """The marked questions."""
        rest = (
            self.signals[rows],
            self.hidden[rows],
            self.case_weights[rows],
            self.complement[rows],
            self.basket[rows],
        )
        return CandidateSignals(self.names, *rest)

    def ranks(self, weights: Doubles) -> Doubles:
        """Rank of each hidden piece from 0; infinite where it is out of reach. Ties count half."""
        scores = self.signals @ weights.astype(np.float32)
        own = np.take_along_axis(scores, np.maximum(self.hidden, 0)[:, None], axis=1)
        ranks = (scores > own).sum(axis=1) + ((scores == own).sum(axis=1) - 1) / 2
        return np.where(self.hidden >= 0, ranks, np.inf)

    def recall(self, weights: Doubles) -> Recall:
        """What these weights achieve."""
        return recall(self.ranks(weights), self.case_weights, self.complement)


def collect_candidates(
    source: Signals, asked: list[HoldoutCase], category: AnyInts | None
) -> CandidateSignals:
    """Gathers the candidates of every question and their signals."""
    wide = min(CANDIDATES, len(source.sold))
    names = source.names
    signals = np.zeros((len(asked), wide, len(names)), np.float32)
    hidden = np.full(len(asked), -1)
    complement = np.zeros(len(asked), np.bool_)
    for at, question in enumerate(asked):
        places = _candidates(source, question, wide)
        signals[at] = source.columns(question.room, places)
        found = np.flatnonzero(places == source.sold_position[question.hidden])
        if len(found) and source.sold_position[question.hidden] >= 0:
            hidden[at] = found[0]
        complement[at] = category is None or category[question.hidden] not in category[question.room]
    case_weights = np.array([question.weight for question in asked])
    return CandidateSignals(
        names, signals, hidden, case_weights, complement, np.array([question.basket for question in asked])
    )


def _candidates(source: Signals, question: HoldoutCase, wide: int) -> AnyInts:
    learned = source.learned(question.room)
    pairs = np.log1p(1000 * source.co_purchase(question.room))
    styles = source.style_of[question.room]
    habit = np.log1p(1000 * _styles(source, styles))
    parts = zip(_GATHER, (learned, pairs, habit), strict=True)
    mix = sum((loud * (part - part.mean()) / (part.std() + 1e-6) for loud, part in parts), np.float32(0))
    mix = mix + 1e-4 * source.popular
    room_attributes = np.zeros(len(source.styles.start) - 1, np.bool_)
    room_attributes[styles] = True
    mix[room_attributes[source.style_of[source.sold]]] = -np.inf
    return np.argpartition(-mix, wide - 1)[:wide]


def _styles(source: Signals, styles: AnyInts) -> Floats:
    return sum_rows(source.styles, styles, source.styles.values, len(source.sold))


def fit_blend_weights(asked: CandidateSignals) -> Doubles:
    """The weights of greatest likelihood, one per signal."""
    rows = asked.hidden >= 0
    signals, hidden = asked.signals[rows], asked.hidden[rows]
    case_weights = asked.case_weights[rows] * np.where(asked.complement[rows], COMPLEMENT_WEIGHT, 1.0)
    case_weights /= max(float(case_weights.sum()), 1e-9)
    scale = signals.std(axis=(0, 1)).astype(np.float64) + 1e-6
    scale[scale < 1e-5] = np.inf
    signals = signals / scale.astype(np.float32)
    own = signals[np.arange(len(hidden)), hidden]

    def loss(weights: Doubles) -> tuple[float, Doubles]:
        scores = signals @ weights.astype(np.float32)
        scores -= scores.max(axis=1, keepdims=True)
        chance = np.exp(scores)
        total = chance.sum(axis=1)
        chance /= total[:, None]
        log_chance = scores[np.arange(len(hidden)), hidden] - np.log(total)
        slope = (np.matmul(chance[:, None, :], signals)[:, 0] - own) * case_weights[:, None]
        worse = -float((log_chance * case_weights).sum()) + _RIDGE * float(weights @ weights)
        return worse, slope.sum(axis=0).astype(np.float64) + 2 * _RIDGE * weights

    bounds = [(0.0, None) if name.startswith(_EVIDENCE) else (None, None) for name in asked.names]
    start = np.zeros(signals.shape[2])
    best = optimize.minimize(
        loss, start, jac=True, method="L-BFGS-B", bounds=bounds, options={"maxiter": 100}
    )
    return np.asarray(best.x / scale, np.float64)
