"""Knitted structures: stocking stitch, ribs, hoops."""

import numpy as np

from garment_artwork.primitives.cloth import Floats, Surface, Weave, band, grain, seen, wave


def hoops(pitch: float, width: float, start: float = -1e3) -> Weave:
    """Crosswise stripes in the second colour, from `start` cm on."""
    knit = knitted(0.32)

    def weave(u: Floats, v: Floats, fine: float) -> Surface:
        found = knit(u, v, fine)
        soft = 0.9 / (pitch * fine)
        found.second = band(v / np.float32(pitch), width / pitch, soft) * (v > start)
        return found

    return weave


def knitted(stitch: float = 0.34, depth: float = 0.035) -> Weave:
    """Stocking stitch: columns of small Vs."""

    def weave(u: Floats, v: Floats, fine: float) -> Surface:
        show = seen(stitch, fine)
        column = u / np.float32(stitch)
        away = np.abs(column % 1 - 0.5) * 2
        row = wave(v / np.float32(stitch * 0.78) + away * 0.55)
        bump = depth * show * (0.65 * row * (1 - 0.4 * away) - 0.6 * away**2)
        tone = grain(u, 0.03) * (1 + show * (0.05 * row - 0.05 * away))
        return Surface(tone=tone.astype(np.float32), bump=bump.astype(np.float32))

    return weave


def ribbed(pitch: float = 0.7, depth: float = 0.10, stitch: float = 0.3) -> Weave:
    """Ribs along the cloth with small stitches on them."""

    def weave(u: Floats, v: Floats, fine: float) -> Surface:
        show = seen(pitch, fine)
        rib = np.abs(wave(u / np.float32(2 * pitch)))
        row = seen(stitch, fine) * wave(
            v / np.float32(stitch) + 0.4 * np.abs((u / np.float32(pitch)) % 1 - 0.5)
        )
        bump = depth * show * rib**0.7 + 0.012 * row
        tone = grain(u, 0.025) * (0.90 + 0.12 * show * rib**0.6 + 0.12 * (1 - show))
        return Surface(tone=tone.astype(np.float32), bump=bump.astype(np.float32))

    return weave
