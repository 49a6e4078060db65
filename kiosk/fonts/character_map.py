"""Reads which characters a font file has (OpenType 1.9, table `cmap`, formats 4, 6, 12 and 13).

Of a hostile or damaged file nothing is read beyond its end, and at most the characters of Unicode.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from pathlib import Path
from struct import unpack_from
from typing import Final

MAX_BYTES: Final = 256 * 1024 * 1024
_LAST: Final = 0x10FFFF
_UNICODE: Final = ((0, None), (3, 1), (3, 10))
"""Platforms and encodings of Unicode; of platform 0 all."""


class FontFileError(Exception):
    """The file is no font that can be read."""


def characters_of(file: Path) -> set[int]:
    """The code points of a font, or of all fonts of a collection. Raises FontFileError, OSError."""
    if file.stat().st_size > MAX_BYTES:
        raise FontFileError(f"{file}: too large")
    content = file.read_bytes()
    try:
        found: set[int] = set()
        # the fonts of a collection mostly share one table
        for table in {table for start in _fonts(content) for table in _tables(content, start)}:
            found |= _mapped(content, table)
        return found
    except (struct.error, IndexError, ValueError) as error:
        raise FontFileError(f"{file}: {error}") from None


def _fonts(content: bytes) -> list[int]:
    if content[:4] == b"ttcf":
        (count,) = unpack_from(">I", content, 8)
        return list(unpack_from(f">{min(count, 64)}I", content, 12))
    if content[:4] not in (b"\0\1\0\0", b"OTTO", b"true"):
        raise ValueError("is no OpenType font")
    return [0]


def _tables(content: bytes, start: int) -> Iterator[int]:
    """The places of the maps of Unicode of one font."""
    (count,) = unpack_from(">H", content, start + 4)
    for number in range(count):
        tag, _, place, _ = unpack_from(">4sIII", content, start + 12 + 16 * number)
        if tag != b"cmap":
            continue
        (maps,) = unpack_from(">H", content, place + 2)
        for one in range(maps):
            platform, encoding, offset = unpack_from(">HHI", content, place + 4 + 8 * one)
            if platform == 0 or (platform, encoding) in _UNICODE:
                yield place + offset


def _mapped(content: bytes, place: int) -> set[int]:
    (form,) = unpack_from(">H", content, place)
    if form == 4:
        return _segments(content, place)
    if form == 6:
        first, count = unpack_from(">HH", content, place + 6)
        glyphs = unpack_from(f">{count}H", content, place + 10)
        return {first + n for n, glyph in enumerate(glyphs) if glyph}
    if form in (12, 13):
        (count,) = unpack_from(">I", content, place + 12)
        found: set[int] = set()
        for number in range(min(count, _LAST)):
            first, last, glyph = unpack_from(">III", content, place + 16 + 12 * number)
            # a group that begins with glyph 0 shows the box of a missing character first
            found.update(range(first + (glyph == 0), min(last, _LAST) + 1))
        return found
    return set()  # variation sequences and old forms


def _segments(content: bytes, place: int) -> set[int]:
    """Format 4: segments of the basic plane, with a shift of glyph numbers or a list of them."""
    (doubled,) = unpack_from(">H", content, place + 6)
    count = doubled // 2
    ends = unpack_from(f">{count}H", content, place + 14)
    starts = unpack_from(f">{count}H", content, place + 16 + doubled)
    deltas = unpack_from(f">{count}H", content, place + 16 + 2 * doubled)
    offsets_at = place + 16 + 3 * doubled
    offsets = unpack_from(f">{count}H", content, offsets_at)
    found: set[int] = set()
    for number, (first, last, delta, offset) in enumerate(zip(starts, ends, deltas, offsets, strict=True)):
        if first > last or first == 0xFFFF:
            continue
        if not offset:
            found.update(code for code in range(first, last + 1) if (code + delta) & 0xFFFF)
            continue
        at = offsets_at + 2 * number + offset
        glyphs = unpack_from(f">{last - first + 1}H", content, at)
        found.update(first + n for n, glyph in enumerate(glyphs) if glyph)
    return found
