"""Sews a button on a plate: a turned rim, a hollow with its holes, the thread, and the shadow on the cloth."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from garment_artwork.primitives.geometry import ellipse
from garment_artwork.primitives.marks import Button
from garment_artwork.primitives.plate import Plate

Floats = NDArray[np.floating[Any]]


def sew(plate: Plate, button: Button) -> None:
    """Paint one button; its relief is that of a lathe: rim up, middle down."""
    frame = plate.frame
    window = frame.window([ellipse(button.x, button.y, button.radius, button.radius)], button.radius)
    x0, y0, x1, y1 = window
    see = (slice(y0, y1), slice(x0, x1))
    if x1 - x0 < 2 or y1 - y0 < 2:
        return
    x, y = frame.places(window)
    dx, dy = x - np.float32(button.x), y - np.float32(button.y)
    r = np.sqrt(dx * dx + dy * dy) / np.float32(button.radius)
    soft = np.float32(1.0 / (button.radius * frame.fine))
    _shadow(plate, see, dx, dy, button)
    mask = ((1 - r) / soft + 0.5).clip(0, 1)
    slope = _dome(r) if button.dome else _turned(r)
    gx, gy = slope * dx / button.radius, slope * dy / button.radius
    for target, value in (
        (plate.gx, gx),
        (plate.gy, gy),
        (plate.tone, np.float32(1.0) - 0.25 * (r > 0.93)),
        (plate.gloss, 0.25),
        (plate.shine, button.shine),
        (plate.fuzz, 0.4),
        (plate.tint, 0.3),
        (plate.alpha, 1.0),
    ):
        target[see] += mask * (value - target[see])
    for old in plate.slots.values():
        old[see] *= 1 - mask
    plate.slot(button.slot)[see] += mask
    if not button.dome:
        _holes(plate, see, dx, dy, button)


def _shadow(plate: Plate, see: tuple[slice, slice], dx: Floats, dy: Floats, button: Button) -> None:
    away = np.sqrt((dx - 0.22 * button.radius) ** 2 + (dy - 0.34 * button.radius) ** 2) / button.radius
    plate.tone[see] *= 1 - 0.55 * ((1.28 - away) / 0.42).clip(0, 1)


def _turned(r: Floats) -> Floats:
    """Slope of a turned button: the rim's outer side falls, its inner side falls inwards."""
    outer = 1.5 * ((r - 0.80) / 0.2).clip(0, 1)
    inner = -1.1 * np.exp(-(((r - 0.62) / 0.10) ** 2))
    found: Floats = -(outer + inner).astype(np.float32)
    return found


def _dome(r: Floats) -> Floats:
    found: Floats = -(1.6 * r.clip(0, 1) ** 1.5).astype(np.float32)
    return found


def _holes(plate: Plate, see: tuple[slice, slice], dx: Floats, dy: Floats, button: Button) -> None:
    gap, size = button.radius * 0.24, button.radius * 0.115
    fine = plate.frame.fine
    spots = (
        [(-gap, -gap), (gap, -gap), (-gap, gap), (gap, gap)] if button.holes == 4 else [(0, -gap), (0, gap)]
    )
    for hx, hy in spots:
        away = np.sqrt((dx - hx) ** 2 + (dy - hy) ** 2)
        plate.tone[see] *= 1 - 0.75 * ((size - away) * fine + 0.5).clip(0, 1)
    # Two threads run side by side from hole to hole.
    reach = gap * 1.05
    rows = (-gap, gap) if button.holes == 4 else (0.0,)
    for row in rows:
        across, length = (dx - row, dy) if button.holes == 2 else (dy - row, dx)
        mask = ((size * 0.7 - np.abs(across)) * fine + 0.5).clip(0, 1)
        mask = mask * ((reach - np.abs(length)) * fine + 0.5).clip(0, 1) * 0.85
        for old in plate.slots.values():
            old[see] *= 1 - mask
        plate.slot("thread")[see] += mask
        plate.tone[see] += mask * (0.95 - plate.tone[see])
