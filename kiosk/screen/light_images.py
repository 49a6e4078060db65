"""The light that pieces hang in: a floor under them and a breath behind them, dithered so that no rings show."""

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
"""Width and height in pixels, alpha of 255 in the middle, and how fast it falls."""
# An ordered 8x8 dither (Bayer 1973): differs from place to place, never from run to run.
_BAYER = (
    (0, 32, 8, 40, 2, 34, 10, 42), (48, 16, 56, 24, 50, 18, 58, 26), (12, 44, 4, 36, 14, 46, 6, 38),
    (60, 28, 52, 20, 62, 30, 54, 22), (3, 35, 11, 43, 1, 33, 9, 41), (51, 19, 59, 27, 49, 17, 57, 25),
    (15, 47, 7, 39, 13, 45, 5, 37), (63, 31, 55, 23, 61, 29, 53, 21),
)  # fmt: skip


def light(name: str) -> QImage:
    """The light of that name, premultiplied ARGB, transparent at its rim; a null image for a name unknown."""
    if name not in _SHAPES:
        return QImage()
    wide, high, brightest, fall = _SHAPES[name]
    rows = bytearray()
    for y in range(high):
        v = ((y + 0.5) / high * 2 - 1) ** 2
        dither = _BAYER[y % 8]
        for x in range(wide):
            u = (x + 0.5) / wide * 2 - 1
            r2 = u * u + v
            alpha = (
                int(brightest * (1 - r2) ** 2 * math.exp(-fall * r2) + dither[x % 8] / 64) if r2 < 1 else 0
            )
            rows += _PIXELS[alpha]
    return QImage(bytes(rows), wide, high, wide * 4, QImage.Format.Format_ARGB32_Premultiplied).copy()


_PIXELS = [bytes((_BLUE * a // 255, _GREEN * a // 255, _RED * a // 255, a)) for a in range(256)]


class LightImageProvider(QQuickImageProvider):
    """`image://light/floor` and `image://light/glow`."""

    def __init__(self) -> None:
        super().__init__(QQuickImageProvider.ImageType.Image)
        self._painted: dict[str, QImage] = {}

    def requestImage(self, id: str, size: QSize, requestedSize: QSize) -> QImage:  # noqa: A002, ARG002, N802, N803
        image = self._painted.setdefault(id, QImage())
        if image.isNull():
            image = self._painted[id] = light(id)
        size.setWidth(image.width())
        size.setHeight(image.height())
        return image
