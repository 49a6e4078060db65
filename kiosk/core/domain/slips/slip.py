"""The rows of a printed receipt; how they are laid out is the printer's matter."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Line:
    """A text, wrapped where it is too long. `large`: double size. `centred`: else it begins at the line's start."""

    text: str
    large: bool = False
    centred: bool = False


@dataclass(frozen=True, slots=True)
class Pair:
    """A text at the start of the line, and one at its end that is never wrapped: a name and an amount."""

    start: str
    end: str
    large: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """A horizontal line over the whole width."""


@dataclass(frozen=True, slots=True)
class Gap:
    """An empty row."""


@dataclass(frozen=True, slots=True)
class Code:
    """A QR code with this content, centred; at most 2,953 bytes (ISO/IEC 18004)."""

    content: str


Row = Line | Pair | Rule | Gap | Code


@dataclass(frozen=True, slots=True)
class Slip:
    """A receipt to print in one language, the first row at the top."""

    language: str
    rows: tuple[Row, ...]
