"""The values that `RoomTracker` returns: changes of a tag's room, present tags, room estimates.

`epc` is the text that the reads carried: the tag's EPC, or what the caller put in its place, such as the id of a piece
that has several tags.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TagArrived:
    """A tag is in a room. `confidence` is the probability (0 to 1) that the room is right; show only `sure` tags as
    certain."""

    room: str
    epc: str
    sure: bool
    confidence: float
    at_us: int


@dataclass(frozen=True, slots=True)
class TagCertaintyChanged:
    """A tag in a room became sure, or unsure again; its room stays the same."""

    room: str
    epc: str
    sure: bool
    confidence: float
    at_us: int


@dataclass(frozen=True, slots=True)
class TagLeft:
    """A tag is no longer in a room. A tag that changes rooms leaves the old one first."""

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
    """The estimated room of a tracked tag, None for no room; `confidence` is the probability of that estimate."""

    epc: str
    room: str | None
    confidence: float
    sure: bool
