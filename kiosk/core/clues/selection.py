"""Which clues are shown on a card: at most three, the most useful by expectation, no source and no garment twice."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Final

from kiosk.core.clues.clue import MAX_SHOWN, Clue, ClueKind, ClueSource, Why
from kiosk.core.clues.fact import Fact
from kiosk.core.clues.freshness import MIN_CONFIDENCE, confidence, expiry_us, is_due
from kiosk.core.clues.trust import NO_TRUST, Trust

_NEAR: Final = {Why.DUE: 1.0, Why.STYLE_HERE: 0.95, Why.CATEGORY_HERE: 0.8, Why.RECENT: 0.6}
"""How near a fact is to this visit. Settings of this product; what they are worth is learned (`trust`)."""
_TIMED: Final = frozenset({ClueKind.DATE, ClueKind.FOLLOW_UP})


@dataclass(frozen=True, slots=True)
class Moment:
    """The visit that clues are wanted for: time, and the styles and categories that are in the room."""

    now_us: int
    styles: frozenset[str] = field(default=frozenset())
    categories: frozenset[str] = field(default=frozenset())


def reason(fact: Fact, moment: Moment) -> Why:
    """Why a fact would be shown now."""
    if is_due(fact, moment.now_us):
        return Why.DUE
    if fact.style and fact.style in moment.styles:
        return Why.STYLE_HERE
    if fact.category and fact.category in moment.categories:
        return Why.CATEGORY_HERE
    return Why.RECENT


def select(
    facts: Iterable[Fact], moment: Moment, trust: Trust = NO_TRUST, wrong: Collection[str] = ()
) -> tuple[Clue, ...]:
    """The clues of a card, the best first. `wrong`: ids of statements that were called wrong; they never come back.

    Of the same statement from two sources the better one counts. A day or follow-up is shown near its day alone.
    """
    rated = [_rated(fact, moment, trust) for fact in facts if fact.clue_id not in wrong]
    rated = [one for one in rated if _may(one, moment)]
    rated.sort(key=lambda one: (-one.worth, -one.fact.seen_us, one.fact.clue_id))
    shown: list[_Rated] = []
    for one in rated:
        if len(shown) < MAX_SHOWN and not any(_repeats(one.fact, other.fact) for other in shown):
            shown.append(one)
    return tuple(_clue(one) for one in shown)


@dataclass(frozen=True, slots=True)
class _Rated:
    fact: Fact
    confidence: float
    why: Why
    worth: float


def _rated(fact: Fact, moment: Moment, trust: Trust) -> _Rated:
    sure, why = confidence(fact, moment.now_us), reason(fact, moment)
    return _Rated(fact, sure, why, sure * _NEAR[why] * trust.share(fact.source, why))


def _may(one: _Rated, moment: Moment) -> bool:
    if one.fact.kind in _TIMED and not is_due(one.fact, moment.now_us):
        return False
    return one.confidence >= MIN_CONFIDENCE


def _repeats(fact: Fact, other: Fact) -> bool:
    """Whether two facts would say too much of the same: one statement, one garment, two usual sizes of a category, or
    one source (but notes and the book, which people write on purpose)."""
    if fact.clue_id == other.clue_id or (fact.style and fact.style == other.style):
        return True
    if fact.kind is other.kind is ClueKind.USUAL_SIZE and fact.category == other.category:
        return True
    return fact.source is other.source and fact.source not in (ClueSource.NOTE, ClueSource.BOOK)


def _clue(one: _Rated) -> Clue:
    fact = one.fact
    return Clue(
        fact.clue_id, fact.kind, fact.values, fact.source, fact.seen_us, expiry_us(fact),
        round(one.confidence, 2), one.why,
    )  # fmt: skip
