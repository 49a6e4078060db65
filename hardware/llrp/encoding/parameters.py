"""Reads and writes the TV and TLV parameters of a message (LLRP 1.0.1, clause 17.2)."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from contextlib import suppress
from typing import Final

from hardware.errors import LlrpFrameError
from hardware.llrp.encoding.constants import TV_PARAMETER_SIZES

_TLV: Final = struct.Struct(">HH")


def iterate_parameters(body: bytes, start: int = 0, end: int | None = None) -> Iterator[tuple[int, int, int]]:
    """Type, start and end of the value, for each parameter in `body[start:end]`, custom parameters included.

    Raises LlrpFrameError for a wrong length or an unknown TV type.
    """
    stop = len(body) if end is None else end
    while start < stop:
        first = body[start]
        if first & 0x80:
            kind = first & 0x7F
            size = TV_PARAMETER_SIZES.get(kind)
            if size is None:
                raise LlrpFrameError(f"a parameter of the unknown fixed type {kind}")
            value = start + 1
        else:
            if stop - start < 4:
                raise LlrpFrameError("a parameter cut off in its header")
            kind, size = _TLV.unpack_from(body, start)
            kind &= 0x3FF
            if size < 4:
                raise LlrpFrameError(f"parameter {kind} with a length of {size}")
            value = start + 4
        if start + size > stop:
            raise LlrpFrameError(f"parameter {kind} is longer than the enclosing message")
        yield kind, value, start + size
        start += size


def readable_parameters(
    body: bytes, start: int = 0, end: int | None = None
) -> Iterator[tuple[int, int, int]]:
    """Like `iterate_parameters`, but ends before the first parameter whose end is unknown, instead of raising.

    For messages of which a part is useful without the rest. What follows such a parameter cannot be found.
    """
    with suppress(LlrpFrameError):
        yield from iterate_parameters(body, start, end)


def unpack_fields(layout: struct.Struct, body: bytes, start: int, end: int) -> tuple[int, ...]:
    """The fixed fields at the start of a value. Raises LlrpFrameError if the value is too short."""
    if end - start < layout.size:
        raise LlrpFrameError(f"{layout.size} bytes wanted, {end - start} found")
    return layout.unpack_from(body, start)


def read_text(body: bytes, start: int, end: int) -> tuple[str, int]:
    """A UTF-8 string with its 16-bit length, and its end; invalid UTF-8 becomes U+FFFD."""
    (size,) = unpack_fields(_COUNT, body, start, end)
    stop = start + 2 + size
    if stop > end:
        raise LlrpFrameError("a text longer than the enclosing parameter")
    return body[start + 2 : stop].decode("utf-8", "replace"), stop


def tlv(kind: int, *parts: bytes) -> bytes:
    """A TLV parameter: type, length, value."""
    value = b"".join(parts)
    return _TLV.pack(kind, 4 + len(value)) + value


def write_text(text: str) -> bytes:
    raw = text.encode()
    return _COUNT.pack(len(raw)) + raw


_COUNT: Final = struct.Struct(">H")
