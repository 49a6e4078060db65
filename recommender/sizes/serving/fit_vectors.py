"""Two logistic models of a trial, not too small and not too large, as vectors of words; learned elsewhere.

A product's side is its id, category and size; a shopper's side her digest and her body in buckets. The identity of
(product, size) is left out on purpose: it made later answers worse.
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
    """Per side of the answer (0: not too small, 1: not too large): vectors and biases of both sides' features."""

    users: Floats
    user_bias: Floats
    items: Floats
    item_bias: Floats

    def odds(self, coded: EncodedTrials, vocabulary: Vocabulary) -> Doubles:
        """Log odds of not too small and of not too large: 2 columns."""
        users, items = user_features(coded, vocabulary)[0], item_features(coded, vocabulary)[0]
        told = []
        for side in range(2):
            met = (_total(self.users[side], users) * _total(self.items[side], items)).sum(axis=1)
            told.append(met + _total(self.user_bias[side], users) + _total(self.item_bias[side], items))
        return np.stack(told, axis=1)


def user_features(coded: EncodedTrials, vocabulary: Vocabulary) -> tuple[Longs, int]:
    """Feature numbers of a shopper's side (trials x kinds: herself, shape, buckets of measures; -1 unknown), and how
    many features there are. What was not told of a body is a bucket of its own: silence says something too."""
    shape = np.where(coded.shape >= 0, coded.shape, len(vocabulary.shapes))
    kinds = [(coded.user, len(vocabulary.users)), (shape, len(vocabulary.shapes) + 1)]
    for at, name in enumerate(BODY):
        edges = _EDGES[name]
        known = ~np.isnan(coded.body[:, at])
        bucket = np.where(known, np.digitize(np.nan_to_num(coded.body[:, at]), edges), len(edges) + 1)
        kinds.append((bucket, len(edges) + 2))
    return _numbered(kinds)


def item_features(coded: EncodedTrials, vocabulary: Vocabulary) -> tuple[Longs, int]:
    """The same of a product's side: id, category, size."""
    sides = (
        (coded.item, vocabulary.items),
        (coded.category, vocabulary.categories),
        (coded.size, vocabulary.sizes),
    )
    return _numbered([(rows, len(names)) for rows, names in sides])


def _numbered(kinds: list[tuple[Any, int]]) -> tuple[Longs, int]:
    before, columns = 0, []
    for rows, many in kinds:
        columns.append(np.where(rows >= 0, rows + before, -1))
        before += many
    return np.stack(columns, axis=1).astype(np.int64), before


def _total(table: Floats, features: Longs) -> Doubles:
    found = take_rows(table, features[:, 0])
    for at in range(1, features.shape[1]):
        found = found + take_rows(table, features[:, at])
    return found
