"""Trains the two logistic models whose vectors `sizes.serving.fit_vectors` serves."""

from typing import Any

import numpy as np
from scipy import sparse

from recommender.arrays import Longs
from recommender.looks.training.lightfm_training import fit_logistic
from recommender.sizes.serving.fit_table import LARGE, SMALL
from recommender.sizes.serving.fit_vectors import FitVectors, item_features, user_features
from recommender.sizes.serving.vocabulary import EncodedTrials, Vocabulary

MODELS = 3
"""Models with different seeds whose log odds are averaged: one alone depends on its seed."""


def train_fit_vectors(coded: EncodedTrials, vocabulary: Vocabulary, seed: int) -> FitVectors:
    """Trains both models on answered trials, each `MODELS` times.

    The mean of the log odds is the product of the vectors of all of them, one after the other, divided by their number.
    """
    users, items = _sparse(*user_features(coded, vocabulary)), _sparse(*item_features(coded, vocabulary))
    sides = [
        [fit_logistic(coded.fit != too, users, items, seed=seed + more) for more in range(MODELS)]
        for too in (SMALL, LARGE)
    ]
    return FitVectors(
        np.stack([np.hstack([each.users for each in side]) / np.float32(MODELS) for side in sides]),
        np.stack([np.mean([each.user_bias for each in side], axis=0) for side in sides]),
        np.stack([np.hstack([each.items for each in side]) for side in sides]),
        np.stack([np.mean([each.item_bias for each in side], axis=0) for side in sides]),
    )


def _sparse(features: Longs, count: int) -> Any:
    trial, column = np.nonzero(features >= 0)
    ones = np.ones(len(trial), np.float32)
    return sparse.csr_matrix((ones, (trial, features[trial, column])), shape=(len(features), count))
