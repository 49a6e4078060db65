"""The receipt's link as a QR code (ISO/IEC 18004), drawn to whole pixels with its quiet zone."""

from __future__ import annotations

from urllib.parse import unquote

from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtQuick import QQuickImageProvider

QUIET_ZONE_MODULES = 4
"""Modules of empty margin on every side (ISO/IEC 18004, 5.3.8)."""
_IVORY = QColor("#f4eee3")
_INK = QColor("#0b0a09")


def qr_code_image(text: str, side: int) -> QImage:
    """The code at the largest whole number of pixels a module that stays within `side`."""
    import segno  # only a paid order needs it

    rows = [list(row) for row in segno.make(text, error="m", micro=False).matrix]
    modules = len(rows) + 2 * QUIET_ZONE_MODULES
    pixels = max(1, side // modules)
    image = QImage(modules * pixels, modules * pixels, QImage.Format.Format_RGB32)
    image.fill(_IVORY)
    painter = QPainter(image)
    for y, row in enumerate(rows):
        for x, dark in enumerate(row):
            if dark:
                painter.fillRect(
                    (x + QUIET_ZONE_MODULES) * pixels, (y + QUIET_ZONE_MODULES) * pixels, pixels, pixels, _INK
                )
    painter.end()
    return image


class QrCodeProvider(QQuickImageProvider):
    """`image://code/` and the text, percent-encoded; the size asked for is the side in pixels."""

    def __init__(self) -> None:
        super().__init__(QQuickImageProvider.ImageType.Image)

    def requestImage(self, id: str, size: QSize, requestedSize: QSize) -> QImage:  # noqa: A002, N802, N803
        image = qr_code_image(unquote(id), max(64, requestedSize.width()))
        size.setWidth(image.width())
        size.setHeight(image.height())
        return image
