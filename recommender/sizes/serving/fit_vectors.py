"""Vectors of two logistic models of a trial: not too small, and not too large. Trained in `sizes.training`.

The product side has id, category and size; the shopper side her digest and her body in buckets. The
combination (product, size) is left out because it made later answers worse.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np

from recommender.arrays import Doubles, Floats, Longs
from recommender.sizes.serving.fit_table import BODY
from recommender.sizes.serving.vocabulary import EncodedTrials, Vocabulary

_EDGES = {
    "weight_lbs": tuple(range(100, 220, 10)),
    "height_in": tuple(range(58, 74)),
    "age": (20, 25, 30, 35, 40, 45, 50, 60),
    "bust_size_num": (30, 32, 34, 36, 38, 40, 42),
    "bust_size_letter": tuple(range(13)),
}
_BOUNDS = [np.array(_EDGES[name], float) for name in BODY]
BODY_BUCKETS = sum(len(edges) + 2 for edges in _BOUNDS)
"""Features of the measures, see `user_features`."""
_ROWS = 4096
"""Trials that are computed at once, for the size of scratch arrays."""


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
        parts = [
            self._odds(users[at : at + _ROWS], items[at : at + _ROWS]) for at in range(0, len(users), _ROWS)
        ]
        return np.concatenate([np.zeros((0, 2)), *parts])

    def grid_odds(self, bodies: EncodedTrials, sizes: EncodedTrials, vocabulary: Vocabulary) -> Doubles:
        """The same for every size (of `sizes`) by every body (of `bodies`): the rows of one body follow each other."""
        users, items = user_features(bodies, vocabulary)[0], item_features(sizes, vocabulary)[0]
        products = _totals(self.users, users) @ _totals(self.items, items).transpose(0, 2, 1)
        biases = _totals(self.user_bias, users)[:, :, None] + _totals(self.item_bias, items)[:, None, :]
        found: Doubles = (products + biases).reshape(2, -1).T
        return found

    def _odds(self, users: Longs, items: Longs) -> Doubles:
        products = (_totals(self.users, users) * _totals(self.items, items)).sum(axis=2)
        found: Doubles = (products + _totals(self.user_bias, users) + _totals(self.item_bias, items)).T
        return found


def user_features(coded: EncodedTrials, vocabulary: Vocabulary) -> tuple[Longs, int]:
    """Feature numbers of the shopper side (trials x kinds: shopper, shape, buckets of measures; -1 unknown),
    and the number of features. A measure that is not stated has a bucket of its own, since this is
    informative."""
    shape = np.where(coded.shape >= 0, coded.shape, len(vocabulary.shapes))
    groups = [(coded.user, len(vocabulary.users)), (shape, len(vocabulary.shapes) + 1)]
    unknown = np.isnan(coded.body)
    for at, edges in enumerate(_BOUNDS):
        bucket = np.searchsorted(edges, coded.body[:, at], side="right")
        groups.append((np.where(unknown[:, at], len(edges) + 1, bucket), len(edges) + 2))
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
    ends = np.cumsum([count for _, count in groups])
    columns = np.stack([rows for rows, _ in groups], axis=1).astype(np.int64)
    before = np.concatenate([[0], ends[:-1]])
    return np.where(columns >= 0, columns + before, -1), int(ends[-1])


def _totals(tables: Floats, features: Longs) -> Any:
    """The sum of the rows of each table that a trial's features number; tables x trials (x dimensions)."""
    if not tables.shape[1]:
        return np.zeros((len(tables), len(features), *tables.shape[2:]), np.float32)
    known = (features >= 0).reshape(*features.shape, *(1,) * (tables.ndim - 2))
    return np.where(known, tables[:, features], np.float32(0)).sum(axis=2)
