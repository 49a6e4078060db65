"""Content features of items: the values of short text columns and the words of long ones."""

import re
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import sparse

from recommender.arrays import Ints
from recommender.inputs.tables import Items, TextColumn

# Values and words of fewer items, or of more than this share of all items, are not used as features.
MIN_ITEMS, MAX_ITEM_SHARE = 3, 0.25
# A column is free text if its cells hold more words than this on average.
MIN_TEXT_WORDS = 4.0
_WORD = re.compile(r"[^\W\d_]{3,}")


@dataclass(frozen=True, slots=True)
class Features:
    """Items x features (scipy CSR, values near 1), and the name of each feature as `column=value`."""

    matrix: Any
    names: tuple[str, ...]


def item_features(items: Items) -> Features:
    """The features of a catalogue. A column with the same grouping as an earlier one (a code beside its name)
    is skipped."""
    blocks: list[Any] = []
    names: list[str] = []
    seen: set[bytes] = set()
    for column in items.texts:
        grouping = _first_seen(column.codes).tobytes()
        if grouping in seen or len(column.values) < 2:
            continue
        seen.add(grouping)
        block, words = _text_features(column) if is_free_text(column) else _value_features(column)
        blocks.append(block)
        names.extend(f"{column.name}={word}" for word in words)
    if not blocks:
        return Features(sparse.csr_matrix((len(items), 0), dtype=np.float32), ())
    return Features(sparse.hstack(blocks, format="csr", dtype=np.float32), tuple(names))


def is_free_text(column: TextColumn) -> bool:
    """Whether the cells are sentences rather than values."""
    words = column.values
    return sum(word.count(" ") + 1 for word in words) > MIN_TEXT_WORDS * max(len(words), 1)


def _first_seen(codes: Ints) -> Ints:
    """Codes renumbered by first appearance, so that two columns with the same grouping become equal."""
    _, first, place = np.unique(codes, return_index=True, return_inverse=True)
    rank = np.argsort(np.argsort(first))
    return np.asarray(rank[place], np.int32)


def _value_features(column: TextColumn) -> tuple[Any, list[str]]:
    present = np.flatnonzero(column.codes >= 0)
    codes = column.codes[present]
    counts = np.bincount(codes, minlength=len(column.values))
    kept = np.flatnonzero(counts >= MIN_ITEMS)
    place = np.full(len(column.values), -1)
    place[kept] = np.arange(len(kept))
    good = place[codes] >= 0
    shape = (len(column.codes), len(kept))
    ones = np.ones(int(good.sum()), np.float32)
    matrix = sparse.csr_matrix((ones, (present[good], place[codes[good]])), shape=shape)
    return matrix, [column.values[word] for word in kept]


def _text_features(column: TextColumn) -> tuple[Any, list[str]]:
    """Bag of words of each cell, with length 1."""
    vocabulary: dict[str, int] = {}
    rows, words = [], []
    for row, sentence in enumerate(column.values):
        for word in sorted(set(_WORD.findall(sentence.lower()))):
            rows.append(row)
            words.append(vocabulary.setdefault(word, len(vocabulary)))
    ones = np.ones(len(rows), np.float32)
    word_counts = sparse.csr_matrix((ones, (rows, words)), shape=(len(column.values) + 1, len(vocabulary)))
    matrix = word_counts[np.where(column.codes >= 0, column.codes, len(column.values))]
    share = np.asarray(matrix.sum(axis=0)).ravel()
    kept = np.flatnonzero((share >= MIN_ITEMS) & (share <= MAX_ITEM_SHARE * len(column.codes)))
    matrix = matrix[:, kept].tocsr()
    length = np.sqrt(np.maximum(np.diff(matrix.indptr), 1))
    names = list(vocabulary)
    return sparse.diags(1 / length) @ matrix, [names[word] for word in kept]
