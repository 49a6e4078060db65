"""Draws the house's pictures: one by one, all of them into a folder, or many on one sheet.

A picture is 4 wide to 5 high, transparent where there is no garment. The same style, colour and height give the same
bytes on every run.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from functools import lru_cache
from multiprocessing import get_context
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from kiosk.demo.drawing.colouring import Lit, colour, lit
from kiosk.demo.drawing.frame import fitted
from kiosk.demo.drawing.marks import Garment
from kiosk.demo.drawing.patterns_coats import COATS
from kiosk.demo.drawing.patterns_jackets import JACKETS
from kiosk.demo.drawing.patterns_lower import LOWER
from kiosk.demo.drawing.patterns_tops import TOPS
from kiosk.demo.drawing.plate import paint
from kiosk.demo.house.styles import Style, palette, picture_of, styles
from kiosk.pictures import canvas

Pixels = NDArray[np.uint8]
Progress = Callable[[int, int], None]

RATIO: Final = 0.8
_PATTERNS: Final = COATS | JACKETS | TOPS | LOWER
# Colours of the parts that no pattern names.
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
# Where one colour of a style is finished differently from the rest.
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
    """Asked for a style or a colour that the house does not make."""

    def __init__(self, style: str, colour_code: str) -> None:
        super().__init__(f"the house makes no {style} in {colour_code}")


@lru_cache(maxsize=2)
def _plate(style_id: str, height_px: int) -> tuple[Lit, Mapping[str, str]]:
    garment: Garment = _PATTERNS[style_id]()
    frame = fitted(garment.outlines(), height_px, RATIO, garment.fill)
    return lit(paint(garment, frame)), garment.colours


def draw(style: str, colour_code: str, height_px: int) -> Pixels:
    """A style in a colour as RGBA, `height_px` rows high; raises `UnknownPieceError`."""
    if style not in _PATTERNS or colour_code not in palette():
        raise UnknownPieceError(style, colour_code)
    plate, colours = _plate(style, height_px)
    rules = {**_PARTS, **colours, **_FINISH.get(f"{style}-{colour_code}", {})}
    return colour(plate, palette()[colour_code].hex, rules)


def render_all(directory: Path, height_px: int, progress: Progress | None = None) -> int:
    """Draw what is missing in `directory`, in two processes; how many pictures were drawn.

    `progress` is told how many of how many are done. A file appears under its name only when it is whole.
    """
    directory.mkdir(parents=True, exist_ok=True)
    missing = [(style, _missing(style, directory)) for style in styles()]
    work = [(style.style_id, codes) for style, codes in missing if codes]
    total = sum(len(codes) for _, codes in work)
    done = 0
    if not work:
        return 0
    with ProcessPoolExecutor(max_workers=2, mp_context=get_context("spawn")) as pool:
        jobs = [pool.submit(_render, style_id, codes, directory, height_px) for style_id, codes in work]
        for job in as_completed(jobs):
            done += job.result()
            if progress is not None:
                progress(done, total)
    return total


def _missing(style: Style, directory: Path) -> tuple[str, ...]:
    names = ((c.code, directory / picture_of(style.style_id, c.code)) for c in style.colours)
    return tuple(code for code, path in names if not path.is_file())


def _render(style_id: str, codes: Sequence[str], directory: Path, height_px: int) -> int:
    for code in codes:
        path = directory / picture_of(style_id, code)
        draft = path.with_suffix(".part")
        draft.write_bytes(canvas.png(draw(style_id, code, height_px)))
        draft.replace(path)
    return len(codes)


def contact_sheet(pieces: Iterable[tuple[str, str]], columns: int, height_px: int) -> Pixels:
    """Pieces (style, colour) side by side on black, as RGB."""
    pictures = [draw(style, code, height_px) for style, code in pieces]
    rows = -(-len(pictures) // columns)
    height, width = pictures[0].shape[:2]
    sheet = np.zeros((rows * height, columns * width, 3), np.uint8)
    for n, picture in enumerate(pictures):
        top, left = n // columns * height, n % columns * width
        shown = picture[..., :3].astype(np.uint16) * picture[..., 3:] // 255
        sheet[top : top + height, left : left + width] = shown.astype(np.uint8)
    return sheet
