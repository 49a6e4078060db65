"""Draws the silhouette for a picture that cannot be read."""

from __future__ import annotations

from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from kiosk.pictures import canvas

# Outline of a coat on a hanger, clockwise from the neck, in hundredths of the picture's width and height.
_OUTLINE: Final = (
    (43, 14), (57, 14), (74, 21), (90, 56), (80, 60), (71, 42), (73, 90), (27, 90), (29, 42), (20, 60), (10, 56),
    (26, 21),
)  # fmt: skip
_HANGER: Final = ((49, 5), (51, 5), (51, 15), (49, 15))
_GREY: Final = 120
_FAINT: Final = 90
"""Alpha of the silhouette: visible on black glass, but not like a garment."""


@cache
def placeholder(height: int) -> tuple[bytes, str]:
    """Grey silhouette of a garment on a transparent ground, as PNG with its media type; 3:4 (width to height)."""
    width = max(1, height * 3 // 4)
    scale = np.array([width / 100, height / 100])
    shapes: list[NDArray[np.float64]] = [np.array(shape, float) * scale for shape in (_OUTLINE, _HANGER)]
    covered = canvas.coverage(shapes, width, height)
    pixels = np.full((height, width, 4), _GREY, np.uint8)
    pixels[..., 3] = (covered * _FAINT).astype(np.uint8)
    return canvas.png(pixels), "image/png"
