"""Reads the fields of one record and notes every mistake instead of stopping at the first."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from kiosk.core.domain.ids import Gtin, parse_gtin
from kiosk.core.domain.money import Money
from kiosk.core.domain.texts import NO_TEXT, LocalizedText

T = TypeVar("T")
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:-]{0,63}")
_CURRENCY = re.compile(r"[A-Z]{3}")


class FieldReader:
    """The fields of one record; `wrong` fills while they are read."""

    def __init__(self, fields: Mapping[str, Any]) -> None:
        self._fields = fields
        self.wrong: list[str] = []

    def _take(self, key: str, read: Callable[[Any], T], otherwise: T, *, needed: bool) -> T:
        value = self._fields.get(key)
        if value is None or value == "":
            if needed:
                self.wrong.append(f"{key} is missing")
            return otherwise
        try:
            return read(value)
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            self.wrong.append(f"{key}: {error}")
            return otherwise

    def name(self, key: str) -> str:
        """An id: letters, digits, `. _ : -`, at most 64."""
        return self._take(key, _id, "", needed=True)

    def text(self, key: str, *, needed: bool = False) -> str:
        return self._take(key, _text, "", needed=needed)

    def words(self, key: str, *, needed: bool = False) -> LocalizedText:
        return self._take(key, _words, NO_TEXT, needed=needed)

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts; in CSV separated by `|`."""
        return self._take(key, _texts, (), needed=False)

    def gtin(self, key: str = "gtin") -> Gtin:
        return self._take(key, lambda v: parse_gtin(_text(v)), Gtin(""), needed=True)

    def count(self, key: str) -> int:
        return self._take(key, _count, 0, needed=True)

    def money(self, key: str) -> Money:
        return self._take(key, _money, Money(0, ""), needed=True)

    def yes(self, key: str) -> bool:
        return self._take(key, _yes, otherwise=False, needed=False)

    def pairs(self, key: str) -> tuple[tuple[str, str], ...]:
        return self._take(key, lambda v: tuple((_text(k), _text(w)) for k, w in v.items()), (), needed=False)

    def each(self, key: str, read: Callable[[FieldReader], T]) -> tuple[T, ...]:
        """A list of objects (in CSV numbered columns), each read with its own fields."""
        given = self._fields.get(key) or []
        entries = list(given.values()) if isinstance(given, dict) else given
        if not isinstance(entries, list):
            self.wrong.append(f"{key}: {type(entries).__name__} where a list was expected")
            return ()
        return tuple(self._inner(f"{key}[{i}]", entry, read) for i, entry in enumerate(entries))

    def _inner(self, where: str, entry: object, read: Callable[[FieldReader], T]) -> T:
        fields = FieldReader(entry if isinstance(entry, dict) else {})
        value = read(fields)
        wrong = fields.wrong if isinstance(entry, dict) else ["not an object"]
        self.wrong.extend(f"{where}.{what}" for what in wrong)
        return value


def _text(value: object) -> str:
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise TypeError(f"{type(value).__name__} where a text was expected")
    text = str(value).strip()
    if "\x00" in text:
        raise ValueError("holds a NUL character")
    return text


def _id(value: object) -> str:
    text = _text(value)
    if not _ID.fullmatch(text):
        raise ValueError(f"{text[:70]!r} is not an id")
    return text


def _words(value: object) -> LocalizedText:
    if isinstance(value, str):
        return LocalizedText.of(_text(value))
    if not isinstance(value, dict):
        raise TypeError(f"{type(value).__name__} where a text by language was expected")
    return LocalizedText.of({_text(language): _text(text) for language, text in value.items()})


def _texts(value: object) -> tuple[str, ...]:
    if isinstance(value, str):
        value = value.split("|")
    if not isinstance(value, list):
        raise TypeError(f"{type(value).__name__} where a list was expected")
    return tuple(_text(v) for v in value)


def _count(value: object) -> int:
    number = int(_text(value))
    if not 0 <= number <= 1_000_000:
        raise ValueError(f"{number} is no count")
    return number


def _money(value: object) -> Money:
    if not isinstance(value, dict):
        raise TypeError("write it as {currency, minor}")
    currency, minor = _text(value["currency"]), int(_text(value["minor"]))
    if not _CURRENCY.fullmatch(currency):
        raise ValueError(f"{currency!r} is no ISO 4217 code")
    if not 0 <= minor <= 10**12:
        raise ValueError(f"{minor} is no price")
    return Money(minor, currency)


def _yes(value: object) -> bool:
    if isinstance(value, bool):
        return value
    text = _text(value).lower()
    if text not in ("true", "false", "yes", "no", "1", "0"):
        raise ValueError(f"{text!r} is neither yes nor no")
    return text in ("true", "yes", "1")
