"""The GTIN of an article, with its check digit (GS1 General Specifications, clause 7.9.1).

`kiosk.core.domain.ids.Gtin` is the same number as a plain type; neither package may import the other, and this one
is made for decoding thousands of tags a second.
"""

from __future__ import annotations

from typing import Final, Self

from hardware.errors import GtinError

_LENGTHS: Final = (8, 12, 13, 14)
# the weighted sum of four digits with the weights 1, 3, 1, 3; four at once, because a store reads thousands of tags
_WEIGHTED: Final = bytes(
    (n // 1000 + 3 * (n // 100 % 10) + n // 10 % 10 + 3 * (n % 10)) % 10 for n in range(10_000)
)


class Gtin(str):
    """A GTIN-14 with a right check digit; shorter GTINs (8, 12, 13 digits) are padded with zeros on the left.

    Raises GtinError for any other text.
    """

    __slots__ = ()

    def __new__(cls, digits: str) -> Self:
        if len(digits) not in _LENGTHS or not (digits.isascii() and digits.isdigit()):
            raise GtinError("a GTIN has 8, 12, 13 or 14 digits")
        first13, last = divmod(int(digits), 10)
        if check_digit(first13) != last:
            # without the number: a scanned code may be the number of a shopper's card, and the text is logged
            raise GtinError(f"the check digit is {last}, it should be {check_digit(first13)}")
        return super().__new__(cls, digits.zfill(14))

    @classmethod
    def of(cls, first13: int) -> Self:
        """The GTIN that begins with these 13 digits, given as a number."""
        # `check_digit` inlined: one call less for every tag that is read
        rest, low = divmod(first13, 10_000)
        rest, middle = divmod(rest, 10_000)
        first, high = divmod(rest, 10_000)
        check = -(3 * first + _WEIGHTED[high] + _WEIGHTED[middle] + _WEIGHTED[low]) % 10
        return str.__new__(cls, f"{first13:013d}{check}")


def check_digit(first13: int) -> int:
    """The check digit of the first 13 digits of a GTIN-14, given as a number."""
    rest, low = divmod(first13, 10_000)
    rest, middle = divmod(rest, 10_000)
    first, high = divmod(rest, 10_000)
    return -(3 * first + _WEIGHTED[high] + _WEIGHTED[middle] + _WEIGHTED[low]) % 10
