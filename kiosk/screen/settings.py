"""Settings of one screen: page area, side of the card reader, motion, scale and rotation."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, unique


@unique
class PageArea(Enum):
    """Where pages are placed.

    LOWER: at the lower edge, as high as their content, so that the upper part stays a mirror.
    FULL: centred on the whole screen.
    """

    LOWER = "lower"
    FULL = "full"


@unique
class ReaderSide(Enum):
    """Where the card reader is mounted, as seen by the shopper; the arrow of the pay page points there."""

    LEFT = "left"
    RIGHT = "right"
    BELOW = "below"


@dataclass(frozen=True, slots=True)
class ScreenSettings:
    """How one screen draws."""

    page_area: PageArea = PageArea.LOWER
    reader_side: ReaderSide = ReaderSide.RIGHT
    reduced_motion: bool = False
    """Items fade instead of moving."""
    drift: bool = True
    """Shift everything by a few pixels over minutes, against burn-in of the panel."""
    no_motion: bool = False
    """No animation at all: for pictures that must be the same each time."""
    scale: float = 1.0
    """Factor on all sizes; 1 fits the design of 1080 by 1920 into the window."""
    rotation: int = 0
    """Rotation of the drawing in degrees clockwise (0, 90, 180, 270), for panels that the system does not rotate."""
