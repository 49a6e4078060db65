"""Reads the fields of one feed record and collects every mistake instead of stopping at the first.

A mistake about a record of a person states the field and the kind of fault, never the value: mistakes are logged.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from kiosk.core.domain.ids import Gtin, parse_gtin
from kiosk.core.domain.money import Money
from kiosk.core.domain.texts import NO_TEXT, LocalizedText

T = TypeVar("T")
_UNKNOWN_FAULT = "is not valid"
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:-]{0,63}")
_CURRENCY = re.compile(r"[A-Z]{3}")


class FieldError(ValueError):
    """A field with a wrong value. `fault` is a constant text without the value; `value` is shown before it."""

    def __init__(self, fault: str, value: object = None) -> None:
        super().__init__(fault if value is None else f"{str(value)[:70]!r} {fault}")
        self.fault = fault


class FieldReader:
    """Reads fields by name and type; `mistakes` collects what is missing or wrong.

    A field that is missing or wrong is read as an empty value of its type. `personal`: the record is about a person,
    so no mistake contains a value of it.
    """

    def __init__(self, fields: Mapping[str, Any], *, personal: bool = False) -> None:
        self._fields, self._personal = fields, personal
        self.mistakes: list[str] = []

    def _take(self, key: str, read: Callable[[Any], T], default: T, *, required: bool) -> T:
        value = self._fields.get(key)
        if value is None or value == "":
            if required:
                self.mistakes.append(f"{key} is missing")
            return default
        try:
            return read(value)
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            self.mistakes.append(f"{key}: {self._fault(error)}")
            return default

    def _fault(self, error: Exception) -> str:
        if not self._personal:
            return str(error)
        return error.fault if isinstance(error, FieldError) else _UNKNOWN_FAULT

    def identifier(self, key: str) -> str:
        """An id: letters, digits, `. _ : -`, at most 64."""
        return self._take(key, _id, "", required=True)

    def text(self, key: str, *, required: bool = False) -> str:
        """A text without surrounding spaces; integers are accepted."""
        return self._take(key, _text, "", required=required)

    def localized(self, key: str, *, required: bool = False) -> LocalizedText:
        """One text for all languages, or an object of texts by language."""
        return self._take(key, _localized, NO_TEXT, required=required)

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts; in CSV separated by `|`."""
        return self._take(key, _texts, (), required=False)

    def gtin(self, key: str = "gtin") -> Gtin:
        return self._take(key, lambda v: parse_gtin(_text(v)), Gtin(""), required=True)

    def count(self, key: str) -> int:
        """An integer from 0 to 1,000,000."""
        return self._take(key, _count, 0, required=True)

    def money(self, key: str) -> Money:
        """An object of `currency` (ISO 4217 code) and `minor` (amount in minor units)."""
        return self._take(key, _money, Money(0, ""), required=True)

    def flag(self, key: str) -> bool:
        """A boolean, or one of the texts true, false, yes, no, 1, 0; False where it is missing."""
        return self._take(key, _flag, default=False, required=False)

    def pairs(self, key: str) -> tuple[tuple[str, str], ...]:
        """An object of texts, as (name, text) in its order."""
        return self._take(key, _pairs, (), required=False)

    def each(self, key: str, read: Callable[[FieldReader], T]) -> tuple[T, ...]:
        """A list of objects, each read by `read`. In CSV the columns are numbered: `colours.0.code`."""
        given = self._fields.get(key) or []
        entries = list(given.values()) if isinstance(given, dict) else given
        if not isinstance(entries, list):
            self.mistakes.append(f"{key}: {type(entries).__name__} where a list was expected")
            return ()
        return tuple(self._inner(f"{key}[{i}]", entry, read) for i, entry in enumerate(entries))

    def _inner(self, where: str, entry: object, read: Callable[[FieldReader], T]) -> T:
        fields = FieldReader(entry if isinstance(entry, dict) else {}, personal=self._personal)
        value = read(fields)
        mistakes = fields.mistakes if isinstance(entry, dict) else ["not an object"]
        self.mistakes.extend(f"{where}.{what}" for what in mistakes)
        return value


def _text(value: object) -> str:
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise FieldError(f"{type(value).__name__} where a text was expected")
    text = str(value).strip()
    if "\x00" in text:
        raise FieldError("contains a NUL character")
    if not text.isprintable() and any("\ud800" <= c <= "\udfff" for c in text):
        raise FieldError("contains half a surrogate pair")
    return text


def _id(value: object) -> str:
    text = _text(value)
    if not _ID.fullmatch(text):
        raise FieldError("is not an id", text)
    return text


def _localized(value: object) -> LocalizedText:
    if isinstance(value, str):
        return LocalizedText.of(_text(value))
    if not isinstance(value, dict):
        raise FieldError(f"{type(value).__name__} where a text by language was expected")
    return LocalizedText.of({_text(language): _text(text) for language, text in value.items()})


def _texts(value: object) -> tuple[str, ...]:
    if isinstance(value, str):
        value = value.split("|")
    if not isinstance(value, list):
        raise FieldError(f"{type(value).__name__} where a list was expected")
    return tuple(_text(v) for v in value)


def _pairs(value: object) -> tuple[tuple[str, str], ...]:
    if not isinstance(value, dict):
        raise FieldError(f"{type(value).__name__} where an object was expected")
    return tuple((_text(key), _text(text)) for key, text in value.items())


def _count(value: object) -> int:
    number = int(_text(value))
    if not 0 <= number <= 1_000_000:
        raise FieldError("is not a count (0 to 1000000)", number)
    return number


def _money(value: object) -> Money:
    if not isinstance(value, dict):
        raise FieldError("not an object of currency and minor")
    currency, minor = _text(value["currency"]), int(_text(value["minor"]))
    if not _CURRENCY.fullmatch(currency):
        raise FieldError("is not an ISO 4217 code", currency)
    if not 0 <= minor <= 10**12:
        raise FieldError("is not a price (0 to 10**12)", minor)
    return Money(minor, currency)


def _flag(value: object) -> bool:
    if isinstance(value, bool):
        return value
    text = _text(value).lower()
    if text not in ("true", "false", "yes", "no", "1", "0"):
        raise FieldError("is not true, false, yes, no, 1 or 0", text)
    return text in ("true", "yes", "1")
