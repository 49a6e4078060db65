"""Prices of a feed: an object of currency and minor units, or a number as people write it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from kiosk.connectors.feeds.limits import MAX_MINOR
from kiosk.connectors.feeds.values.numbers import decimal_of
from kiosk.connectors.feeds.values.schema_parts import NUMBER_PATTERN, Schema
from kiosk.connectors.feeds.values.texts import FieldError, plain_text
from kiosk.connectors.feeds.values.value_types import Reading, whole
from kiosk.core.domain.currency_digits import CURRENCY_DIGITS, digits_of
from kiosk.core.domain.money import Money

_CODE: Final = re.compile(r"[A-Za-z]{3}")
_WITH_CODE: Final = re.compile(r"(?:([A-Za-z]{3})\s*)?([^A-Za-z€£¥$]+?)(?:\s*([A-Za-z]{3}))?")
_WITH_SIGN: Final = re.compile(r"([€£¥$])?\s*([^A-Za-z€£¥$]+?)\s*([€£¥$])?")
# ISO 4217 codes that a sign can stand for; it is taken as the shop's currency if that is among them
_SIGNS: Final = {
    "€": ("EUR",),
    "£": ("GBP", "EGP", "GIP", "FKP", "SHP", "LBP", "SYP", "SSP", "SDG"),
    "¥": ("JPY", "CNY"),
    "$": ("USD", "CAD", "AUD", "NZD", "SGD", "HKD", "MXN", "CLP", "COP", "ARS", "TWD", "BRL"),
}
_NUMBER_TEXT: Final[Schema] = {"type": "string", "pattern": NUMBER_PATTERN}
_NOT_A_PRICE: Final = "is not a price (0 to 10**12 minor units)"


@dataclass(frozen=True, slots=True)
class Amount:
    """A price as written: in minor units or as a decimal number, with its currency if it states one."""

    number: Decimal
    in_minor: bool
    currency: str = ""


@dataclass(frozen=True, slots=True)
class PriceType:
    """An object of `currency` (ISO 4217) and `minor` (minor units), or a number with or without a currency."""

    empty: Amount | None = None

    def read(self, value: Any, reading: Reading) -> Amount:
        if isinstance(value, dict):
            return _of_object(value, reading)
        if not isinstance(value, str):
            return Amount(decimal_of(value, reading.mark), in_minor=False)
        text = plain_text(value, 60)
        found = _WITH_CODE.fullmatch(text)
        if found:
            codes = {code.upper() for code in (found[1], found[3]) if code}
        elif found := _WITH_SIGN.fullmatch(text):
            codes = {_of_sign(sign, reading.currency) for sign in (found[1], found[3]) if sign}
        if not found or len(codes) > 1:
            raise FieldError("is not a price", text)
        return Amount(decimal_of(found[2], reading.mark), in_minor=False, currency=next(iter(codes), ""))

    def schema(self) -> Schema:
        minor = {"anyOf": [{"type": "integer", "minimum": 0, "maximum": MAX_MINOR}, _NUMBER_TEXT]}
        whole_object = {
            "type": "object",
            "properties": {"currency": CurrencyType().schema(), "minor": minor},
            "required": ["currency", "minor"],
        }
        return {"anyOf": [whole_object, {"type": "number", "minimum": 0}, _NUMBER_TEXT]}


@dataclass(frozen=True, slots=True)
class MinorType:
    """A price in minor units (cents); its currency is in `currency`, else the shop's."""

    empty: Amount | None = None

    def read(self, value: Any, reading: Reading) -> Amount:
        return Amount(Decimal(whole(decimal_of(value, reading.mark), MAX_MINOR, _NOT_A_PRICE)), in_minor=True)

    def schema(self) -> Schema:
        return {"anyOf": [{"type": "integer", "minimum": 0, "maximum": MAX_MINOR}, _NUMBER_TEXT]}


@dataclass(frozen=True, slots=True)
class CurrencyType:
    """An ISO 4217 code of three letters."""

    empty: str = ""

    def read(self, value: Any, _: Reading) -> str:
        text = plain_text(value, 60)
        if not _CODE.fullmatch(text):
            raise FieldError("is not an ISO 4217 code", text)
        return known_currency(text.upper())

    def schema(self) -> Schema:
        return {"type": "string", "pattern": r"^\s*[A-Za-z]{3}\s*$"}


def known_currency(code: str) -> str:
    """The code, if prices are made in it (ISO 4217). Raises FieldError."""
    if code not in CURRENCY_DIGITS:
        raise FieldError("is not a currency of ISO 4217", code)
    return code


def money_of(amount: Amount, column_currency: str, shop_currency: str) -> Money:
    """An amount in minor units. Its currency is its own, else that of the line, else the shop's. Raises FieldError."""
    currencies = {code for code in (amount.currency, column_currency) if code}
    if len(currencies) > 1:
        raise FieldError(f"is in {amount.currency}, but the line's currency is {column_currency}")
    currency = next(iter(currencies), shop_currency)
    if not currency:
        raise FieldError("has no currency; give a column currency (ISO 4217)")
    known_currency(currency)
    if shop_currency and currency != shop_currency:
        raise FieldError(f"is in {currency}, but the shop's currency is {shop_currency}")
    digits = 0 if amount.in_minor else digits_of(currency)
    if not 0 <= amount.number <= MAX_MINOR:
        raise FieldError(_NOT_A_PRICE, _shown(amount.number))
    minor = amount.number.scaleb(digits)
    if minor != minor.to_integral_value():
        raise FieldError(f"has more decimals than {currency} has ({digits})", _shown(amount.number))
    return Money(whole(minor, MAX_MINOR, _NOT_A_PRICE), currency)


def _of_object(value: dict[str, Any], reading: Reading) -> Amount:
    missing = [name for name in ("currency", "minor") if value.get(name) in (None, "")]
    if missing:
        raise FieldError(f"{' and '.join(missing)} missing")
    currency = CurrencyType().read(value["currency"], reading)
    minor = whole(decimal_of(value["minor"], reading.mark), MAX_MINOR, _NOT_A_PRICE)
    return Amount(Decimal(minor), in_minor=True, currency=currency)


def _of_sign(sign: str, shop_currency: str) -> str:
    codes = _SIGNS[sign]
    if len(codes) > 1 and shop_currency not in codes:
        raise FieldError(
            f"can be several currencies ({', '.join(codes[:3])} ...); write the ISO 4217 code", sign
        )
    return shop_currency if shop_currency in codes else codes[0]


def _shown(number: Decimal) -> str:
    return str(number)[:30]
