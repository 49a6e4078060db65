"""Ranks items without sales (new arrivals) by features, style and activity, with weights fitted on held-out
new items."""

from dataclasses import dataclass

import numpy as np
from scipy import optimize

from recommender.arrays import AnyInts, Bools, Doubles, Floats, Ints, SparseRows
from recommender.inputs.leave_one_out import HoldoutCase
from recommender.looks.serving.model import CoPurchaseWeights, NewArrivals
from recommender.looks.signals.co_purchase import PairCounts, style_rows
from recommender.looks.signals.signals import sum_rows
from recommender.looks.signals.vector_pair import VectorPair
from recommender.looks.training.lightfm_training import LightFMVectors

# Maximum number of new arrivals, the most active first: an absolute number, and a share of the sold items.
_MIN_KEPT, _KEPT_SHARE = 2000, 0.5
# Negative samples per case, and minimum number of cases for a fit.
_NEGATIVES, _MIN_CASES = 500, 60
_NAMES = ("learned", "bias", "activity", "affinity", "style steep", "style soft", "style sold", "style sales")
# Weights used with too few cases, set by hand: all signals count the same, except the total sales of the
# style, because only its current sales matter.
DEFAULT_WEIGHTS = (0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.0)
# Ridge towards the default weights: a shop has few new items per day.
_RIDGE = 0.02


@dataclass(frozen=True, slots=True)
class ColdItems:
    """Signals of the items without sales in one part of a history. `rows` of the catalogue; `context` and
    `target` by features (`affinity_vectors` the same for affinities, already weighted); the rest is one
    number per item."""

    rows: Ints
    context: Floats
    target: Floats
    bias: Floats
    activity: Floats
    affinity_vectors: VectorPair
    styles: SparseRows
    style_sold: Floats
    style_sales: Floats

    def columns(self, room: AnyInts, styles: AnyInts, at: AnyInts) -> Doubles:
        """Signal matrix: one row per item in `at`, one column per name."""
        style = sum_rows(self.styles, styles, self.styles.values, len(self.rows))[at]
        return np.column_stack(
            [
                self.target[at] @ self.context[room].mean(axis=0),
                self.bias[at],
                self.activity[at],
                self.affinity_vectors.target[at] @ self.affinity_vectors.context[room].mean(axis=0),
                np.log1p(1000 * style),
                np.log1p(50 * style),
                self.style_sold[at],
                self.style_sales[at],
            ]
        ).astype(np.float64)


def cold_items(
    sold: Bools,
    sales: Ints,
    style_of: Ints,
    counts: PairCounts,
    activity: Floats,
    vectors: LightFMVectors | None,
    affinity_vectors: VectorPair,
) -> ColdItems:
    """The items without sales of a history; without trained `vectors` they are ranked by affinities, style
    and activity."""
    rows: Ints = np.flatnonzero(~sold).astype(np.int32)
    most = max(_MIN_KEPT, int(_KEPT_SHARE * sold.sum()))
    if len(rows) > most:
        rows = np.sort(rows[np.argsort(-activity[rows], kind="stable")[:most]])
    context = vectors.context if vectors else np.zeros((len(sold), 1), np.float32)
    target = vectors.target[rows] if vectors else np.zeros((len(rows), 1), np.float32)
    bias = vectors.bias[rows] if vectors else np.zeros(len(rows), np.float32)
    by_style = np.bincount(style_of, weights=sales)
    style_sold = np.bincount(style_of, weights=sold)[style_of[rows]] > 0
    return ColdItems(
        rows,
        context,
        target,
        bias,
        activity[rows],
        VectorPair(affinity_vectors.context, affinity_vectors.target[rows]),
        style_rows(counts, style_of, rows, np.ones(len(rows))),
        style_sold.astype(np.float32),
        np.log1p(by_style[style_of[rows]]).astype(np.float32),
    )


def fit_new_arrival_weights(
    items: ColdItems, holdout: list[HoldoutCase], style_of: Ints, seed: int
) -> Doubles:
    """Weights fitted on hidden items that had no sales yet; the default ones with fewer than sixty such
    items."""
    place = np.full(len(style_of), -1)
    place[items.rows] = np.arange(len(items.rows))
    known = [case for case in holdout if place[case.hidden] >= 0]
    if len(known) < _MIN_CASES:
        return np.array(DEFAULT_WEIGHTS)
    rng = np.random.default_rng(seed)
    signals = np.empty((len(known), _NEGATIVES + 1, len(_NAMES)))
    for row, case in enumerate(known):
        at = np.append(rng.integers(len(items.rows), size=_NEGATIVES), place[case.hidden])
        signals[row] = items.columns(case.room, style_of[case.room], at)
    case_weights = np.array([case.weight for case in known])
    scale = np.maximum(signals.std(axis=(0, 1)), 1e-3)
    signals /= scale
    start = np.array(DEFAULT_WEIGHTS) * scale

    def loss(weights: Doubles) -> tuple[float, Doubles]:
        scores = signals @ weights
        scores -= scores.max(axis=1, keepdims=True)
        chance = np.exp(scores)
        chance /= chance.sum(axis=1, keepdims=True)
        gradient = np.einsum("qm,qmf->qf", chance, signals) - signals[:, -1]
        value = -float((np.log(chance[:, -1]) * case_weights).sum() / case_weights.sum())
        difference = weights - start
        return value + _RIDGE * float(
            difference @ difference
        ), case_weights @ gradient / case_weights.sum() + 2 * _RIDGE * difference

    best = optimize.minimize(loss, start, jac=True, method="L-BFGS-B")
    return np.asarray(best.x / scale, np.float64)


def to_served(items: ColdItems, weights: Doubles) -> NewArrivals:
    """The new arrivals as served: linear signals are added to the vectors and bonus."""
    by_name = dict(zip(_NAMES, weights.tolist(), strict=True))
    bonus = (
        by_name["bias"] * items.bias
        + by_name["activity"] * items.activity
        + by_name["style sold"] * items.style_sold
        + by_name["style sales"] * items.style_sales
    )
    context = np.hstack(
        [
            items.context * np.float32(by_name["learned"]),
            items.affinity_vectors.context * np.float32(by_name["affinity"]),
        ]
    )
    target = np.hstack([items.target, items.affinity_vectors.target])
    return NewArrivals(
        items.rows,
        np.ascontiguousarray(context, np.float32),
        np.ascontiguousarray(target, np.float32),
        bonus.astype(np.float32),
        items.styles,
        CoPurchaseWeights(by_name["style steep"], by_name["style soft"]),
    )
