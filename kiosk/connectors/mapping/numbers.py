"""Prices, counts and days of an export, written so that the feed can read them in one way only."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, datetime, tzinfo
from decimal import Decimal
from typing import Any, Final

from babel.numbers import NumberFormatError, parse_decimal

from kiosk.connectors.feeds.values.money import Amount, PriceType
from kiosk.connectors.feeds.values.numbers import decimal_of
from kiosk.connectors.feeds.values.texts import FieldError, spreadsheet_text
from kiosk.connectors.feeds.values.times import DayType, MomentType
from kiosk.connectors.feeds.values.value_types import Reading

_CODES: Final = re.compile(r"(?:([A-Za-z]{3})\s*)?([^A-Za-z]+?)(?:\s*([A-Za-z]{3}))?")
_SLASHED: Final = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4}|\d{2})(?!\d)(.*)", re.DOTALL)
_MAX_FRACTION: Final = 12


@dataclass(frozen=True, slots=True)
class NumberRules:
    """How numbers and days of a file are read. `mark`: its decimal mark, empty if unknown."""

    currency: str
    zone: tzinfo
    mark: str = ""
    locale: str = ""
    dates: str = ""
    minor: bool = False
    """Prices are in minor units."""

    def amount(self, value: Any) -> Amount | None:
        """A price, or None if it cannot be read: then the feed says why."""
        try:
            if self.locale and isinstance(value, str) and (found := _CODES.fullmatch(value.strip())):
                code = (found[1] or found[3] or "").upper()
                return Amount(self._by_locale(found[2]), in_minor=self.minor, currency=code)
            amount = PriceType().read(value, Reading(self.currency, self.zone, self.mark))
            return replace(amount, in_minor=True) if self.minor else amount
        except FieldError:
            return None

    def count(self, value: Any) -> Any:
        """A whole number of pieces, or the value as it is."""
        try:
            number = (
                self._by_locale(value)
                if self.locale and isinstance(value, str)
                else decimal_of(value, self.mark)
            )
        except FieldError:
            return value
        found = exact(number)
        return value if found is None else found

    def moment_us(self, value: str, *, end: bool = False) -> int:
        """A time in microseconds UTC; of a day its beginning, or with `end` that of the next day. Raises FieldError."""
        text = self._iso(spreadsheet_text(value, 60))
        reading = Reading(self.currency, self.zone)
        try:
            day = date.fromisoformat(DayType().read(text, reading))
        except FieldError:
            return MomentType().read(text, reading)
        if len(text) > len("2026-03-01"):
            return MomentType().read(text, reading)
        start = datetime(day.year, day.month, day.day, tzinfo=self.zone)
        return int(start.timestamp() * 1_000_000) + (24 * 3600 * 1_000_000 if end else 0)

    def _iso(self, text: str) -> str:
        found = _SLASHED.fullmatch(text)
        if not found or not self.dates:
            return text
        first, second, year = int(found[1]), int(found[2]), int(found[3])
        day, month = (first, second) if self.dates == "dmy" else (second, first)
        return f"{year if year > 99 else 2000 + year:04}-{month:02}-{day:02}"

    def _by_locale(self, text: str) -> Decimal:
        """Raises FieldError."""
        try:
            return parse_decimal(spreadsheet_text(text, 60), locale=self.locale, strict=True)
        except (NumberFormatError, ValueError, ArithmeticError):
            raise FieldError(f"is not a number of the locale {self.locale}", text) from None


def exact(number: Decimal) -> int | Decimal | None:
    """The number if a JSON number has its value; None beyond 10**15, with many decimals or if it is not finite."""
    if not number.is_finite() or number.adjusted() > 14 or number.adjusted() < -_MAX_FRACTION:
        return None
    if number == number.to_integral_value():
        return int(number)
    return number if Decimal(repr(float(number))) == number else None
