"""Events of an Impinj reader's stream: one JSON object a line (Impinj IoT device interface, tagInventoryEvent)."""

from __future__ import annotations

import json
from base64 import b64decode, urlsafe_b64decode
from typing import Any

from hardware.ports import TagRead

# a reader that tells no antenna has one; a signal that is not told is as weak as any
_NO_ANTENNA = 1
_NO_RSSI_CDBM = -10_000


def tag_read(line: bytes, at_us: int) -> TagRead | None:
    """The read in a line; None for other events, blank lines (keep-alives) and what cannot be read."""
    try:
        event = json.loads(line) if line else None
        if not isinstance(event, dict) or not isinstance(event.get("tagInventoryEvent"), dict):
            return None
        tag = event["tagInventoryEvent"]
        epc = _epc(tag)
        antenna = int(tag.get("antennaPort", _NO_ANTENNA))
        rssi_dbm = float(tag.get("peakRssiCdbm", _NO_RSSI_CDBM)) / 100
    except (ValueError, TypeError, RecursionError, OverflowError):
        return None
    if not epc or antenna < 1 or not -200 <= rssi_dbm <= 100:
        return None
    return TagRead(epc, antenna, rssi_dbm, at_us)


def _epc(tag: dict[str, Any]) -> str:
    """The EPC, which the reader tells as hex or as base 64, in either of its alphabets."""
    if "epcHex" in tag:
        return bytes.fromhex(tag["epcHex"]).hex().upper()
    text = str(tag["epc"]) if "epc" in tag else ""
    decode = urlsafe_b64decode if "-" in text or "_" in text else b64decode
    return decode(text).hex().upper()
