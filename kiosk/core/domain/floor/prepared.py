"""What associates have prepared for a member's appointment, as the mirror gets it after she has proved her card."""

from __future__ import annotations

from dataclasses import dataclass, field

from kiosk.core.domain.garment import Garment


@dataclass(frozen=True, slots=True)
class PreparedPiece:
    """A garment in the size that was chosen for her. `look`: number of the look it belongs to, 0 for none."""

    garment: Garment
    look: int = 0
    rail: str = ""
    """The rail on which it hangs, by the plan of the floor; empty where that is not known."""
    lies: str = ""
    """"floor" or "stockroom": where it can be fetched; empty where none is in the shop."""
    ready: bool = False
    """An associate has fetched it."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """The pieces of one appointment. `by`: first name of the associate, empty where nobody looks after it."""

    appointment_id: str
    by: str = field(repr=False)
    pieces: tuple[PreparedPiece, ...]
