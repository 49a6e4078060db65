"""Vocabulary of a sizes model (products, sizes, categories, shoppers), and trials encoded with it.

Shoppers are stored as 64-bit digests, not as ids; without the id, a shopper cannot be found in a model.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from typing import Any

import numpy as np

from recommender.arrays import Doubles, Ints, Longs
from recommender.sizes.serving.fit_table import FIT, FitAnswers
from recommender.sizes.serving.size_scale import size_position

# Minimum number of fitting answers for a size scale of a category's own.
MIN_SCALE_ANSWERS = 300
_DAY = 86_400.0
_SEP = "\x1f"


@dataclass(frozen=True)
class EncodedTrials:
    """Trials as numbers, one row each; -1 is unknown. `pair` is product x size, `category_size` category x size,
    `size_scale` the scale of the size, `position` its position on it (NaN without), `day` days since 1970 (NaN if
    unknown)."""

    user: Longs
    item: Longs
    pair: Longs
    category_size: Longs
    category: Longs
    size: Longs
    shape: Longs
    size_scale: Longs
    position: Doubles
    body: Doubles
    fit: Ints
    context: Longs
    day: Doubles

    def __len__(self) -> int:
        return len(self.item)

    def where(self, rows: Any) -> "EncodedTrials":
        """The marked or numbered rows."""
        return EncodedTrials(*(getattr(self, name)[rows] for name in EncodedTrials.__dataclass_fields__))


def concat_trials(first: EncodedTrials, second: EncodedTrials) -> EncodedTrials:
    """Both tables, one after the other."""
    both = {
        n: np.concatenate([getattr(first, n), getattr(second, n)]) for n in EncodedTrials.__dataclass_fields__
    }
    return EncodedTrials(**both)


@dataclass(frozen=True)
class Vocabulary:
    """Sorted values; `users` are digests. `size_scales` are (letter or number, category), with "" for all
    categories."""

    items: tuple[str, ...]
    pairs: tuple[str, ...]
    category_sizes: tuple[str, ...]
    categories: tuple[str, ...]
    sizes: tuple[str, ...]
    shapes: tuple[str, ...]
    size_scales: tuple[str, ...]
    users: Any
    contexts: tuple[str, ...] = ()

    @staticmethod
    def of(fits: FitAnswers) -> "Vocabulary":
        """The vocabulary of a training table."""
        answers_by_scale: dict[str, int] = {"0" + _SEP: MIN_SCALE_ANSWERS, "1" + _SEP: MIN_SCALE_ANSWERS}
        fitting = fits.fit == FIT
        for size, category in zip(fits.size[fitting], fits.category[fitting], strict=True):
            key = _size_scale(size, category)
            answers_by_scale[key] = answers_by_scale.get(key, 0) + 1
        return Vocabulary(
            _sorted(fits.item),
            _sorted(_combined(fits.item, fits.size)),
            _sorted(_combined(fits.category, fits.size)),
            _sorted(fits.category),
            _sorted(fits.size),
            _sorted(fits.shape),
            tuple(sorted(key for key, count in answers_by_scale.items() if count >= MIN_SCALE_ANSWERS)),
            np.unique(digests(user for user in set(fits.user) if user)),
            _sorted(fits.context),
        )

    @cached_property
    def row(self) -> Mapping[str, Mapping[str, int]]:
        """Row of each value, by the name of its list."""
        names = (
            "items",
            "pairs",
            "category_sizes",
            "categories",
            "sizes",
            "shapes",
            "size_scales",
            "contexts",
        )
        return {name: {word: at for at, word in enumerate(getattr(self, name))} for name in names}

    def code(self, fits: FitAnswers) -> EncodedTrials:
        """A table encoded as numbers."""
        positions = {size: size_position(size) for size in set(fits.size)}
        return EncodedTrials(
            self._users(fits.user),
            self._rows("items", fits.item),
            self._rows("pairs", _combined(fits.item, fits.size)),
            self._rows("category_sizes", _combined(fits.category, fits.size)),
            self._rows("categories", fits.category),
            self._rows("sizes", fits.size),
            self._rows("shapes", fits.shape),
            self._scale_rows(fits),
            np.array([positions[size][1] for size in fits.size], float),
            fits.body,
            fits.fit,
            self._rows("contexts", fits.context),
            np.where(fits.at > 0, fits.at / _DAY, np.nan),
        )

    def _rows(self, name: str, values: Iterable[str]) -> Longs:
        row = self.row[name]
        return np.array([row.get(word, -1) for word in values], np.int64)

    def _users(self, users: Iterable[str]) -> Longs:
        ids = list(users)
        if not len(self.users) or not any(ids):
            return np.full(len(ids), -1, np.int64)
        known = digests(ids)
        at = np.minimum(np.searchsorted(self.users, known), len(self.users) - 1)
        found = (self.users[at] == known) & np.array([bool(user) for user in ids], bool)
        return np.where(found, at, -1).astype(np.int64)

    def _scale_rows(self, fits: FitAnswers) -> Longs:
        row, keys = self.row["size_scales"], {}
        for pair in set(zip(fits.size, fits.category, strict=True)):
            own = _size_scale(*pair)
            keys[pair] = row.get(own, row[own[0] + _SEP])
        return np.array([keys[pair] for pair in zip(fits.size, fits.category, strict=True)], np.int64)


def digests(users: Iterable[str]) -> Any:
    """64-bit digests (BLAKE2b) of shopper ids."""
    found = [int.from_bytes(blake2b(user.encode(), digest_size=8).digest(), "big") for user in users]
    return np.array(found, np.uint64)


def _size_scale(size: str, category: str) -> str:
    return f"{int(size_position(size)[0])}{_SEP}{category}"


def _combined(first: Any, second: Any) -> list[str]:
    return [f"{a}{_SEP}{b}" for a, b in zip(first, second, strict=True)]


def _sorted(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(values) - {""}))
