"""Lays the rows of a receipt out as lines of letters, for a printer that has the letters itself."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from kiosk.core.domain.slips.slip import Code, Gap, Line, Pair, Row, Rule, Slip
from kiosk.core.domain.texts import RIGHT_TO_LEFT

CODE_PAGE: Final = "cp858"
"""Letters of western Europe and the euro sign; nearly all printers have it."""
_CONTROLS: Final = dict.fromkeys((*range(0x20), 0x7F), " ")
"""Control characters would be commands to the printer (ESC, GS, DLE)."""
_SAME: Final = _CONTROLS | str.maketrans(
    {"\u00a0": " ", "\u202f": " ", "\u2009": " ", "’": "'", "‘": "'", "“": '"', "”": '"', "„": '"', "–": "-", "—": "-",
     "•": "*", "…": "...", "\u200e": None, "\u200f": None, "œ": "oe", "Œ": "OE"}
)  # fmt: skip
"""Signs that the code page does not have, with those that are printed for them."""


@dataclass(frozen=True, slots=True)
class TextLine:
    """One printed line; a large one has letters of double width and height."""

    text: str
    large: bool = False


def has_letters_for(slip: Slip) -> bool:
    """Whether all texts of a receipt can be printed with the code page, from left to right."""
    if slip.language in RIGHT_TO_LEFT:
        return False
    try:
        for row in slip.rows:
            for text in _texts(row):
                text.translate(_SAME).encode(CODE_PAGE)
    except UnicodeEncodeError:
        return False
    return True


def text_lines(rows: tuple[Row, ...], columns: int) -> Iterator[TextLine | Code]:
    """The lines of the rows, each at most `columns` letters wide (half of it where they are large)."""
    for row in rows:
        match row:
            case Line(text=text, large=large, centred=centred):
                width = columns // 2 if large else columns
                for part in _parts(text.translate(_SAME), width):
                    yield TextLine((part.center(width) if centred else part).rstrip(), large)
            case Pair():
                yield from _pair(row, columns // 2 if row.large else columns)
            case Rule():
                yield TextLine("-" * columns)
            case Gap():
                yield TextLine("")
            case Code():
                yield row


def _pair(row: Pair, width: int) -> Iterator[TextLine]:
    start, end = row.start.translate(_SAME), row.end.translate(_SAME)
    room = width - len(end) - 1
    if room < width // 3:
        for part in [*_parts(start, width), *(each.rjust(width) for each in _parts(end, width))]:
            yield TextLine(part, row.large)
        return
    *first, last = _parts(start, room)
    for part in first:
        yield TextLine(part, row.large)
    yield TextLine(last.ljust(width - len(end)) + end, row.large)


def _parts(text: str, width: int) -> list[str]:
    """The text in lines; one line for an empty text."""
    return textwrap.wrap(text, width) or [""]


def _texts(row: Row) -> tuple[str, ...]:
    if isinstance(row, Pair):
        return row.start, row.end
    return (row.text,) if isinstance(row, Line) else ()
