"""Teaches the two logistic models whose vectors `fit_vectors` serves."""

from typing import Any

import numpy as np
from scipy import sparse

from recommender.arrays import Longs
from recommender.looks.training.lightfm_door import fit_logistic
from recommender.sizes.serving.fit_table import LARGE, SMALL
from recommender.sizes.serving.vectors import FitVectors, items_of, users_of
from recommender.sizes.serving.vocabulary import Coded, FitWords


def teach(coded: Coded, words: FitWords, seed: int) -> FitVectors:
    """Fits both models on answered trials."""
    users, items = _sparse(*users_of(coded, words)), _sparse(*items_of(coded, words))
    both = [fit_logistic(coded.fit != too, users, items, seed=seed) for too in (SMALL, LARGE)]
    return FitVectors(
        np.stack([each.users for each in both]),
        np.stack([each.user_bias for each in both]),
        np.stack([each.items for each in both]),
        np.stack([each.item_bias for each in both]),
    )


def _sparse(features: Longs, many: int) -> Any:
    trial, kind = np.nonzero(features >= 0)
    ones = np.ones(len(trial), np.float32)
    return sparse.csr_matrix((ones, (trial, features[trial, kind])), shape=(len(features), many))
