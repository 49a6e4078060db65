"""How a product sits on those who answered, by counting: what the mirror may say in numbers.

The share of people with the same usual size whom a size fitted is drawn towards what the product's whole record says
where few have tried it (shrinkage by 8 answers).
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
_LEAN = 0.2
_COUNTED = 5


@unique
class FitTendency(Enum):
    """How a product sits on those who answered."""

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
        """From the arrays of a model. Errors: ModelMalformedError where they do not fit together."""
        try:
            items, total, offsets = rates["items"], rates["total"], rates["offsets"]
        except KeyError as absent:
            raise ModelMalformedError(folder, "its tables do not fit together") from absent
        shapes = (total.shape, offsets.shape) == ((len(items), 3), (len(items), len(OFFSETS), 3))
        if not shapes or (len(items) and (total.min() < 0 or offsets.min() < 0)):
            raise ModelMalformedError(folder, "its tables do not fit together")
        return FitCounts([str(item) for item in items], total, offsets)

    def __contains__(self, item: str) -> bool:
        return item in self._row

    def sits(self, item: str) -> FitTendency:
        """How a product sits on those who took their usual size; UNKNOWN below 8 answers."""
        row = self._row.get(item)
        if row is None or self._total[row].sum() < _SHRINK:
            return FitTendency.UNKNOWN
        at_usual = self._offsets[row, OFFSETS.index(0)]
        small, _, large = at_usual + self._total[row] * (_SHRINK / self._total[row].sum())
        lean = (small - large) / (at_usual.sum() + _SHRINK)
        return FitTendency.SMALL if lean > _LEAN else FitTendency.LARGE if lean < -_LEAN else FitTendency.TRUE

    def kept(self, item: str, offset: int) -> tuple[int, int]:
        """How many kept a size so far from their usual one, and how many tried it; 0 and 0 below 5 of them."""
        row = self._row.get(item)
        counts = (
            self._offsets[row, OFFSETS.index(offset)]
            if row is not None and offset in OFFSETS
            else np.zeros(3)
        )
        return (int(counts[1]), int(counts.sum())) if counts.sum() >= _COUNTED else (0, 0)

    def share(self, item: str, offset: int) -> float:
        """Share whom this offset fits: own count, drawn towards what other products and this one's lean suggest."""
        row = self._row[item]
        counts = self._offsets[row, OFFSETS.index(offset)] if offset in OFFSETS else np.zeros(3)
        total = self._total[row] + 1.0
        lean = (total[0] - total[2]) / total.sum()
        # A product that runs small moves the general curve of shares up by its lean, in sizes.
        general = float(np.interp(offset - lean * 1.5, OFFSETS, self._usual_share))
        return float((counts[1] + _SHRINK * general) / (counts.sum() + _SHRINK))
