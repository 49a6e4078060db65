"""Size advice without a model: usual size, labels, body measurements, feedback in the room; and the port of a model."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from kiosk.core.domain.advice import SizeAdvice, SizeDoubt, SizeReason
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
"""Confidence of a usual size alone: near, but not certain."""
FELT_CONFIDENCE = 0.9
"""Confidence of a size that the shopper has called right in the room."""
MIN_AGREEMENT = 0.2
"""A usual size contradicts height and weight if the body chart gives it and its neighbours a smaller probability."""
MIN_IN_RUN = 0.25
"""Below this probability that height and weight belong to any size of a run, none of it is advised: a dress from 44 up
is no 44 for a body of 36."""
SURVEY_CONFIDENCE = 0.5
"""Upper limit of the confidence of advice from height and weight; never shown without another size."""


@dataclass(frozen=True, slots=True)
class ShopperAnswers:
    """A shopper's answers on pieces, in this visit and (with her consent) in earlier ones, and on her body."""

    this_visit: tuple[FitFeedback, ...] = ()
    earlier: tuple[FitFeedback, ...] = ()
    body: BodyFacts = NO_BODY_FACTS

    def on_style(self, garment: Garment) -> tuple[FitFeedback, ...]:
        """The answers on this style, the newest of each size last."""
        by_size = {one.size: one for one in self.earlier if one.style_id == garment.style_id}
        now = [one for one in self.this_visit if one.style_id == garment.style_id]
        for one in now:
            by_size.pop(one.size, None)
        return (*by_size.values(), *now)

    def on_other_styles(self, garment: Garment) -> tuple[FitFeedback, ...]:
        """The answers on other styles."""
        return tuple(f for f in (*self.earlier, *self.this_visit) if f.style_id != garment.style_id)


NO_ANSWERS = ShopperAnswers()


class SizeSource(Protocol):
    """Advises a size.

    Promises: only sizes of the garment's size run; NOT_SURE instead of a guess; a size that was tight or loose in the
    room is not advised again.
    """

    def advise(
        self,
        garment: Garment,
        size_system: str,
        customer: Customer | None,
        answers: ShopperAnswers = NO_ANSWERS,
    ) -> SizeAdvice | None: ...


class UsualSizeSource:
    """Advises the usual size, or the size of a label that fits, or the size that height and weight suggest."""

    def __init__(self, tables: SizeTables | None = None) -> None:
        self.tables = tables or SizeTables.shipped()

    def advise(
        self,
        garment: Garment,
        size_system: str,
        customer: Customer | None,
        answers: ShopperAnswers = NO_ANSWERS,
    ) -> SizeAdvice | None:
        """Advice, or the question whose answer would help; None for a garment in one size only."""
        run = size_run(garment)
        if len(run) < 2:
            return None
        here = answers.on_style(garment)
        advice = self._from_feedback(run, here) or self._from_profile(garment, size_system, customer, answers)
        return self.with_labels(with_last_answer(advice, here), size_system, run)

    def with_labels(self, advice: SizeAdvice, size_system: str, run: Sequence[str]) -> SizeAdvice:
        """The advice with the labels of other countries, and with size runs to choose from if it asks for one."""
        tables = self.tables
        runs = tables.runs(size_system, run) if advice.ask is not SizeQuestion.NONE else ()
        return replace(
            advice, labels=tables.labels(size_system, run), own=tables.country_of(size_system), runs=runs
        )

    def usual(self, garment: Garment, size_system: str, customer: Customer | None, body: BodyFacts) -> str:
        """The size that fits in this size system: of a label in `body`, else the stored one; "" if unknown."""
        piece = (size_system, size_run(garment))
        usual = self.tables.size_for_label(body, piece) or self.tables.usual(
            customer, garment.category, piece
        )
        return usual if usual in piece[1] else ""

    def _from_feedback(self, run: list[str], here: tuple[FitFeedback, ...]) -> SizeAdvice | None:
        if not here:
            return None
        right = [one.size for one in here if direction(one) == 0 and one.size in run]
        if right:
            return SizeAdvice((right[-1],), FELT_CONFIDENCE, SizeReason.TRUE_TO_SIZE)
        left = untried_sizes(run, here)
        low = max((run.index(f.size) for f in here if f.size in run and direction(f) > 0), default=-1)
        # The next size above the largest tight one, else the next size below the smallest loose one.
        order = left if low >= 0 else left[::-1]
        return SizeAdvice(tuple(order[:1]), USUAL_CONFIDENCE if order else 0.0, SizeReason.NOT_SURE)

    def _from_profile(
        self, garment: Garment, size_system: str, customer: Customer | None, answers: ShopperAnswers
    ) -> SizeAdvice:
        run, body = size_run(garment), answers.body
        usual = self.usual(garment, size_system, customer, body)
        probabilities = self.tables.probabilities((size_system, run), body)
        if usual:
            return _from_usual(usual, run, probabilities)
        if probabilities and self.tables.in_run((size_system, run), body) >= MIN_IN_RUN:
            order = sorted(range(len(run)), key=lambda at: -probabilities[at])[:2]
            near = [at for at in order if abs(at - order[0]) <= 1]
            sizes, sure = tuple(run[at] for at in near), min(probabilities[order[0]], SURVEY_CONFIDENCE)
            return SizeAdvice(sizes, round(sure, 3), SizeReason.NOT_SURE, basis=AdviceBasis.SURVEY)
        unknown = SizeAdvice((), 0.0, SizeReason.NOT_SURE, ask=SizeQuestion.LABEL)
        has_chart = self.tables.has_chart((size_system, run))
        if not (body.height_cm and body.weight_kg):
            # a shoe is known by a shoe that fits, and where no chart answers, nobody is asked for her weight
            by_body = has_chart and not (size_system.endswith("shoes") and not body.size)
            return without_answered(replace(unknown, ask=SizeQuestion.BODY) if by_body else unknown, body)
        # the body chart has no answer for this height and weight, or for this size system
        return without_answered(
            replace(unknown, doubt=SizeDoubt.FEW_ALIKE if has_chart else SizeDoubt.NONE), body
        )


