"""Trains the two logistic models whose vectors `sizes.serving.fit_vectors` serves."""

from typing import Any

import numpy as np
from scipy import sparse

from recommender.arrays import Longs
from recommender.looks.training.lightfm_training import fit_logistic
from recommender.sizes.serving.fit_table import LARGE, SMALL
from recommender.sizes.serving.fit_vectors import FitVectors, item_features, user_features
from recommender.sizes.serving.vocabulary import EncodedTrials, Vocabulary


def train_fit_vectors(coded: EncodedTrials, vocabulary: Vocabulary, seed: int) -> FitVectors:
    """Trains both models on answered trials."""
    users, items = _sparse(*user_features(coded, vocabulary)), _sparse(*item_features(coded, vocabulary))
    both = [fit_logistic(coded.fit != too, users, items, seed=seed) for too in (SMALL, LARGE)]
    return FitVectors(
        np.stack([each.users for each in both]),
        np.stack([each.user_bias for each in both]),
        np.stack([each.items for each in both]),
        np.stack([each.item_bias for each in both]),
    )


def _sparse(features: Longs, count: int) -> Any:
    trial, column = np.nonzero(features >= 0)
    ones = np.ones(len(trial), np.float32)
    return sparse.csr_matrix((ones, (trial, features[trial, column])), shape=(len(features), count))
