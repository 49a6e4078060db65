"""Size advice by the trained sizes model; without a valid model, `UsualSizeSource` advises without one."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from kiosk.core.domain.advice import SizeAdvice, SizeDoubt, SizeReason
from kiosk.core.domain.fit_feedback import AdviceBasis, BodyFacts, FitFeedback, SizeQuestion
from kiosk.core.domain.garment import Garment
from kiosk.store.advice.size_advice import (
    NO_ANSWERS,
    ShopperAnswers,
    SizeSource,
    UsualSizeSource,
    direction,
    size_run,
    untried_sizes,
    with_last_answer,
    without_answered,
)
from kiosk.store.advice.size_tables import SizeTables
from kiosk.store.customers.customers import Customer
from recommender.errors import ModelError
from recommender.sizes.serving.advisor import (
    Body,
    ChoiceDoubt,
    FitTendency,
    FitTrial,
    FollowUpQuestion,
    SizeAdvisor,
    SizeChoice,
)

log = logging.getLogger(__name__)
_REASONS = {
    FitTendency.SMALL: SizeReason.RUNS_SMALL,
    FitTendency.LARGE: SizeReason.RUNS_LARGE,
    FitTendency.TRUE: SizeReason.TRUE_TO_SIZE,
}
_QUESTIONS = {
    FollowUpQuestion.NONE: SizeQuestion.NONE,
    FollowUpQuestion.BODY: SizeQuestion.BODY,
    FollowUpQuestion.KNOWN_FIT: SizeQuestion.LABEL,
}
_DOUBTS = {
    ChoiceDoubt.NONE: SizeDoubt.NONE,
    ChoiceDoubt.FEW_ALIKE: SizeDoubt.FEW_ALIKE,
    ChoiceDoubt.CONTRADICTION: SizeDoubt.CONTRADICTION,
}
_WITHOUT_MODEL = "sizes come from usual sizes, labels, height and weight, and feedback"
_FIT_OF_DIRECTION = {0: "fit", 1: "small", -1: "large"}


def open_sizes(path: Path | None, tables: SizeTables | None = None) -> SizeSource:
    """Opens the model of a folder; `UsualSizeSource`, with one log line, if there is none or it is not valid."""
    usual_size = UsualSizeSource(tables)
    if path is None:
        log.info("no sizes model is configured: %s", _WITHOUT_MODEL)
        return usual_size
    try:
        return ModelSizeSource(SizeAdvisor.open(path), usual_size)
    except ModelError as broken:
        log.warning("%s: until it is trained again, %s", broken, _WITHOUT_MODEL)
        return usual_size


class ModelSizeSource:
    """Advises from the model's counted answers. For a guest, the size that she took herself is used."""

    def __init__(self, advisor: SizeAdvisor, usual_size: UsualSizeSource | None = None) -> None:
        self._advisor, self._usual_size = advisor, usual_size or UsualSizeSource()

    def advise(
        self,
        garment: Garment,
        size_system: str,
        customer: Customer | None,
        answers: ShopperAnswers = NO_ANSWERS,
    ) -> SizeAdvice | None:
        """Advice with the counts behind it; the usual size if the model has no answers for this style."""
        run, here = size_run(garment), answers.on_style(garment)
        usual = self._usual_size.usual(garment, size_system, customer, answers.body)
        choice = self._advisor.choose(
            garment.style_id,
            run,
            usual,
            carried="" if usual else garment.size,
            body=_body(answers.body),
            past=_trials(answers.on_other_styles(garment)),
            here=_trials(here),
        )
        if len(run) < 2 or not choice.sizes:
            return self._usual_size.advise(garment, size_system, customer, answers)
        left = untried_sizes(run, here)
        advice = without_answered(_advice(choice, usual or garment.size, known=bool(usual)), answers.body)
        named = tuple(size for size in advice.sizes if size in left)
        kept = (advice.kept, advice.of) if named == advice.sizes else (0, 0)
        advice = with_last_answer(replace(advice, sizes=named, kept=kept[0], of=kept[1]), here)
        return self._usual_size.with_labels(advice, size_system, run)


def _advice(choice: SizeChoice, usual: str, *, known: bool) -> SizeAdvice:
    reason = _REASONS.get(choice.tendency, SizeReason.NOT_SURE)
    basis = AdviceBasis.ANSWERS
    if known and choice.stated and choice.sizes[0] == usual and choice.tendency is not FitTendency.TRUE:
        # The style runs small or large, but has no size beyond the usual one: that is still the most likely.
        reason, basis = SizeReason.USUAL_SIZE, AdviceBasis.USUAL
    return SizeAdvice(
        choice.sizes,
        choice.confidence,
        reason,
        usual,
        choice.kept,
        choice.of,
        alone=choice.stated,
        basis=basis,
        doubt=_DOUBTS[choice.doubt],
        ask=_QUESTIONS[choice.ask],
    )


def _trials(feedback: Iterable[FitFeedback]) -> list[FitTrial]:
    return [
        FitTrial(one.size, _FIT_OF_DIRECTION[direction(one)], one.style_id, one.category) for one in feedback
    ]


def _body(facts: BodyFacts) -> Body | None:
    return Body(facts.height_cm, facts.weight_kg) if facts.height_cm and facts.weight_kg else None
