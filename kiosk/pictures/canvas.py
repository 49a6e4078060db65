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

# Sub-pixels a side. Four give 17 steps of coverage, eight 65; eight costs four times as much and is not seen.
_FINE: Final = 4


def coverage(shapes: Sequence[NDArray[np.float64]], width: int, height: int) -> Floats:
    """How much of each pixel the union of closed polygons covers, shape (height, width)."""
    sheet = Image.new("L", (width * _FINE, height * _FINE), 0)
    pen = ImageDraw.Draw(sheet)
    for shape in shapes:
        if len(shape) >= 3:
            pen.polygon((shape * _FINE - 0.5).ravel().tolist(), fill=255)
    return np.asarray(sheet.reduce(_FINE), dtype=np.float32) / np.float32(255)


def png(pixels: Pixels, level: int = 4) -> bytes:
    """Encode an RGBA or RGB array as PNG; the same pixels give the same bytes."""
    sink = io.BytesIO()
    Image.fromarray(pixels).save(sink, "PNG", compress_level=level)
    return sink.getvalue()
