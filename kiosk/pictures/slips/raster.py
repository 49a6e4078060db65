"""Draws the rows of a receipt as a black and white picture, in the dots of the printer."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, assert_never

from PIL import Image, ImageDraw

from kiosk.core.domain.slips.slip import Code, Gap, Line, Pair, Row, Rule, Slip
from kiosk.core.domain.texts import RIGHT_TO_LEFT
from kiosk.pictures.slips.letters import Letters

TEXT_PX: Final = 24
"""3 mm at 203 dots per inch, like a printer's own letters (12 x 24 dots)."""
LARGE_PX: Final = 38
_BETWEEN_PX: Final = 16
_BLACK_BELOW: Final = 150
"""Grey values below are printed black; a little above the middle, because thin strokes burn in weakly."""
Matrix = Sequence[Sequence[int]]


@dataclass(frozen=True, slots=True)
class Raster:
    """A picture: rows of `width // 8` bytes, the highest bit at the left, 1 is black. `width` is a multiple of 8."""

    width: int
    height: int
    bits: bytes


def slip_raster(slip: Slip, width: int, fonts: Path, codes: Sequence[Matrix]) -> Raster:
    """The whole receipt, `width` dots wide. `codes`: the modules of its QR codes, in their order."""
    sheet = _Sheet(slip.language, width, fonts)
    left = iter(codes)
    placed = [(sheet.height_of(row), row) for row in _wrapped(slip.rows, sheet)]
    drawn = [(next(left) if isinstance(row, Code) else None, height, row) for height, row in placed]
    total = sum(_code_height(code, width) if code is not None else height for code, height, _ in drawn)
    image = Image.new("L", (width, max(1, total)), 255)
    pen, y = ImageDraw.Draw(image), 0
    for code, height, row in drawn:
        if code is not None:
            _draw_code(image, code, y)
            y += _code_height(code, width)
        else:
            sheet.draw(pen, row, y)
            y += height
    return _packed(image)


def code_raster(code: Matrix, width: int) -> Raster:
    """One QR code, centred."""
    image = Image.new("L", (width, _code_height(code, width)), 255)
    _draw_code(image, code, 0)
    return _packed(image)


def to_png(raster: Raster, file: Path) -> None:
    """Writes a picture as a file."""
    image = Image.frombytes("1", (raster.width, raster.height), bytes(~b & 0xFF for b in raster.bits))
    image.save(file, "PNG")


class _Sheet:
    def __init__(self, language: str, width: int, fonts: Path) -> None:
        self.width, self._rtl = width, language in RIGHT_TO_LEFT
        self._plain, self._large = Letters(fonts, language, TEXT_PX), Letters(fonts, language, LARGE_PX)

    def letters(self, *, large: bool) -> Letters:
        return self._large if large else self._plain

    def height_of(self, row: Row) -> int:
        large = isinstance(row, Line | Pair) and row.large
        return self.letters(large=large).line_height // (2 if isinstance(row, Gap) else 1)

    def draw(self, pen: ImageDraw.ImageDraw, row: Row, y: int) -> None:
        match row:
            case Line(text=text, large=large, centred=centred):
                self._text(pen, text, y, self.letters(large=large), "centre" if centred else "start")
            case Pair(start=start, end=end, large=large):
                self._text(pen, start, y, self.letters(large=large), "start")
                self._text(pen, end, y, self.letters(large=large), "end")
            case Rule():
                middle = y + self._plain.line_height // 2
                pen.line((0, middle, self.width, middle), fill=0, width=2)
            case Gap() | Code():
                return
            case _:
                assert_never(row)

    def _text(self, pen: ImageDraw.ImageDraw, text: str, y: int, letters: Letters, where: str) -> None:
        room = self.width - letters.width(text)
        at_left = (where == "start") is not self._rtl
        x = room // 2 if where == "centre" else 0 if at_left else room
        letters.draw(pen, max(0, x), y + round(letters.size * 1.02), text)


def _wrapped(rows: Sequence[Row], sheet: _Sheet) -> list[Row]:
    """The rows with each text at most as wide as the paper."""
    found: list[Row] = []
    for row in rows:
        if isinstance(row, Line):
            parts = _parts(row.text, sheet.width, sheet.letters(large=row.large))
            found += [Line(part, row.large, row.centred) for part in parts]
        elif isinstance(row, Pair):
            found += _wrapped_pair(row, sheet)
        else:
            found.append(row)
    return found


def _wrapped_pair(row: Pair, sheet: _Sheet) -> list[Row]:
    """The end stands in the last line; in a line of its own where there is no room beside it."""
    letters = sheet.letters(large=row.large)
    room = sheet.width - letters.width(row.end) - _BETWEEN_PX
    if room < sheet.width // 3:
        return [
            *(Line(part, row.large) for part in _parts(row.start, sheet.width, letters)),
            Pair("", row.end, row.large),
        ]
    *first, last = _parts(row.start, room, letters)
    return [*(Line(part, row.large) for part in first), Pair(last, row.end, row.large)]


def _parts(text: str, room: int, letters: Letters) -> list[str]:
    """The text in lines of at most `room` pixels, broken at blanks, between wide letters, or else anywhere."""
    lines, line = [], ""
    for word in _words(text):
        if line and letters.width((line + word).rstrip()) > room:
            lines.append(line.rstrip())
            line = ""
        line += word
        while letters.width(line.rstrip()) > room and len(line) > 1:
            cut = next(n for n in range(len(line) - 1, 0, -1) if n == 1 or letters.width(line[:n]) <= room)
            lines.append(line[:cut])
            line = line[cut:]
    return [*lines, line.rstrip()]


def _words(text: str) -> list[str]:
    """Pieces between which a line may be broken; each has its blanks behind it."""
    found = [""]
    for letter in text:
        last = found[-1][-1:]
        ends = last.isspace() or _is_wide(letter) or _is_wide(last)
        if last and ends and not letter.isspace():
            found.append("")
        found[-1] += letter
    return found


def _is_wide(letter: str) -> bool:
    """A letter of a script that is written without blanks."""
    return (
        letter != ""
        and unicodedata.east_asian_width(letter) in "WF"
        and unicodedata.category(letter)[0] == "L"
    )


def _module_px(code: Matrix, width: int) -> int:
    """Dots of one module: the code takes about half of the paper's width, with its quiet zone."""
    return max(2, min(8, width * 6 // 10 // (len(code) + 8)))


def _code_height(code: Matrix, width: int) -> int:
    return (len(code) + 8) * _module_px(code, width)


def _draw_code(image: Image.Image, code: Matrix, y: int) -> None:
    module = _module_px(code, image.width)
    left, top = (image.width - len(code) * module) // 2, y + 4 * module
    pen = ImageDraw.Draw(image)
    for row, modules in enumerate(code):
        for column, dark in enumerate(modules):
            if dark:
                x, at = left + column * module, top + row * module
                pen.rectangle((x, at, x + module - 1, at + module - 1), fill=0)


def _packed(image: Image.Image) -> Raster:
    # in Pillow's packed form 1 is white; a printer burns where the bit is 1
    white = image.point([255 if grey >= _BLACK_BELOW else 0 for grey in range(256)]).convert("1")
    return Raster(image.width, image.height, bytes(~b & 0xFF for b in white.tobytes()))
