"""Weaves, knits, prints and hides: how a surface differs from place to place within one piece of cloth.

A weave is a function of the place on the cloth (u across, v along, in centimetres, and how many pixels a centimetre
has). It answers with a `Surface`: how much of the second and third colour shows, how light the colour is, and the
fine relief. Structures that are finer than the picture's pixels fade out instead of flickering.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from garment_artwork.canvas import resize

Floats = NDArray[np.floating[Any]]

_CELLS: Final = 96
_STEPS: Final = 16


@dataclass(slots=True)
class Surface:
    """Second and third colour (0..1), tone (factor on the colour) and bump (cm) over a panel."""

    second: Floats | None = None
    third: Floats | None = None
    tone: Floats | None = None
    bump: Floats | None = None


Weave = Callable[[Floats, Floats, float], Surface]


def nothing(_u: Floats, _v: Floats, _fine: float) -> Surface:
    """A surface without structure."""
    return Surface()


@dataclass(frozen=True, slots=True)
class Cloth:
    """A weave, and how the stuff answers to light: broad gloss, tight shine, fuzz at the edges, all 0..1.

    `tint` says how far the gloss takes the cloth's own colour; `warp` how far the pattern follows the folds (cm).
    """

    weave: Weave = nothing
    gloss: float = 0.06
    shine: float = 0.0
    fuzz: float = 0.5
    tint: float = 0.5
    warp: float = 0.35


def seen(pitch: float, fine: float) -> float:
    """How much of a structure of that pitch (cm) shows where a centimetre has `fine` pixels."""
    t = min(max((pitch * fine - 2.0) / 2.5, 0.0), 1.0)
    return t * t * (3 - 2 * t)


def grain(u: Floats, amount: float, seed: int = 0) -> Floats:
    """Fibre: a fine random unevenness of tone, one value a pixel."""
    rng = np.random.default_rng(5000 + seed)
    tile: Floats = rng.standard_normal((256, 256), dtype=np.float32)
    tile = (tile + np.roll(tile, 1, 0) + np.roll(tile, 1, 1) + np.roll(tile, (1, 1), (0, 1))) / 2
    rows, columns = u.shape
    over = np.tile(tile, (rows // 256 + 1, columns // 256 + 1))[:rows, :columns]
    return np.float32(1) + np.float32(amount) * over


@cache
def _field() -> Floats:
    """Smooth noise that repeats after `_CELLS` cells, `_STEPS` samples to a cell."""
    lattice = np.random.default_rng(4711).standard_normal((_CELLS, _CELLS)).astype(np.float32)
    wide = np.pad(lattice, 4, mode="wrap")
    size = (_CELLS + 8) * _STEPS
    full = resize(wide, size, size)
    return np.ascontiguousarray(full[4 * _STEPS : -4 * _STEPS, 4 * _STEPS : -4 * _STEPS])


def noise(u: Floats, v: Floats, across: float, along: float, seed: int) -> Floats:
    """Smooth noise about 0 on the cloth, with features of that size (cm)."""
    size = _CELLS * _STEPS
    du, dv = np.random.default_rng(seed).integers(0, size, 2)
    column = (u * np.float32(_STEPS / across)).astype(np.int32) + int(du)
    row = (v * np.float32(_STEPS / along)).astype(np.int32) + int(dv)
    found: Floats = _field()[row % size, column % size]
    return found


def wave(t: Floats) -> Floats:
    """A sine of a phase in turns."""
    found: Floats = np.sin(np.float32(2 * np.pi) * t)
    return found


def band(t: Floats, width: float, soft: float) -> Floats:
    """1 within `width` about the whole numbers of `t` (in turns), 0 elsewhere, with soft edges."""
    away = np.abs((t + 0.5) % 1 - 0.5)
    found: Floats = ((width / 2 - away) / max(soft, 1e-4) + 0.5).clip(0, 1)
    return found


def woven(amount: float = 0.02, twill: float = 0.0) -> Weave:
    """A plain cloth with a little fibre, perhaps with a twill line of that pitch."""

    def weave(u: Floats, v: Floats, fine: float) -> Surface:
        tone = grain(u, amount)
        bump = None
        if twill:
            bump = 0.010 * twill / 0.2 * seen(twill, fine) * wave((u + v) / np.float32(twill))
        return Surface(tone=tone, bump=bump)

    return weave


def striped(pitch: float, width: float, fine_line: float = 0.0) -> Weave:
    """Lengthwise stripes in the second colour; `fine_line` adds a hairline between them."""

    def weave(u: Floats, _v: Floats, fine: float) -> Surface:
        soft = 0.9 / (pitch * fine)
        second = band(u / np.float32(pitch), width / pitch, soft)
        if fine_line:
            second = np.maximum(second, 0.7 * band(u / np.float32(pitch) + 0.5, fine_line / pitch, soft))
        return Surface(second=second, tone=grain(u, 0.015))

    return weave


Bands = Sequence[tuple[float, float, int]]
"""Stripes of a check: middle and width as fractions of the repeat, and which colour (2 or 3)."""


def checked(pitch: float, bands: Bands, fleck: float = 0.0, twill: float = 0.28) -> Weave:
    """A check of crossing stripes: full where they meet, half elsewhere, over a visible twill."""

    def weave(u: Floats, v: Floats, fine: float) -> Surface:
        soft = 0.9 / (pitch * fine)
        mixes: list[Floats | None] = [None, None]
        for middle, width, colour in bands:
            over = band(u / np.float32(pitch) - middle, width, soft)
            along = band(v / np.float32(pitch) - middle, width, soft)
            both = 0.5 * (over + along)
            old = mixes[colour - 2]
            mixes[colour - 2] = both if old is None else np.maximum(old, both)
        line = seen(twill, fine) * wave((u + v) / np.float32(twill))
        tone = grain(u, 0.02 + fleck) * (1 + 0.05 * line)
        return Surface(second=mixes[0], third=mixes[1], tone=tone, bump=0.008 * line)

    return weave


def herringbone(pitch: float = 0.5, column: float = 2.0, contrast: float = 0.75) -> Weave:
    """Twill that turns at every column, the second colour in its furrows."""

    def weave(u: Floats, v: Floats, fine: float) -> Surface:
        turn = np.abs((u / np.float32(2 * column)) % 1 - 0.5) * 2 * column
        line = wave((turn + v) / np.float32(pitch))
        strength = seen(pitch, fine)
        second = (contrast * (0.5 - 0.5 * line) * strength + contrast * 0.5 * (1 - strength)).astype(
            np.float32
        )
        edge = band(u / np.float32(column), 0.05, 0.9 / (column * fine))
        return Surface(second=second, tone=grain(u, 0.045) * (1 - 0.10 * edge), bump=0.012 * strength * line)

    return weave


def boucle(depth: float = 0.05) -> Weave:
    """Loops of wool: uneven, lively, matt."""

    def weave(u: Floats, v: Floats, fine: float) -> Surface:
        a, b = noise(u, v, 0.36, 0.36, 11), noise(u, v, 0.55, 0.5, 12)
        loops = np.abs(a + 0.5 * b)
        show = seen(0.5, fine)
        tone = (0.90 + 0.16 * (loops - 0.75).clip(-0.7, 1.2) * show) * grain(u, 0.03)
        return Surface(second=(0.5 * (b - 0.5)).clip(0, 0.6), tone=tone, bump=depth * show * loops)

    return weave


def tweed(pitch: float = 6.0) -> Weave:
    """A flecked broken twill with a windowpane in the third colour."""

    def weave(u: Floats, v: Floats, fine: float) -> Surface:
        step = np.abs((u / np.float32(1.6)) % 1 - 0.5) * 1.6
        line = wave((step + v) / np.float32(0.4))
        show = seen(0.4, fine)
        second = (0.5 + 0.32 * line * show + 0.18 * noise(u, v, 0.3, 0.2, 21)).clip(0, 1)
        soft = 0.9 / (pitch * fine)
        panes = np.maximum(
            band(u / np.float32(pitch), 0.035, soft), band(v / np.float32(pitch * 1.25), 0.028, soft)
        )
        fleck = (noise(u, v, 0.28, 0.22, 22) > 2.1) * 0.6
        third = np.maximum(0.55 * panes, fleck).astype(np.float32)
        return Surface(second=second, third=third, tone=grain(u, 0.05), bump=0.012 * show * line)

    return weave


def denim(fade: float = 0.35) -> Weave:
    """Twill of dark warp and pale weft, streaked along the warp."""

    def weave(u: Floats, v: Floats, fine: float) -> Surface:
        streak = noise(u, v, 0.11, 5.0, 31) * 0.5 + noise(u, v, 0.5, 9.0, 32) * 0.35
        line = seen(0.22, fine) * wave((u - v) / np.float32(0.22))
        second = (0.10 + 0.10 * fade * streak + 0.06 * line).clip(0, 1)
        return Surface(second=second.astype(np.float32), tone=grain(u, 0.05), bump=0.008 * line)

    return weave


def linen() -> Weave:
    """Slubs both ways, thin and uneven."""

    def weave(u: Floats, v: Floats, _fine: float) -> Surface:
        slub = 0.5 * noise(u, v, 2.8, 0.10, 41) + 0.5 * noise(u, v, 0.10, 3.2, 42)
        return Surface(tone=(1 + 0.040 * slub) * grain(u, 0.025), bump=0.004 * slub)

    return weave


PLAIN: Final = Cloth()
