"""Resizing of fields and pictures, WebP encoding and decoding, for the garment renderer.

Arrays are rows x columns; pictures are uint8 RGBA.
"""

import io
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image

Floats = NDArray[np.floating[Any]]
Pixels = NDArray[np.uint8]

WEBP_QUALITY: Final = 78
WEBP_ALPHA_QUALITY: Final = 80
"""Together about 41 kB for a picture of 1,024 x 1,280 pixels; the weave of the cloth is still visible at full size."""


def resize(
    field: Floats, width: int, height: int, box: tuple[float, float, float, float] | None = None
) -> Floats:
    """A smooth field at another size (bicubic); `box` is the part to take: left, top, right, bottom in its pixels."""
    picture = Image.fromarray(np.ascontiguousarray(field, dtype=np.float32))
    return np.array(picture.resize((width, height), Image.Resampling.BICUBIC, box=box), dtype=np.float32)


def webp(pixels: Pixels) -> bytes:
    """Encode an RGBA array as lossy WebP; the same pixels and library version give the same bytes."""
    sink = io.BytesIO()
    Image.fromarray(pixels).save(
        sink, "WEBP", quality=WEBP_QUALITY, alpha_quality=WEBP_ALPHA_QUALITY, method=6
    )
    return sink.getvalue()


def read(path: Path) -> Pixels:
    """RGBA pixels of a picture file."""
    with Image.open(path) as picture:
        return np.array(picture.convert("RGBA"), dtype=np.uint8)


def smaller(pixels: Pixels, width: int, height: int) -> Pixels:
    """RGBA pixels scaled down, without dark fringes along transparent edges."""
    picture = Image.fromarray(pixels).convert("RGBa")
    shrunk = picture.resize((width, height), Image.Resampling.LANCZOS, reducing_gap=3.0)
    return np.array(shrunk.convert("RGBA"), dtype=np.uint8)
