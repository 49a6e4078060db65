"""Stripe's digits of each currency, against ISO 4217 and against its own list."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.connectors.payments.stripe_terminal.amounts import (
    EXPONENTS,
    MINIMUM_MINOR,
    NOT_AT_STRIPE,
    THREE_DECIMAL,
    NotChargeableError,
    digits_at_stripe,
    from_stripe,
    to_stripe,
)
from kiosk.core.domain.currency_digits import CURRENCY_DIGITS
from kiosk.core.domain.money import Money


def test_only_these_currencies_have_other_digits_than_iso_4217() -> None:
    assert dict(EXPONENTS) == {"ISK": 2, "MGA": 0, "UGX": 2}


def test_every_currency_of_three_digits_is_stripes_or_refused() -> None:
    of_iso = {code for code, digits in CURRENCY_DIGITS.items() if digits == 3}
    assert of_iso == THREE_DECIMAL | NOT_AT_STRIPE


@pytest.mark.parametrize(
    ("amount", "units"),
    [
        (Money(1099, "EUR"), 1099),
        (Money(500, "JPY"), 500),
        (Money(5, "ISK"), 500),
        (Money(5, "UGX"), 500),
        (Money(5120, "KWD"), 5120),
        (Money(1000, "MGA"), 10),
        (Money(1045, "HUF"), 1045),
        (Money(80_045, "TWD"), 80_045),
        (Money(150_000_000, "IDR"), 150_000_000),
    ],
)
def test_amounts_of_stripes_own_examples(amount: Money, units: int) -> None:
    assert to_stripe(amount) == units
    assert from_stripe(units, amount.currency.lower()) == amount


@pytest.mark.parametrize(
    ("amount", "why"),
    [
        (Money(5124, "KWD"), "amount-not-exact"),
        (Money(1001, "MGA"), "amount-not-exact"),
        (Money(0, "EUR"), "amount-too-small"),
        (Money(-5, "EUR"), "amount-too-small"),
        (Money(10**13, "EUR"), "amount-too-large"),
        (Money(100, "XXX"), "currency"),
        (Money(100, "LYD"), "currency"),
    ],
)
def test_what_cannot_be_sent_exactly_is_refused(amount: Money, why: str) -> None:
    with pytest.raises(NotChargeableError) as refused:
        to_stripe(amount)
    assert refused.value.why == why


@pytest.mark.parametrize(("units", "currency"), [(150, "isk"), (1, "ugx"), (100, "xxx"), (100, "lyd")])
def test_an_answer_that_we_cannot_express_is_refused(units: int, currency: str) -> None:
    with pytest.raises(ValueError):
        from_stripe(units, currency)


@given(minor=st.integers(1, 10**9), currency=st.sampled_from(sorted(CURRENCY_DIGITS)))
def test_what_can_be_sent_comes_back_unchanged(minor: int, currency: str) -> None:
    amount = Money(minor, currency)
    try:
        units = to_stripe(amount)
    except NotChargeableError:
        return
    assert from_stripe(units, currency.lower()) == amount
    assert units * 10 ** CURRENCY_DIGITS[currency] == minor * 10 ** digits_at_stripe(currency)


def test_the_minimums_are_in_minor_units() -> None:
    assert (MINIMUM_MINOR["EUR"], MINIMUM_MINOR["GBP"], MINIMUM_MINOR["JPY"]) == (50, 30, 50)
    assert (MINIMUM_MINOR["HUF"], MINIMUM_MINOR["THB"], MINIMUM_MINOR["AED"]) == (17_500, 1_000, 200)
    assert all(code in CURRENCY_DIGITS and minor > 0 for code, minor in MINIMUM_MINOR.items())
