"""The amount of a test purchase in each currency: small, but not so small that a bank declines it.

Where a provider states the smallest amount that it takes, that one is used. Else, and where it only states what can be
sent at all (1 IDR at Adyen), it is a round amount worth some 0.50 to 20 US dollars. The rates behind the table are
those of 2026, rounded to a power of ten; nothing but test purchases depends on it, and they are given back.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from kiosk.core.domain.currency_digits import CURRENCY_DIGITS, DEFAULT_DIGITS

_UNITS: Final = {
    10: "AED BOB BRL BYN CNY DKK ERN FJD GEL GHS GTQ HKD ILS LSL LYD MAD MDL MOP MVR MXN MYR NAD NOK PEN PGK PLN QAR "
    "RON SAR SBD SCR SEK SVC SZL TJS TMT TND TOP TTD WST XCD ZAR BWP",
    100: "AFN ALL BDT BTN CUP CVE CZK DJF DOP DZD EGP ETB GMD HNL HTG INR ISK JMD JPY KES KGS LRD MKD MRU MUR MZN NIO "
    "NPR PHP RSD RUB SLE SRD STN THB TRY TWD UAH UYU VUV XPF ZMW ZWG",
    1_000: "AMD AOA ARS CLP CRC GYD HUF IQD KMF KPW KRW KZT LKR MWK NGN PKR RWF SDG SOS VED VES XAF XOF YER",
    10_000: "BIF CDF COP GNF IDR KHR MGA MMK MNT PYG SSP TZS UGX UZS",
    100_000: "LAK LBP SYP VND",
    1_000_000: "IRR",
}
"""Units of the currency, for those of which one unit is worth less than about 0.50 dollars."""
_SMALL: Final[Mapping[str, int]] = MappingProxyType(
    {code: units for units, codes in _UNITS.items() for code in codes.split()}
)
_NEXT_TO_NOTHING: Final = 20
"""A stated minimum below this fraction of the amount in the table is only what can be sent at all."""


def trial_minor(currency: str, stated_minor: int | None) -> int:
    """The amount in minor units of the currency. `stated_minor`: the provider's minimum; None if it states none."""
    small = _SMALL.get(currency, 1) * int(10 ** CURRENCY_DIGITS.get(currency, DEFAULT_DIGITS))
    if stated_minor is None or stated_minor * _NEXT_TO_NOTHING < small:
        return small
    return stated_minor
