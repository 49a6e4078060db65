"""The QR code of the receipt: whole pixels per module, and the quiet zone."""

from __future__ import annotations

import segno

from kiosk.screen.qr_code import QUIET_ZONE_MODULES, qr_code_image
from kiosk.screen.window import application

LINK = "https://mirror.ostrevane.example/r/7Kq2vXw9sTn4"


def test_every_module_is_a_square_of_whole_pixels() -> None:
    application()
    rows = [list(row) for row in segno.make(LINK, error="m", micro=False).matrix]
    image = qr_code_image(LINK, 400)
    pixels = image.width() // (len(rows) + 2 * QUIET_ZONE_MODULES)
    assert image.width() == image.height() == pixels * (len(rows) + 2 * QUIET_ZONE_MODULES) <= 400
    for y, row in enumerate(rows):
        for x, dark in enumerate(row):
            corner = ((x + QUIET_ZONE_MODULES) * pixels, (y + QUIET_ZONE_MODULES) * pixels)
            seen = {image.pixelColor(corner[0] + n, corner[1] + n).lightness() < 60 for n in (0, pixels - 1)}
            assert seen == {bool(dark)}


def test_the_quiet_zone_is_four_modules_wide() -> None:
    application()
    image = qr_code_image(LINK, 400)
    modules = len(list(segno.make(LINK, error="m", micro=False).matrix)) + 2 * QUIET_ZONE_MODULES
    edge = QUIET_ZONE_MODULES * image.width() // modules
    for n in range(image.width()):
        for k in (0, edge - 1, image.width() - edge, image.width() - 1):
            assert image.pixelColor(n, k).lightness() > 200
            assert image.pixelColor(k, n).lightness() > 200


def test_a_long_code_has_at_least_one_pixel_per_module() -> None:
    application()
    assert qr_code_image("x" * 900, 64).width() > 64
