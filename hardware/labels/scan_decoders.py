"""Decodes the bytes of a scanner device to texts: lines of a serial port, or key strokes of a keyboard device."""

from __future__ import annotations

import struct
from typing import Final, Protocol

_MAX_LENGTH: Final = 1024


class ScanDecoder(Protocol):
    """Takes bytes as they come and returns the complete texts."""

    def feed(self, chunk: bytes) -> list[str]: ...


class LineDecoder:
    """Texts that end with carriage return, line feed or both; of longer ones only the last 1,024 bytes are kept."""

    def __init__(self) -> None:
        self._buffer = bytearray()

    def feed(self, chunk: bytes) -> list[str]:
        self._buffer += chunk
        *lines, rest = self._buffer.replace(b"\r", b"\n").split(b"\n")
        self._buffer = bytearray(rest[-_MAX_LENGTH:])
        return [line.decode("utf-8", "replace") for line in lines if line]


class KeyStrokeDecoder:
    """Key events of Linux (`input_event` of linux/input.h, 64 bit) with the US keyboard layout, the default of
    scanners; Enter ends a text."""

    def __init__(self) -> None:
        self._buffer = bytearray()
        self._text = ""
        self._shift = False

    def feed(self, chunk: bytes) -> list[str]:
        self._buffer += chunk
        whole = len(self._buffer) - len(self._buffer) % _EVENT.size
        events, self._buffer = self._buffer[:whole], self._buffer[whole:]
        texts = []
        for _, _, kind, code, value in _EVENT.iter_unpack(events):
            if kind != _KEY:
                continue
            if code in _SHIFTS:
                self._shift = value != _RELEASED
            elif value == _PRESSED and code in _ENTERS:
                texts.append(self._text)
                self._text = ""
            elif value == _PRESSED:
                self._text = (self._text + _SIGNS[self._shift].get(code, ""))[-_MAX_LENGTH:]
        return [text for text in texts if text]


_EVENT: Final = struct.Struct("llHHi")
_KEY: Final = 1
_RELEASED, _PRESSED = 0, 1
_SHIFTS: Final = (42, 54)
_ENTERS: Final = (28, 96)
# key codes of linux/input-event-codes.h, row by row
_ROWS: Final = (
    (2, "1234567890-=", "!@#$%^&*()_+"),
    (16, "qwertyuiop[]", "QWERTYUIOP{}"),
    (30, "asdfghjkl;'`", 'ASDFGHJKL:"~'),
    (43, "\\zxcvbnm,./", "|ZXCVBNM<>?"),
    (57, " ", " "),
)
_SIGNS: Final = tuple(
    {first + place: sign for first, *signs in _ROWS for place, sign in enumerate(signs[shifted])}
    for shifted in (0, 1)
)
