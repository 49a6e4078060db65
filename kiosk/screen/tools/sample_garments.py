"""Drawn silhouettes of garments for the contact sheet and the tests, which have no catalogue."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QColor, QImage, QLinearGradient, QPainter, QPainterPath, QPen

from kiosk.screen.picture_loader import FetchPicture

_OUTLINES = {
    "coat": "38 4 62 4 82 14 94 66 84 70 76 30 78 98 22 98 24 30 16 70 6 66 18 14",
    "blazer": "38 4 62 4 82 14 94 62 84 66 76 30 76 74 24 74 24 30 16 66 6 62 18 14",
    "shirt": "40 4 60 4 82 12 96 50 86 55 74 28 74 80 26 80 26 28 14 55 4 50 18 12",
    "knit": "38 6 62 6 82 14 96 60 86 66 75 32 74 78 26 78 25 32 14 66 4 60 18 14",
    "trousers": "32 4 68 4 80 98 56 98 50 32 44 98 20 98",
    "skirt": "34 10 66 10 80 90 20 90",
    "dress": "40 4 60 4 72 12 66 34 86 98 14 98 34 34 28 12",
    "boots": "22 30 46 30 46 80 60 90 60 98 22 98",
    "square": "50 16 88 54 50 92 12 54",
    "bag": "12 40 36 40 38 16 62 16 64 40 88 40 82 94 18 94",
    "belt": "2 46 98 46 98 58 2 58",
    "beanie": "20 84 20 54 34 24 66 24 80 54 80 84",
}


def garment_pictures(folder: Path | None) -> FetchPicture:
    """A picture source for the sample scenes: files of `folder` named for their shape, else drawn silhouettes."""

    def fetch(path: str, height: int) -> bytes | None:
        parts = path.split("/")
        if len(parts) != 3:
            return None
        found = sorted(folder.glob(f"{parts[1]}.*")) if folder else []
        return found[0].read_bytes() if found else _png(_draw(parts[1], QColor(f"#{parts[2][:6]}"), height))

    return fetch


def _draw(shape: str, colour: QColor, height: int) -> QImage:
    image = QImage(height * 8 // 10, height, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(0)
    points = [float(n) for n in _OUTLINES[shape].split()]
    path = QPainterPath()
    for n in range(0, len(points), 2):
        x, y = points[n] / 100 * image.width(), points[n + 1] / 100 * height
        (path.lineTo if n else path.moveTo)(x, y)
    path.closeSubpath()
    _shade(image, path, colour)
    return image


def _shade(image: QImage, path: QPainterPath, colour: QColor) -> None:
    light = QLinearGradient(0, 0, image.width(), image.height())
    light.setColorAt(0, colour.lighter(118))
    light.setColorAt(0.5, colour)
    light.setColorAt(1, colour.darker(150))
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(colour.darker(125), image.width() / 90))
    painter.setBrush(light)
    painter.drawPath(path)
    painter.end()


def _png(image: QImage) -> bytes:
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]  # the stub asks for bytes, the code for text
    return bytes(content.data())
