"""The state of a reader by its own messages: status, heartbeats, errors and warnings.

Status: response to GET /cloud/status. Heartbeat, error, warning: asynchronous management events
`{"type": "heartbeat", "timestamp": ISO 8601, "component": "RC", "eventNum": 1, "data": {...}}` (IoT Connector, schema
"Management Events"), whose error messages are listed there as format strings.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from hardware.json_fields import as_object, as_text, as_whole_number
from hardware.ports import MAX_ANTENNA, NoteKind
from hardware.printable_text import printable

_PORT: Final = re.compile(r"\bport (\d{1,5})\b", re.IGNORECASE)
# of an error or warning: what it is about; everything else about CPU, memory and clocks does not stop reads
_LOST_REPORTS: Final = ("queue full", "data endpoint disconnected", "error parsing tag", "database full")


@dataclass(frozen=True, slots=True)
class ReaderState:
    """State of a reader; what it does not report is None or missing.

    `ports`: all antenna ports. `connected`: port to whether an antenna is connected there. `reads`: whether the
    inventory runs. `radio`: whether the reader reaches its own radio module.
    """

    ports: tuple[int, ...] = ()
    connected: dict[int, bool] = field(default_factory=dict)
    reads: bool | None = None
    radio: bool | None = None


@dataclass(frozen=True, slots=True)
class ReaderEvent:
    """An error or warning in the reader's own words. `over`: it has ended."""

    kind: NoteKind
    text: str
    antenna: int | None = None
    over: bool = False


def reader_state(value: object) -> ReaderState:
    """The state in a status response or in the section `radio_control` of a heartbeat."""
    found = as_object(value)
    listed = as_object(found.get("antennas"))
    states = {int(port): state for port, state in listed.items() if _is_port(port)}
    return ReaderState(
        tuple(sorted(states)),
        {
            port: state == "connected"
            for port, state in states.items()
            if state in ("connected", "disconnected")
        },
        _one_of(found.get("radioActivity"), "active", "inactive"),
        _one_of(found.get("radioConnection"), "connected", "disconnected"),
    )


def heartbeat(value: object) -> ReaderState | None:
    """The state in a heartbeat event; None if it is another event."""
    event = as_object(value)
    if event.get("type") != "heartbeat":
        return None
    return reader_state(as_object(event.get("data")).get("radio_control"))


def error_or_warning(value: object) -> ReaderEvent | None:
    """The error or warning of a management event; None if it is another event or does not concern reads."""
    event = as_object(value)
    if event.get("type") not in ("error", "warning"):
        return None
    words = printable(as_text(as_object(event.get("data")).get("message")))
    lower = words.lower()
    port = _PORT.search(words)
    antenna = as_whole_number(int(port[1]), 1, MAX_ANTENNA) if port else None
    if "antenna" in lower and "connected on port" in lower:
        back = "disconnected" not in lower
        return ReaderEvent(NoteKind.ANTENNA, antenna_text(antenna), antenna, back)
    if any(part in lower for part in _LOST_REPORTS):
        return ReaderEvent(NoteKind.REPORTS, f"the reader says: {words}")
    if "temperature" in lower or "failure" in lower or "nge" in lower.split():
        return ReaderEvent(NoteKind.FAULT, f"the reader says: {words}", antenna)
    return None


def antenna_text(antenna: int | None) -> str:
    """The note about an antenna that is not connected."""
    which = "an antenna" if antenna is None else f"antenna {antenna}"
    return f"{which} is disconnected: check its cable and plug"


def _is_port(key: str) -> bool:
    return key.isascii() and key.isdecimal() and len(key) <= 5 and 1 <= int(key) <= MAX_ANTENNA


def _one_of(value: object, yes: str, no: str) -> bool | None:
    return {yes: True, no: False}.get(as_text(value))
