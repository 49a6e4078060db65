"""Types of the columns of a feed: each reads a value of JSON or a cell of CSV, and states its JSON schema."""

from __future__ import annotations

import re
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
    list_schema,
    text_pattern,
)
from kiosk.connectors.feeds.values.texts import FieldError, expected, plain_text, spreadsheet_text
from kiosk.core.domain.texts import NO_TEXT, LocalizedText

T_co = TypeVar("T_co", covariant=True)
_MAX_REMEMBERED: Final = 5000
_LINE_BREAK: Final = re.compile("[\n\r\t\u2028\u2029]")
_ID: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:-]*")
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
class TextType:
    """A text without surrounding blanks."""

    max_chars: int
    empty: str = ""

    def read(self, value: Any, _: Reading) -> str:
        return plain_text(value, self.max_chars)

    def schema(self) -> Schema:
        digits = min(self.max_chars, 18)
        whole_number = {"type": "integer", "minimum": -(10 ** (digits - 1)) + 1, "maximum": 10**digits - 1}
        return {"anyOf": [{"type": "string", "pattern": text_pattern(self.max_chars)}, whole_number]}


@dataclass(frozen=True, slots=True)
class NameType:
    """A text on one line by which the shop names a style, a colour or a category. It is never taken apart."""

    max_chars: int
    empty: str = ""

    def read(self, value: Any, _: Reading) -> str:
        text = spreadsheet_text(value, self.max_chars)
        if not text.isprintable() and _LINE_BREAK.search(text):
            raise FieldError("has more than one line")
        return text

    def schema(self) -> Schema:
        return TextType(self.max_chars + 3).schema()


@dataclass(frozen=True, slots=True)
class IdType:
    """An id of a person or a look: letters, digits, `. _ : -`, so that it can be told in messages.

    A name or a mail address is none.
    """

    max_chars: int
    empty: str = ""

    def read(self, value: Any, _: Reading) -> str:
        text = spreadsheet_text(value, self.max_chars)
        if not _ID.fullmatch(text):
            raise FieldError("is not an id (letters, digits, . _ : -)", text)
        return text

    def schema(self) -> Schema:
        plain = rf"[A-Za-z0-9][A-Za-z0-9._:-]{{0,{self.max_chars - 1}}}"
        text = {"type": "string", "pattern": rf"""^\s*(?:['’]?\s*{plain}|="\s*{plain}\s*")\s*$"""}
        return {"anyOf": [text, {"type": "integer", "minimum": 0, "maximum": 10**18 - 1}]}


@dataclass(frozen=True, slots=True)
class TextsType:
    """A list of texts; in CSV separated by `|`. Empty ones are left out."""

    max_entries: int
    max_chars: int
    empty: tuple[str, ...] = ()

    def read(self, value: Any, _: Reading) -> tuple[str, ...]:
        return tuple(
            text for entry in entries(value, self.max_entries) if (text := plain_text(entry, self.max_chars))
        )

    def schema(self) -> Schema:
        return list_schema(TextType(self.max_chars).schema(), self.max_entries, {"type": "string"})


@dataclass(frozen=True, slots=True)
class LocalizedType:
    """One text for all languages, or an object of texts by language (ISO 639-1)."""

    max_chars: int
    empty: LocalizedText = NO_TEXT

    def read(self, value: Any, _: Reading) -> LocalizedText:
        if isinstance(value, str):
            text = plain_text(value, self.max_chars)
            return LocalizedText.of(text) if text else NO_TEXT
        if not isinstance(value, dict):
            raise expected(value, "a text, or an object of texts by language,")
        texts = {plain_text(k, 35): plain_text(v, self.max_chars) for k, v in value.items()}
        return LocalizedText.of({language: text for language, text in texts.items() if text})

    def schema(self) -> Schema:
        text = TextType(self.max_chars).schema()
        names = {"type": "string", "pattern": text_pattern(35)}
        return {
            "anyOf": [
                text["anyOf"][0],
                {"type": "object", "additionalProperties": text, "propertyNames": names},
            ]
        }


@dataclass(frozen=True, slots=True)
class PairsType:
    """An object of texts, as (name, text) in its order; in CSV one column for each name: `sizes.coats`."""

    max_name_chars: int
    max_chars: int
    empty: tuple[tuple[str, str], ...] = ()

    def read(self, value: Any, _: Reading) -> tuple[tuple[str, str], ...]:
        if not isinstance(value, dict):
            raise expected(value, "an object")
        return tuple(
            (plain_text(k, self.max_name_chars), plain_text(v, self.max_chars)) for k, v in value.items()
        )

    def schema(self) -> Schema:
        names = {"type": "string", "pattern": text_pattern(self.max_name_chars)}
        return {
            "type": "object",
            "propertyNames": names,
            "additionalProperties": TextType(self.max_chars).schema(),
        }


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
