"""The report of a mirror about itself: the last frame that it presented, its devices, its disk, its clock."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, unique
from typing import Final

REPORT_EVERY_S: Final = 15.0
"""A mirror sends a report so often."""
LATE_FRAME_MS: Final = 30_000
"""A frame is asked for at least every 2 s; without one for this long the glass is frozen."""


@unique
class DeviceState(Enum):
    """`NONE`: not configured; `STARTING`: nothing was heard of it yet."""

    NONE = "none"
    STARTING = "starting"
    UP = "up"
    DOWN = "down"


@unique
class FrameFault(Enum):
    """`NO_FRAMES`: frames are asked for, and none is presented. `SAME_PICTURE`: frames are presented, but their picture
    stayed the same although the mirror went on to other pages."""

    NO_FRAMES = "no-frames"
    SAME_PICTURE = "same-picture"


@dataclass(frozen=True, slots=True)
class ShownFrame:
    """The last frame that the window presented.

    `count`: frames since the start. `age_ms`: age of the last one; a mirror at rest presents one every 2 s. `picture`:
    checksum (CRC-32, hexadecimal) of the picture when it was last looked at, `picture_age_ms` ago; empty before.
    `page`: the page that it should show, `dark` where it is only a mirror.
    """

    count: int = 0
    age_ms: int = 0
    picture: str = ""
    picture_age_ms: int = 0
    page: str = ""
    fault: FrameFault | None = None


@dataclass(frozen=True, slots=True)
class MirrorStatus:
    """One report. `at_us`: the mirror's time of day, microseconds since 1970. `up_s`: seconds since its start.
    `free_mb`: free space on the disk of its state folder, in MB (millions of bytes). `process`: a random stamp that is
    new at each start of its program."""

    version: str
    at_us: int
    up_s: int
    frame: ShownFrame
    cards: DeviceState
    scanner: DeviceState
    free_mb: int
    process: str = ""
