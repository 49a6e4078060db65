"""Reads the fields of one feed record and collects every mistake instead of stopping at the first.

A mistake about a record of a person states the field and the kind of fault, never the value: mistakes are logged.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar, cast

from kiosk.connectors.feeds.columns import Column, ListColumn
from kiosk.connectors.feeds.values.money import Amount, money_of
from kiosk.connectors.feeds.values.texts import FieldError, expected
from kiosk.connectors.feeds.values.value_types import Reading, numbered
from kiosk.core.domain.money import Money
from kiosk.core.domain.texts import NO_TEXT

T = TypeVar("T")


class FieldReader:
    """Reads fields by column; `mistakes` collects what is missing or wrong.

    A field that is missing or wrong is read as an empty value of its type. `personal`: the record is about a person,
    so no mistake contains a value of it.
    """

    def __init__(self, fields: Mapping[str, Any], reading: Reading, *, personal: bool = False) -> None:
        self._fields, self._personal = fields, personal
        self.reading = reading
        self.mistakes: list[str] = []

    def read(self, column: Column[T]) -> T:
        """The value of a column."""
        value = self._fields.get(column.name)
        repeats = column.repeats and isinstance(value, str)
        if repeats and (known := self.reading.read_before.get((column.name, str(value)))) is not None:
            return cast("T", known)
        if _is_missing(value):
            if column.required:
                self.mistakes.append(f"{column.name} is missing")
            return column.type.empty
        try:
            found = column.type.read(value, self.reading)
        except FieldError as error:
            self.fault(column.name, error)
            return column.type.empty
        if column.required and (found == "" or found == NO_TEXT):
            self.mistakes.append(f"{column.name} is missing")
        elif repeats and not self.reading.notes:
            self.reading.remember(column.name, str(value), found)
        return found

    def has(self, *columns: Column[Any]) -> bool:
        """Whether one of the columns is filled in."""
        return any(not _is_missing(self._fields.get(column.name)) for column in columns)

    def is_given(self, column: Column[Any]) -> bool:
        """Whether the column stands there with anything but a blank; also a list without entries."""
        value = self._fields.get(column.name)
        return isinstance(value, list) or (isinstance(value, str) and bool(value.strip()))

    def fault(self, name: str, error: FieldError) -> None:
        """Adds a mistake about a field."""
        self.mistakes.append(f"{name}: {error.fault if self._personal else error}")

    def money(
        self, decimal: Column[Amount | None], minor: Column[Amount | None], currency: str
    ) -> Money | None:
        """A price from one of its two columns; None where there is none. `currency` is that of the line."""
        if self.has(decimal) and self.has(minor):
            self.mistakes.append(f"{decimal.name} and {minor.name} are both given")
            return None
        amount = self.read(decimal) or self.read(minor)
        if amount is None:
            return None
        try:
            return money_of(amount, currency, self.reading.currency)
        except FieldError as error:
            self.fault(decimal.name, error)
            return None

    def each(self, column: ListColumn, build: Callable[[FieldReader], T]) -> tuple[T, ...]:
        """A list of objects, each built by `build`."""
        given = self._fields.get(column.name)
        if given is None or given == "":
            given = []
        if isinstance(given, dict):
            given = numbered(given)
        if not isinstance(given, list):
            self.fault(column.name, expected(given, "a list"))
            return ()
        if len(given) > column.max_entries:
            self.mistakes.append(f"{column.name}: more than {column.max_entries} entries")
            return ()
        if not given and column.required:
            self.mistakes.append(f"{column.name}: at least one is required")
        return tuple(self._inner(f"{column.name}[{i}]", entry, build) for i, entry in enumerate(given))

    def _inner(self, where: str, entry: object, build: Callable[[FieldReader], T]) -> T:
        fields = FieldReader(entry if isinstance(entry, dict) else {}, self.reading, personal=self._personal)
        value = build(fields)
        mistakes = fields.mistakes if isinstance(entry, dict) else ["not an object"]
        self.mistakes.extend(f"{where}.{what}" for what in mistakes)
        return value


def _is_missing(value: object) -> bool:
    return value is None or value == "" or value == []
