"""Parses the events of an Impinj reader: one JSON object per line (Impinj IoT device interface, tagInventoryEvent)."""

from __future__ import annotations

import json
from base64 import b64decode, urlsafe_b64decode
from typing import Any

from hardware.ports import TagRead


def tag_read(line: bytes, at_us: int) -> TagRead | None:
    """The tag read in a line, stamped `at_us`; None for other events, blank lines (keep-alives) and invalid lines.

    The preset decides which fields an event has: without `antennaPort` or `peakRssiCdbm` the antenna or the signal
    strength of the read is None.
    """
    try:
        event = json.loads(line) if line else None
        if not isinstance(event, dict) or not isinstance(event.get("tagInventoryEvent"), dict):
            return None
        tag = event["tagInventoryEvent"]
        epc = _epc(tag)
        antenna = _number(tag, "antennaPort", 1, 65_535)
        rssi_cdbm = _number(tag, "peakRssiCdbm", -20_000, 10_000)
    except (ValueError, TypeError, RecursionError, OverflowError):
        return None
    if not epc:
        return None
    return TagRead(
        epc, None if antenna is None else int(antenna), None if rssi_cdbm is None else rssi_cdbm / 100, at_us
    )


def _number(tag: dict[str, Any], key: str, least: int, most: int) -> float | None:
    """A field of an event, None if the event does not have it. Raises ValueError for anything but a number in range."""
    value = tag.get(key)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not least <= value <= most:
        raise ValueError(f"{key} is not a number from {least} to {most}")
    return value


def _epc(tag: dict[str, Any]) -> str:
    """The EPC in upper-case hex; the reader sends it as hex, or as base64 in the standard or URL-safe alphabet."""
    if "epcHex" in tag:
        return bytes.fromhex(tag["epcHex"]).hex().upper()
    text = str(tag["epc"]) if "epc" in tag else ""
    decode = urlsafe_b64decode if "-" in text or "_" in text else b64decode
    return decode(text).hex().upper()
