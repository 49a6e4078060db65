"""Amounts as Adyen counts them: its digits of each currency, and the numbers of the Terminal API in whole units.

Source: docs.adyen.com/development-resources/currency-codes ("Currency codes and minor units"). Its table agrees with
ISO 4217 except for the four currencies below; the page names them itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from types import MappingProxyType
from typing import Any, Final

from kiosk.core.domain.currency_digits import CURRENCY_DIGITS
from kiosk.core.domain.money import Money

EXPONENTS: Final[Mapping[str, int]] = MappingProxyType({"CLP": 2, "CVE": 0, "IDR": 0, "ISK": 2})
"""Adyen's digits of a currency where they differ from ISO 4217."""
MINIMUM_MINOR: Final[Mapping[str, int]] = MappingProxyType(
    {code: 10 ** max(0, CURRENCY_DIGITS[code] - digits) for code, digits in EXPONENTS.items()}
)
"""Adyen states no smallest amount for terminals; one unit of its own digits is the smallest that can be sent."""
_LARGEST: Final = Decimal("99999999.999999")
"""Largest value of `RequestedAmount` (Terminal API, AmountsReq)."""


def wire_number(amount: Money) -> float:
    """The amount in units of the currency, as `RequestedAmount` wants it: 129.0 for 12,900 cents.

    Raises ValueError where Adyen has no such amount: half an escudo, or more than 99,999,999.
    """
    value = Decimal(amount.minor).scaleb(-amount.digits)
    digits = EXPONENTS.get(amount.currency, amount.digits)
    if value != round(value, digits):
        raise ValueError(f"Adyen takes {amount.currency} with {digits} decimals only")
    if not 0 <= value <= _LARGEST:
        raise ValueError("the amount is below 0 or above 99,999,999")
    number = float(value)
    # a float has 15 exact digits, the largest amount has 11
    assert Decimal(repr(number)) == value
    return number


def money_of(number: Any, currency: Any) -> Money:
    """An amount of a message. Raises ValueError for one that is no number of minor units in a currency of ISO 4217."""
    if not isinstance(currency, str) or currency not in CURRENCY_DIGITS:
        raise ValueError("a currency of the reply is unknown")
    if isinstance(number, bool) or not isinstance(number, (int, float, Decimal)):
        raise ValueError("an amount of the reply is no number")
    try:
        minor = Decimal(str(number)).scaleb(CURRENCY_DIGITS[currency])
        if not 0 <= minor <= _LARGEST.scaleb(3) or minor != minor.to_integral_value():
            raise ValueError("an amount of the reply is not in minor units")
    except InvalidOperation as error:
        raise ValueError("an amount of the reply is no number") from error
    return Money(int(minor), currency)


def adyen_minor(amount: Money) -> int:
    """The amount in Adyen's own minor units, as its reports and additional data state it: 50,000 for 500 CLP."""
    digits = EXPONENTS.get(amount.currency, amount.digits)
    return int(Decimal(amount.minor).scaleb(digits - amount.digits))
