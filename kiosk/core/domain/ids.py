"""Types of identifiers, parsed once where they enter the product.

`hardware.epc.gtin` checks GTINs as well: hardware may not import the shop's core, and the core imports no hardware.
"""

from __future__ import annotations

from typing import NewType

Epc = NewType("Epc", str)
"""Electronic Product Code of a tag, in upper-case hexadecimal."""
Gtin = NewType("Gtin", str)
"""GTIN-14 with a valid check digit; one for each style, colour and size (what retailers call a SKU)."""
StyleId = NewType("StyleId", str)
ItemId = NewType("ItemId", str)
"""A style in one colour, in any size."""
RoomId = NewType("RoomId", str)
Ticket = NewType("Ticket", str)
"""Id of one visit of one room. An answer with another ticket belongs to another visit."""
RequestId = NewType("RequestId", str)
OrderId = NewType("OrderId", str)
ShopperId = NewType("ShopperId", str)
AssociateId = NewType("AssociateId", str)


def check_digit(digits: str) -> int:
    """Check digit of a GTIN given without it (GS1 General Specifications, section 7.9)."""
    odd = sum(int(d) for d in digits[::-2])
    even = sum(int(d) for d in digits[-2::-2])
    return -(3 * odd + even) % 10


def parse_gtin(text: str) -> Gtin:
    """A GTIN of 8, 12, 13 or 14 digits as GTIN-14. Raises ValueError if it is not one or its check digit is wrong."""
    if not (text.isascii() and text.isdigit() and len(text) in (8, 12, 13, 14)):
        raise ValueError(f"not a GTIN: {text!r}")
    padded = text.zfill(14)
    if check_digit(padded[:-1]) != int(padded[-1]):
        raise ValueError(f"GTIN {text} has a wrong check digit")
    return Gtin(padded)


def item_id(style: StyleId, colour: str) -> ItemId:
    """The item of a style in a colour."""
    return ItemId(f"{style}-{colour}")
