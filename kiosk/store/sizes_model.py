"""The trained sizes model behind the store's port, where there is one; a broken file leaves the usual size."""

from __future__ import annotations

import logging
from pathlib import Path

from kiosk.core.advice import SizeAdvice, SizeReason
from kiosk.core.garment import Garment
from kiosk.store.customers import Customer
from kiosk.store.sizing import SizeSource, UsualSize
from recommender.errors import ModelError
from recommender.sizes import Sits, SizeAdvisor, SizeChoice

log = logging.getLogger(__name__)
_REASONS = {
    Sits.SMALL: SizeReason.RUNS_SMALL,
    Sits.LARGE: SizeReason.RUNS_LARGE,
    Sits.TRUE: SizeReason.TRUE_TO_SIZE,
}


def open_sizes(path: Path | None) -> SizeSource:
    """The model of a folder, or the usual size and one clear line where it cannot be served."""
    if path is None:
        log.info("no sizes model is configured: only a known shopper's usual size is advised")
        return UsualSize()
    try:
        return LearnedSize(SizeAdvisor.open(path))
    except ModelError as broken:
        log.warning("%s: only a known shopper's usual size is advised until it is trained anew", broken)
        return UsualSize()


class LearnedSize:
    """Advises from counted answers. A guest's usual size is taken to be the one she carried in."""

    def __init__(self, advisor: SizeAdvisor) -> None:
        self._advisor, self._plain = advisor, UsualSize()

    def advise(self, garment: Garment, size_system: str, customer: Customer | None) -> SizeAdvice | None:
        """Advice with true counts; the usual size alone where nobody has answered yet."""
        run = [offer.size for offer in garment.colourway.sizes]
        usual = customer.usual(garment.category, size_system) if customer else ""
        base = usual if usual in run else garment.size
        choice = self._advisor.choose(garment.style_id, run, base)
        if len(run) < 2 or not choice.sizes:
            return self._plain.advise(garment, size_system, customer)
        return _advice(choice, base, known=usual == base)


def _advice(choice: SizeChoice, usual: str, *, known: bool) -> SizeAdvice:
    reason = _REASONS.get(choice.sits, SizeReason.NOT_SURE)
    if known and choice.stated and choice.sizes[0] == usual and choice.sits is not Sits.TRUE:
        # the piece runs otherwise and has no size beyond hers: her own is still the likeliest
        reason = SizeReason.USUAL_SIZE
    return SizeAdvice(choice.sizes, choice.confidence, reason, usual, choice.kept, choice.of)
