"""Teaches LightFM which garment is missing from a room; the only file that imports lightfm.

Only items with sales take part: an item that was never sold can only be met as a negative, from which WARP would
learn that new arrivals are bad.
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
    """What training leaves: a garment's vector as part of a room, and its vector and bias as the missing piece.

    All three have one row per item of the catalogue; `context` and `target` share their dimension.
    """

    context: Floats
    target: Floats
    bias: Floats


def train_vectors(
    rows: TrainingRows,
    features: Any,
    sold: Any,
    recipe: Hyperparameters,
    progress: Progress,
    *,
    ids: bool = True,
) -> LightFMVectors:
    """Fits on `rows`; `features` (items x features, already weighed) also describe items that were never sold.

    `sold` marks the items with an identity of their own; with `ids=False` garments are features only, which is how
    new arrivals are ranked.
    """
    return (
        fit_lightfm(rows, features, sold, recipe, progress, ids=ids)[2]
        if len(rows.missing)
        else _nothing(len(sold))
    )


def fit_lightfm(
    rows: TrainingRows,
    features: Any,
    sold: Any,
    recipe: Hyperparameters,
    progress: Progress,
    *,
    ids: bool = True,
) -> tuple[Any, Any, LightFMVectors]:
    """The LightFM model itself, what each item was described by, and what was learned; for those who compare."""
    model = _model(recipe, ids)
    described = _described(features, sold, ids)
    active = np.flatnonzero(sold)
    users = (rows.others @ described).tocsr().astype(np.float32)
    place = np.full(len(sold), -1, np.int32)
    place[active] = np.arange(len(active), dtype=np.int32)
    shape = (len(rows.missing), len(active))
    wanted = sparse.coo_matrix(
        (np.ones(shape[0], np.float32), (np.arange(shape[0]), place[rows.missing])), shape=shape
    )
    weight = sparse.coo_matrix((rows.weight, (wanted.row, wanted.col)), shape=shape)
    epochs = recipe.epochs if ids else recipe.arrival_epochs
    for epoch in range(epochs):
        model.fit_partial(
            wanted,
            user_features=users,
            item_features=described[active],
            sample_weight=weight,
            epochs=1,
            num_threads=recipe.threads,
        )
        progress("learning looks" if ids else "learning new arrivals", (epoch + 1) / epochs)
    return model, described, _read(model, described)


def _model(recipe: Hyperparameters, ids: bool) -> Any:
    with warnings.catch_warnings():
        # it warns where it was built without OpenMP; one thread is what we ask for anyway
        warnings.simplefilter("ignore")
        from lightfm import LightFM
    return LightFM(
        no_components=recipe.dimensions if ids else recipe.arrival_dimensions,
        loss="warp",
        learning_rate=recipe.learning_rate,
        max_sampled=recipe.max_sampled,
        item_alpha=recipe.alpha,
        user_alpha=recipe.alpha,
        random_state=recipe.seed,
    )


def _described(features: Any, sold: Any, ids: bool) -> Any:
    """Items x (identity of sold items | features). An unsold item has features only: its identity was never trained."""
    if not ids:
        return sparse.csr_matrix(features, dtype=np.float32)
    active = np.flatnonzero(sold)
    ones = np.ones(len(active), np.float32)
    identity = sparse.csr_matrix((ones, (active, np.arange(len(active)))), shape=(len(sold), len(active)))
    return sparse.hstack([identity, features], format="csr", dtype=np.float32)


def _nothing(items: int) -> LightFMVectors:
    """No basket held two garments: vectors that say nothing."""
    return LightFMVectors(
        np.zeros((items, 1), np.float32), np.zeros((items, 1), np.float32), np.zeros(items, np.float32)
    )


def _read(model: Any, described: Any) -> LightFMVectors:
    context = described @ model.user_embeddings
    target = described @ model.item_embeddings
    bias = described @ model.item_biases
    return LightFMVectors(
        np.ascontiguousarray(context, np.float32),
        np.ascontiguousarray(target, np.float32),
        np.ascontiguousarray(bias, np.float32),
    )


@dataclass(frozen=True, slots=True)
class Logistic:
    """Vectors and biases of a logistic LightFM, one row per feature of the two sides."""

    users: Floats
    user_bias: Floats
    items: Floats
    item_bias: Floats


def fit_logistic(yes: Any, users: Any, items: Any, epochs: int = 5, seed: int = 7) -> Logistic:
    """Learns P(yes) of trials, one row of `users` and `items` (trials x features, sparse) and one answer each.

    Eight dimensions, alpha 1e-4, rate .03 and five rounds were best on rental answers; more rounds overfit.
    One thread, so that the same trials give the same bytes.
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
    answers = sparse.coo_matrix((marks, (trial, trial)), shape=(len(yes), len(yes)))
    model.fit(answers, user_features=users, item_features=items, epochs=epochs, num_threads=1)
    return Logistic(model.user_embeddings, model.user_biases, model.item_embeddings, model.item_biases)
