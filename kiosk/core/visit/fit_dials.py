"""The one question of a visit while it is being answered: dials that a finger turns, in the shopper's own units."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum, unique
from typing import assert_never

from kiosk.core.domain.fit_feedback import BodyFacts, SizeRun
from kiosk.core.visit.touches import FitField

CM_PER_INCH = 2.54
KG_PER_POUND = 0.45359237
"""International yard and pound agreement, 1959."""
_TALLEST, _SHORTEST = 215.0, 130.0
_HEAVIEST, _LIGHTEST = 180.0, 35.0


@unique
class FitMethod(Enum):
    """How the question is answered."""

    BODY = "body"
    LABEL = "label"


@dataclass(frozen=True, slots=True)
class FitForm:
    """The dials as they stand. They begin in the middle, so that nobody's figure is taken for granted."""

    way: FitMethod = FitMethod.BODY
    imperial: bool = False
    height_cm: float = 170.0
    weight_kg: float = 68.0
    system: int = 0
    size: int = 0
    runs: tuple[SizeRun, ...] = ()

    @property
    def run(self) -> SizeRun | None:
        """The sizes of the system chosen."""
        return self.runs[self.system] if self.runs else None

    @property
    def height(self) -> str:
        """In whole centimetres, or in feet and inches."""
        if not self.imperial:
            return f"{round(self.height_cm)}"
        feet, inches = divmod(round(self.height_cm / CM_PER_INCH), 12)
        return f"{feet}′ {inches}″"

    @property
    def weight(self) -> str:
        """In whole kilograms or pounds."""
        return f"{round(self.weight_kg / (KG_PER_POUND if self.imperial else 1.0))}"

    def told(self) -> BodyFacts:
        """What they say: of the way chosen alone."""
        if self.way is FitMethod.BODY:
            return BodyFacts(height_cm=self.height_cm, weight_kg=self.weight_kg)
        run = self.run
        return BodyFacts(kind=run.kind, system=run.system, size=run.sizes[self.size]) if run else BodyFacts()


def new_form(runs: tuple[SizeRun, ...], *, imperial: bool) -> FitForm:
    """Fresh dials; without any known labels only height and weight can be told."""
    full = tuple(run for run in runs if run.sizes)
    middle = len(full[0].sizes) // 2 if full else 0
    return FitForm(imperial=imperial, size=middle, runs=full)


def adjusted(dials: FitForm, dial: FitField, by: int) -> FitForm:
    """The dials after one was turned by so many of its steps; they stop at their ends."""
    match dial:
        case FitField.HEIGHT:
            unit = CM_PER_INCH if dials.imperial else 1.0
            return replace(dials, height_cm=_moved(dials.height_cm, unit, by, _SHORTEST, _TALLEST))
        case FitField.WEIGHT:
            unit = KG_PER_POUND if dials.imperial else 1.0
            return replace(dials, weight_kg=_moved(dials.weight_kg, unit, by, _LIGHTEST, _HEAVIEST))
        case FitField.UNITS:
            return replace(dials, imperial=not dials.imperial)
        case FitField.WAY:
            return replace(
                dials,
                way=FitMethod.BODY if dials.way is FitMethod.LABEL or not dials.runs else FitMethod.LABEL,
            )
        case FitField.SYSTEM | FitField.SIZE:
            return _label(dials, dial, by)
        case _:
            assert_never(dial)


def _moved(value: float, unit: float, by: int, low: float, high: float) -> float:
    """A whole number of units further."""
    return min(max((round(value / unit) + by) * unit, low), high)


def _label(dials: FitForm, dial: FitField, by: int) -> FitForm:
    run = dials.run
    if run is None:
        return dials
    if dial is FitField.SIZE:
        return replace(dials, size=min(max(dials.size + by, 0), len(run.sizes) - 1))
    system = (dials.system + by) % len(dials.runs)
    # The same rung of another country's ladder: the tables' rows belong together.
    return replace(dials, system=system, size=min(dials.size, len(dials.runs[system].sizes) - 1))
