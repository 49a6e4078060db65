"""The fields that SGTIN-96 and SGTIN-198 share: filter, partition, company prefix and item reference.

Source: GS1 EPC Tag Data Standard 2.2, clause 14.6.1 with table 14-2.
"""

from __future__ import annotations

from typing import Final

from hardware.epc.gtin import Gtin
from hardware.errors import EpcValueError

_BITS: Final = 44
_MASK: Final = (1 << _BITS) - 1
_INDICATOR_UNIT: Final = 10**12


def _row(digits: int, item_bits: int) -> tuple[int, int, int, int, int, int]:
    """Item bits and mask, limits of prefix and item, value of the item's first digit, prefix digits."""
    limits = 10**digits, 10 ** (13 - digits), 10 ** (12 - digits)
    return item_bits, (1 << item_bits) - 1, *limits, digits


# by partition value: digits of the company prefix, bits of the item
_PARTITIONS: Final = tuple(
    _row(*digits_and_bits)
    for digits_and_bits in ((12, 4), (11, 7), (10, 10), (9, 14), (8, 17), (7, 20), (6, 24))
)


def read_article(bits: int) -> tuple[Gtin, int]:
    """Partition, company prefix and item (the lowest 47 bits) as GTIN and length of the prefix.

    Raises EpcValueError.
    """
    partition = bits >> _BITS & 7
    if partition == 7:
        raise EpcValueError("partition 7 is not assigned")
    item_bits, item_mask, prefix_limit, item_limit, first_digit, digits = _PARTITIONS[partition]
    prefix = (bits & _MASK) >> item_bits
    item = bits & item_mask
    if prefix >= prefix_limit or item >= item_limit:
        raise EpcValueError(f"a value too large for partition {partition}")
    # the item begins with the indicator digit, which precedes the company prefix in a GTIN
    indicator, rest = divmod(item, first_digit)
    gtin = Gtin.of(indicator * _INDICATOR_UNIT + prefix * first_digit + rest)
    return gtin, digits


def write_article(gtin: str, company_prefix_length: int, filter_value: int) -> int:
    """Filter, partition, company prefix and item as 50 bits. Raises GtinError or EpcValueError."""
    if not 6 <= company_prefix_length <= 12:
        raise EpcValueError("a company prefix has 6 to 12 digits")
    if not 0 <= filter_value <= 7:
        raise EpcValueError("a filter value is 0 to 7")
    digits = Gtin(gtin)
    partition = 12 - company_prefix_length
    prefix = int(digits[1 : 1 + company_prefix_length])
    item = int(digits[0] + digits[1 + company_prefix_length : 13])
    article = (prefix << _PARTITIONS[partition][0]) | item
    return (filter_value << 47) | (partition << _BITS) | article