def _from_usual(usual: str, run: list[str], probabilities: Sequence[float]) -> SizeAdvice:
    """The usual size; if height and weight point to another one, both, and the question that decides."""
    advice = SizeAdvice(
        (usual,), USUAL_CONFIDENCE, SizeReason.USUAL_SIZE, usual=usual, basis=AdviceBasis.USUAL
    )
    at = run.index(usual)
    if not probabilities or sum(probabilities[max(at - 1, 0) : at + 2]) >= MIN_AGREEMENT:
        return advice
    by_body = run[max(range(len(run)), key=probabilities.__getitem__)]
    return replace(
        advice, sizes=(usual, by_body), reason=SizeReason.NOT_SURE, alone=False, ask=SizeQuestion.LABEL,
        doubt=SizeDoubt.CONTRADICTION,
    )  # fmt: skip


def without_answered(advice: SizeAdvice, body: BodyFacts) -> SizeAdvice:
    """The advice without a question that the shopper has answered."""
    given = {SizeQuestion.BODY: body.height_cm and body.weight_kg, SizeQuestion.LABEL: body.size}
    return replace(advice, ask=SizeQuestion.NONE) if given.get(advice.ask) else advice


def size_run(garment: Garment) -> list[str]:
    """The size run of a garment's colour, smallest first."""
    return [offer.size for offer in garment.colourway.sizes]


def direction(feedback: FitFeedback) -> int:
    """Direction of the size to try next: 1 larger, -1 smaller, 0 if the size is right or will be taken up."""
    if feedback.felt is FitRating.RIGHT or feedback.taken_up:
        return 0
    return 1 if feedback.felt is FitRating.TIGHT else -1


def untried_sizes(run: list[str], here: Sequence[FitFeedback]) -> list[str]:
    """The sizes of a run that no answer in the room rules out."""
    tried = [(run.index(one.size), direction(one)) for one in here if one.size in run]
    return [
        size for at, size in enumerate(run) if all(way == 0 or (at - place) * way > 0 for place, way in tried)
    ]


def with_last_answer(advice: SizeAdvice, here: tuple[FitFeedback, ...]) -> SizeAdvice:
    """The advice with the last answer that it follows from, if there is one."""
    if not here:
        return advice
    last = here[-1]
    return replace(advice, felt=last.felt, tried=last.size, taken_up=last.taken_up)
