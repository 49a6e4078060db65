"""The trained sizes model behind the store's port, where there is one; a broken file leaves the usual size."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from kiosk.core.domain.advice import SizeAdvice, SizeReason
from kiosk.core.domain.fit_feedback import AdviceBasis, BodyFacts, FitFeedback, SizeQuestion
from kiosk.core.domain.garment import Garment
from kiosk.store.advice.size_advice import (
    NO_FIT_ANSWERS,
    FitAnswers,
    SizeSource,
    UsualSizeSource,
    following,
    run_of,
    untried_sizes,
    wanted,
)
from kiosk.store.advice.size_tables import SizeTables
from kiosk.store.customers.customers import Customer
from recommender.errors import ModelError
from recommender.sizes.serving.advisor import (
    Body,
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
_ASKS = {
    FollowUpQuestion.NONE: SizeQuestion.NONE,
    FollowUpQuestion.BODY: SizeQuestion.BODY,
    FollowUpQuestion.KNOWN_FIT: SizeQuestion.LABEL,
}
_FELT = {0: "fit", 1: "small", -1: "large"}


def open_sizes(path: Path | None, tables: SizeTables | None = None) -> SizeSource:
    """The model of a folder, or the usual size and one clear line where it cannot be served."""
    plain = UsualSizeSource(tables)
    if path is None:
        log.info("no sizes model is configured: only a known shopper's usual size is advised")
        return plain
    try:
        return ModelSizeSource(SizeAdvisor.open(path), plain)
    except ModelError as broken:
        log.warning("%s: only a known shopper's usual size is advised until it is trained anew", broken)
        return plain


class ModelSizeSource:
    """Advises from counted answers. Of a guest the size she took off the rail is known, and what she says of it."""

    def __init__(self, advisor: SizeAdvisor, plain: UsualSizeSource | None = None) -> None:
        self._advisor, self._plain = advisor, plain or UsualSizeSource()

    def advise(
        self, garment: Garment, size_system: str, customer: Customer | None, said: FitAnswers = NO_FIT_ANSWERS
    ) -> SizeAdvice | None:
        """Advice with true counts; what the store can say by itself where nobody has answered yet."""
        run, here = run_of(garment), said.here(garment)
        usual = self._plain.usual(garment, size_system, customer, said.told)
        choice = self._advisor.choose(
            garment.style_id,
            run,
            usual,
            carried="" if usual else garment.size,
            body=_body(said.told),
            past=_trials(said.elsewhere(garment)),
            here=_trials(here),
        )
        if len(run) < 2 or not choice.sizes:
            return self._plain.advise(garment, size_system, customer, said)
        left = untried_sizes(run, here)
        advice = _advice(choice, usual or garment.size, known=bool(usual))
        named = tuple(size for size in advice.sizes if size in left)
        kept = (advice.kept, advice.of) if named == advice.sizes else (0, 0)
        advice = following(replace(advice, sizes=named, kept=kept[0], of=kept[1]), here)
        return self._plain.worded(advice, size_system, run)


def _advice(choice: SizeChoice, usual: str, *, known: bool) -> SizeAdvice:
    reason = _REASONS.get(choice.sits, SizeReason.NOT_SURE)
    basis = AdviceBasis.ANSWERS
    if known and choice.stated and choice.sizes[0] == usual and choice.sits is not FitTendency.TRUE:
        # the piece runs otherwise and has no size beyond hers: her own is still the likeliest
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
        ask=_ASKS[choice.ask],
    )


def _trials(feels: Iterable[FitFeedback]) -> list[FitTrial]:
    return [FitTrial(feel.size, _FELT[wanted(feel)], feel.style_id, feel.category) for feel in feels]


def _body(told: BodyFacts) -> Body | None:
    return Body(told.height_cm, told.weight_kg) if told.height_cm and told.weight_kg else None
