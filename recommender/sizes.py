"""Which size to hand over, from counted fit answers: the serving part, numpy only.

The score of a size is the share of people with that usual size whom it fitted, drawn towards what the product's whole
record says where few have tried it (shrinkage by 8 answers). One size is stated alone only where it is clearly ahead.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, unique
from pathlib import Path
from typing import Any

import numpy as np

from recommender.errors import ModelMalformedError
from recommender.seal import read_sealed

KIND = "cheval-fit-rates-1"
FITS = ("small", "fit", "large")
OFFSETS = (-2, -1, 0, 1, 2)
_ALPHA = ("XXXS", "XXS", "XS", "S", "M", "L", "XL", "XXL", "XXXL")
_SHRINK = 8.0
_CLEAR = 0.12
_STATED = 0.6


def position(size: str) -> tuple[bool, float]:
    """Whether a size is a letter, and its place on its ladder; numbers count in steps of two, shoes in steps of one."""
    if size in _ALPHA:
        return True, float(_ALPHA.index(size))
    try:
        number = float(size.replace(",", "."))
    except ValueError:
        return True, float("nan")
    return False, number


@unique
class Sits(Enum):
    """How a product sits on those who answered."""

    SMALL = "small"
    TRUE = "true"
    LARGE = "large"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class SizeChoice:
    """Sizes to hand over, best first; `kept` of `of` people with the same usual size found the first to fit."""

    sizes: tuple[str, ...]
    confidence: float
    sits: Sits
    kept: int = 0
    of: int = 0


class SizeAdvisor:
    """Counted answers by product; immutable and safe for many threads. Made by `open`."""

    def __init__(self, items: Sequence[str], total: Any, offsets: Any) -> None:
        self._row = {item: row for row, item in enumerate(items)}
        self._total, self._offsets = total, offsets
        pooled = offsets.sum(axis=0) + 1.0
        self._usual_share = pooled[:, 1] / pooled.sum(axis=1)

    @staticmethod
    def open(folder: Path) -> SizeAdvisor:
        """The proved model of a folder. Errors: ModelError for anything that must not be served."""
        rates = read_sealed(folder, KIND).arrays["rates"]
        items, total, offsets = rates["items"], rates["total"], rates["offsets"]
        shapes = (total.shape, offsets.shape) == ((len(items), 3), (len(items), len(OFFSETS), 3))
        if not shapes or (len(items) and (total.min() < 0 or offsets.min() < 0)):
            raise ModelMalformedError(folder, "its tables do not fit together")
        return SizeAdvisor([str(item) for item in items], total, offsets)

    def sits(self, item: str) -> Sits:
        """How a product sits on those who took their usual size; UNKNOWN below 8 answers."""
        row = self._row.get(item)
        if row is None or self._total[row].sum() < _SHRINK:
            return Sits.UNKNOWN
        at_usual = self._offsets[row, OFFSETS.index(0)]
        small, _, large = at_usual + self._total[row] * (_SHRINK / self._total[row].sum())
        lean = (small - large) / (at_usual.sum() + _SHRINK)
        return Sits.SMALL if lean > 0.2 else Sits.LARGE if lean < -0.2 else Sits.TRUE

    def choose(self, item: str, run: Sequence[str], usual: str) -> SizeChoice:
        """Sizes of `run` (smallest first) for somebody whose usual size is `usual`; none where nothing is known."""
        row = self._row.get(item)
        if row is None or usual not in run:
            return SizeChoice((), 0.0, Sits.UNKNOWN)
        at = run.index(usual)
        scored = sorted(
            (
                (self._score(row, offset), -abs(offset), run[at + offset], offset)
                for offset in OFFSETS
                if 0 <= at + offset < len(run)
            ),
            reverse=True,
        )
        best, second = scored[0], scored[1] if len(scored) > 1 else (0.0, 0, "", 0)
        clear = best[0] - second[0] >= _CLEAR
        confidence = best[0] if clear else min(best[0], _STATED - 0.01)
        counts = self._offsets[row, OFFSETS.index(best[3])]
        sizes = tuple(size for _, _, size, _ in scored[:2] if size)
        return SizeChoice(sizes, round(confidence, 3), self.sits(item), int(counts[1]), int(counts.sum()))

    def _score(self, row: int, offset: int) -> float:
        """Share whom this offset fits: own count, drawn towards what others' products and this one's lean suggest."""
        counts = self._offsets[row, OFFSETS.index(offset)]
        total = self._total[row] + 1.0
        lean = (total[0] - total[2]) / total.sum()
        # A product that runs small moves the general curve of shares up by its lean, in sizes.
        general = float(np.interp(offset - lean * 1.5, OFFSETS, self._usual_share))
        return float((counts[1] + _SHRINK * general) / (counts.sum() + _SHRINK))
