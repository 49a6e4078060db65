"""Reads body measures as people write them: inches, centimetres, feet and inches, pounds, kilograms, stones.

A number without a unit has the unit of its column. Heights in inches, centimetres and metres cannot be mixed up, so a
height in another of these units than its column's is read as that, and counted. A weight of 100 may be pounds or
kilograms: it has the unit of its column, always. Values outside the plausible range are unknown, and counted.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, unique
from typing import Any

import numpy as np

from recommender.arrays import Doubles

INCH_CM = 2.54
POUND_KG = 0.45359237
"""International yard and pound agreement of 1959."""
_FEET = re.compile(
    r"(\d)\s*(?:'(?!')|ft\.?|feet|foot)\s*(?:-?\s*(\d{1,2}(?:[.,]\d+)?)\s*(?:\"|''|in\.?|inch(?:es)?)?)?"
)
_STONES = re.compile(r"(\d{1,2})\s*st(?:ones?|\.)?\s*(?:(\d{1,2}(?:[.,]\d+)?)\s*(?:lbs?\.?|pounds?)?)?")
_PLAIN = re.compile(r"([-+]?\d{1,9}(?:[.,]\d{1,20})?(?:e[-+]?\d{1,2})?)\s*([a-z\"']*)\.?")
_QUOTES = str.maketrans({"’": "'", "‘": "'", "′": "'", "`": "'", "”": '"', "“": '"', "″": '"'})  # fmt: skip
_BRA = re.compile(r"(\d{2})\s*([a-z+/]*)")


@unique
class Reading(Enum):
    """How a value was read."""

    READ = "read"
    OTHER_UNIT = "in another unit than its column"
    UNKNOWN = "not stated"
    IMPLAUSIBLE = "implausible or not a measure"


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure: its plausible range in the first of `units`, the size of each unit in that one, and its columns with
    their units ("": each value must state its own). `told_apart`: units whose plausible ranges do not overlap."""

    low: float
    high: float
    units: Mapping[str, float]
    columns: Mapping[str, str]
    told_apart: tuple[str, ...] = ()

    def read(self, value: object, column: str) -> tuple[float, Reading]:
        """A value of a column in the first unit; NaN if it is unknown or implausible."""
        number, unit = _number_and_unit(value)
        if unit is None:
            return float("nan"), Reading.UNKNOWN if number != number else Reading.IMPLAUSIBLE
        own = self.columns[column]
        for at, each in enumerate([unit or own, *(self.told_apart if not unit else ())]):
            found = number * self.units.get(each, float("nan"))
            if self.low <= found <= self.high:
                return found, Reading.OTHER_UNIT if at and each != own else Reading.READ
        return float("nan"), Reading.IMPLAUSIBLE


HEIGHT = Measure(
    48.0,
    86.0,
    {"in": 1.0, "cm": 1 / INCH_CM, "m": 100 / INCH_CM},
    {"height_in": "in", "height_cm": "cm", "height": "in"},
    ("in", "cm", "m"),
)
WEIGHT = Measure(
    70.0, 450.0, {"lb": 1.0, "kg": 1 / POUND_KG}, {"weight_lbs": "lb", "weight_kg": "kg", "weight": ""}
)
AGE = Measure(12.0, 95.0, {"years": 1.0}, {"age": "years"})
BAND = Measure(26.0, 56.0, {"in": 1.0}, {"bust_size_num": "in"})
"""The band of a bra in the system of the United States, inches."""
MEASURES: Mapping[str, Measure] = {
    "weight_lbs": WEIGHT,
    "height_in": HEIGHT,
    "age": AGE,
    "bust_size_num": BAND,
}
"""By the name of the first column, in whose unit the values are kept."""
_UNIT_NAMES = {
    **dict.fromkeys(("in", "ins", "inch", "inches", '"', "''"), "in"),
    **dict.fromkeys(("cm", "cms", "centimetre", "centimetres", "centimeter", "centimeters"), "cm"),
    **dict.fromkeys(("m", "metre", "metres", "meter", "meters"), "m"),
    **dict.fromkeys(("lb", "lbs", "pound", "pounds"), "lb"),
    **dict.fromkeys(("kg", "kgs", "kilo", "kilos", "kilogram", "kilograms"), "kg"),
    **dict.fromkeys(("y", "yr", "yrs", "year", "years"), "years"),
}
# Cup letters in the order of United States sizes.
_CUPS = {
    cup: float(at)
    for at, cup in enumerate(("aa", "a", "b", "c", "d", "d+", "dd", "ddd/e", "f", "g", "h", "i", "j"))
} | {"ddd": 7.0, "e": 7.0}


