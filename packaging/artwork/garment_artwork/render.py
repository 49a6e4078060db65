"""Draws the pictures of the demo's garments: one, all of them into a folder, or many on one contact sheet.

A picture has the ratio 4:5 (width to height) and is transparent where there is no garment. The same style, colour and
height give the same bytes on every run.
"""

from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ProcessPoolExecutor, as_completed
from functools import lru_cache
from multiprocessing import get_context
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from garment_artwork.canvas import webp
from garment_artwork.patterns.coats import COATS
from garment_artwork.patterns.jackets import JACKETS
from garment_artwork.patterns.lower import LOWER
from garment_artwork.patterns.tops import TOPS
from garment_artwork.primitives.colouring import Lit, colour, lit
from garment_artwork.primitives.frame import fitted
from garment_artwork.primitives.marks import Garment
from garment_artwork.primitives.painting import paint
from kiosk.demo.invented_shop.styles import palette, picture_of, styles

Pixels = NDArray[np.uint8]
Progress = Callable[[int, int], None]

RATIO: Final = 0.8
PATTERNS: Final = COATS | JACKETS | TOPS | LOWER
# Default colours of parts for which a pattern names none.
_PARTS: Final[Mapping[str, str]] = {
    "second": "cloth>#FFFFFF:0.5",
    "third": "cloth*0.5",
    "button": "cloth*0.6",
    "thread": "cloth*1.5",
    "lining": "cloth*0.75",
    "label": "#E4DCCB",
    "metal": "#C9A15A",
    "sole": "#2A1C14",
    "leather": "#2A1A12",
    "tape": "#1A1A1C",
    "edge": "cloth*0.55",
    "band": "cloth*0.35",
    "rib": "cloth*0.7",
    "trim": "cloth*0.5",
    "lace": "cloth*0.8",
    "elastic": "cloth*0.5",
    "cord": "#3A2A1C",
}
# Exceptions: colours of parts of one style in one colour.
_FINISH: Final[Mapping[str, Mapping[str, str]]] = {
    "K406-NVY": {"second": "#E6DCC8"},
    "K406-ECR": {"second": "#1E2740"},
    "S302-BOR": {"second": "#EFE6E0"},
    "J204-ECR": {"trim": "#1E2740"},
    "J205-ECR": {"thread": "#C9B48C", "metal": "#B9A98A"},
    "T503-ECR": {"thread": "#C9B48C", "metal": "#B9A98A"},
    "J205-BLK": {"thread": "#3A3A40", "metal": "#8A8A90", "second": "cloth>#FFFFFF:0.10"},
    "T503-BLK": {"thread": "#3A3A40", "metal": "#8A8A90", "second": "cloth>#FFFFFF:0.10"},
    "F804-BLK": {"sole": "#E9E6DE"},
    "A002-RUB": {"third": "#1E2740"},
    "A002-OCH": {"third": "#561B27"},
    "R605-CHA": {"second": "#17171B", "third": "#A9713F"},
    "S310-BOT": {"second": "#141C2B", "third": "#E0D3B0"},
    "J203-OLV": {"third": "#8E6A2E", "second": "cloth>#E8D9B8:0.30"},
}


class UnknownPieceError(LookupError):
    """No such style or colour in the demo catalogue."""

    def __init__(self, style: str, colour_code: str) -> None:
        super().__init__(f"the demo catalogue has no {style} in {colour_code}")


@lru_cache(maxsize=2)
def _plate(style_id: str, height_px: int) -> tuple[Lit, Mapping[str, str]]:
    garment: Garment = PATTERNS[style_id]()
    frame = fitted(garment.outlines(), height_px, RATIO, garment.fill)
    return lit(paint(garment, frame)), garment.colours


def draw(style: str, colour_code: str, height_px: int) -> Pixels:
    """A style in a colour as RGBA, `height_px` rows high; raises `UnknownPieceError`."""
    if style not in PATTERNS or colour_code not in palette():
        raise UnknownPieceError(style, colour_code)
    plate, colours = _plate(style, height_px)
    rules = {**_PARTS, **colours, **_FINISH.get(f"{style}-{colour_code}", {})}
    return colour(plate, palette()[colour_code].hex, rules)


def render_all(directory: Path, height_px: int, progress: Progress | None = None) -> int:
    """Draw every picture into `directory` in two processes; returns the number of pictures.

    `progress(done, total)` is called after each style. A file is written under a temporary name and then renamed, so
    that no half-written picture is left.
    """
    directory.mkdir(parents=True, exist_ok=True)
    total = sum(len(style.colours) for style in styles())
    done = 0
    with ProcessPoolExecutor(max_workers=2, mp_context=get_context("spawn")) as pool:
        jobs = [pool.submit(_render, style.style_id, directory, height_px) for style in styles()]
        for job in as_completed(jobs):
            done += job.result()
            if progress is not None:
                progress(done, total)
    return total


def _render(style_id: str, directory: Path, height_px: int) -> int:
    (style,) = (style for style in styles() if style.style_id == style_id)
    for chosen in style.colours:
        path = directory / picture_of(style_id, chosen.code)
        draft = path.with_suffix(".part")
        draft.write_bytes(webp(draw(style_id, chosen.code, height_px)))
        draft.replace(path)
    return len(style.colours)


def contact_sheet(pieces: Iterable[tuple[str, str]], columns: int, height_px: int) -> Pixels:
    """Garments, given as (style, colour), side by side on black; an RGB array."""
    pictures = [draw(style, code, height_px) for style, code in pieces]
    rows = -(-len(pictures) // columns)
    height, width = pictures[0].shape[:2]
    sheet = np.zeros((rows * height, columns * width, 3), np.uint8)
    for n, picture in enumerate(pictures):
        top, left = n // columns * height, n % columns * width
        shown = picture[..., :3].astype(np.uint16) * picture[..., 3:] // 255
        sheet[top : top + height, left : left + width] = shown.astype(np.uint8)
    return sheet
