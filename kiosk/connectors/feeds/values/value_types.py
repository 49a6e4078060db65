"""Types of the columns of a feed: each reads a value of JSON or a cell of CSV, and states its JSON schema."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, tzinfo
from decimal import Decimal
from typing import Any, Final, Protocol, TypeVar

from kiosk.connectors.feeds.limits import MAX_COUNT
from kiosk.connectors.feeds.values.numbers import decimal_of
from kiosk.connectors.feeds.values.schema_parts import (
    NUMBER_PATTERN,
    Schema,
    any_case,
)
from kiosk.connectors.feeds.values.texts import FieldError, expected, plain_text

T_co = TypeVar("T_co", covariant=True)
_MAX_REMEMBERED: Final = 5000
_TRUE: Final = frozenset(
    [
        "true",
        "yes",
        "1",
        "y",
        "on",
        "ja",
        "wahr",
        "oui",
        "vrai",
        "sí",
        "si",
        "verdadero",
        "sì",
        "vero",
        "はい",
        "是",
        "نعم",
    ]
)
_FALSE: Final = frozenset(
    ["false", "no", "0", "n", "off", "nein", "falsch", "non", "faux", "falso", "いいえ", "否", "لا"]
)


@dataclass(frozen=True, slots=True)
class Reading:
    """What a value needs besides itself: the shop's currency and time zone, the decimal mark of the file.

    `mark` is empty where the file does not prove it. `notes` receives constant texts about values that were taken.
    """

    currency: str = ""
    zone: tzinfo = UTC
    mark: str = ""
    notes: list[str] = field(default_factory=list)
    read_before: dict[tuple[str, str], Any] = field(default_factory=dict, repr=False)
    """Values of columns that repeat, by column and text; without mistakes and notes."""

    def remember(self, column: str, text: str, value: Any) -> None:
        """Keeps what a text of a column means, for at most `_MAX_REMEMBERED` texts."""
        if len(self.read_before) >= _MAX_REMEMBERED:
            self.read_before.clear()
        self.read_before[column, text] = value


class ValueType(Protocol[T_co]):
    """A type of values. `read` raises FieldError; `empty` stands for a missing or wrong value."""

    @property
    def empty(self) -> T_co: ...

    def read(self, value: Any, reading: Reading, /) -> T_co: ...

    def schema(self) -> Schema: ...


@dataclass(frozen=True, slots=True)
class CountType:
    """Pieces: a whole number to 1,000,000, also written `2.0` or `3,00`. Below 0 is 0 with a note."""

    empty: int = 0

    def read(self, value: Any, reading: Reading) -> int:
        number = whole(
            decimal_of(value, reading.mark), MAX_COUNT, "is not a count (whole number up to 1000000)"
        )
        if number < 0:
            reading.notes.append("a count below 0 is taken as 0")
        return max(0, number)

    def schema(self) -> Schema:
        number = {"type": "integer", "minimum": -MAX_COUNT, "maximum": MAX_COUNT}
        return {"anyOf": [number, {"type": "string", "pattern": NUMBER_PATTERN}]}


@dataclass(frozen=True, slots=True)
class FlagType:
    """A boolean, or true/false, yes/no, 1/0 or their words in the mirror's languages."""

    empty: bool = False

    def read(self, value: Any, _: Reading) -> bool:
        if isinstance(value, bool):
            return value
        text = plain_text(value, 20).casefold()
        if text not in _TRUE and text not in _FALSE:
            raise FieldError("is not true, false, yes, no, 1 or 0", text)
        return text in _TRUE

    def schema(self) -> Schema:
        words = "|".join(sorted(_TRUE | _FALSE))
        return {
            "anyOf": [{"type": "boolean"}, {"enum": [0, 1]}, {"type": "string", "pattern": any_case(words)}]
        }


def true_schema() -> Schema:
    """Schema of what `FlagType` reads as true."""
    return {
        "anyOf": [
            {"const": True},
            {"const": 1},
            {"type": "string", "pattern": any_case("|".join(sorted(_TRUE)))},
        ]
    }


def whole(number: Decimal, most: int, fault: str) -> int:
    """A whole number whose absolute value is at most `most`. Raises FieldError with that fault."""
    if not abs(number) <= most or number != number.to_integral_value():
        raise FieldError(fault, number if abs(number.adjusted()) < 30 else "a number")
    return int(number)


def entries(value: Any, most: int) -> list[Any]:
    """The entries of a list, or of a text that separates them by `|`. Raises FieldError."""
    if isinstance(value, str):
        value = value.split("|")
    elif isinstance(value, dict):
        value = numbered(value)
    if not isinstance(value, list):
        raise expected(value, "a list")
    if len(value) > most:
        raise FieldError(f"more than {most} entries")
    return value


def numbered(columns: Mapping[str, Any]) -> object:
    """The entries of numbered CSV columns (`colours.0.code`) in their order; the mapping itself if it has others."""
    if not columns or not all(name.isascii() and name.isdigit() and len(name) < 5 for name in columns):
        return columns
    return [columns[name] for name in sorted(columns, key=int)]
