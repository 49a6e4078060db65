"""Estimates chest, waist and hips from height and weight, by linear regression on a public survey.

Used for a first size if nothing else is known. The population of the survey is stated with every figure.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from recommender.errors import TableError
from recommender.sizes.serving.size_systems import SizeSystems


@dataclass(frozen=True, slots=True)
class LinearMeasure:
    """A measure in cm from height and weight; `spread` is the standard deviation of the residuals."""

    at_zero: float
    per_cm: float
    per_kg: float
    spread: float

    def at(self, height_cm: float, weight_kg: float) -> float:
        """The estimated measure, cm."""
        return self.at_zero + self.per_cm * height_cm + self.per_kg * weight_kg


@dataclass(frozen=True, slots=True)
class BodyLines:
    """The regressions of one group, and the range of heights and weights for which they are valid."""

    lines: Mapping[str, LinearMeasure]
    height_cm: tuple[float, float]
    weight_kg: tuple[float, float]

    def measures(self, height_cm: float, weight_kg: float) -> dict[str, tuple[float, float]]:
        """Each measure with its spread, cm; empty outside the valid range, and for NaN."""
        if not _within(height_cm, self.height_cm) or not _within(weight_kg, self.weight_kg):
            return {}
        return {name: (line.at(height_cm, weight_kg), line.spread) for name, line in self.lines.items()}


@dataclass(frozen=True, slots=True)
class BodyChart:
    """The regressions for women and for men; show `measured_on` wherever a figure is shown."""

    groups: Mapping[str, BodyLines]
    source: str
    measured_on: str

    @staticmethod
    def read(path: Path) -> "BodyChart":
        """Reads a JSON file. Raises `TableError` if it cannot be used."""
        try:
            document = json.loads(path.read_text(encoding="utf-8"))
            groups = {
                who: BodyLines(
                    {
                        name: LinearMeasure(**{key: float(v) for key, v in line.items()})
                        for name, line in it["measures"].items()
                    },
                    (float(it["height_cm"][0]), float(it["height_cm"][1])),
                    (float(it["weight_kg"][0]), float(it["weight_kg"][1])),
                )
                for who, it in document["lines"].items()
            }
            return BodyChart(groups, str(document["source"]), str(document["measured_on"]))
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise TableError(path.name, [f"not a body chart: {type(error).__name__}"]) from error

    def letters(self, who: str, height_cm: float, weight_kg: float, systems: SizeSystems) -> tuple[str, ...]:
        """The letter size of the estimated chest, and the neighbouring one if the estimate is near its
        border."""
        found = self.groups[who].measures(height_cm, weight_kg) if who in self.groups else {}
        if "chest" not in found or who not in systems.girths:
            return ()
        girth, spread = found["chest"]
        girths = systems.girths[who]
        first = girths.letter(girth)
        near = (girths.letter(girth - spread / 2), girths.letter(girth + spread / 2))
        others = [letter for letter in near if letter != first]
        return tuple(letter for letter in (first, *others[:1]) if letter)


def _within(value: float, bounds: tuple[float, float]) -> bool:
    return bounds[0] <= value <= bounds[1]
