"""Shapes as anti-aliased masks, smooth resizing, and encoding of pixel arrays; knows nothing of garments.

Masks are float32 arrays from 0 to 1; positions are pixels, x to the right, y downwards, the first pixel's corner at 0.
"""

import io
from collections.abc import Sequence
from pathlib import Path
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


def resize(
    field: Floats, width: int, height: int, box: tuple[float, float, float, float] | None = None
) -> Floats:
    """A smooth field at another size (bicubic); `box` is the part to take: left, top, right, bottom in its pixels."""
    picture = Image.fromarray(np.ascontiguousarray(field, dtype=np.float32))
    return np.array(picture.resize((width, height), Image.Resampling.BICUBIC, box=box), dtype=np.float32)


def png(pixels: Pixels, level: int = 4) -> bytes:
    """Encode an RGBA or RGB array as PNG; the same pixels give the same bytes."""
    sink = io.BytesIO()
    Image.fromarray(pixels).save(sink, "PNG", compress_level=level)
    return sink.getvalue()


def webp(pixels: Pixels, quality: int = 86) -> bytes:
    """Encode an RGBA or RGB array as WebP with lossless alpha."""
    sink = io.BytesIO()
    Image.fromarray(pixels).save(sink, "WEBP", quality=quality, alpha_quality=100, method=4)
    return sink.getvalue()


def read(path: Path) -> Pixels:
    """The RGBA pixels of a picture that we drew ourselves."""
    with Image.open(path) as picture:
        return np.array(picture.convert("RGBA"), dtype=np.uint8)


def smaller(pixels: Pixels, width: int, height: int) -> Pixels:
    """RGBA pixels at a smaller size, without dark fringes along transparent edges."""
    picture = Image.fromarray(pixels).convert("RGBa")
    shrunk = picture.resize((width, height), Image.Resampling.LANCZOS, reducing_gap=3.0)
    return np.array(shrunk.convert("RGBA"), dtype=np.uint8)
