"""Trains gradient-boosted trees with scikit-learn, and writes them as arrays. The only module that imports it.

scikit-learn is here already, since LightFM needs it. Serving needs numpy alone.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np

from recommender.arrays import AnyInts, Doubles
from recommender.sizes.serving.fit_table import FIT_CLASSES
from recommender.sizes.serving.outcomes.boosted_trees import BoostedTrees


@dataclass(frozen=True, slots=True)
class Boosting:
    """Rounds (a tree for each class in each of them), their learning rate, and the bounds of a tree."""

    rounds: int = 180
    learning_rate: float = 0.05
    leaves: int = 15
    max_depth: int | None = None


MEASURED = Boosting()
GUESTS = Boosting(rounds=30, learning_rate=0.2, max_depth=6)
"""Few and flat trees: a request of the mirror evaluates them for each lighter body."""
_MIN_LEAF = 100
"""Small leaves learn single products and shoppers; columns with their rates are cross-fitted, not free of noise."""
_RIDGE = 10.0
MIN_ROWS = 50 * _MIN_LEAF
"""With fewer answers the multinomial model stands alone."""


def train_trees(
    columns: Doubles, fit: AnyInts, seed: int, boosting: Boosting = MEASURED
) -> BoostedTrees | None:
    """The trees of answered trials; None if the answers are too few, or of fewer than three kinds.

    One thread, so that the same answers and seed give the same bytes.
    """
    if len(fit) < MIN_ROWS or len(np.unique(fit)) < len(FIT_CLASSES):
        return None
    from sklearn.ensemble import HistGradientBoostingClassifier
    from threadpoolctl import threadpool_limits

    model = HistGradientBoostingClassifier(
        learning_rate=boosting.learning_rate,
        max_iter=boosting.rounds,
        max_leaf_nodes=boosting.leaves,
        max_depth=boosting.max_depth,
        min_samples_leaf=_MIN_LEAF,
        l2_regularization=_RIDGE,
        early_stopping=False,
        random_state=seed,
    )
    # a column that nobody states has no thresholds: the library refuses it
    stated = np.where(np.isnan(columns).all(axis=0), 0.0, columns)
    with threadpool_limits(limits=1):
        model.fit(stated, fit)
    return trees_of(model)


def trees_of(model: Any) -> BoostedTrees:
    """The trees of a fitted `HistGradientBoostingClassifier`.

    Its nodes are not public; a test compares the predictions of both. A leaf refers to itself.
    """
    trees = [each.nodes for round_ in model._predictors for each in round_]
    lengths = np.array([len(nodes) for nodes in trees], np.int64)
    start = np.cumsum(lengths) - lengths
    nodes, first = np.concatenate(trees), np.repeat(start, lengths)
    places, leaf = np.arange(len(nodes)), nodes["is_leaf"].astype(bool)
    return BoostedTrees(
        np.where(leaf, 0, nodes["feature_idx"]).astype(np.int64),
        np.clip(np.where(leaf, 0.0, nodes["num_threshold"]), -1e300, 1e300),
        ~leaf & nodes["missing_go_to_left"].astype(bool),
        np.where(leaf, places, nodes["left"] + first).astype(np.int64),
        np.where(leaf, places, nodes["right"] + first).astype(np.int64),
        np.where(leaf, nodes["value"], 0.0),
        start.reshape(-1, len(FIT_CLASSES)),
        np.asarray(model._baseline_prediction, float).ravel(),
    )
