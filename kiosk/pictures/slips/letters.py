"""Chooses for each letter a font that has it, and draws a line of text with them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from typing import Final

from PIL import ImageDraw, ImageFont

from kiosk.pictures.slips.runs import Run, visual_runs

SANS: Final = "ChevalSans-Regular.otf"
_FIRST: Final = {
    "ja": "ChevalGothic-Regular.otf",
    "zh": "ChevalHei-Regular.otf",
    "ar": "ChevalNaskh-Regular.ttf",
}
_OURS: Final = (SANS, "ChevalNaskh-Regular.ttf", "ChevalHei-Regular.otf", "ChevalGothic-Regular.otf")
NOTO_CJK: Final = Path("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc")
_SYSTEM: Final = (
    NOTO_CJK,
    Path("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf"),
)
"""Fonts of Debian's packages fonts-noto-cjk and fonts-dejavu-core, for letters that ours do not have."""
_NO_LETTER: Final = "\uffff"
_INSTEAD: Final = "?"
"""Drawn for a letter that no font has."""


@dataclass(slots=True)
class Letters:
    """The fonts of one language at one size in pixels. Not safe for several threads."""

    folder: Path
    language: str
    size: int
    _fonts: list[ImageFont.FreeTypeFont] = field(default_factory=list)
    _chosen: dict[str, int] = field(default_factory=dict)
    _blank: int = 0

    def __post_init__(self) -> None:
        """Raises OSError if the folder has not the fonts of the product."""
        own = [self.folder / name for name in dict.fromkeys((_FIRST.get(self.language, SANS), *_OURS))]
        self._blank = own.index(self.folder / SANS)
        files = own + [file for file in _SYSTEM if file.is_file()]
        self._fonts = [ImageFont.truetype(str(file), self.size) for file in files]

    @property
    def line_height(self) -> int:
        """Pixels from one line to the next."""
        return round(self.size * 1.35)

    def width(self, text: str) -> int:
        """Width of a text in pixels."""
        return round(sum(self._length(run, font) for run, font in self._parts(text)))

    def draw(self, pen: ImageDraw.ImageDraw, x: float, baseline: int, text: str) -> None:
        """Draws a text whose left edge is at `x`."""
        for run, font in self._parts(text):
            direction = "rtl" if run.rtl else "ltr"
            pen.text((x, baseline), run.text, font=font, fill=0, anchor="ls", direction=direction)
            x += self._length(run, font)

    def missing(self, text: str) -> str:
        """The letters of a text that no font has."""
        return "".join(dict.fromkeys(letter for letter in text if self._font_of(letter) < 0))

    def _length(self, run: Run, font: ImageFont.FreeTypeFont) -> float:
        return float(font.getlength(run.text, direction="rtl" if run.rtl else "ltr"))

    def _parts(self, text: str) -> Iterator[tuple[Run, ImageFont.FreeTypeFont]]:
        """The runs from left to right, each with one font."""
        for run in visual_runs(text):
            parts = [(number, "".join(letters)) for number, letters in groupby(run.text, self._font_of)]
            for number, part in reversed(parts) if run.rtl else parts:
                if number < 0:
                    yield Run(_INSTEAD * len(part), rtl=False), self._fonts[self._blank]
                else:
                    yield Run(part, run.rtl), self._fonts[number]

    def _font_of(self, letter: str) -> int:
        """The first font that has a letter; -1 if none has it."""
        if letter not in self._chosen:
            has = (number for number, font in enumerate(self._fonts) if _has(font, letter))
            # blanks of Chinese and Japanese fonts are as wide as a letter
            self._chosen[letter] = self._blank if letter.isspace() else next(has, -1)
        return self._chosen[letter]


def _has(font: ImageFont.FreeTypeFont, letter: str) -> bool:
    """Whether a font has a letter: it draws another picture than for a code that is no character."""
    drawn, empty = font.getmask(letter), font.getmask(_NO_LETTER)
    return (drawn.size, bytes(drawn)) != (empty.size, bytes(empty))
