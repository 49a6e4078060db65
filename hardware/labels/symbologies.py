"""Retail bar codes: the articles that their digits can mean, with or without the AIM symbology identifier.

Source: ISO/IEC 15424 and GS1 General Specifications, clauses 5.1.2 (symbology identifiers) and 5.2.2.4.2 (UPC-E). After
`]E0` the standard has 13 digits; 12 digits of a UPC-A and 8 of a UPC-E are taken too.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from hardware.epc.gtin import Gtin
from hardware.errors import GtinError, LabelError
from hardware.labels.upc_e import expanded

_IDENTIFIER: Final = re.compile(r"\]([A-Za-z])([0-9A-Za-z])")
GS1_SYMBOLS: Final = frozenset({"C1", "e0", "e1", "e2", "d2", "Q3", "J1"})
"""Symbols that hold an element string: GS1-128, GS1 DataBar and its composites, GS1 DataMatrix, QR and DotCode."""
_EAN: Final = "E"
# digits of the code without add-on, by the digits sent
_WITH_ADD_ON: Final = {10: 8, 13: 8, 14: 12, 15: 13, 17: 12, 18: 13}
# UPC-A and UPC-E without preamble, without check digit, or without both
_INCOMPLETE: Final = (6, 7, 11)
_UPC_E_WITH_COUNTRY: Final = 9
LENGTHS: Final = frozenset({6, 7, 8, 9, 11, 12, 13, 14, *_WITH_ADD_ON})
"""Numbers of digits that a retail bar code can have, also with an add-on or country code, or with a digit missing."""


def split_identifier(text: str) -> tuple[str, str]:
    """The symbology identifier without its `]`, empty if there is none, and the data."""
    found = _IDENTIFIER.match(text)
    return (found[1] + found[2], text[3:]) if found else ("", text)


def articles(digits: str, symbol: str) -> tuple[Gtin, ...]:
    """The articles that the digits of a bar code can mean, the most likely first; one if the identifier decides.

    Raises LabelError (GtinError for a wrong check digit) if they mean none.
    """
    if digits.strip("0") == "":
        raise LabelError("a number of zeros")
    readings = _READINGS.get(symbol, _by_length) if symbol[:1] == _EAN else _by_length
    candidates = readings(digits)
    fitting = tuple(dict.fromkeys(gtin for read in candidates if (gtin := _or_none(read, digits))))
    if not fitting:
        if len(digits) in _INCOMPLETE:
            raise LabelError(
                "a bar code without its first digit or its check digit; let the scanner send all digits"
            )
        return ((candidates[0] if candidates else Gtin)(digits),)  # raises with the reason
    return fitting


def first_is_likely(digits: str) -> bool:
    """Whether the first of several articles is right where no catalogue lists them.

    An EAN-8 that begins with 0 is only a shop's own number (General Specifications 26.0, table 1-5), so the digits are
    a UPC-E; an add-on behind 12 digits must be switched on in a scanner, so 14 digits are a GTIN-14.
    """
    return digits[0] == "0" or len(digits) == 14


_Reading = Callable[[str], Gtin]


def _or_none(read: _Reading, digits: str) -> Gtin | None:
    try:
        return read(digits)
    except (GtinError, LabelError):
        return None


def _upc_e(digits: str) -> Gtin:
    return Gtin(expanded(digits))


def _main(read: _Reading, length: int) -> _Reading:
    """Reads the code before an add-on symbol of 2 or 5 digits, which a garment's article does not depend on."""
    return lambda digits: read(digits[:length])


def _upc_e_with_country(digits: str) -> Gtin:
    """A UPC-E with the country code 0 of the United States before it, which scanners can be set to send."""
    if digits[0] != "0":
        raise LabelError("nine digits that are no UPC-E with a country code")
    return _upc_e(digits[1:])


def _full(digits: str) -> tuple[_Reading, ...]:
    """`]E0`: EAN-13, UPC-A or UPC-E."""
    return {8: (_upc_e,), _UPC_E_WITH_COUNTRY: (_upc_e_with_country,)}.get(len(digits), (Gtin,))


def _ean_8(digits: str) -> tuple[_Reading, ...]:
    """`]E4`; more digits are an add-on, or the zeros before it that scanners add if they extend it to an EAN-13."""
    extended = len(digits) == 13 and digits.startswith("00000")
    return (Gtin,) if len(digits) == 8 or extended else (_main(Gtin, 8),)


def _full_with_add_on(digits: str) -> tuple[_Reading, ...]:
    """`]E3`: a code with an add-on."""
    length = _WITH_ADD_ON.get(len(digits), 0)
    return (_main(_upc_e, 8), _main(Gtin, 8)) if length == 8 else (_main(Gtin, length),)


def _by_length(digits: str) -> tuple[_Reading, ...]:
    """Without an identifier. Add-ons of 8-digit codes are not considered for 13 digits: one EAN-13 in ten fits."""
    length = len(digits)
    if length == 8:
        return (_upc_e, Gtin)
    if length == _UPC_E_WITH_COUNTRY:
        return (_upc_e_with_country,)
    if length in (12, 13):
        return (Gtin,)
    if length == 14:
        return (Gtin, _main(Gtin, 12))
    if length == 10:
        return (_main(_upc_e, 8), _main(Gtin, 8))
    return (_main(Gtin, _WITH_ADD_ON[length]),) if length in _WITH_ADD_ON else ()


_READINGS: Final[dict[str, Callable[[str], tuple[_Reading, ...]]]] = {
    "E0": _full,
    "E3": _full_with_add_on,
    "E4": _ean_8,
}
