"""The soft floor of light under every piece, an ellipse that fades, dithered so that no rings show."""

from __future__ import annotations

import math

from PySide6.QtCore import QSize
from PySide6.QtGui import QImage
from PySide6.QtQuick import QQuickImageProvider

_SIZE = (480, 72)
_RED, _GREEN, _BLUE = 255, 240, 214
_BRIGHTEST = 84.0
"""Alpha in the middle, of 255."""
# An ordered 8x8 dither (Bayer 1973): differs from place to place, never from run to run.
_BAYER = (
    (0, 32, 8, 40, 2, 34, 10, 42), (48, 16, 56, 24, 50, 18, 58, 26), (12, 44, 4, 36, 14, 46, 6, 38),
    (60, 28, 52, 20, 62, 30, 54, 22), (3, 35, 11, 43, 1, 33, 9, 41), (51, 19, 59, 27, 49, 17, 57, 25),
    (15, 47, 7, 39, 13, 45, 5, 37), (63, 31, 55, 23, 61, 29, 53, 21),
)  # fmt: skip


def floor_of_light() -> QImage:
    """Premultiplied ARGB, transparent at its rim."""
    wide, high = _SIZE
    rows = bytearray()
    for y in range(high):
        v = ((y + 0.5) / high * 2 - 1) ** 2
        for x in range(wide):
            u = (x + 0.5) / wide * 2 - 1
            alpha = int(_alpha(u * u + v) + (_BAYER[y % 8][x % 8] + 0.5) / 64)
            rows += bytes((_BLUE * alpha // 255, _GREEN * alpha // 255, _RED * alpha // 255, alpha))
    return QImage(bytes(rows), wide, high, wide * 4, QImage.Format.Format_ARGB32_Premultiplied).copy()


def _alpha(r2: float) -> float:
    return _BRIGHTEST * (1 - r2) ** 2 * math.exp(-2.2 * r2) if r2 < 1 else 0.0


class LightProvider(QQuickImageProvider):
    """`image://light/floor`."""

    def __init__(self) -> None:
        super().__init__(QQuickImageProvider.ImageType.Image)
        self._floor = QImage()

    def requestImage(self, id: str, size: QSize, requestedSize: QSize) -> QImage:  # noqa: A002, ARG002, N802, N803
        if self._floor.isNull():
            self._floor = floor_of_light()
        size.setWidth(self._floor.width())
        size.setHeight(self._floor.height())
        return self._floor
