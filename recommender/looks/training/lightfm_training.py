"""Trains LightFM to predict the missing item of a room. The only module that imports lightfm.

Only items with sales take part: an item without sales could only occur as a negative sample, from which WARP
would learn to rank new arrivals low.
"""

import warnings
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import sparse

from recommender.arrays import Floats
from recommender.looks.signals.training_rows import TrainingRows
from recommender.looks.training.hyperparameters import Hyperparameters

Progress = Callable[[str, float], None]


@dataclass(frozen=True, slots=True)
class LightFMVectors:
    """Trained vectors: an item's `context` (as part of a room), `target` and `bias` (as the missing item).

    One row per item of the catalogue; `context` and `target` have the same dimension.
    """

    context: Floats
    target: Floats
    bias: Floats


def train_vectors(
    rows: TrainingRows,
    features: Any,
    is_sold: Any,
    parameters: Hyperparameters,
    progress: Progress,
    *,
    ids: bool = True,
) -> LightFMVectors:
    """Trains on `rows`; `features` (items x features, weighted) also describe items without sales.

    `is_sold` marks the items with an identity feature. With `ids=False` items are described by features only,
    which is how new arrivals are ranked.
    """
    return (
        fit_lightfm(rows, features, is_sold, parameters, progress, ids=ids)[2]
        if len(rows.missing)
        else _zero_vectors(len(is_sold))
    )


def fit_lightfm(
    rows: TrainingRows,
    features: Any,
    is_sold: Any,
    parameters: Hyperparameters,
    progress: Progress,
    *,
    ids: bool = True,
) -> tuple[Any, Any, LightFMVectors]:
    """The LightFM model, the item features, and the vectors; the first two for comparison in tests."""
    model = _model(parameters, ids)
    item_features = _item_features(features, is_sold, ids)
    sold_rows = np.flatnonzero(is_sold)
    users = (rows.others @ item_features).tocsr().astype(np.float32)
    column = np.full(len(is_sold), -1, np.int32)
    column[sold_rows] = np.arange(len(sold_rows), dtype=np.int32)
    shape = (len(rows.missing), len(sold_rows))
    interactions = sparse.coo_matrix(
        (np.ones(shape[0], np.float32), (np.arange(shape[0]), column[rows.missing])), shape=shape
    )
    weight = sparse.coo_matrix((rows.weight, (interactions.row, interactions.col)), shape=shape)
    epochs = parameters.epochs if ids else parameters.arrival_epochs
    for epoch in range(epochs):
        model.fit_partial(
            interactions,
            user_features=users,
            item_features=item_features[sold_rows],
            sample_weight=weight,
            epochs=1,
            num_threads=parameters.threads,
        )
        progress("learning looks" if ids else "learning new arrivals", (epoch + 1) / epochs)
    return model, item_features, _vectors(model, item_features)


def _model(parameters: Hyperparameters, ids: bool) -> Any:
    with warnings.catch_warnings():
        # it warns if it was built without OpenMP; one thread is used anyway
        warnings.simplefilter("ignore")
        from lightfm import LightFM
    return LightFM(
        no_components=parameters.dimensions if ids else parameters.arrival_dimensions,
        loss="warp",
        learning_rate=parameters.learning_rate,
        max_sampled=parameters.max_sampled,
        item_alpha=parameters.alpha,
        user_alpha=parameters.alpha,
        random_state=parameters.seed,
    )


def _item_features(features: Any, is_sold: Any, ids: bool) -> Any:
    """Items x (identity of sold items | features). Items without sales have features only."""
    if not ids:
        return sparse.csr_matrix(features, dtype=np.float32)
    sold_rows = np.flatnonzero(is_sold)
    ones = np.ones(len(sold_rows), np.float32)
    identity = sparse.csr_matrix(
        (ones, (sold_rows, np.arange(len(sold_rows)))), shape=(len(is_sold), len(sold_rows))
    )
    return sparse.hstack([identity, features], format="csr", dtype=np.float32)


def _zero_vectors(items: int) -> LightFMVectors:
    """Used if no basket holds two items."""
    return LightFMVectors(
        np.zeros((items, 1), np.float32), np.zeros((items, 1), np.float32), np.zeros(items, np.float32)
    )


def _vectors(model: Any, item_features: Any) -> LightFMVectors:
    context = item_features @ model.user_embeddings
    target = item_features @ model.item_embeddings
    bias = item_features @ model.item_biases
    return LightFMVectors(
        np.ascontiguousarray(context, np.float32),
        np.ascontiguousarray(target, np.float32),
        np.ascontiguousarray(bias, np.float32),
    )


@dataclass(frozen=True, slots=True)
class LogisticVectors:
    """Vectors and biases of a logistic LightFM, one row per feature of each side."""

    users: Floats
    user_bias: Floats
    items: Floats
    item_bias: Floats


def fit_logistic(yes: Any, users: Any, items: Any, epochs: int = 5, seed: int = 7) -> LogisticVectors:
    """Trains P(yes) of trials: one row of `users` and `items` (trials x features, sparse) and one answer
    each.

    Few dimensions and epochs, since a shopper has few answers and more would overfit. One thread, so that the same
    trials give the same bytes.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from lightfm import LightFM
    model = LightFM(
        no_components=8,
        loss="logistic",
        learning_rate=0.03,
        item_alpha=1e-4,
        user_alpha=1e-4,
        random_state=seed,
    )
    trial = np.arange(len(yes))
    marks = np.where(yes, 1, -1).astype(np.int32)
    interactions = sparse.coo_matrix((marks, (trial, trial)), shape=(len(yes), len(yes)))
    model.fit(interactions, user_features=users, item_features=items, epochs=epochs, num_threads=1)
    return LogisticVectors(model.user_embeddings, model.user_biases, model.item_embeddings, model.item_biases)
