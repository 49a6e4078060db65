"""Makes an EPC from a scanned label or an NFC tag, where a `TagRead` needs one.

The EPC has the GTIN and serial of the piece's RFID tag, if it has one, but not always the same bits: compare GTIN and
serial, not EPCs. A label with the article only gets a new serial for each scan.
"""

from __future__ import annotations

from typing import Final

from hardware.clock import now_us
from hardware.epc.codec import encode, encode_198
from hardware.labels.label import Label

# a GTIN does not show the length of its company prefix; it does not matter for the identity of the piece
_PREFIX_LENGTH: Final = 7
_SCAN_PREFIX: Final = "scan-"


def piece_epc(label: Label) -> str:
    """The EPC in hex. A label without serial gets a new one. Raises EpcError."""
    serial = label.serial or f"{_SCAN_PREFIX}{now_us() // 1000:x}"
    if (
        serial.isascii()
        and serial.isdigit()
        and (serial == "0" or serial[0] != "0")
        and int(serial) < 1 << 38
    ):
        return encode(label.gtin, serial, _PREFIX_LENGTH)
    return encode_198(label.gtin, serial, _PREFIX_LENGTH)
