"""Which words of a catalogue column go together: navy with camel, jacket with trousers, beyond what chance would give.

For each short column a square table holds log P(word of the missing piece | word in the room) / P(word), shrunk towards
0, from the same pairs as the co-purchase rows. A table is a bilinear form, so it folds into the item vectors.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import sparse

from recommender.arrays import Doubles, Floats, Ints
from recommender.inputs.features import is_free_text
from recommender.inputs.tables import Items

# Columns with more words than this have tables too thin to trust.
MAX_VALUES = 400
# Pairs' worth of doubt added to each word, and the largest claim a table may make.
_SHRINK, _CLAIM = 20.0, 3.0
# Directions kept of all tables before what they have in common is sought.
_FIRST = 400


@dataclass(frozen=True, slots=True)
class AttributeAffinity:
    """One column: `codes` of every item (the last code stands for "not said"), `table` word x word."""

    name: str
    codes: Ints
    table: Floats

    def of(self, room: Any, rows: Any) -> Floats:
        """Mean claim of the room's garments for each of `rows`."""
        return np.asarray(self.table[self.codes[room]].mean(axis=0)[self.codes[rows]], np.float32)


def attribute_affinities(items: Items, pairs: Any) -> tuple[AttributeAffinity, ...]:
    """The habits of every column with few words; `pairs` are item x item weights (scipy CSR)."""
    found, seen = [], set()
    for column in items.texts:
        if (
            not 2 <= len(column.values) <= MAX_VALUES
            or is_free_text(column)
            or column.codes.tobytes() in seen
        ):
            continue
        seen.add(column.codes.tobytes())
        words = len(column.values) + 1
        codes = np.where(column.codes < 0, words - 1, column.codes).astype(np.int32)
        shape = (len(items), words)
        bears = sparse.csr_matrix((np.ones(len(items)), (np.arange(len(items)), codes)), shape=shape)
        found.append(AttributeAffinity(column.name, codes, _claims((bears.T @ pairs @ bears).toarray())))
    return tuple(found)


def _claims(pair_weights: Doubles) -> Floats:
    share = pair_weights.sum(axis=0) / max(float(pair_weights.sum()), 1e-9)
    given = (pair_weights + _SHRINK * share) / (pair_weights.sum(axis=1, keepdims=True) + _SHRINK)
    claims = np.log((given + 1e-9) / (share + 1e-9))
    claims[-1, :] = claims[:, -1] = 0
    return np.asarray(np.clip(claims, -_CLAIM, _CLAIM), np.float32)


@dataclass(frozen=True, slots=True)
class VectorPair:
    """Habits as vectors: mean(context of the room) . target is the weighed sum of all claims."""

    context: Floats
    target: Floats


def fold_affinities(
    affinities: tuple[AttributeAffinity, ...], loudness: Doubles, sales: Ints, dimensions: int
) -> VectorPair:
    """The `dimensions` strongest directions of all tables together, each table times its loudness, as item vectors.

    Columns repeat each other (a colour, its shade, its family), so directions are sought in the sum of the tables, not
    in each: 31 then keep what 63 of separate tables do. Garments weigh by their sales, so that the few directions
    serve those that are met.
    """
    parts = [
        _directions(habit, float(loud), sales)
        for habit, loud in zip(affinities, loudness, strict=True)
        if loud
    ]
    if not parts:
        nothing = np.zeros((len(sales), 0), np.float32)
        return VectorPair(nothing, nothing)
    strength = np.concatenate([part[0] for part in parts])
    bar = np.sort(strength)[::-1][min(_FIRST, len(strength)) - 1]
    context = np.hstack([left[:, strong >= max(bar, 1e-9)] for strong, left, _ in parts])
    target = np.hstack([right[:, strong >= max(bar, 1e-9)] for strong, _, right in parts])
    return _strongest(context, target, (sales + 1.0) / (sales + 1.0).sum(), dimensions)


def _strongest(context: Doubles, target: Doubles, share: Doubles, dimensions: int) -> VectorPair:
    """The best approximation of context . target by fewer dimensions, items weighed by `share`."""
    (root, back), (other_root, other_back) = _root(context, share), _root(target, share)
    left, strong, right = np.linalg.svd(root.T @ other_root)
    kept = min(dimensions, int((strong > 1e-9).sum()))
    loud = np.sqrt(strong[:kept])
    return VectorPair(
        (context @ (back @ (left[:, :kept] * loud))).astype(np.float32),
        (target @ (other_back @ (right[:kept].T * loud))).astype(np.float32),
    )


def _root(vectors: Doubles, share: Doubles) -> tuple[Doubles, Doubles]:
    """A square root of the vectors' second moment, and its inverse, both within the span of the vectors."""
    values, axes = np.linalg.eigh(vectors.T @ (share[:, None] * vectors))
    real = values > values.max(initial=0) * 1e-10
    root = np.sqrt(values[real])
    return axes[:, real] * root, axes[:, real] / root


def _directions(habit: AttributeAffinity, loud: float, sales: Ints) -> tuple[Doubles, Doubles, Doubles]:
    """Strengths of one table's directions, strongest first, and the items' places along them on both sides."""
    share = np.bincount(habit.codes, weights=sales, minlength=len(habit.table)) + 1.0
    root = np.sqrt(share / share.sum())
    left, strong, right = np.linalg.svd(root[:, None] * habit.table.astype(np.float64) * loud * root)
    left, right = left / root[:, None] * np.sqrt(strong), right.T / root[:, None] * np.sqrt(strong)
    return strong, left[habit.codes], right[habit.codes]
