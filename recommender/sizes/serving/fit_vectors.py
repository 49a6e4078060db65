"""Vectors of two logistic models of a trial: not too small, and not too large. Trained in `sizes.training`.

The product side has id, category and size; the shopper side her digest and her body in buckets. The
combination (product, size) is left out because it made later answers worse.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np

from recommender.arrays import Doubles, Floats, Longs
from recommender.sizes.serving.fit_statistics import take_rows
from recommender.sizes.serving.fit_table import BODY
from recommender.sizes.serving.vocabulary import EncodedTrials, Vocabulary

_EDGES = {
    "weight_lbs": tuple(range(100, 220, 10)),
    "height_in": tuple(range(58, 74)),
    "age": (20, 25, 30, 35, 40, 45, 50, 60),
    "bust_size_num": (30, 32, 34, 36, 38, 40, 42),
    "bust_size_letter": tuple(range(13)),
}


@dataclass(frozen=True)
class FitVectors:
    """Vectors and biases of both sides' features, for each model (0: not too small, 1: not too large)."""

    users: Floats
    user_bias: Floats
    items: Floats
    item_bias: Floats

    def odds(self, coded: EncodedTrials, vocabulary: Vocabulary) -> Doubles:
        """Log odds of not too small and of not too large: 2 columns."""
        users, items = user_features(coded, vocabulary)[0], item_features(coded, vocabulary)[0]
        odds = []
        for side in range(2):
            products = (_total(self.users[side], users) * _total(self.items[side], items)).sum(axis=1)
            odds.append(products + _total(self.user_bias[side], users) + _total(self.item_bias[side], items))
        return np.stack(odds, axis=1)


def user_features(coded: EncodedTrials, vocabulary: Vocabulary) -> tuple[Longs, int]:
    """Feature numbers of the shopper side (trials x kinds: shopper, shape, buckets of measures; -1 unknown),
    and the number of features. A measure that is not stated has a bucket of its own, since this is
    informative."""
    shape = np.where(coded.shape >= 0, coded.shape, len(vocabulary.shapes))
    groups = [(coded.user, len(vocabulary.users)), (shape, len(vocabulary.shapes) + 1)]
    for at, name in enumerate(BODY):
        edges = _EDGES[name]
        known = ~np.isnan(coded.body[:, at])
        bucket = np.where(known, np.digitize(np.nan_to_num(coded.body[:, at]), edges), len(edges) + 1)
        groups.append((bucket, len(edges) + 2))
    return _numbered(groups)


def item_features(coded: EncodedTrials, vocabulary: Vocabulary) -> tuple[Longs, int]:
    """The same for the product side: id, category, size."""
    sides = (
        (coded.item, vocabulary.items),
        (coded.category, vocabulary.categories),
        (coded.size, vocabulary.sizes),
    )
    return _numbered([(rows, len(names)) for rows, names in sides])


def _numbered(groups: list[tuple[Any, int]]) -> tuple[Longs, int]:
    before, columns = 0, []
    for rows, count in groups:
        columns.append(np.where(rows >= 0, rows + before, -1))
        before += count
    return np.stack(columns, axis=1).astype(np.int64), before


def _total(table: Floats, features: Longs) -> Doubles:
    found = take_rows(table, features[:, 0])
    for at in range(1, features.shape[1]):
        found = found + take_rows(table, features[:, at])
    return found
