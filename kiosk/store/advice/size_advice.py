"""Which size to hand over: what the store can say by itself, and the port of a trained model that knows more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from kiosk.core.domain.advice import SizeAdvice, SizeReason
from kiosk.core.domain.fit_feedback import (
    NO_BODY_FACTS,
    AdviceBasis,
    BodyFacts,
    FitFeedback,
    FitRating,
    SizeQuestion,
)
from kiosk.core.domain.garment import Garment
from kiosk.store.advice.size_tables import SizeTables
from kiosk.store.customers.customers import Customer

USUAL_CONFIDENCE = 0.5
"""A usual size alone is often near and as often wrong; never said as if it were sure."""
FELT_CONFIDENCE = 0.9
"""What sits well in the room is the size; a shopper may still think otherwise tomorrow."""
SURVEY_CONFIDENCE = 0.5
"""Height and weight against a survey of other people in other clothes: never stated alone."""


@dataclass(frozen=True, slots=True)
class FitAnswers:
    """What was said of pieces, in this visit and, by a member who consented, before; and of herself."""

    feels: tuple[FitFeedback, ...] = ()
    before: tuple[FitFeedback, ...] = ()
    told: BodyFacts = NO_BODY_FACTS

    def here(self, garment: Garment) -> tuple[FitFeedback, ...]:
        """Of this very style, the newest of each size last."""
        by_size = {feel.size: feel for feel in self.before if feel.style_id == garment.style_id}
        now = [feel for feel in self.feels if feel.style_id == garment.style_id]
        for feel in now:
            by_size.pop(feel.size, None)
        return (*by_size.values(), *now)

    def elsewhere(self, garment: Garment) -> tuple[FitFeedback, ...]:
        """Of other styles."""
        return tuple(f for f in (*self.before, *self.feels) if f.style_id != garment.style_id)


NO_FIT_ANSWERS = FitAnswers()


class SizeSource(Protocol):
    """Advises a size. Promises: only sizes the garment's style comes in; NOT_SURE rather than a guess; what sat a
    little tight or loose in the room is not handed over again."""

    def advise(
        self, garment: Garment, size_system: str, customer: Customer | None, said: FitAnswers = NO_FIT_ANSWERS
    ) -> SizeAdvice | None: ...


class UsualSizeSource:
    """Says the size that the shopper usually keeps, or a label that fits her, or what height and weight suggest."""

    def __init__(self, tables: SizeTables | None = None) -> None:
        self.tables = tables or SizeTables.shipped()

    def advise(
        self, garment: Garment, size_system: str, customer: Customer | None, said: FitAnswers = NO_FIT_ANSWERS
    ) -> SizeAdvice | None:
        """The usual size where it is known and made; else a hint, or the one question that would help."""
        run = run_of(garment)
        if len(run) < 2:
            return None
        here = said.here(garment)
        advice = self._felt(run, here) or self._known(garment, size_system, customer, said)
        return self.worded(following(advice, here), size_system, run)

    def worded(self, advice: SizeAdvice, size_system: str, run: Sequence[str]) -> SizeAdvice:
        """The advice with the sizes in other countries' words, and with labels to choose from where one would help."""
        tables = self.tables
        runs = tables.runs(size_system, run) if advice.ask is not SizeQuestion.NONE else ()
        return replace(advice, labels=tables.labels(size_system, run), own=tables.own(size_system), runs=runs)

    def usual(self, garment: Garment, size_system: str, customer: Customer | None, told: BodyFacts) -> str:
        """The size that fits her in pieces of this kind: told just now, else kept by her; "" where nothing says so."""
        piece = (size_system, run_of(garment))
        usual = self.tables.meant(told, piece) or self.tables.usual(customer, garment.category, piece)
        return usual if usual in piece[1] else ""

    def _felt(self, run: list[str], here: tuple[FitFeedback, ...]) -> SizeAdvice | None:
        if not here:
            return None
        right = [feel.size for feel in here if wanted(feel) == 0 and feel.size in run]
        if right:
            return SizeAdvice((right[-1],), FELT_CONFIDENCE, SizeReason.TRUE_TO_SIZE)
        left = untried_sizes(run, here)
        low = max((run.index(f.size) for f in here if f.size in run and wanted(f) > 0), default=-1)
        # Of what is left, the next one above what was tight, else the next one below what was loose.
        order = left if low >= 0 else left[::-1]
        return SizeAdvice(tuple(order[:1]), USUAL_CONFIDENCE if order else 0.0, SizeReason.NOT_SURE)

    def _known(
        self, garment: Garment, size_system: str, customer: Customer | None, said: FitAnswers
    ) -> SizeAdvice:
        run = run_of(garment)
        usual = self.usual(garment, size_system, customer, said.told)
        if usual:
            return SizeAdvice(
                (usual,), USUAL_CONFIDENCE, SizeReason.USUAL_SIZE, usual=usual, basis=AdviceBasis.USUAL
            )
        chances = self.tables.chances((size_system, run), said.told)
        if chances:
            order = sorted(range(len(run)), key=lambda at: -chances[at])[:2]
            near = [at for at in order if abs(at - order[0]) <= 1]
            sizes, sure = tuple(run[at] for at in near), min(chances[order[0]], SURVEY_CONFIDENCE)
            return SizeAdvice(sizes, round(sure, 3), SizeReason.NOT_SURE, basis=AdviceBasis.SURVEY)
        ask = SizeQuestion.BODY if said.told == NO_BODY_FACTS else SizeQuestion.NONE
        return SizeAdvice((), 0.0, SizeReason.NOT_SURE, ask=ask)


def run_of(garment: Garment) -> list[str]:
    """The sizes a garment's colour comes in, smallest first."""
    return [offer.size for offer in garment.colourway.sizes]


def wanted(feel: FitFeedback) -> int:
    """Which way another size lies: 1 above, -1 below, 0 where the size is right (a tailor takes up what is long)."""
    if feel.felt is FitRating.RIGHT or feel.taken_up:
        return 0
    return 1 if feel.felt is FitRating.TIGHT else -1


def untried_sizes(run: list[str], here: Sequence[FitFeedback]) -> list[str]:
    """The sizes of a run that nothing said in the room speaks against."""
    tried = [(run.index(feel.size), wanted(feel)) for feel in here if feel.size in run]
    return [
        size for at, size in enumerate(run) if all(way == 0 or (at - place) * way > 0 for place, way in tried)
    ]


def following(advice: SizeAdvice, here: tuple[FitFeedback, ...]) -> SizeAdvice:
    """The advice with the feeling that it follows from, where there is one."""
    if not here:
        return advice
    last = here[-1]
    return replace(advice, felt=last.felt, tried=last.size, taken_up=last.taken_up)
