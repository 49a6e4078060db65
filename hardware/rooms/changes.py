"""What a room watch says: garments that arrive, become doubtful or sure, and leave; and who is here now."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TagArrived:
    """A tag is in a room. Only a sure one is to be shown plainly; confidence is the chance, 0 to 1, of being right."""

    room: str
    epc: str
    sure: bool
    confidence: float
    at_us: int


@dataclass(frozen=True, slots=True)
class TagCertaintyChanged:
    """A tag in a room became sure, or unsure again; it is still held to be in that room."""

    room: str
    epc: str
    sure: bool
    confidence: float
    at_us: int


@dataclass(frozen=True, slots=True)
class TagLeft:
    """A tag is not in the room any more. A tag that changes rooms leaves the old one first."""

    room: str
    epc: str
    at_us: int


RoomChange = TagArrived | TagCertaintyChanged | TagLeft


@dataclass(frozen=True, slots=True)
class PresentTag:
    """A tag that is in a room now, since `since_us`."""

    room: str
    epc: str
    sure: bool
    confidence: float
    since_us: int


@dataclass(frozen=True, slots=True)
class RoomEstimate:
    """Where a known tag is held to be, None for no room; confidence is the chance of just that."""

    epc: str
    room: str | None
    confidence: float
    sure: bool
