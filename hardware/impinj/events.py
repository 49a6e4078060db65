"""Parses the events of an Impinj reader, from a stream, an MQTT message or the body of a web hook.

Source: Impinj IoT device interface, OpenAPI documents 1.5.0 and 1.7.0: ReaderEvent and the events in it.
"""

from __future__ import annotations

from base64 import urlsafe_b64decode
from typing import Any, Final

from hardware.json_fields import as_object, as_whole_number
from hardware.json_text import parse_json
from hardware.ports import MAX_ANTENNA, TagRead

Event = dict[str, Any]
# some programs that pass messages on write it
_BYTE_ORDER_MARK: Final = b"\xef\xbb\xbf"
# of an EPC (EPC Gen2, PC word with 5 bits of length)
_MAX_EPC_BYTES: Final = 62


def parse_events(raw: bytes) -> tuple[list[Event], bool]:
    """The events in a line, a message or a body, and whether it contains nothing else.

    It is one object, an array of objects, or one object a line; an empty text is a keep-alive. What is no event is left
    out alone. Raises nothing; the caller limits the size.
    """
    text = raw.strip().removeprefix(_BYTE_ORDER_MARK)
    whole = _value(text)
    values = [whole] if whole is not None else [_value(line) for line in text.split(b"\n") if line.strip()]
    found = [item for value in values for item in (value if isinstance(value, list) else [value])]
    events = [event for event in found if isinstance(event, dict)]
    return events, len(events) == len(found)


def _value(text: bytes) -> Any:
    """The value of a JSON text, None if it is none."""
    try:
        return parse_json(text)
    except ValueError:
        return None


def read_of(tag: Event, at_us: int) -> TagRead:
    """The read in a `tagInventoryEvent`, stamped `at_us`. Raises ValueError if it is none.

    The preset decides which fields an event has: without `antennaPort` or `peakRssiCdbm` the antenna or the signal
    strength of the read is None.
    """
    antenna = _number(tag, "antennaPort", 1, MAX_ANTENNA)
    rssi_cdbm = _number(tag, "peakRssiCdbm", -20_000, 10_000)
    if antenna is not None and antenna != int(antenna):
        raise ValueError("antennaPort is not a whole number")
    return TagRead(
        _epc(tag), None if antenna is None else int(antenna), None if rssi_cdbm is None else rssi_cdbm / 100, at_us
    )  # fmt: skip


def antenna_of(event: object) -> int | None:
    """The antenna port of an antenna event; None if it names none."""
    return as_whole_number(as_object(event).get("antennaPort"), 1, MAX_ANTENNA)


def _number(tag: Event, key: str, least: int, most: int) -> float | None:
    """A field of an event, None if the event does not have it. Raises ValueError for anything but a number in range."""
    value = tag.get(key)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not least <= value <= most:
        raise ValueError(f"{key} is not a number from {least} to {most}")
    return value


def _epc(tag: Event) -> str:
    """The EPC in upper-case hex; the reader sends it as hex, or as base64 in the standard or URL-safe alphabet, with or
    without padding. Raises ValueError."""
    written = tag.get("epcHex", tag.get("epc"))
    if not isinstance(written, str) or not 0 < len(written) <= 2 * _MAX_EPC_BYTES:
        raise ValueError("an event without EPC, or with one that is too long")
    raw = bytes.fromhex(written) if "epcHex" in tag else _of_base64(written)
    if len(raw) > _MAX_EPC_BYTES:
        raise ValueError(f"an EPC of {len(raw)} bytes; a tag holds at most {_MAX_EPC_BYTES}")
    return raw.hex().upper()


def _of_base64(written: str) -> bytes:
    plain = written.rstrip("=").replace("+", "-").replace("/", "_")
    if not plain.isascii() or not plain.replace("-", "").replace("_", "").isalnum():
        raise ValueError("an EPC that is not base64")
    return urlsafe_b64decode(plain + "=" * (-len(plain) % 4))
