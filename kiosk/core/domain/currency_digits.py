"""Digits of the minor unit of every currency in which prices are made (ISO 4217).

Source: ISO 4217 List One of 2026-01-01 (SIX, maintenance agency), with its amendments since 2024-06-25: XCG has
replaced ANG, BGN has become EUR, CUC has ended. Left out are the codes without a minor unit ("N.A.": XXX, XTS, XDR,
XSU, XUA, the metals and the bond market units) and the units of account, in which nobody pays (funds such as CLF, USN,
UYI; UYW, XAD). Payment services have lists of their own; they belong to their drivers.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

DEFAULT_DIGITS: Final = 2
"""Taken for an amount of an earlier version in a code that is not in the table."""
_WITHOUT: Final = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF"
_WITH_2: Final = """
AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CNY
COP CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF
IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR
MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG
SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD UYU UZS VED VES
WST XCD XCG YER ZAR ZMW ZWG
"""
_WITH_3: Final = "BHD IQD JOD KWD LYD OMR TND"

CURRENCY_DIGITS: Final[Mapping[str, int]] = MappingProxyType(
    {code: digits for digits, codes in ((0, _WITHOUT), (2, _WITH_2), (3, _WITH_3)) for code in codes.split()}
)
"""ISO 4217 code to the digits of its minor unit; a code that is not in it is no currency of a price."""


def digits_of(currency: str) -> int:
    """Digits of the minor unit: 2 for EUR, 0 for JPY, 3 for KWD."""
    return CURRENCY_DIGITS.get(currency, DEFAULT_DIGITS)
