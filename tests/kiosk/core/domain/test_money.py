"""Prices in each language, totals and contained tax."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.core.domain.money import Money, tax_within, total


@pytest.mark.parametrize(
    ("minor", "currency", "language", "text"),
    [
        (64000, "EUR", "en", "€\u00a0640"),
        (64000, "EUR", "de", "640\u00a0€"),
        (123456, "EUR", "de", "1.234,56\u00a0€"),
        (123456, "EUR", "en", "€\u00a01,234.56"),
        (123456, "EUR", "fr", "1\u202f234,56\u00a0€"),
        (9800, "JPY", "ja", "¥\u00a09,800"),
        (-500, "EUR", "de", "-5\u00a0€"),
        (7, "XXX", "en", "XXX\u00a00.07"),
        (12_500, "KWD", "en", "KWD\u00a012.500"),
        (12_000, "KWD", "ar", "12\u00a0KWD"),
        (12_345, "TND", "fr", "12,345\u00a0TND"),
        (65_000, "XOF", "fr", "65\u202f000\u00a0XOF"),
        (100_050, "HUF", "de", "1.000,50\u00a0HUF"),
    ],
)
def test_money_is_formatted_for_each_language(minor: int, currency: str, language: str, text: str) -> None:
    assert Money(minor, currency).formatted(language) == text


def test_two_currencies_cannot_be_added() -> None:
    assert total([Money(1, "EUR"), Money(2, "EUR")], "EUR") == Money(3, "EUR")
    with pytest.raises(ValueError, match="cannot add EUR and USD"):
        total([Money(1, "EUR"), Money(2, "USD")], "EUR")


@given(st.integers(0, 10**9), st.integers(0, 270))
def test_contained_tax_is_exact_to_half_a_cent(gross: int, permille: int) -> None:
    tax = tax_within(Money(gross, "EUR"), permille).minor
    assert abs(tax - gross * permille / (1000 + permille)) <= 0.5 + 1e-6


@pytest.mark.parametrize(
    ("money", "major"),
    [(Money(12_990, "EUR"), 129.9), (Money(9_800, "JPY"), 9_800), (Money(12_500, "KWD"), 12.5)],
)
def test_amounts_in_units_of_the_currency(money: Money, major: float) -> None:
    assert money.major == major
