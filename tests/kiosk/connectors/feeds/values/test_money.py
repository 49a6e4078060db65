"""Prices: objects, decimal numbers with and without currency, minor units; currencies of no, two and three digits."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from kiosk.connectors.feeds.columns import PRICE, PRICE_MINOR
from kiosk.connectors.feeds.fields import FieldReader
from kiosk.connectors.feeds.values.value_types import Reading
from kiosk.core.domain.money import Money


def read(price: Any, currency: str = "", shop: str = "", mark: str = "") -> Money | str:
    fields = FieldReader({"price": price}, Reading(shop, mark=mark))
    money = fields.money(PRICE, PRICE_MINOR, currency)
    return money if money is not None else fields.mistakes[0]


@pytest.mark.parametrize(
    ("price", "money"),
    [
        ({"currency": "EUR", "minor": 149000}, Money(149000, "EUR")),
        ({"currency": "eur", "minor": "149000"}, Money(149000, "EUR")),
        ("1.490,00 EUR", Money(149000, "EUR")),
        ("1490.00 GBP", Money(149000, "GBP")),
        ("EUR 1490.00", Money(149000, "EUR")),
        ("1\u00a0490,00\u00a0€", Money(149000, "EUR")),
        ("€1,490.50", Money(149050, "EUR")),
        ("1490,- EUR", Money(149000, "EUR")),
        ("12500 JPY", Money(12500, "JPY")),
        ("12.500 KWD", None),
        ("12.5 KWD", Money(12500, "KWD")),
        ("1.250,500 KWD", Money(1250500, "KWD")),
        ("CHF 1'490.50", Money(149050, "CHF")),
        ("77.0000 USD", Money(7700, "USD")),
    ],
)
def test_a_price_that_states_its_currency(price: Any, money: Money | None) -> None:
    found = read(price)
    assert found == money if money else "can mean" in str(found)


def test_the_currency_is_that_of_the_price_then_of_the_line_then_of_the_shop() -> None:
    assert read("12.50", "EUR") == Money(1250, "EUR")
    assert read(Decimal("12.5"), shop="EUR") == Money(1250, "EUR")
    assert read(1490, shop="JPY") == Money(1490, "JPY")
    assert read("12.500", shop="KWD", mark=".") == Money(12500, "KWD")
    assert read("$12.50", shop="CAD") == Money(1250, "CAD")


@pytest.mark.parametrize(
    ("price", "currency", "shop", "told"),
    [
        ("12.50", "", "", "has no currency"),
        ("12.50 USD", "", "EUR", "is in USD, but the shop's currency is EUR"),
        ({"currency": "USD", "minor": 5}, "", "EUR", "but the shop's currency"),
        ("12.50 USD", "EUR", "", "is in USD, but the line's currency is EUR"),
        ("12.505 EUR", "", "", "can mean"),
        ("1490.505 EUR", "", "", "has more decimals than EUR has (2)"),
        ("12.5 JPY", "", "", "has more decimals than JPY has (0)"),
        ("12.50 XXX", "", "", "is not a currency of ISO 4217"),
        ("12.50 XXX", "", "EUR", "is not a currency of ISO 4217"),
        ({"currency": "XTS", "minor": 5}, "", "", "is not a currency of ISO 4217"),
        ("12.50 BGN", "", "", "is not a currency of ISO 4217"),
        ("EUR 5 USD", "", "", "is not a price"),
        ("$12.50", "", "EUR", "can be several currencies"),
        ("-5.00 EUR", "", "", "is not a price"),
        ("free", "", "EUR", "is not a"),
        (True, "", "EUR", "true or false where a number"),
        ([5], "", "EUR", "a list where a number"),
        ({"minor": 5}, "", "EUR", "currency missing"),
        ({"currency": "EUR", "minor": 10**13}, "", "EUR", "is not a price"),
        (Decimal("1e999999"), "", "EUR", "is not a price"),
        (Decimal("1e-999999"), "", "EUR", "has more decimals"),
    ],
)
def test_what_is_wrong_with_a_price_is_told(price: Any, currency: str, shop: str, told: str) -> None:
    found = read(price, currency, shop)
    assert told in str(found)
    assert len(str(found)) < 200


def test_minor_units_need_no_decimals_and_are_not_given_twice() -> None:
    def minor(fields: dict[str, Any]) -> Money | str:
        reader = FieldReader(fields, Reading("EUR"))
        return reader.money(PRICE, PRICE_MINOR, "") or reader.mistakes[0]

    assert minor({"price_minor": "149000"}) == Money(149000, "EUR")
    assert minor({"price_minor": 149000}) == Money(149000, "EUR")
    assert "both given" in str(minor({"price": "5.00", "price_minor": 500}))
    assert "is not a price" in str(minor({"price_minor": "14.5"}))
