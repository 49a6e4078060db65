"""Reads and writes the EPC of a garment's tag: SGTIN-96, to and from GTIN and serial number.

Source of every number here: GS1 EPC Tag Data Standard 2.2, clauses 14.2 (headers), 14.6.1 (SGTIN-96 and SGTIN-198)
and 6.3.1 (pure identity). Other schemes are refused by name, not guessed at.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Self

from hardware.epc_schemes import SCHEME_BY_HEADER
from hardware.errors import ForeignEpcError, GtinError, ImpossibleEpcError, MalformedEpcError

SGTIN_96: Final = 0x30

# clause 14.6.1.1, table 14-2: partition -> digits and bits of the company prefix, digits and bits of the item
_PARTITIONS: Final = (
    (12, 40, 1, 4),
    (11, 37, 2, 7),
    (10, 34, 3, 10),
    (9, 30, 4, 14),
    (8, 27, 5, 17),
    (7, 24, 6, 20),
    (6, 20, 7, 24),
)
_PREFIX_AND_ITEM_BITS: Final = 44
_SERIAL_BITS: Final = 38
_HEX_96: Final = 24


class Gtin(str):
    """A GTIN-14 whose check digit holds; shorter GTINs (8, 12, 13 digits) are filled with zeros from the left."""

    __slots__ = ()

    def __new__(cls, digits: str) -> Self:
        if len(digits) not in (8, 12, 13, 14) or not (digits.isascii() and digits.isdigit()):
            raise GtinError("a GTIN has 8, 12, 13 or 14 digits")
        full = digits.zfill(14)
        if check_digit(full[:13]) != full[13]:
            raise GtinError(f"the check digit of {digits} should be {check_digit(full[:13])}")
        return super().__new__(cls, full)


@dataclass(frozen=True, slots=True)
class Sgtin:
    """One garment: which article (GTIN) and which piece of it (serial).

    `company_prefix_length` (6 to 12 digits) is not part of the GTIN, but of how it was issued; it is needed to
    write the same tag again. `filter` (0 to 7) tells a single item (1) from a case or a pallet.
    """

    scheme: str
    uri: str
    gtin: Gtin
    serial: str
    filter: int
    company_prefix_length: int

    @property
    def identity(self) -> str:
        """The pure identity URI, the same for every tag that stands for this piece."""
        return "urn:epc:id:sgtin:" + self.uri.split(":", 4)[4].split(".", 1)[1]


def check_digit(first13: str) -> str:
    """The check digit of the first 13 digits of a GTIN-14 (GS1 General Specifications, clause 7.9.1)."""
    odd = sum(map(int, first13[::2]))
    even = sum(map(int, first13[1::2]))
    return str(-(3 * odd + even) % 10)


def decode(hex_text: str) -> Sgtin:
    """Reads the EPC bits of a tag, given as hex in either case.

    Raises MalformedEpcError, ForeignEpcError or ImpossibleEpcError, nothing else, whatever the text.
    """
    try:
        raw = bytes.fromhex(hex_text)
    except ValueError:
        raise MalformedEpcError("not hex digits, two a byte") from None
    if not raw:
        raise MalformedEpcError("empty")
    if raw[0] != SGTIN_96:
        raise ForeignEpcError(raw[0], SCHEME_BY_HEADER.get(raw[0]))
    return _decode_96(raw)


def _decode_96(raw: bytes) -> Sgtin:
    # encoders fill longer memory with zeros; anything else behind the 96 bits means that this is no SGTIN-96
    if len(raw) < 12 or any(raw[12:]):
        raise MalformedEpcError(f"an SGTIN-96 has 96 bits, not {8 * len(raw)}")
    bits = int.from_bytes(raw[:12])
    gtin, prefix_and_item, prefix_length = _article(bits >> _SERIAL_BITS)
    serial = bits & ((1 << _SERIAL_BITS) - 1)
    filter_value = (bits >> 85) & 7
    uri = f"urn:epc:tag:sgtin-96:{filter_value}.{prefix_and_item}.{serial}"
    return Sgtin("sgtin-96", uri, gtin, str(serial), filter_value, prefix_length)


def _article(bits: int) -> tuple[Gtin, str, int]:
    """Partition, company prefix and item (the last 47 bits given) as GTIN, `prefix.item` and prefix length."""
    partition = (bits >> _PREFIX_AND_ITEM_BITS) & 7
    if partition == 7:
        raise ImpossibleEpcError("partition 7 is not assigned")
    digits, _, item_digits, item_bits = _PARTITIONS[partition]
    both = bits & ((1 << _PREFIX_AND_ITEM_BITS) - 1)
    prefix = f"{both >> item_bits:0{digits}d}"
    item = f"{both & ((1 << item_bits) - 1):0{item_digits}d}"
    if len(prefix) > digits or len(item) > item_digits:
        raise ImpossibleEpcError(f"a value too large for partition {partition}")
    first13 = item[0] + prefix + item[1:]
    return str.__new__(Gtin, first13 + check_digit(first13)), f"{prefix}.{item}", digits


def encode(gtin: str, serial: str | int, company_prefix_length: int = 7, filter: int = 1) -> str:  # noqa: A002
    """The SGTIN-96 of one piece as 24 upper-case hex digits.

    `serial` is a whole number below 2**38 without leading zeros. Raises GtinError or ImpossibleEpcError.
    """
    number = str(serial)
    if not (number.isascii() and number.isdigit()) or (number[0] == "0" and number != "0"):
        raise ImpossibleEpcError("the serial of an SGTIN-96 is a number without leading zeros")
    if len(number) > 12 or int(number) >> _SERIAL_BITS:
        raise ImpossibleEpcError("the serial of an SGTIN-96 is below 274877906944")
    article = article_bits(gtin, company_prefix_length, filter)
    bits = (SGTIN_96 << 88) | (article << _SERIAL_BITS) | int(number)
    return f"{bits:024X}"


def article_bits(gtin: str, company_prefix_length: int, filter_value: int) -> int:
    """Filter, partition, company prefix and item as the 50 bits that every SGTIN has behind its header."""
    if not 6 <= company_prefix_length <= 12:
        raise ImpossibleEpcError("a company prefix has 6 to 12 digits")
    if not 0 <= filter_value <= 7:
        raise ImpossibleEpcError("a filter value is 0 to 7")
    digits = Gtin(gtin)
    partition = 12 - company_prefix_length
    item_bits = _PARTITIONS[partition][3]
    prefix = int(digits[1 : 1 + company_prefix_length])
    item = int(digits[0] + digits[1 + company_prefix_length : 13])
    both = (prefix << item_bits) | item
    return (filter_value << 47) | (partition << _PREFIX_AND_ITEM_BITS) | both
