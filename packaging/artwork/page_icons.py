"""Draws the icons of the associates' page, a standing mirror: `python packaging/artwork/page_icons.py FOLDER`."""

from __future__ import annotations

import sys
from pathlib import Path

from PIL import Image, ImageDraw

INK, GOLD, GLASS = "#12110f", "#d9b878", "#2b2823"
SIZES = {"192": (192, 0.86), "512": (512, 0.86), "maskable": (512, 0.62)}
"""Pixels, and the part of the width that the drawing takes. Masks keep the inner 80 % of an icon."""
FINE = 4
"""Drawn this much larger, then scaled down."""


def icon(pixels: int, part: float) -> Image.Image:
    """One square icon."""
    side = pixels * FINE
    image = Image.new("RGB", (side, side), INK)
    draw = ImageDraw.Draw(image)

    def at(x: float, y: float) -> tuple[float, float]:
        """A point of the drawing, whose sides are 1."""
        return side * (0.5 + (x - 0.5) * part), side * (0.5 + (y - 0.5) * part)

    line = round(side * part * 0.045)
    for x in (0.2, 0.8):
        draw.line([at(x, 0.3), at(x, 0.9)], fill=GOLD, width=line)
        draw.line([at(x - 0.09, 0.93), at(x + 0.09, 0.93)], fill=GOLD, width=line)
    draw.line([at(0.2, 0.84), at(0.8, 0.84)], fill=GOLD, width=line)
    draw.line([at(0.2, 0.43), at(0.8, 0.43)], fill=GOLD, width=line)
    draw.ellipse([at(0.27, 0.06), at(0.73, 0.8)], fill=GLASS, outline=GOLD, width=line)
    draw.line([at(0.4, 0.48), at(0.56, 0.26)], fill=GOLD, width=line // 2)
    return image.resize((pixels, pixels), Image.Resampling.LANCZOS)


def main() -> None:
    """Writes every icon into the folder that is named."""
    for name, (pixels, part) in SIZES.items():
        icon(pixels, part).quantize(32).save(Path(sys.argv[1]) / f"{name}.png", optimize=True)


if __name__ == "__main__":
    main()
