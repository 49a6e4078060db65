"""Amounts as Stripe counts them: its digits of a currency, which are not always those of ISO 4217, and its minimums.

Sources: docs.stripe.com/currencies, sections "Zero-decimal currencies", "Three-decimal currencies", "Special cases",
"Minimum and maximum charge amounts" (as published in 2026). HUF and TWD have no decimals in payouts only; a charge has
its two digits.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from kiosk.core.domain.currency_digits import CURRENCY_DIGITS
from kiosk.core.domain.money import Money

ZERO_DECIMAL = frozenset(
    ["BIF", "CLP", "DJF", "GNF", "JPY", "KMF", "KRW", "MGA", "PYG", "RWF", "VND", "VUV", "XAF", "XOF", "XPF"]
)
THREE_DECIMAL = frozenset(["BHD", "JOD", "KWD", "OMR", "TND"])
"""Their last digit must be 0."""
TWO_SENT_NONE_USED = frozenset(["ISK", "UGX"])
"""Without decimals, but sent with two digits, which must be 00."""
NOT_AT_STRIPE = frozenset(["IQD", "LYD"])
"""Currencies with three digits in ISO 4217 that Stripe's list lacks."""
_MINIMUMS = """
USD 0.50 AED 2.00 AUD 0.50 BRL 0.50 CAD 0.50 CHF 0.50 CZK 15.00 DKK 2.50 EUR 0.50 GBP 0.30 HKD 4.00 HUF 175.00
INR 0.50 JPY 50 MXN 10.00 MYR 2.00 NOK 3.00 NZD 0.50 PLN 2.00 RON 2.00 SEK 3.00 SGD 0.50 THB 10.00
"""
MAX_DIGITS = 12
"""Digits of the largest amount in any currency (IDR); the limit of each one is left to Stripe."""


class NotChargeableError(ValueError):
    """Stripe cannot take this amount. `why` is a short code."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def digits_at_stripe(currency: str) -> int:
    """Digits of the minor unit that Stripe counts in."""
    if currency in ZERO_DECIMAL:
        return 0
    return 3 if currency in THREE_DECIMAL else 2


def to_stripe(amount: Money) -> int:
    """An amount in Stripe's units. Raises NotChargeableError where it cannot be expressed exactly."""
    if amount.currency not in CURRENCY_DIGITS or amount.currency in NOT_AT_STRIPE:
        raise NotChargeableError("currency")
    ours, theirs = amount.digits, digits_at_stripe(amount.currency)
    whole, rest = divmod(amount.minor * int(10**theirs), int(10**ours))
    if rest or (amount.currency in THREE_DECIMAL and whole % 10):
        raise NotChargeableError("amount-not-exact")
    if whole <= 0 or len(str(whole)) > MAX_DIGITS:
        raise NotChargeableError("amount-too-small" if whole <= 0 else "amount-too-large")
    return whole


def from_stripe(units: int, currency: str) -> Money:
    """An amount that Stripe states. Raises ValueError where our minor units cannot express it."""
    code = currency.upper()
    if code not in CURRENCY_DIGITS or code in NOT_AT_STRIPE:
        raise ValueError("unknown currency")
    minor, rest = divmod(units * 10 ** CURRENCY_DIGITS[code], 10 ** digits_at_stripe(code))
    if rest:
        raise ValueError("amount is not in whole minor units")
    return Money(minor, code)


EXPONENTS: Mapping[str, int] = MappingProxyType(
    {
        code: digits_at_stripe(code)
        for code, ours in CURRENCY_DIGITS.items()
        if ours != digits_at_stripe(code) and code not in NOT_AT_STRIPE
    }
)
"""Stripe's digits where they differ from ISO 4217."""


def _minimums() -> Mapping[str, int]:
    words = _MINIMUMS.split()
    found = {}
    for code, text in zip(words[::2], words[1::2], strict=True):
        whole, _, decimals = text.partition(".")
        found[code] = int(whole + decimals.ljust(CURRENCY_DIGITS[code], "0"))
    return MappingProxyType(found)


MINIMUM_MINOR = _minimums()
"""Smallest charge in minor units of ISO 4217. It is that of the account's settlement currency, which is taken to be the
currency of the charge; currencies without a row have the equivalent of one of these."""
