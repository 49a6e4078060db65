"""What a garment is made of, as values: panels of cloth, seams, stitches, buttons, soft shades; painted in order."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from garment_artwork.primitives.cloth import PLAIN, Cloth
from garment_artwork.primitives.geometry import Line
from garment_artwork.primitives.relief import FLAT, Relief

Floats = NDArray[np.floating[Any]]
Tone = Callable[[Floats, Floats], Floats]


@dataclass(frozen=True, slots=True)
class Shadow:
    """What a panel throws on those beneath it: offset and softness in cm, darkness 0..1."""

    dx: float = 0.25
    dy: float = 0.35
    blur: float = 0.7
    dark: float = 0.45


SOFT: Final = Shadow()
CLOSE: Final = Shadow(0.12, 0.18, 0.3, 0.4)
DEEP: Final = Shadow(0.5, 0.9, 1.8, 0.6)


@dataclass(frozen=True, slots=True)
class Panel:
    """One piece of material. `grain` turns the weave (degrees); `clip` keeps it within another outline.

    `edge` is the roundness of its cut edge; `tone` darkens (below 1) or follows the place; `slots` are the names of
    its first, second and third colour.
    """

    outline: Line
    cloth: Cloth = PLAIN
    relief: Relief = FLAT
    slots: tuple[str, str, str] = ("cloth", "second", "third")
    grain: float = 0.0
    origin: tuple[float, float] = (0.0, 0.0)
    holes: tuple[Line, ...] = ()
    clip: Line | None = None
    shadow: Shadow | None = SOFT
    edge: float = 0.35
    edge_width: float = 0.12
    tone: float | Tone = 1.0
    inherit: bool = False
    """Keep the form of what lies beneath (pockets, facings, patches) and add this panel's own to it."""


@dataclass(frozen=True, slots=True)
class Seam:
    """A sewn line: a narrow furrow with a lit far side."""

    line: Line
    width: float = 0.11
    dark: float = 0.38
    light: float = 0.10
    clip: Line | None = None


@dataclass(frozen=True, slots=True)
class Stitches:
    """A row of thread."""

    line: Line
    slot: str = "thread"
    on: float = 0.26
    off: float = 0.14
    width: float = 0.07
    strength: float = 0.9


@dataclass(frozen=True, slots=True)
class Button:
    """A round button with its holes, thread and shadow; `dome` for shanks and snaps."""

    x: float
    y: float
    radius: float = 0.55
    slot: str = "button"
    holes: int = 4
    dome: bool = False
    shine: float = 0.5


@dataclass(frozen=True, slots=True)
class Shade:
    """A soft darkening (amount above 0) or lightening within what is already there."""

    shape: Line
    blur: float = 0.5
    amount: float = 0.3
    clip: Line | None = None


Mark = Panel | Seam | Stitches | Button | Shade


@dataclass(frozen=True, slots=True)
class Garment:
    """A whole drawing: its marks from back to front, and how much of the picture it fills."""

    marks: tuple[Mark, ...]
    fill: float = 0.95
    colours: dict[str, str] = field(default_factory=dict)
    """Colours of slots by name, as `#RRGGBB` or as a shade of the cloth: `cloth*0.5`, `cloth>#FFFFFF:0.3`."""

    def outlines(self) -> list[Line]:
        """Every panel's outline, from which the picture is framed."""
        return [mark.outline for mark in self.marks if isinstance(mark, Panel)]


Pattern = Callable[[], Garment]
"""What makes a style's drawing when it is asked for."""
