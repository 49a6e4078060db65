"""Reads ESC/POS commands as a printer does: text with its code page and size, pictures, cuts. Unknown bytes fail."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

CODE_PAGES = {0: "cp437", 2: "cp850", 16: "cp1252", 19: "cp858"}
"""ESC t n (Epson, ESC/POS Command Reference)."""


@dataclass(frozen=True, slots=True)
class Picture:
    """One GS v 0: the highest bit of a byte at the left, 1 is black."""

    width: int
    height: int
    bits: bytes

    @property
    def image(self) -> Image.Image:
        return Image.frombytes("1", (self.width, self.height), bytes(~b & 0xFF for b in self.bits))


@dataclass(slots=True)
class Paper:
    """What was printed since the last cut, in its order."""

    rows: list[str | Picture] = field(default_factory=list)
    large: list[bool] = field(default_factory=list)
    code_page: str = ""
    cuts: int = 0

    @property
    def text(self) -> str:
        return "\n".join(row for row in self.rows if isinstance(row, str))

    @property
    def pictures(self) -> list[Picture]:
        return [row for row in self.rows if isinstance(row, Picture)]

    def save(self, file: Path, width: int) -> None:
        """Draws it as it looks on paper."""
        mono = Path("/usr/share/fonts/truetype/dejavu/DejaVuSansMono.ttf")
        sizes = {big: ImageFont.truetype(str(mono), 40 if big else 20) if mono.is_file() else ImageFont.load_default()
                 for big in (False, True)}  # fmt: skip
        rows = list(zip(self.rows, self.large, strict=True))
        heights = [row.height if isinstance(row, Picture) else 52 if big else 28 for row, big in rows]
        sheet = Image.new("L", (width + 40, sum(heights) + 60), 255)
        pen, y = ImageDraw.Draw(sheet), 30
        for row, big, height in zip(self.rows, self.large, heights, strict=True):
            if isinstance(row, Picture):
                sheet.paste(row.image, (20, y))
            else:
                pen.text((20, y), row, fill=0, font=sizes[big])
            y += height
        sheet.save(file)


_SKIPPED = {b"\x1bd", b"\x1bE", b"\x1ba", b"\x1bM", b"\x1b-", b"\x1dB", b"\x1dr", b"\x10\x04"}
"""Commands of three bytes that put nothing on the paper."""


@dataclass(slots=True)
class _Reader:
    sent: bytes
    paper: Paper = field(default_factory=Paper)
    line: bytearray = field(default_factory=bytearray)
    is_large: bool = False

    def command(self, at: int) -> int:
        """Reads what begins at this place; the place behind it."""
        two, value = self.sent[at : at + 2], self.sent[at + 2 : at + 3]
        if two in (b"\x1b!", b"\x1d!"):
            self.is_large = value != b"\x00"
        elif two == b"\x1bt":
            self.paper.code_page = CODE_PAGES[value[0]]
        elif two == b"\x1dV":
            self.paper.cuts += 1
        elif two == b"\x1dv":
            return self.picture(at)
        elif two == b"\x1b@":
            self.paper.code_page, self.is_large = "", False
            return at + 2
        elif two not in _SKIPPED:
            return self.letter(at)
        return at + 3

    def picture(self, at: int) -> int:
        columns, rows = (int.from_bytes(self.sent[at + i : at + i + 2], "little") for i in (4, 6))
        end = at + 8 + columns * rows
        self._add(Picture(columns * 8, rows, self.sent[at + 8 : end]))
        return end

    def letter(self, at: int) -> int:
        code = self.sent[at]
        if code == 0x0A:
            self._add(self.line.decode(self.paper.code_page or "ascii"))
            self.line.clear()
        elif code < 0x20:
            raise ValueError(f"unknown command {self.sent[at : at + 3]!r}")
        else:
            self.line.append(code)
        return at + 1

    def _add(self, row: str | Picture) -> None:
        self.paper.rows.append(row)
        self.paper.large.append(self.is_large and isinstance(row, str))


def read_commands(sent: bytes) -> Paper:
    """The paper that these commands print. Raises ValueError for a command that this printer does not know."""
    reader, at = _Reader(sent), 0
    while at < len(sent):
        at = reader.command(at)
    return reader.paper
