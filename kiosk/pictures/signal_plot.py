"""Draws the result of a radio survey as PNG: a heat map of the mean signal of each room at each antenna."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Final

from PIL import Image, ImageDraw, ImageFont

from kiosk import paths

_CELL: Final = 96
_LEFT, _TOP, _EDGE, _FOOTER = 280, 190, 48, 110
_STRONG_DBM, _WEAK_DBM = -40.0, -80.0
_PAPER, _INK, _ASH = (250, 248, 244), (29, 26, 22), (122, 114, 103)
_BROWN, _PASS, _FAIL = (138, 90, 43), (47, 107, 60), (163, 40, 30)
_MAX_NAME_LENGTH: Final = 18
_FIRST_MISSING_LETTER: Final = 0x250
"""First code point that our fonts may lack: a title with such letters is replaced."""


@dataclass(frozen=True, slots=True)
class SignalPlot:
    """Content of the plot.

    `levels` are mean signals in dBm by (room, antenna); `own` are the pairs where the antenna belongs to the room;
    `notes` are the texts after the rows, each with whether the room passed.
    """

    title: str
    summary: str
    passed: bool
    rooms: Sequence[str]
    antennas: Sequence[str]
    levels: Mapping[tuple[str, str], float]
    own: Set[tuple[str, str]]
    notes: Mapping[str, tuple[str, bool]]


def signal_plot_png(plot: SignalPlot) -> bytes:
    """The plot as PNG."""
    title = plot.title if max(map(ord, plot.title), default=0) < _FIRST_MISSING_LETTER else "Cheval"
    large = _font("ChevalSerif-Regular.otf", 44)
    width = max(1040, _LEFT + _CELL * len(plot.antennas) + 420, round(large.getlength(title)) + 2 * _EDGE)
    height = _TOP + _CELL * len(plot.rooms) + _FOOTER
    sheet = Image.new("RGB", (width, height), _PAPER)
    pen = ImageDraw.Draw(sheet)
    pen.text((_EDGE, 44), title, _INK, large)
    pen.text((_EDGE, 104), plot.summary, _PASS if plot.passed else _FAIL, _font("ChevalSans-Medium.otf", 24))
    small, head = (_font("ChevalSans-Regular.otf", size) for size in (22, 18))
    for column, antenna in enumerate(plot.antennas):
        pen.text((_LEFT + _CELL * (column + 0.5), _TOP - 18), _short(antenna), _ASH, head, anchor="ms")
    for line, room in enumerate(plot.rooms):
        _row(pen, plot, line, room, small)
    footer = (
        "Mean signal in dBm at each antenna (column) of tags in each room (row). Own antennas are framed."
    )
    pen.text((_EDGE, height - 64), footer, _ASH, head)
    out = io.BytesIO()
    sheet.save(out, "PNG", optimize=True)
    return out.getvalue()


def _row(
    pen: ImageDraw.ImageDraw, plot: SignalPlot, line: int, room: str, font: ImageFont.FreeTypeFont
) -> None:
    y = _TOP + _CELL * line
    pen.text((_EDGE, y + _CELL / 2), _short(room), _INK, font, anchor="lm")
    for column, antenna in enumerate(plot.antennas):
        x = _LEFT + _CELL * column
        level = plot.levels.get((room, antenna))
        framed = (room, antenna) in plot.own
        box = (x + 3, y + 3, x + _CELL - 3, y + _CELL - 3)
        pen.rectangle(box, _shade(level), _INK if framed else None, 3 if framed else 0)
        if level is not None:
            pen.text((x + _CELL / 2, y + _CELL / 2), f"{level:.0f}", _INK, font, anchor="mm")
    note, passed = plot.notes.get(room, ("", True))
    x = _LEFT + _CELL * len(plot.antennas) + 28
    pen.text((x, y + _CELL / 2), note, _PASS if passed else _FAIL, font, anchor="lm")


def _shade(level_dbm: float | None) -> tuple[int, int, int]:
    level = _WEAK_DBM if level_dbm is None else level_dbm
    ink = 0.7 * min(1.0, max(0.0, (level - _WEAK_DBM) / (_STRONG_DBM - _WEAK_DBM)))
    red, green, blue = (round(p + (b - p) * ink) for p, b in zip(_PAPER, _BROWN, strict=True))
    return red, green, blue


def _short(name: str) -> str:
    return name if len(name) <= _MAX_NAME_LENGTH else f"{name[: _MAX_NAME_LENGTH - 1]}…"


def _font(name: str, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(paths.assets() / "fonts" / name), size)
