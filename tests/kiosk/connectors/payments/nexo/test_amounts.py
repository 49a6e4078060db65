"""Amounts of the Terminal API: exact both ways, in every currency, and Adyen's own digits."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.connectors.payments.nexo.amounts import (
    EXPONENTS,
    MINIMUM_MINOR,
    adyen_minor,
    money_of,
    wire_number,
)
from kiosk.core.domain.currency_digits import CURRENCY_DIGITS
from kiosk.core.domain.money import Money


@given(st.sampled_from(sorted(CURRENCY_DIGITS.keys() - EXPONENTS.keys())), st.integers(0, 9_999_999_999))
def test_every_amount_is_the_same_after_a_message(currency: str, minor: int) -> None:
    amount = Money(minor, currency)
    if Decimal(minor).scaleb(-amount.digits) > Decimal("99999999.999999"):
        with pytest.raises(ValueError):
            wire_number(amount)
        return
    written = json.dumps(wire_number(amount))
    assert money_of(json.loads(written, parse_float=Decimal), currency) == amount


@pytest.mark.parametrize(
    ("amount", "number", "adyen"),
    [
        (Money(12_900, "EUR"), 129.0, 12_900),
        (Money(12_500, "KWD"), 12.5, 12_500),
        (Money(500, "JPY"), 500.0, 500),
        (Money(1234, "CLP"), 1234.0, 123_400),
        (Money(100, "ISK"), 100.0, 10_000),
        (Money(12_300, "CVE"), 123.0, 123),
        (Money(5_000_000, "IDR"), 50_000.0, 50_000),
    ],
)
def test_whole_units_on_the_wire_and_adyens_minor_units_in_reports(
    amount: Money, number: float, adyen: int
) -> None:
    assert (wire_number(amount), adyen_minor(amount)) == (number, adyen)


@pytest.mark.parametrize("amount", [Money(12_350, "CVE"), Money(5_000_001, "IDR"), Money(-1, "EUR")])
def test_an_amount_that_adyen_does_not_have_is_refused(amount: Money) -> None:
    with pytest.raises(ValueError):
        wire_number(amount)


@pytest.mark.parametrize(
    ("number", "currency"),
    [
        (Decimal("1.001"), "EUR"), (Decimal("0.5"), "JPY"), (-1, "EUR"), (True, "EUR"), ("1.00", "EUR"), (None, "EUR"),
        (Decimal("NaN"), "EUR"), (Decimal("Infinity"), "EUR"), (Decimal("1e40"), "EUR"), (1, "XXX"), (1, "eur"),
        (1, None),
    ],
)  # fmt: skip
def test_what_is_no_amount_is_refused(number: object, currency: object) -> None:
    with pytest.raises(ValueError):
        money_of(number, currency)


def test_the_smallest_amount_can_be_sent() -> None:
    for currency, minor in MINIMUM_MINOR.items():
        assert wire_number(Money(minor, currency)) > 0
