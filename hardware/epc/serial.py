"""The serial of an SGTIN-198: up to 20 characters of 7 bits, and its form in a URI.

Source: GS1 EPC Tag Data Standard 2.2, clauses 14.3.2 (strings), 6.3.1 and annex A (characters and their escapes).
"""

from __future__ import annotations

from typing import Final

from hardware.errors import EpcValueError

SERIAL_BITS: Final = 140
_CHARACTERS: Final = 20
_ALLOWED: Final = frozenset(
    "!\"%&'()*+,-./0123456789:;<=>?ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz"
)
_ESCAPED: Final = str.maketrans({character: f"%{ord(character):02X}" for character in '"%&/<>?'})


def read_serial(bits: int) -> str:
    """The text in 140 bits, padded with zeros. Raises EpcValueError."""
    codes = [bits >> 7 * place & 0x7F for place in reversed(range(_CHARACTERS))]
    text = "".join(map(chr, codes)).rstrip("\0")
    if not text:
        raise EpcValueError("no serial")
    if not is_serial(text):
        raise EpcValueError("a serial with a character that is not allowed in one")
    return text


def is_serial(text: str) -> bool:
    """Whether all characters are allowed in a serial."""
    return _ALLOWED.issuperset(text)


def write_serial(serial: str) -> int:
    """The 140 bits of a serial. Raises EpcValueError."""
    if not 1 <= len(serial) <= _CHARACTERS or not is_serial(serial):
        raise EpcValueError("a serial has 1 to 20 of the characters that GS1 allows")
    bits = 0
    for character in serial:
        bits = bits << 7 | ord(character)
    return bits << 7 * (_CHARACTERS - len(serial))


def uri_escaped(serial: str) -> str:
    """A serial as it is written in an EPC URI."""
    return serial.translate(_ESCAPED)