def read_measure(name: str, table: Mapping[str, Sequence[Any]]) -> tuple[Doubles, list[str]]:
    """A measure of `MEASURES` from the columns of a table, the first column that states it; and notices."""
    measure = MEASURES[name]
    found: Doubles = np.full(len(next(iter(table.values()), ())), np.nan)
    notices = []
    for column in (column for column in measure.columns if column in table):
        values, counts = _read_column(measure, column, table[column])
        found = np.where(np.isnan(found), values, found)
        notices += _notices(column, counts)
    return found, notices


def has_column(name: str, columns: Iterable[str]) -> bool:
    """Whether any of these columns states a measure."""
    return not set(MEASURES[name].columns).isdisjoint(columns)


def read_cup(value: object) -> tuple[float, Reading]:
    """The place of a cup letter in the order of United States sizes."""
    text = _text(value)
    if not text:
        return float("nan"), Reading.UNKNOWN
    return (_CUPS[text], Reading.READ) if text in _CUPS else (float("nan"), Reading.IMPLAUSIBLE)


def read_cups(column: str, values: Sequence[Any]) -> tuple[Doubles, list[str]]:
    """Cup letters of a column, and notices."""
    read = {value: read_cup(value) for value in set(values)}
    counts = Counter(read[value][1] for value in values)
    return np.array([read[value][0] for value in values], float), _notices(column, counts)


def split_bra(value: object) -> tuple[str, str]:
    """Band and cup of a bra size such as "34d"; both "" if it is none, the value as the cup if it cannot be read."""
    text = _text(value)
    found = _BRA.fullmatch(text)
    return (found[1], found[2]) if found else ("", text)


def _read_column(measure: Measure, column: str, values: Sequence[Any]) -> tuple[Doubles, Counter[Reading]]:
    read = {value: measure.read(value, column) for value in set(values)}
    counts = Counter(read[value][1] for value in values)
    return np.array([read[value][0] for value in values], float), counts


def _notices(column: str, counts: Counter[Reading]) -> list[str]:
    texts = {
        Reading.IMPLAUSIBLE: "are implausible, or no measure, and are left out",
        Reading.OTHER_UNIT: "are written in another unit than the column's and were read as that",
    }
    stated = sum(counts.values()) - counts[Reading.UNKNOWN]
    return [
        f"{counts[how]} of {stated} values of {column} {text}" for how, text in texts.items() if counts[how]
    ]


def _text(value: object) -> str:
    if value is None or value != value:
        return ""
    text = str(value).strip().lower().translate(_QUOTES)
    return "" if text in {"nan", "none", "null", "n/a", "-"} else text


def _number_and_unit(value: object) -> tuple[float, str | None]:
    """The number and its unit, "" without one. The unit is None if nothing is stated (the number is NaN), or if it
    cannot be read (the number is 0)."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return (float(value), "" if value == value else None)
    text = _text(value)
    if not text:
        return float("nan"), None
    for pattern, larger, unit in ((_FEET, 12.0, "in"), (_STONES, 14.0, "lb")):
        if both := pattern.fullmatch(text):
            smaller = _decimal(both[2] or "0")
            return (_decimal(both[1]) * larger + smaller, unit) if smaller < larger else (0.0, None)
    plain = _PLAIN.fullmatch(text)
    if plain is None or (plain[2] and plain[2] not in _UNIT_NAMES):
        return 0.0, None
    return _decimal(plain[1]), _UNIT_NAMES[plain[2]] if plain[2] else ""


def _decimal(text: str) -> float:
    return float(text.replace(",", "."))
