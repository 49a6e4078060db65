"""The amount of a test purchase: one that a bank takes, in each currency, at each provider."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from kiosk.connectors.payments.nexo.amounts import MINIMUM_MINOR as AT_ADYEN
from kiosk.connectors.payments.stripe_terminal.amounts import MINIMUM_MINOR as AT_STRIPE
from kiosk.core.domain.currency_digits import CURRENCY_DIGITS
from kiosk.store.payments.terminals import trial_amounts
from kiosk.store.payments.terminals.trial_amounts import trial_minor

DOLLARS: Mapping[str, float] = {
    "EUR": 1.1, "GBP": 1.3, "KWD": 3.2, "JPY": 0.0067, "KRW": 0.0007, "INR": 0.012, "IDR": 0.00006, "VND": 0.00004,
    "CLP": 0.001, "COP": 0.00024, "ISK": 0.0075, "HUF": 0.0028, "CZK": 0.045, "THB": 0.03, "TRY": 0.024, "XOF": 0.0017,
    "TND": 0.33, "BHD": 2.65, "CVE": 0.01, "UGX": 0.00027, "PYG": 0.00014, "LBP": 0.000011, "MXN": 0.055, "ZAR": 0.056,
}  # fmt: skip
"""Rates of 2026, in round numbers."""


def dollars(currency: str, minor: int) -> float:
    return DOLLARS[currency] * minor / 10 ** CURRENCY_DIGITS[currency]


@pytest.mark.parametrize(
    "stated", [{}, AT_STRIPE, AT_ADYEN], ids=["nothing stated", "minimums of Stripe", "units of Adyen"]
)
def test_it_is_small_and_not_next_to_nothing(stated: Mapping[str, int]) -> None:
    worth = {code: dollars(code, trial_minor(code, stated.get(code))) for code in DOLLARS}
    assert {code: value for code, value in worth.items() if not 0.25 <= value <= 20} == {}


def test_it_is_never_below_what_the_provider_takes() -> None:
    for provider in (AT_STRIPE, AT_ADYEN):
        assert [code for code in provider if trial_minor(code, provider[code]) < provider[code]] == []
    assert (trial_minor("EUR", AT_STRIPE["EUR"]), trial_minor("EUR", None)) == (50, 100)
    assert (trial_minor("KWD", None), trial_minor("JPY", AT_STRIPE["JPY"])) == (1_000, 50)


def test_the_amount_without_a_statement_is_enough_where_stripe_states_a_minimum() -> None:
    """Stripe's table is an independent measure of what is too small."""
    assert [code for code, minimum in AT_STRIPE.items() if trial_minor(code, None) < minimum] == []


def test_the_table_knows_currencies_only_and_each_once() -> None:
    codes = [code for codes in trial_amounts._UNITS.values() for code in codes.split()]
    assert len(codes) == len(set(codes))
    assert set(codes) <= set(CURRENCY_DIGITS)


def test_planted_one_unit_of_any_currency_is_next_to_nothing_in_some() -> None:
    one_unit = [code for code in DOLLARS if dollars(code, 10 ** CURRENCY_DIGITS[code]) < 0.25]
    assert {"KRW", "IDR", "JPY", "COP"} <= set(one_unit)
