"""From a label to the EPC of the piece that bears it: what was scanned or laid on a pad becomes a piece like those the
radio hears, so that rooms, visits and payments need to know one kind of piece only.

The EPC has the GTIN and serial of the piece's radio tag, if it has one, but not always the same bits. A label that
names the article only gets a serial of its own for each scan: it is still one piece of it, and a piece is sold once.
"""

from __future__ import annotations

from typing import Final

from hardware.clock import now_us
from hardware.epc.codec import decode, encode, encode_198
from hardware.labels.label import Label

# how long a company prefix is cannot be seen in a GTIN; it does not matter to who the piece is
_PREFIX_LENGTH: Final = 7
_MADE_UP: Final = "scan-"


def piece_epc(label: Label, otherwise: str = "") -> str:
    """The EPC in hex; `otherwise` is the serial of a label without one, made up where it is empty. Raises EpcError."""
    serial = label.serial or otherwise or f"{_MADE_UP}{now_us() // 1000:x}"
    if (
        serial.isascii()
        and serial.isdigit()
        and (serial == "0" or serial[0] != "0")
        and int(serial) < 1 << 38
    ):
        return encode(label.gtin, serial, _PREFIX_LENGTH)
    return encode_198(label.gtin, serial, _PREFIX_LENGTH)


def scanned_as(epc: str) -> str:
    """What two scans of one label have in common: the article where its serial was made up, else the piece itself.

    Raises EpcError."""
    tag = decode(epc)
    return str(tag.gtin) if str(tag.serial).startswith(_MADE_UP) else epc
