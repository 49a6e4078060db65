"""Polygons as anti-aliased masks, and pixel arrays as PNG.

Masks are float32 arrays from 0 to 1; positions are pixels, x to the right, y downwards, the first pixel's corner at 0.
"""

import io
from collections.abc import Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

Floats = NDArray[np.floating[Any]]
Pixels = NDArray[np.uint8]

# Sub-pixels per side of a pixel. Four give 17 levels of coverage; eight cost four times as much and look the same.
_SUBPIXELS: Final = 4


def coverage(shapes: Sequence[NDArray[np.float64]], width: int, height: int) -> Floats:
    """Fraction of each pixel covered by the union of closed polygons of shape (n, 2), as (height, width)."""
    sheet = Image.new("L", (width * _SUBPIXELS, height * _SUBPIXELS), 0)
    pen = ImageDraw.Draw(sheet)
    for shape in shapes:
        if len(shape) >= 3:
            pen.polygon((shape * _SUBPIXELS - 0.5).ravel().tolist(), fill=255)
    return np.asarray(sheet.reduce(_SUBPIXELS), dtype=np.float32) / np.float32(255)


def png(pixels: Pixels, level: int = 4) -> bytes:
    """Encode an RGBA or RGB array as PNG; the same pixels give the same bytes."""
    sink = io.BytesIO()
    Image.fromarray(pixels).save(sink, "PNG", compress_level=level)
    return sink.getvalue()
