"""Decodes the bytes of a scanner on a serial port to texts."""

from __future__ import annotations

import re
from typing import Final

from hardware.labels.scans import ENDS, MAX_LENGTH, Scan

_START: Final = 0x02
_END_CODES: Final = frozenset(map(ord, ENDS))
_ODD: Final = bytes(value.bit_count() & 1 for value in range(256))
_WRONG: Final = "bytes that are no text: check baud, bits and parity"


class LineDecoder:
    """Texts that end with carriage return, line feed, tab, ETX or EOT, or with a pause; STX begins a new text.

    A scanner with 7 data bits and a parity bit sends frames of the same length as one with 8 data bits. If all bytes of
    a text have the same parity, or all have the highest bit, that bit is a parity bit, and it is removed.
    """

    def __init__(self) -> None:
        self._buffer = bytearray()

    @property
    def pending(self) -> bool:
        return bool(self._buffer)

    def feed(self, chunk: bytes) -> list[Scan]:
        scans = []
        for byte in chunk:
            end = self._end(byte)
            if end:
                scans += self._taken(end)
            elif byte == _START or (byte & 0x7F == _START and not self._buffer):
                self._buffer.clear()
            elif len(self._buffer) <= MAX_LENGTH:
                self._buffer.append(byte)
        return scans

    def begun(self) -> Scan | None:
        found = _scan(bytes(self._buffer), "")
        return found[0] if found else None

    def pause(self) -> list[Scan]:
        return self._taken("")

    def _end(self, byte: int) -> str:
        """The name of the character that ends a text. With the highest bit it only ends one that has a parity bit."""
        if byte & 0x7F not in _END_CODES:
            return ""
        if byte > 0x7F and not _has_parity_bit(self._buffer + bytes((byte,))):
            return ""
        return ENDS[chr(byte & 0x7F)]

    def _taken(self, end: str) -> list[Scan]:
        raw, self._buffer = bytes(self._buffer), bytearray()
        return _scan(raw, end)


def _scan(raw: bytes, end: str) -> list[Scan]:
    """The text of some bytes; none if they are empty."""
    if not raw:
        return []
    if any(byte > 0x7F for byte in raw) and _has_parity_bit(raw):
        raw = bytes(byte & 0x7F for byte in raw)
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        return [Scan("", end, _WRONG)]
    content = text.strip("\0")  # the line was idle or interrupted; within a text it is a wrong frame
    return [Scan(content, end, _WRONG if "\0" in content else "")] if content else []


def _has_parity_bit(raw: bytes | bytearray) -> bool:
    """Even or odd parity, or mark parity."""
    parities = {_ODD[byte] for byte in raw}
    return len(parities) == 1 or re.fullmatch(rb"[\x80-\xff]+", raw) is not None
