"""The one question of a visit while it is being answered: dials that a finger turns, in the shopper's own units."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum, unique
from typing import assert_never

from kiosk.core.domain.fit_feedback import LabelRun, Told
from kiosk.core.visit.touches import Dial

CM_PER_INCH = 2.54
KG_PER_POUND = 0.45359237
"""International yard and pound agreement, 1959."""
_TALLEST, _SHORTEST = 215.0, 130.0
_HEAVIEST, _LIGHTEST = 180.0, 35.0


@unique
class Way(Enum):
    """How the question is answered."""

    BODY = "body"
    LABEL = "label"


@dataclass(frozen=True, slots=True)
class Dials:
    """The dials as they stand. They begin in the middle, so that nobody's figure is taken for granted."""

    way: Way = Way.BODY
    imperial: bool = False
    height_cm: float = 170.0
    weight_kg: float = 68.0
    system: int = 0
    size: int = 0
    runs: tuple[LabelRun, ...] = ()

    @property
    def run(self) -> LabelRun | None:
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

    def told(self) -> Told:
        """What they say: of the way chosen alone."""
        if self.way is Way.BODY:
            return Told(height_cm=self.height_cm, weight_kg=self.weight_kg)
        run = self.run
        return Told(kind=run.kind, system=run.system, size=run.sizes[self.size]) if run else Told()


def dials_for(runs: tuple[LabelRun, ...], *, imperial: bool) -> Dials:
    """Fresh dials; without any known labels only height and weight can be told."""
    full = tuple(run for run in runs if run.sizes)
    middle = len(full[0].sizes) // 2 if full else 0
    return Dials(imperial=imperial, size=middle, runs=full)


def turned(dials: Dials, dial: Dial, by: int) -> Dials:
    """The dials after one was turned by so many of its steps; they stop at their ends."""
    match dial:
        case Dial.HEIGHT:
            unit = CM_PER_INCH if dials.imperial else 1.0
            return replace(dials, height_cm=_moved(dials.height_cm, unit, by, _SHORTEST, _TALLEST))
        case Dial.WEIGHT:
            unit = KG_PER_POUND if dials.imperial else 1.0
            return replace(dials, weight_kg=_moved(dials.weight_kg, unit, by, _LIGHTEST, _HEAVIEST))
        case Dial.UNITS:
            return replace(dials, imperial=not dials.imperial)
        case Dial.WAY:
            return replace(dials, way=Way.BODY if dials.way is Way.LABEL or not dials.runs else Way.LABEL)
        case Dial.SYSTEM | Dial.SIZE:
            return _label(dials, dial, by)
        case _:
            assert_never(dial)


def _moved(value: float, unit: float, by: int, low: float, high: float) -> float:
    """A whole number of units further."""
    return min(max((round(value / unit) + by) * unit, low), high)


def _label(dials: Dials, dial: Dial, by: int) -> Dials:
    run = dials.run
    if run is None:
        return dials
    if dial is Dial.SIZE:
        return replace(dials, size=min(max(dials.size + by, 0), len(run.sizes) - 1))
    system = (dials.system + by) % len(dials.runs)
    # The same rung of another country's ladder: the tables' rows belong together.
    return replace(dials, system=system, size=min(dials.size, len(dials.runs[system].sizes) - 1))
