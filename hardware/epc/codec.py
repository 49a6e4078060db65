"""Decodes and encodes the EPC of a garment's tag: GTIN and serial.

SGTIN-96 and SGTIN-198 are decoded and encoded, SGTIN+ and DSGTIN+ decoded. Other schemes raise EpcSchemeError.
Source: GS1 EPC Tag Data Standard 2.3, clauses 14.2 (headers), 14.6.1 (SGTIN) and 6.3.1 (pure identity).
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Final
from urllib.parse import quote

from hardware.epc.gtin import Gtin
from hardware.epc.schemes import SCHEME_BY_HEADER
from hardware.epc.serial import SERIAL_BITS, read_serial, uri_escaped, write_serial
from hardware.epc.sgtin import read_article, write_article
from hardware.epc.sgtin_plus import DSGTIN_PLUS, SGTIN_PLUS, decode_plus
from hardware.errors import EpcSchemeError, EpcValueError, MalformedEpcError

__all__ = ["Gtin", "Sgtin", "decode", "encode", "encode_198"]

SGTIN_96: Final = 0x30
SGTIN_198: Final = 0x36
_NUMBER_BITS: Final = 38
_NUMBER: Final = (1 << _NUMBER_BITS) - 1
_BYTES_96: Final = 12
# 198 bits fill 25 bytes less two bits; tags have 26, because their memory is in words of 16 bits
_BYTES_198: Final = 25


@dataclass(frozen=True, slots=True)
class Sgtin:
    """One garment: its article (GTIN) and its piece (serial).

    `filter` (0 to 7) is 1 for a single item; other values are cases and pallets. `company_prefix_length` (6 to 12
    digits, None if the tag does not hold it) is needed to encode the same tag again.
    """

    scheme: str
    gtin: Gtin
    serial: str
    filter: int
    company_prefix_length: int | None

    @property
    def uri(self) -> str:
        """The EPC tag URI; the GS1 Digital Link for SGTIN+ and DSGTIN+, which have none."""
        if self.company_prefix_length is None:
            return f"https://id.gs1.org/01/{self.gtin}/21/{quote(self.serial, safe='')}"
        return f"urn:epc:tag:{self.scheme}:{self.filter}.{self._piece}"

    @property
    def identity(self) -> str:
        """The pure identity URI, equal for an SGTIN-96 and an SGTIN-198 of this piece."""
        return self.uri if self.company_prefix_length is None else f"urn:epc:id:sgtin:{self._piece}"

    @property
    def _piece(self) -> str:
        """Company prefix, item (which begins with the GTIN's indicator) and serial, as in a URI."""
        end = 1 + (self.company_prefix_length or 0)
        return f"{self.gtin[1:end]}.{self.gtin[0]}{self.gtin[end:13]}.{uri_escaped(self.serial)}"


# Setting the slots directly takes half the time of a frozen __init__; a store reads thousands of tags a second.
_new: Final = object.__new__
_scheme, _gtin, _serial, _filter, _length = (Sgtin.__dict__[slot.name].__set__ for slot in fields(Sgtin))


def _made(scheme: str, gtin: Gtin, serial: str, filter_value: int, length: int) -> Sgtin:
    made = _new(Sgtin)
    _scheme(made, scheme)
    _gtin(made, gtin)
    _serial(made, serial)
    _filter(made, filter_value)
    _length(made, length)
    return made


def decode(hex_text: str) -> Sgtin:
    """Decodes the EPC of a tag, in hex of either case; the memory after it may be padded with zeros.

    Raises MalformedEpcError, EpcSchemeError or EpcValueError, nothing else, for any text.
    """
    try:
        raw = bytes.fromhex(hex_text)
    except ValueError:
        raw = _odd_plus(hex_text)
    if not raw:
        raise MalformedEpcError("empty")
    if raw[0] == SGTIN_96:
        return _decode_96(raw)
    if raw[0] == SGTIN_198:
        return _decode_198(raw)
    if raw[0] in (SGTIN_PLUS, DSGTIN_PLUS):
        scheme, filter_value, gtin, serial = decode_plus(raw)
        return Sgtin(scheme, gtin, serial, filter_value, None)
    raise EpcSchemeError(raw[0], SCHEME_BY_HEADER.get(raw[0]))


def _odd_plus(hex_text: str) -> bytes:
    """Hex with an odd number of digits, as the standard prints SGTIN+ and DSGTIN+, whose length varies."""
    if hex_text[:2].upper() in (f"{SGTIN_PLUS:X}", f"{DSGTIN_PLUS:X}"):
        try:
            return bytes.fromhex(hex_text + "0")
        except ValueError:
            pass
    raise MalformedEpcError("not hex digits, two a byte")


def _decode_96(raw: bytes) -> Sgtin:
    if len(raw) != _BYTES_96:
        if len(raw) < _BYTES_96 or any(raw[_BYTES_96:]):
            raise MalformedEpcError(f"an SGTIN-96 has 96 bits, not {8 * len(raw)}")
        raw = raw[:_BYTES_96]
    bits = int.from_bytes(raw)
    gtin, prefix_length = read_article(bits >> _NUMBER_BITS)
    return _made("sgtin-96", gtin, str(bits & _NUMBER), bits >> 85 & 7, prefix_length)


def _decode_198(raw: bytes) -> Sgtin:
    if len(raw) < _BYTES_198 or raw[_BYTES_198 - 1] & 3 or any(raw[_BYTES_198:]):
        raise MalformedEpcError(f"an SGTIN-198 has 198 bits, not {8 * len(raw)}")
    bits = int.from_bytes(raw[:_BYTES_198]) >> 2
    gtin, prefix_length = read_article(bits >> SERIAL_BITS)
    serial = read_serial(bits & ((1 << SERIAL_BITS) - 1))
    return _made("sgtin-198", gtin, serial, bits >> 187 & 7, prefix_length)


def encode(gtin: str, serial: str | int, company_prefix_length: int = 7, filter: int = 1) -> str:  # noqa: A002
    """The SGTIN-96 of one piece as 24 upper-case hex digits.

    `serial` is a whole number below 2**38 without leading zeros. Raises GtinError or EpcValueError.
    """
    number = str(serial)
    if not (number.isascii() and number.isdigit()) or (number[0] == "0" and number != "0"):
        raise EpcValueError("the serial of an SGTIN-96 is a number without leading zeros")
    if len(number) > 12 or int(number) > _NUMBER:
        raise EpcValueError("the serial of an SGTIN-96 is below 274877906944")
    article = write_article(gtin, company_prefix_length, filter)
    return f"{(SGTIN_96 << 88) | (article << _NUMBER_BITS) | int(number):024X}"


def encode_198(gtin: str, serial: str, company_prefix_length: int = 7, filter: int = 1) -> str:  # noqa: A002
    """The SGTIN-198 of one piece as 52 upper-case hex digits; the last 10 bits fill the tag's last word.

    `serial` has up to 20 characters. Raises GtinError or EpcValueError.
    """
    article = write_article(gtin, company_prefix_length, filter)
    bits = (SGTIN_198 << 190) | (article << SERIAL_BITS) | write_serial(serial)
    return f"{bits << 10:052X}"
