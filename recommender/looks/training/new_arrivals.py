"""New arrivals: garments never sold, told by their features, by their style's other colours and by how alive their
corner of the catalogue is; how loud each speaks is fitted on pieces that were new on the days held back.
"""

from dataclasses import dataclass

import numpy as np
from scipy import optimize

from recommender.arrays import AnyInts, Bools, Doubles, Floats, Ints, SparseRows
from recommender.inputs.leave_one_out import HoldoutCase
from recommender.looks.serving.model import CoPurchaseWeights, NewArrivals
from recommender.looks.signals.attribute_affinity import VectorPair
from recommender.looks.signals.co_purchase import PairCounts, style_rows
from recommender.looks.signals.signals import sum_rows
from recommender.looks.training.lightfm_training import LightFMVectors

# At most so many arrivals are kept, the likeliest first: a floor, and a share of what is sold.
_FEWEST, _SHARE = 2000, 0.5
# Pieces drawn beside each hidden one when weights are fitted, and hidden ones wanted for it.
_DRAWN, _ENOUGH = 500, 60
_NAMES = ("learned", "own", "alive", "habit", "style steep", "style soft", "style sold", "style sales")
# For houses with too few new pieces to learn from: each sign counts the same, and how much a style sold in all does
# not, since what it sells now does. Set by hand, learned from nobody's baskets.
DEFAULT_WEIGHTS = (0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.0)
# How strongly a fit is drawn back to the usual: a house's new pieces of one day are few.
_RIDGE = 0.02


@dataclass(frozen=True, slots=True)
class ColdItems:
    """All that is known of the arrivals of one slice of history. `rows` of the catalogue; `context` and `target` by
    features (`habit` the same for habits, already weighed); the rest one number per arrival."""

    rows: Ints
    context: Floats
    target: Floats
    own: Floats
    alive: Floats
    habit: VectorPair
    styles: SparseRows
    style_sold: Floats
    style_sales: Floats

    def columns(self, room: AnyInts, styles: AnyInts, at: AnyInts) -> Doubles:
        """One row per arrival in `at`, one column per name."""
        style = sum_rows(self.styles, styles, self.styles.values, len(self.rows))[at]
        return np.column_stack(
            [
                self.target[at] @ self.context[room].mean(axis=0),
                self.own[at],
                self.alive[at],
                self.habit.target[at] @ self.habit.context[room].mean(axis=0),
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
    alive: Floats,
    learned: LightFMVectors | None,
    habit: VectorPair,
) -> ColdItems:
    """The arrivals of a history; without learned features they go by habits, styles and being alive."""
    rows: Ints = np.flatnonzero(~sold).astype(np.int32)
    most = max(_FEWEST, int(_SHARE * sold.sum()))
    if len(rows) > most:
        rows = np.sort(rows[np.argsort(-alive[rows], kind="stable")[:most]])
    context = learned.context if learned else np.zeros((len(sold), 1), np.float32)
    target = learned.target[rows] if learned else np.zeros((len(rows), 1), np.float32)
    own = learned.bias[rows] if learned else np.zeros(len(rows), np.float32)
    by_style = np.bincount(style_of, weights=sales)
    style_sold = np.bincount(style_of, weights=sold)[style_of[rows]] > 0
    return ColdItems(
        rows,
        context,
        target,
        own,
        alive[rows],
        VectorPair(habit.context, habit.target[rows]),
        style_rows(counts, style_of, rows, np.ones(len(rows))),
        style_sold.astype(np.float32),
        np.log1p(by_style[style_of[rows]]).astype(np.float32),
    )


def fit_new_arrival_weights(new: ColdItems, asked: list[HoldoutCase], style_of: Ints, seed: int) -> Doubles:
    """Weights under which pieces that had no sale yet stand out among the other arrivals; the usual ones where fewer
    than sixty such pieces were found."""
    place = np.full(len(style_of), -1)
    place[new.rows] = np.arange(len(new.rows))
    known = [question for question in asked if place[question.hidden] >= 0]
    if len(known) < _ENOUGH:
        return np.array(DEFAULT_WEIGHTS)
    rng = np.random.default_rng(seed)
    signals = np.empty((len(known), _DRAWN + 1, len(_NAMES)))
    for row, question in enumerate(known):
        at = np.append(rng.integers(len(new.rows), size=_DRAWN), place[question.hidden])
        signals[row] = new.columns(question.room, style_of[question.room], at)
    case_weights = np.array([question.weight for question in known])
    scale = np.maximum(signals.std(axis=(0, 1)), 1e-3)
    signals /= scale
    usual = np.array(DEFAULT_WEIGHTS) * scale

    def loss(weights: Doubles) -> tuple[float, Doubles]:
        scores = signals @ weights
        scores -= scores.max(axis=1, keepdims=True)
        chance = np.exp(scores)
        chance /= chance.sum(axis=1, keepdims=True)
        slope = np.einsum("qm,qmf->qf", chance, signals) - signals[:, -1]
        missed = -float((np.log(chance[:, -1]) * case_weights).sum() / case_weights.sum())
        away = weights - usual
        return missed + _RIDGE * float(
            away @ away
        ), case_weights @ slope / case_weights.sum() + 2 * _RIDGE * away

    best = optimize.minimize(loss, usual, jac=True, method="L-BFGS-B")
    return np.asarray(best.x / scale, np.float64)


def to_served(new: ColdItems, weights: Doubles) -> NewArrivals:
    """The arrivals as they are served: what is linear folded into vectors and bonus."""
    loud = dict(zip(_NAMES, weights.tolist(), strict=True))
    bonus = (
        loud["own"] * new.own
        + loud["alive"] * new.alive
        + loud["style sold"] * new.style_sold
        + loud["style sales"] * new.style_sales
    )
    context = np.hstack(
        [new.context * np.float32(loud["learned"]), new.habit.context * np.float32(loud["habit"])]
    )
    target = np.hstack([new.target, new.habit.target])
    return NewArrivals(
        new.rows,
        np.ascontiguousarray(context, np.float32),
        np.ascontiguousarray(target, np.float32),
        bonus.astype(np.float32),
        new.styles,
        CoPurchaseWeights(loud["style steep"], loud["style soft"]),
    )
