"""Height, tone and material maps of a garment, still without colour."""

from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from garment_artwork.primitives.frame import Frame

Floats = NDArray[np.floating[Any]]

_MAPS: Final = ("alpha", "gx", "gy", "form_x", "form_y", "tone", "gloss", "shine", "fuzz", "tint")


@dataclass(slots=True)
class Plate:
    """Maps over the picture, shape (height, width); `slots`: coverage by each named colour (their sum is `alpha`).

    `form_x`, `form_y` are slopes of the large forms only, `gx`, `gy` include weave and edges.
    """

    frame: Frame
    slots: dict[str, Floats] = field(default_factory=dict)
    alpha: Floats = field(init=False)
    gx: Floats = field(init=False)
    gy: Floats = field(init=False)
    form_x: Floats = field(init=False)
    form_y: Floats = field(init=False)
    tone: Floats = field(init=False)
    gloss: Floats = field(init=False)
    shine: Floats = field(init=False)
    fuzz: Floats = field(init=False)
    tint: Floats = field(init=False)

    def __post_init__(self) -> None:
        for name in _MAPS:
            setattr(self, name, np.zeros((self.frame.height, self.frame.width), np.float32))

    def slot(self, name: str) -> Floats:
        """The map of a named colour, created at the first call."""
        if name not in self.slots:
            self.slots[name] = np.zeros((self.frame.height, self.frame.width), np.float32)
        return self.slots[name]
