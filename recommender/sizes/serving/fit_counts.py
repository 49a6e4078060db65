"""Counts of fit answers by product and by offset from the usual size.

The share of people with the same usual size whom a size fitted is shrunk towards the product's overall record
(8 pseudo-answers).
"""

from collections.abc import Mapping, Sequence
from enum import Enum, unique
from pathlib import Path
from typing import Any

import numpy as np

from recommender.arrays import Doubles
from recommender.errors import ModelMalformedError

OFFSETS = (-2, -1, 0, 1, 2)
_SHRINK = 8.0
_MIN_TENDENCY = 0.2
_MIN_ANSWERS = 5


@unique
class FitTendency(Enum):
    """Whether a product runs small or large."""

    SMALL = "small"
    TRUE = "true"
    LARGE = "large"
    UNKNOWN = "unknown"


class FitCounts:
    """Counted answers by product and by offset from the usual size; immutable."""

    def __init__(self, items: Sequence[str], total: Any, offsets: Any) -> None:
        self._row = {item: row for row, item in enumerate(items)}
        self._total, self._offsets = total, offsets
        pooled = offsets.sum(axis=0) + 1.0
        self._usual_share: Doubles = pooled[:, 1] / pooled.sum(axis=1)

    @staticmethod
    def of(rates: Mapping[str, Any], folder: Path) -> "FitCounts":
        """From the arrays of a model. Raises `ModelMalformedError` if they do not match."""
        try:
            items, total, offsets = rates["items"], rates["total"], rates["offsets"]
        except KeyError as error:
            raise ModelMalformedError(folder, "its tables do not match") from error
        shapes = (total.shape, offsets.shape) == ((len(items), 3), (len(items), len(OFFSETS), 3))
        if not shapes or (len(items) and (total.min() < 0 or offsets.min() < 0)):
            raise ModelMalformedError(folder, "its tables do not match")
        return FitCounts([str(item) for item in items], total, offsets)

    def __contains__(self, item: str) -> bool:
        return item in self._row

    def tendency(self, item: str) -> FitTendency:
        """Whether a product runs small or large for people who took their usual size; UNKNOWN below 8
        answers."""
        row = self._row.get(item)
        if row is None or self._total[row].sum() < _SHRINK:
            return FitTendency.UNKNOWN
        at_usual = self._offsets[row, OFFSETS.index(0)]
        small, _, large = at_usual + self._total[row] * (_SHRINK / self._total[row].sum())
        tendency = (small - large) / (at_usual.sum() + _SHRINK)
        return (
            FitTendency.SMALL
            if tendency > _MIN_TENDENCY
            else FitTendency.LARGE
            if tendency < -_MIN_TENDENCY
            else FitTendency.TRUE
        )

    def kept(self, item: str, offset: int) -> tuple[int, int]:
        """How many people kept a size at this offset from their usual one, and how many tried it; (0, 0)
        below 5."""
        row = self._row.get(item)
        counts = (
            self._offsets[row, OFFSETS.index(offset)]
            if row is not None and offset in OFFSETS
            else np.zeros(3)
        )
        return (int(counts[1]), int(counts.sum())) if counts.sum() >= _MIN_ANSWERS else (0, 0)

    def share(self, item: str, offset: int) -> float:
        """Share of people whom this offset fits, shrunk towards what all products and this product's tendency
        suggest."""
        row = self._row[item]
        counts = self._offsets[row, OFFSETS.index(offset)] if offset in OFFSETS else np.zeros(3)
        total = self._total[row] + 1.0
        tendency = (total[0] - total[2]) / total.sum()
        # a product that runs small shifts the general curve by its tendency, in sizes
        general = float(np.interp(offset - tendency * 1.5, OFFSETS, self._usual_share))
        return float((counts[1] + _SHRINK * general) / (counts.sum() + _SHRINK))
