"""How much a source is worth: learned from what associates called useful and wrong.

The expected share of useful clues, as the mean of a beta distribution (Gelman et al., Bayesian Data Analysis, section
2.4). A source begins with a prior that is worth `PRIOR_WEIGHT` answers; the same source shown for another reason is
counted apart and begins with what is known of the source.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, unique
from typing import Final

from kiosk.core.clues.clue import ClueSource, Why

PRIOR_SHARE: Final = 0.7
"""Expected share of useful clues of a source of which nothing is known: high, so that each is tried."""
PRIOR_WEIGHT: Final = 6.0
SOURCE_WEIGHT: Final = 10.0
"""Answers that the share of the whole source is worth for one of its reasons."""
OWN_WEIGHT: Final = 4.0
"""Answers that the shop's share is worth for one member."""


@unique
class Verdict(Enum):
    """What an associate says of a clue. The values are stored."""

    USEFUL = "useful"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Counts:
    """Answers to clues of one source."""

    useful: int = 0
    wrong: int = 0

    def plus(self, verdict: Verdict) -> Counts:
        """With one answer more."""
        useful = verdict is Verdict.USEFUL
        return Counts(self.useful + useful, self.wrong + (not useful))


NO_ANSWERS: Final = Counts()


@dataclass(frozen=True, slots=True)
class Trust:
    """Answers of the whole shop by source and reason, and those about one member by source."""

    shop: Mapping[tuple[ClueSource, Why], Counts]
    member: Mapping[ClueSource, Counts]

    def share(self, source: ClueSource, why: Why) -> float:
        """Expected share of useful clues of this source, shown for this reason to the associate of this member."""
        of_source = [counts for (one, _), counts in self.shop.items() if one is source]
        whole = Counts(sum(c.useful for c in of_source), sum(c.wrong for c in of_source))
        of_whole = _mean(whole, PRIOR_SHARE, PRIOR_WEIGHT)
        of_reason = _mean(self.shop.get((source, why), NO_ANSWERS), of_whole, SOURCE_WEIGHT)
        return _mean(self.member.get(source, NO_ANSWERS), of_reason, OWN_WEIGHT)


NO_TRUST: Final = Trust({}, {})


def _mean(counts: Counts, prior: float, weight: float) -> float:
    return (counts.useful + prior * weight) / (counts.useful + counts.wrong + weight)
