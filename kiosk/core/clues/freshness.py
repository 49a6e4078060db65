"""How long a fact counts: its confidence falls by half in each half-life, and it is gone at its expiry.

The half-lives and lifetimes are settings of this product, not measurements: a purchase says something for a season, a
visit to a web page for days, a size for years. What is shown is judged by the associates, which the ranking learns.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from kiosk.core.clues.clue import ClueSource
from kiosk.core.clues.fact import Fact

DAY_US: Final = 86_400_000_000
MIN_CONFIDENCE: Final = 0.3
"""Below it, nothing is shown."""


@dataclass(frozen=True, slots=True)
class Lifetime:
    """Days until the confidence is half, and until the fact is gone."""

    half_days: int
    days: int


LIFETIMES: Final = {
    ClueSource.PURCHASE: Lifetime(360, 720),
    ClueSource.RETURN: Lifetime(180, 360),
    ClueSource.SAVED: Lifetime(60, 180),
    ClueSource.FIT: Lifetime(360, 720),
    ClueSource.SIZES: Lifetime(720, 1080),
    ClueSource.NOTE: Lifetime(120, 180),
    ClueSource.BOOK: Lifetime(360, 720),
    ClueSource.REQUEST: Lifetime(30, 90),
    ClueSource.WEB: Lifetime(10, 30),
    ClueSource.REVIEW: Lifetime(180, 360),
}
DUE_BEFORE_US: Final = 14 * DAY_US
"""A day is near this long before it, and until `DUE_AFTER_US` after it."""
DUE_AFTER_US: Final = 7 * DAY_US


def expiry_us(fact: Fact) -> int:
    """When the fact is gone: at the time that its source names, at the latest by the rule of its source."""
    by_rule = max(fact.seen_us, fact.due_us) + LIFETIMES[fact.source].days * DAY_US
    return min(fact.expires_us, by_rule) if fact.expires_us else by_rule


def confidence(fact: Fact, now_us: int) -> float:
    """The confidence at this moment, 0 to 1; 0 from its expiry on. A fact from the future counts as of now."""
    if now_us >= expiry_us(fact):
        return 0.0
    age_days = max(0, now_us - max(fact.seen_us, fact.due_us)) / DAY_US
    kept = 0.5 ** (age_days / LIFETIMES[fact.source].half_days)
    return min(1.0, max(0.0, fact.certainty)) * float(kept)


def is_due(fact: Fact, now_us: int) -> bool:
    """Whether its day is near."""
    return fact.due_us > 0 and fact.due_us - DUE_BEFORE_US <= now_us < fact.due_us + DUE_AFTER_US
