"""From which score on a review may be called good or bad: calibrated on the shop's own starred texts, by language.

One half of the texts chooses the threshold: the lowest one from which on the lower end of the Wilson interval (95 %,
Wilson 1927) of the precision reaches `MIN_PRECISION`. The other half measures it. What does not reach `MIN_PRECISION`
there, or was measured on fewer than `MIN_TEXTS`, is never shown.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import Enum, unique
from math import sqrt
from typing import Final

MIN_PRECISION: Final = 0.8
MIN_TEXTS: Final = 40
_STEPS: Final = tuple(step / 20 for step in range(1, 20))
_Z: Final = 1.96


@unique
class Opinion(Enum):
    """What a text says of the garment, by its stars or by a person. The values are stored."""

    GOOD = "good"
    BAD = "bad"
    MIXED = "mixed"


@dataclass(frozen=True, slots=True)
class RatedText:
    """A text with the opinion of who wrote it, and its score by the lexicon (None: it has none)."""

    text: str = field(repr=False)
    language: str
    opinion: Opinion
    score: float | None


@dataclass(frozen=True, slots=True)
class Shown:
    """Reviews from this score on are shown; `precision` was measured on `texts` that did not choose the threshold."""

    threshold: float
    precision: float
    texts: int


@dataclass(frozen=True, slots=True)
class OfLanguage:
    """The calibration of one language; None: such reviews are never shown. `unsure`: share of texts not shown."""

    language: str
    texts: int
    good: Shown | None
    bad: Shown | None
    unsure: float


def calibrate(rated: Iterable[RatedText]) -> tuple[OfLanguage, ...]:
    """The calibration of each language that has texts, by language."""
    by_language: dict[str, list[RatedText]] = {}
    for one in rated:
        by_language.setdefault(one.language, []).append(one)
    return tuple(_of_language(language, by_language[language]) for language in sorted(by_language))


def _of_language(language: str, rated: Sequence[RatedText]) -> OfLanguage:
    chooses = [one for one in rated if _half(one)]
    measures = [one for one in rated if not _half(one)]
    good, bad = (_shown(chooses, measures, side) for side in (Opinion.GOOD, Opinion.BAD))
    shown = sum(
        side is not None and is_from(one.score, side.threshold, opinion)
        for one in measures
        for side, opinion in ((good, Opinion.GOOD), (bad, Opinion.BAD))
    )
    return OfLanguage(language, len(rated), good, bad, 1 - shown / len(measures) if measures else 1.0)


def _half(one: RatedText) -> bool:
    """The same text is always in the same half, so that a copy never measures what it has chosen."""
    return hashlib.sha256(one.text.encode()).digest()[0] % 2 == 0


def _shown(chooses: Sequence[RatedText], measures: Sequence[RatedText], side: Opinion) -> Shown | None:
    for threshold in _STEPS:
        right, count = _counted(chooses, threshold, side)
        if count >= MIN_TEXTS and lower_end(right, count) >= MIN_PRECISION:
            right, count = _counted(measures, threshold, side)
            good_enough = count >= MIN_TEXTS and right / count >= MIN_PRECISION
            return Shown(threshold, round(right / count, 3), count) if good_enough else None
    return None


def _counted(rated: Sequence[RatedText], threshold: float, side: Opinion) -> tuple[int, int]:
    found = [one.opinion is side for one in rated if is_from(one.score, threshold, side)]
    return sum(found), len(found)


def is_from(score: float | None, threshold: float, side: Opinion) -> bool:
    """Whether a score is at least so good, or at least so bad."""
    return score is not None and (score if side is Opinion.GOOD else -score) >= threshold


def lower_end(right: int, count: int) -> float:
    """The lower end of the Wilson interval (95 %) of a share."""
    share, spread = right / count, _Z * _Z / count
    return (share + spread / 2 - _Z * sqrt((share * (1 - share) + spread / 4) / count)) / (1 + spread)
