"""How a glass is hung: what the screen must know of its place and its shoppers' comfort, and nothing of a visit."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, unique


@unique
class PageArea(Enum):
    """Where pages stand. LOWER: on the lower edge, growing upwards only as far as they must, so that the upper glass
    stays mirror. FULL: in the middle of the whole glass."""

    LOWER = "lower"
    FULL = "full"


@unique
class ReaderSide(Enum):
    """Where the card reader hangs, as seen by the shopper: the arrow of the payment points there."""

    LEFT = "left"
    RIGHT = "right"
    BELOW = "below"


@dataclass(frozen=True, slots=True)
class ScreenSettings:
    """One mirror's manners of drawing."""

    page_area: PageArea = PageArea.LOWER
    reader_side: ReaderSide = ReaderSide.RIGHT
    reduced_motion: bool = False
    """Things fade instead of moving."""
    drift: bool = True
    """The drawing wanders by a few pixels over minutes, so that nothing burns into the panel."""
    no_motion: bool = False
    """Nothing moves at all and every change is there at once: for pictures that must be the same each time."""
    scale: float = 1.0
    """Enlarges everything; 1 fits the design's 1080 by 1920 into the glass."""
    rotation: int = 0
    """How far the drawing is turned, in degrees clockwise (0, 90, 180, 270), where the panel itself is not."""
