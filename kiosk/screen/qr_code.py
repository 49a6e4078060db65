"""QR code (ISO/IEC 18004) of the receipt link as an image: whole pixels per module, with quiet zone."""

from __future__ import annotations

from urllib.parse import unquote

from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtQuick import QQuickImageProvider

QUIET_ZONE_MODULES = 4
"""Width of the quiet zone on each side, in modules (ISO/IEC 18004, 5.3.8)."""
_LIGHT = QColor("#f4eee3")
_DARK = QColor("#0b0a09")


def qr_code_image(text: str, side: int) -> QImage:
    """The QR code, at most `side` pixels wide, with the largest whole number of pixels (at least 1) for a module."""
    import segno  # imported late: needed only after a payment

    rows = [list(row) for row in segno.make(text, error="m", micro=False).matrix]
    modules = len(rows) + 2 * QUIET_ZONE_MODULES
    pixels = max(1, side // modules)
    image = QImage(modules * pixels, modules * pixels, QImage.Format.Format_RGB32)
    image.fill(_LIGHT)
    painter = QPainter(image)
    for y, row in enumerate(rows):
        for x, dark in enumerate(row):
            if dark:
                painter.fillRect(
                    (x + QUIET_ZONE_MODULES) * pixels,
                    (y + QUIET_ZONE_MODULES) * pixels,
                    pixels,
                    pixels,
                    _DARK,
                )
    painter.end()
    return image


class QrCodeProvider(QQuickImageProvider):
    """Serves `image://code/TEXT` to QML: TEXT is percent-encoded, the requested width is the side in pixels."""

    def __init__(self) -> None:
        super().__init__(QQuickImageProvider.ImageType.Image)

    def requestImage(self, id: str, size: QSize, requestedSize: QSize) -> QImage:  # noqa: A002, N802, N803
        image = qr_code_image(unquote(id), max(64, requestedSize.width()))
        size.setWidth(image.width())
        size.setHeight(image.height())
        return image
