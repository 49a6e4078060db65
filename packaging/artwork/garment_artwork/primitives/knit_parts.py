"""Knitted structures that need more than a stitch: bands that lie crosswise, and cables."""

import numpy as np

from garment_artwork.primitives.cloth import Floats, Surface, Weave
from garment_artwork.primitives.relief import Form


def turned(weave: Weave) -> Weave:
    """The same weave, lying crosswise."""

    def crosswise(u: Floats, v: Floats, fine: float) -> Surface:
        return weave(v, u, fine)

    return crosswise


def cable(middle: float, width: float) -> Form:
    """A braid of two strands about x = middle."""

    def form(x: Floats, y: Floats) -> Floats:
        u = (x - middle) / np.float32(width)
        inside = (np.abs(u) < 1).astype(np.float32)
        phase = np.float32(2 * np.pi / 9.0) * y
        found = np.zeros(x.shape, np.float32)
        for turn in (0.0, np.pi):
            at = 0.46 * np.sin(phase + np.float32(turn))
            front = 0.72 + 0.28 * np.cos(phase + np.float32(turn))
            strand = np.sqrt((1 - ((u - at) / 0.50) ** 2).clip(0)) * front
            found = np.maximum(found, strand)
        groove = -0.5 * np.exp(-(((np.abs(u) - 1.12) / 0.12) ** 2))
        cable: Floats = ((1.05 * found * inside + groove) * 0.62).astype(np.float32)
        return cable

    return form
