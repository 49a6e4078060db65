"""The form of the fit question: height and weight, or the label of a size that fits, in the shopper's own units."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum, unique
from typing import assert_never

from kiosk.core.domain.fit_feedback import BodyFacts, SizeRun
from kiosk.core.visit.touches import FitField

CM_PER_INCH = 2.54
KG_PER_POUND = 0.45359237
"""International yard and pound agreement, 1959."""
MIN_HEIGHT_CM, MAX_HEIGHT_CM = 130.0, 215.0
MIN_WEIGHT_KG, MAX_WEIGHT_KG = 35.0, 180.0


@unique
class FitMethod(Enum):
    """What the form asks for."""

    BODY = "body"
    LABEL = "label"


@dataclass(frozen=True, slots=True)
class FitForm:
    """The form with its values. They start in the middle, which assumes nothing about the shopper."""

    method: FitMethod = FitMethod.BODY
    imperial: bool = False
    height_cm: float = 170.0
    weight_kg: float = 68.0
    system: int = 0
    """Index in `runs`."""
    size: int = 0
    """Index in the chosen run's sizes."""
    runs: tuple[SizeRun, ...] = ()

    @property
    def run(self) -> SizeRun | None:
        """The sizes of the chosen system; None where no labels are known."""
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

    def body_facts(self) -> BodyFacts:
        """The answer, of the chosen method only."""
        if self.method is FitMethod.BODY:
            return BodyFacts(height_cm=self.height_cm, weight_kg=self.weight_kg)
        run = self.run
        return BodyFacts(kind=run.kind, system=run.system, size=run.sizes[self.size]) if run else BodyFacts()


def new_form(runs: tuple[SizeRun, ...], *, imperial: bool) -> FitForm:
    """A new form. Without known labels it asks for height and weight only."""
    usable = tuple(run for run in runs if run.sizes)
    middle = len(usable[0].sizes) // 2 if usable else 0
    return FitForm(imperial=imperial, size=middle, runs=usable)


def adjusted(form: FitForm, field: FitField, steps: int) -> FitForm:
    """The form after one field was changed by so many of its steps; values stop at their limits."""
    match field:
        case FitField.HEIGHT:
            unit = CM_PER_INCH if form.imperial else 1.0
            height_cm = _stepped(form.height_cm, unit, steps, MIN_HEIGHT_CM, MAX_HEIGHT_CM)
            return replace(form, height_cm=height_cm)
        case FitField.WEIGHT:
            unit = KG_PER_POUND if form.imperial else 1.0
            weight_kg = _stepped(form.weight_kg, unit, steps, MIN_WEIGHT_KG, MAX_WEIGHT_KG)
            return replace(form, weight_kg=weight_kg)
        case FitField.UNITS:
            return replace(form, imperial=not form.imperial)
        case FitField.WAY:
            label_next = form.method is FitMethod.BODY and bool(form.runs)
            return replace(form, method=FitMethod.LABEL if label_next else FitMethod.BODY)
        case FitField.SYSTEM | FitField.SIZE:
            return _with_label(form, field, steps)
        case _:
            assert_never(field)


def _stepped(value: float, unit: float, steps: int, low: float, high: float) -> float:
    """A whole number of units further, within the limits."""
    return min(max((round(value / unit) + steps) * unit, low), high)


def _with_label(form: FitForm, field: FitField, steps: int) -> FitForm:
    run = form.run
    if run is None:
        return form
    if field is FitField.SIZE:
        return replace(form, size=min(max(form.size + steps, 0), len(run.sizes) - 1))
    system = (form.system + steps) % len(form.runs)
    # The same place in the other country's run: the rows of the size tables belong together.
    return replace(form, system=system, size=min(form.size, len(form.runs[system].sizes) - 1))
