"""Names of things as types, parsed once at the edge."""

from __future__ import annotations

from typing import NewType

Epc = NewType("Epc", str)
"""A tag's EPC in upper-case hex."""
Gtin = NewType("Gtin", str)
"""GTIN-14 with a right check digit; one per style, colour and size."""
StyleId = NewType("StyleId", str)
ItemId = NewType("ItemId", str)
"""A style in one colour: what a shopper sees as one piece whatever its size."""
RoomId = NewType("RoomId", str)
Ticket = NewType("Ticket", str)
"""One visit of one room; what comes back with another ticket belongs to somebody else."""
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
    """Read a GTIN of 8, 12, 13 or 14 digits as GTIN-14; raises ValueError with what is wrong."""
    if not (text.isascii() and text.isdigit() and len(text) in (8, 12, 13, 14)):
        raise ValueError(f"not a GTIN: {text!r}")
    padded = text.zfill(14)
    if check_digit(padded[:-1]) != int(padded[-1]):
        raise ValueError(f"GTIN {text} has a wrong check digit")
    return Gtin(padded)


def item_id(style: StyleId, colour: str) -> ItemId:
    """The item of a style in a colour."""
    return ItemId(f"{style}-{colour}")
