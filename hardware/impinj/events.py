"""Parses the events of an Impinj reader: one JSON object per line (Impinj IoT device interface, tagInventoryEvent)."""

from __future__ import annotations

import json
from base64 import b64decode, urlsafe_b64decode
from typing import Any

from hardware.ports import TagRead

# defaults for events without these fields: the only antenna, and -100 dBm, weaker than any real read
_DEFAULT_ANTENNA = 1
_DEFAULT_RSSI_CDBM = -10_000


def tag_read(line: bytes, at_us: int) -> TagRead | None:
    """The tag read in a line, stamped `at_us`; None for other events, blank lines (keep-alives) and invalid lines."""
    try:
        event = json.loads(line) if line else None
        if not isinstance(event, dict) or not isinstance(event.get("tagInventoryEvent"), dict):
            return None
        tag = event["tagInventoryEvent"]
        epc = _epc(tag)
        antenna = int(tag.get("antennaPort", _DEFAULT_ANTENNA))
        rssi_dbm = float(tag.get("peakRssiCdbm", _DEFAULT_RSSI_CDBM)) / 100
    except (ValueError, TypeError, RecursionError, OverflowError):
        return None
    if not epc or antenna < 1 or not -200 <= rssi_dbm <= 100:
        return None
    return TagRead(epc, antenna, rssi_dbm, at_us)


def _epc(tag: dict[str, Any]) -> str:
    """The EPC in upper-case hex; the reader sends it as hex, or as base64 in the standard or URL-safe alphabet."""
    if "epcHex" in tag:
        return bytes.fromhex(tag["epcHex"]).hex().upper()
    text = str(tag["epc"]) if "epc" in tag else ""
    decode = urlsafe_b64decode if "-" in text or "_" in text else b64decode
    return decode(text).hex().upper()
