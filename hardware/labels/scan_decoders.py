"""How scanners send what they read: as lines on a serial port, or as the key strokes of a keyboard."""

from __future__ import annotations

import struct
from typing import Final, Protocol

_LONGEST: Final = 1024


class Typed(Protocol):
    """Takes bytes of a device and gives the whole texts in them."""

    def feed(self, chunk: bytes) -> list[str]: ...


class Lines:
    """Texts that end with carriage return, line feed or both; an endless one is dropped."""

    def __init__(self) -> None:
        self._held = bytearray()

    def feed(self, chunk: bytes) -> list[str]:
        self._held += chunk
        *lines, rest = self._held.replace(b"\r", b"\n").split(b"\n")
        self._held = bytearray(rest[-_LONGEST:])
        return [line.decode("utf-8", "replace") for line in lines if line]


class Strokes:
    """Key strokes as Linux tells them (input_event of linux/input.h, 64 bit), typed on an American keyboard, which is
    what every scanner imitates unless it is told otherwise."""

    def __init__(self) -> None:
        self._held = bytearray()
        self._text = ""
        self._shift = False

    def feed(self, chunk: bytes) -> list[str]:
        self._held += chunk
        whole = len(self._held) - len(self._held) % _EVENT.size
        events, self._held = self._held[:whole], self._held[whole:]
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
                self._text = (self._text + _SIGNS[self._shift].get(code, ""))[-_LONGEST:]
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
