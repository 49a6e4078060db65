"""Decodes SGTIN+ and DSGTIN+, the EPC schemes for garments of Tag Data Standard 2.

They hold the GTIN digit by digit and a serial of variable length. Without a company prefix they have no EPC URI; a GS1
Digital Link identifies the piece instead. Source: GS1 EPC Tag Data Standard 2.3, clauses 14.6.1.3 and 14.6.1.4
(layout), 14.5.4 (GTIN), 14.5.6 (serial), vectors in annex E.3.
"""

from __future__ import annotations

from string import ascii_lowercase, ascii_uppercase, digits
from typing import Final

from hardware.epc.gtin import Gtin
from hardware.epc.serial import is_serial
from hardware.errors import EpcValueError, GtinError, MalformedEpcError

SGTIN_PLUS: Final = 0xF7
DSGTIN_PLUS: Final = 0xFB
_NAMES: Final = {SGTIN_PLUS: "sgtin+", DSGTIN_PLUS: "dsgtin+"}
# kind of date (4 bits) and date (year 7, month 4, day 5)
_DATE_BITS: Final = 20
_MAX_SERIAL: Final = 20
_BASE_64: Final = ascii_uppercase + ascii_lowercase + digits + "-_"
_CODE_40: Final = "\0ABCDEFGHIJKLMNOPQRSTUVWXYZ-.:0123456789"


class _Bits:
    """Reads bit fields one after the other. Raises MalformedEpcError at the end."""

    def __init__(self, raw: bytes) -> None:
        self._value = int.from_bytes(raw)
        self.left = 8 * len(raw)

    def take(self, width: int) -> int:
        if width > self.left:
            raise MalformedEpcError("cut off")
        self.left -= width
        return self._value >> self.left & ((1 << width) - 1)


def decode_plus(raw: bytes) -> tuple[str, int, Gtin, str]:
    """Scheme, filter, GTIN and serial of a tag whose first byte is SGTIN_PLUS or DSGTIN_PLUS.

    Raises MalformedEpcError or EpcValueError; their text names the scheme.
    """
    scheme = _NAMES[raw[0]]
    try:
        return scheme, *_read(raw)
    except MalformedEpcError as error:
        raise MalformedEpcError(f"{scheme}: {error}") from error
    except (EpcValueError, GtinError) as error:
        raise EpcValueError(f"{scheme}: {error}") from error


def _read(raw: bytes) -> tuple[int, Gtin, str]:
    bits = _Bits(raw)
    header, more, filter_value = bits.take(8), bits.take(1), bits.take(3)
    if header == DSGTIN_PLUS:
        bits.take(_DATE_BITS)
    gtin = Gtin("".join(_digit(bits) for _ in range(14)))
    serial = _serial(bits)
    # after the serial: zeros, or other data of the article if the toggle bit is set
    if not more and bits.take(bits.left):
        raise MalformedEpcError("data after the serial")
    return filter_value, gtin, serial


def _digit(bits: _Bits) -> str:
    digit = bits.take(4)
    if digit > 9:
        raise EpcValueError("a GTIN with a digit above 9")
    return str(digit)


def _serial(bits: _Bits) -> str:
    """The serial, in one of six encodings (table E)."""
    code, length = bits.take(3), bits.take(5)
    if not 1 <= length <= _MAX_SERIAL:
        raise EpcValueError(f"a serial of {length} characters")
    serial = _decoded(bits, code, length)
    if not is_serial(serial):
        raise EpcValueError("a serial with a character that is not allowed in one")
    return serial


def _decoded(bits: _Bits, code: int, length: int) -> str:
    match code:
        case 0:
            limit = 10**length
            number = bits.take((limit - 1).bit_length())
            if number >= limit:
                raise EpcValueError(f"a number of more than {length} digits")
            return f"{number:0{length}d}"
        case 1:
            return f"{bits.take(4 * length):0{length}X}"
        case 2:
            return f"{bits.take(4 * length):0{length}x}"
        case 3:
            return "".join(_BASE_64[bits.take(6)] for _ in range(length))
        case 4:
            return "".join(chr(bits.take(7)) for _ in range(length))
        case 5:
            return _code_40(bits, length)
        case _:
            raise EpcValueError(f"serial code {code} is not assigned")


def _code_40(bits: _Bits, length: int) -> str:
    """Three characters in 16 bits (clause 14.5.6.5), padded with zeros after the last."""
    text = ""
    while len(text) < length:
        first, rest = divmod(bits.take(16) - 1, 1600)
        if not 0 <= first < 40:
            raise EpcValueError("an invalid group of three characters")
        text += _CODE_40[first] + _CODE_40[rest // 40] + _CODE_40[rest % 40]
    if text[length:].strip("\0"):
        raise EpcValueError("characters after the end of the serial")
    return text[:length]
