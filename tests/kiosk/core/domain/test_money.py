"""Prices in each language as CLDR writes them, and totals."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal

import pytest
from babel import Locale
from babel.numbers import format_currency

from kiosk.core.domain.currency_digits import CURRENCY_DIGITS
from kiosk.core.domain.money import Money, total
from kiosk.core.domain.texts import LANGUAGES

Form = Callable[[Money, str], str]
AMOUNTS = (1, 100, 123_456, 98_765_432_100, -5)


@pytest.mark.parametrize(
    ("minor", "currency", "language", "text"),
    [
        (64000, "EUR", "en", "€640"),
        (64000, "EUR", "de", "640\u00a0€"),
        (123456, "EUR", "de", "1.234,56\u00a0€"),
        (123456, "EUR", "en", "€1,234.56"),
        (123456, "EUR", "fr", "1\u202f234,56\u00a0€"),
        (9800, "JPY", "ja", "￥9,800"),
        (9800, "JPY", "zh", "JP¥9,800"),
        (500, "JPY", "es", "500\u00a0JPY"),
        (500, "USD", "fr", "5\u00a0$US"),
        (-500, "EUR", "de", "-5\u00a0€"),
        (-500, "EUR", "en", "-€5"),
        (12_500, "KWD", "en", "KWD\u00a012.500"),
        (12_500, "BHD", "de", "12,500\u00a0BHD"),
        (12_000, "KWD", "ar", "\u200f12\u00a0د.ك.\u200f"),
        (12_345, "TND", "fr", "12,345\u00a0TND"),
        (65_000, "XOF", "fr", "65\u202f000\u00a0F\u202fCFA"),
        (1234, "CLP", "es", "1.234\u00a0CLP"),
        (100, "ISK", "en", "ISK\u00a0100"),
        (5, "MRU", "en", "MRU\u00a00.05"),
        (100_050, "HUF", "de", "1.000,50\u00a0HUF"),
        (250, "XCG", "en", "Cg.\u00a02.50"),
        (7, "XXX", "en", "XXX\u00a00.07"),
    ],
)
def test_money_is_formatted_for_each_language(minor: int, currency: str, language: str, text: str) -> None:
    assert Money(minor, currency).formatted(language) == text


def as_cldr(money: Money, language: str) -> str:
    """Babel's text, with the digits of ISO 4217.

    Babel leaves out the space that CLDR puts between a sign of letters and the digits (UTS 35, part 3, currency
    spacing). The bundled fonts have no baht sign, so its code is written.
    """
    pattern = Locale(language).currency_formats["standard"].pattern
    digits = f"0.{'0' * money.digits}" if money.digits else "0"
    number = Decimal(money.minor).scaleb(-money.digits)
    text = format_currency(
        number, money.currency, pattern.replace("0.00", digits), language, currency_digits=False
    )
    return re.sub(r"^(-?[A-Za-z元.\u202f]+)(?=[0-9])", "\\1\u00a0", text.replace("\u0e3f", "THB"))


def differences(form: Form) -> list[tuple[str, str]]:
    moneys = [Money(minor, currency) for currency in CURRENCY_DIGITS for minor in AMOUNTS]
    pairs = [(form(money, language), as_cldr(money, language)) for language in LANGUAGES for money in moneys]
    return [(given, wanted) for given, wanted in pairs if given != wanted]


def test_every_currency_in_every_language_agrees_with_cldr() -> None:
    assert differences(lambda money, language: money.formatted(language, with_zeros=True)) == []


def test_a_form_of_another_language_is_noticed() -> None:
    planted = {"zh": "ja"}
    for one, other in planted.items():
        assert differences(
            lambda money, language, one=one, other=other: money.formatted(  # type: ignore[misc]
                other if language == one else language, with_zeros=True
            )
        )


@pytest.mark.parametrize("language", LANGUAGES)
def test_zeros_are_all_that_a_price_tag_leaves_out(language: str) -> None:
    for minor in (100, 12_300, -100):
        short, full = (Money(minor, "EUR").formatted(language, with_zeros=zeros) for zeros in (False, True))
        assert short == re.sub("[.,]00", "", full)
        odd = Money(minor + 5, "EUR")
        assert odd.formatted(language) == odd.formatted(language, with_zeros=True)


def test_two_currencies_cannot_be_added() -> None:
    assert total([Money(1, "EUR"), Money(2, "EUR")], "EUR") == Money(3, "EUR")
    with pytest.raises(ValueError, match="cannot add EUR and USD"):
        total([Money(1, "EUR"), Money(2, "USD")], "EUR")


@pytest.mark.parametrize(
    ("money", "major"),
    [(Money(12_990, "EUR"), 129.9), (Money(9_800, "JPY"), 9_800), (Money(12_500, "KWD"), 12.5)],
)
def test_amounts_in_units_of_the_currency(money: Money, major: float) -> None:
    assert money.major == major
