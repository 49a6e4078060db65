"""Tag data events of the IoT Connector, decoded into values.

`{"type": "CUSTOM", "timestamp": ISO 8601, "data": {"idHex": HEX, "format": "epc", "eventNum": 1, "antenna": 1,
"peakRssi": -39}}` (IoT Connector, schema "Tag Data Events"). `antenna` and `peakRssi` are there only if the operating
mode asks for them (`tagMetaData`). Other fields are ignored. A batch is an array of such events.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from hardware.json_fields import as_number, as_object, as_text, as_whole_number
from hardware.ports import MAX_ANTENNA
from hardware.watches.late_events import stamp_of

# hex digits of an EPC or UII: at most 62 bytes (EPC Gen2, PC word with 5 bits of length)
_MAX_DIGITS: Final = 124
# dBm; a value outside is no signal strength
_WEAKEST, _STRONGEST = -127.0, 20.0


@dataclass(frozen=True, slots=True)
class TagEvent:
    """One read of a tag: EPC in upper-case hex, antenna port, signal in dBm, the event's number.

    `stamped_us`: the reader's own time of the read, in microseconds since 1970 UTC. None: the event does not say.
    """

    epc: str
    antenna: int | None
    rssi_dbm: float | None
    number: int | None
    stamped_us: int | None


def tag_event(value: object) -> TagEvent | None:
    """The tag event of a decoded JSON value; None if it is none. Raises nothing."""
    event = as_object(value)
    found = as_object(event.get("data"))
    digits = as_text(found.get("idHex"))
    if not is_epc(digits):
        return None
    return TagEvent(
        digits.upper(),
        as_whole_number(found.get("antenna"), 1, MAX_ANTENNA),
        as_number(found.get("peakRssi"), _WEAKEST, _STRONGEST),
        as_whole_number(found.get("eventNum"), 0, 1 << 53),
        stamp_of(event.get("timestamp")),
    )


def is_epc(digits: str) -> bool:
    """Whether this text is 1 to 62 bytes in hex digits."""
    if not 2 <= len(digits) <= _MAX_DIGITS or len(digits) % 2 or not digits.isascii():
        return False
    try:
        # int() would also take signs and underscores
        return len(bytes.fromhex(digits)) * 2 == len(digits)
    except ValueError:
        return False
