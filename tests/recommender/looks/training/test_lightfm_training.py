"""Trained vectors: equal to LightFM's predictions, and deterministic."""

import numpy as np

from recommender.inputs.baskets import baskets_of
from recommender.inputs.features import item_features
from recommender.inputs.tables import Events, Items
from recommender.looks.signals.training_rows import training_rows
from recommender.looks.training.hyperparameters import Hyperparameters
from recommender.looks.training.lightfm_training import fit_lightfm, train_vectors
from tests.recommender.quick import QUICK, silent


def test_served_vectors_give_the_predictions_of_lightfm(tables: tuple[Items, Events]) -> None:
    items, events = tables
    rows = training_rows(baskets_of(events), len(items), 7)
    features = item_features(items).matrix * np.float32(0.12)
    sold = np.bincount(events.item, minlength=len(items)) > 0
    model, described, learned = fit_lightfm(rows, features, sold, QUICK, silent)
    users = (rows.others @ described).tocsr().astype(np.float32)
    wanted = np.flatnonzero(sold)
    for row in (0, 5, 77):
        predicted = model.predict(
            np.full(len(wanted), row),
            np.arange(len(wanted)),
            item_features=described[wanted],
            user_features=users,
        )
        room = rows.others[row].indices
        ours = learned.target[wanted] @ learned.context[room].mean(axis=0) + learned.bias[wanted]
        assert np.ptp((predicted - ours).astype(np.float64)) < 1e-5


def test_one_thread_and_a_seed_give_the_same_vectors(tables: tuple[Items, Events]) -> None:
    items, events = tables
    rows = training_rows(baskets_of(events), len(items), 7)
    features = item_features(items).matrix * np.float32(0.12)
    sold = np.bincount(events.item, minlength=len(items)) > 0
    a, b = (train_vectors(rows, features, sold, QUICK, silent) for _ in range(2))
    assert a.target.tobytes() == b.target.tobytes()
    other = train_vectors(rows, features, sold, Hyperparameters(dimensions=16, epochs=3, seed=8), silent)
    assert a.target.tobytes() != other.target.tobytes()
