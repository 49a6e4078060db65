"""Counts fit answers of a product by the offset from the shopper's usual size.

A shopper's usual size in a category is the size that most often fitted her in other products. Bodies are not
used here.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from recommender.arrays import Longs
from recommender.sizes.serving.fit_counts import OFFSETS
from recommender.sizes.serving.fit_table import FIT_CLASSES, FitAnswers
from recommender.sizes.serving.size_scale import size_position


@dataclass(frozen=True, slots=True)
class AnsweredTrial:
    """One fit answer; `fit` is small, fit or large."""

    user: str
    item: str
    category: str
    size: str
    fit: str


def counts_of(fits: FitAnswers) -> tuple[dict[str, Any], int]:
    """Arrays of answers by product and by product and offset, and the number of answers with a known usual
    size."""
    answers = [
        AnsweredTrial(user, item, category, size, FIT_CLASSES[fit])
        for user, item, category, size, fit in zip(
            fits.user, fits.item, fits.category, fits.size, fits.fit, strict=True
        )
    ]
    counts: dict[str, Longs] = defaultdict(lambda: np.zeros((len(OFFSETS), len(FIT_CLASSES)), np.int64))
    total: dict[str, Longs] = defaultdict(lambda: np.zeros(len(FIT_CLASSES), np.int64))
    placed = 0
    for item, offset, fit in _placed(answers, total):
        counts[item][OFFSETS.index(offset), FIT_CLASSES.index(fit)] += 1
        placed += 1
    items = sorted(total)
    arrays = {
        "items": np.array(items, np.str_),
        "total": np.array([total[i] for i in items], np.int64).reshape(-1, len(FIT_CLASSES)),
        "offsets": np.array([counts[i] for i in items], np.int64).reshape(-1, len(OFFSETS), len(FIT_CLASSES)),
    }
    return arrays, placed


def _placed(answers: Iterable[AnsweredTrial], total: dict[str, Longs]) -> Iterable[tuple[str, int, str]]:
    """(product, offset, fit) of every answer whose shopper's usual size is known from other products."""
    by_person: dict[tuple[str, str, bool], list[AnsweredTrial]] = defaultdict(list)
    positions: dict[tuple[str, bool], set[float]] = defaultdict(set)
    for answer in answers:
        total[answer.item][FIT_CLASSES.index(answer.fit)] += 1
        letter, position = size_position(answer.size)
        if position == position and answer.user:
            by_person[answer.user, answer.category, letter].append(answer)
            positions[answer.category, letter].add(position)
    steps = {
        kind: {position: step for step, position in enumerate(sorted(seen))}
        for kind, seen in positions.items()
    }
    for (_, category, letter), own in by_person.items():
        step = steps[category, letter]
        for answer in own:
            usual = _usual(own, answer.item)
            offset = step[size_position(answer.size)[1]] - step[size_position(usual)[1]] if usual else None
            if offset in OFFSETS:
                yield answer.item, offset, answer.fit


def _usual(own: Sequence[AnsweredTrial], but: str) -> str | None:
    fitting = Counter(a.size for a in own if a.item != but and a.fit == "fit")
    return min(fitting, key=lambda size: (-fitting[size], size)) if fitting else None
