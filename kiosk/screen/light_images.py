"""Soft light behind and under the garment pictures, dithered so that no rings are visible."""

from __future__ import annotations

import math

from PySide6.QtCore import QSize
from PySide6.QtGui import QImage
from PySide6.QtQuick import QQuickImageProvider

_RED, _GREEN, _BLUE = 255, 240, 214
_SHAPES: dict[str, tuple[int, int, float, float]] = {
    "floor": (480, 72, 84.0, 2.2),
    "glow": (240, 320, 34.0, 1.1),
}
"""Width and height in pixels, alpha (of 255) in the centre, and the falloff: alpha ~ (1 - r²)² exp(-falloff r²)."""
# Ordered 8x8 dither matrix (Bayer 1973): the same in every run.
_BAYER = (
    (0, 32, 8, 40, 2, 34, 10, 42), (48, 16, 56, 24, 50, 18, 58, 26), (12, 44, 4, 36, 14, 46, 6, 38),
    (60, 28, 52, 20, 62, 30, 54, 22), (3, 35, 11, 43, 1, 33, 9, 41), (51, 19, 59, 27, 49, 17, 57, 25),
    (15, 47, 7, 39, 13, 45, 5, 37), (63, 31, 55, 23, 61, 29, 53, 21),
)  # fmt: skip


def light(name: str) -> QImage:
    """The light image `floor` or `glow`, premultiplied ARGB, transparent at its edge; a null image for another name."""
    if name not in _SHAPES:
        return QImage()
    wide, high, max_alpha, falloff = _SHAPES[name]
    rows = bytearray()
    for y in range(high):
        v = ((y + 0.5) / high * 2 - 1) ** 2
        dither = _BAYER[y % 8]
        for x in range(wide):
            u = (x + 0.5) / wide * 2 - 1
            r2 = u * u + v
            alpha = (
                int(max_alpha * (1 - r2) ** 2 * math.exp(-falloff * r2) + dither[x % 8] / 64) if r2 < 1 else 0
            )
            rows += _PIXELS[alpha]
    return QImage(bytes(rows), wide, high, wide * 4, QImage.Format.Format_ARGB32_Premultiplied).copy()


_PIXELS = [bytes((_BLUE * a // 255, _GREEN * a // 255, _RED * a // 255, a)) for a in range(256)]


class LightImageProvider(QQuickImageProvider):
    """Serves `image://light/floor` and `image://light/glow` to QML."""

    def __init__(self) -> None:
        super().__init__(QQuickImageProvider.ImageType.Image)
        self._images: dict[str, QImage] = {}

    def requestImage(self, id: str, size: QSize, requestedSize: QSize) -> QImage:  # noqa: A002, ARG002, N802, N803
        image = self._images.setdefault(id, QImage())
        if image.isNull():
            image = self._images[id] = light(id)
        size.setWidth(image.width())
        size.setHeight(image.height())
        return image
