"""What a calibration walk taught: how each antenna hears a tag in each room."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Calibration:
    """Learned from a walk with known tags through every room; empty where none was made."""

    antennas: tuple[str, ...] = ()
    rooms: tuple[str, ...] = ()
