"""UPC-E: the short form of a UPC-A with zeros left out.

Source: GS1 General Specifications, clause 5.2.2.4.2 (UPC-E, zero suppression).
"""

from __future__ import annotations

from hardware.errors import LabelError


def expanded(digits: str) -> str:
    """The 12 digits of the UPC-A for the 8 digits of a UPC-E (number system, six digits, check digit).

    The check digit is copied, not checked. Raises LabelError.
    """
    if len(digits) != 8 or not (digits.isascii() and digits.isdigit()) or digits[0] not in "01":
        raise LabelError("a UPC-E has 8 digits and begins with 0 or 1")
    system, body, last, check = digits[0], digits[1:6], digits[6], digits[7]
    if last in "012":
        middle = body[:2] + last + "0000" + body[2:]
    elif last == "3":
        middle = body[:3] + "00000" + body[3:]
    elif last == "4":
        middle = body[:4] + "00000" + body[4:]
    else:
        middle = body + "0000" + last
    return system + middle + check
