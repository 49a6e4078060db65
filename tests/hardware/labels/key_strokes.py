"""A keyboard scanner: types a text as Linux reports it (`struct input_event` of linux/input.h), in every setting."""

from __future__ import annotations

import struct
from dataclasses import dataclass, replace
from enum import Enum, unique

from hardware.labels.keyboard_layouts import CODES, LAYOUTS, US, Key, Layout

EVENT = struct.Struct("llHHi")
CTRL, SHIFT, ALT, ALTGR, SPACE, CAPS_LOCK, U, F8, ARROW_DOWN = 29, 42, 56, 100, 57, 58, 22, 66, 108
END_KEYS = {"Enter": 28, "keypad Enter": 96, "Tab": 15, "": 0}
KEYPAD = {"0": 82, "1": 79, "2": 80, "3": 81, "4": 75, "5": 76, "6": 77, "7": 71, "8": 72, "9": 73}
# as in keyboard_layouts: what a dead key followed by a space types
DEAD = {"`": "\u0300", "'": "\u0301", "^": "\u0302", "~": "\u0303", '"': "\u0308"}


@unique
class Typing(Enum):
    """How characters are typed."""

    KEYS = "keys of the layout"
    KEYPAD = "digits on the keypad, others as keys"
    ALT = "Alt and the code without leading zero"
    ALT_ZERO = "Alt and the code with leading zero"
    HEX = "Ctrl, Shift, U and the code in hexadecimal"


@unique
class Separator(Enum):
    """How a group separator is typed."""

    CTRL = "Ctrl and the key right of P"
    CTRL_SHIFT = "Ctrl, Shift and the key right of P"
    CTRL_5 = "Ctrl and 5"
    F8 = "F8"
    ARROW_DOWN = "arrow down"
    ALT = "Alt and 029"
    MISSING = "nothing"


@dataclass(frozen=True)
class KeyboardScanner:
    """Settings of a scanner. `altgr_as_ctrl_alt`: AltGr is typed as Ctrl and Alt."""

    layout: Layout = US
    typing: Typing = Typing.KEYS
    separator: Separator = Separator.CTRL
    end: str = "Enter"
    caps: bool = False
    altgr_as_ctrl_alt: bool = False

    def can_type(self, text: str) -> bool:
        """Whether the layout has a key for each character."""
        return all(sign == "\x1d" or self._keys(sign) for sign in text)

    def types(self, text: str) -> bytes:
        """The key events of a text."""
        events = [event for sign in text for event in self._sign(sign)]
        if self.end:
            events += tap(END_KEYS[self.end])
        return b"".join(
            EVENT.pack(0, 0, 1, code, value) + EVENT.pack(0, 0, 0, 0, 0) for code, value in events
        )

    def _sign(self, sign: str) -> list[tuple[int, int]]:
        if sign == "\x1d":
            return self._separator()
        if self.typing in (Typing.ALT, Typing.ALT_ZERO):
            return alt_code(("0" if self.typing is Typing.ALT_ZERO else "") + str(ord(sign)))
        if self.typing is Typing.HEX:
            digits = [event for digit in f"{ord(sign):x}" for event in self._plain(digit)]
            return [(CTRL, 1), (SHIFT, 1), *tap(U), (SHIFT, 0), (CTRL, 0), *digits, *tap(SPACE)]
        if self.typing is Typing.KEYPAD and sign in KEYPAD:
            return tap(KEYPAD[sign])
        return [event for key in self._keys(sign) for event in self._pressed(key)]

    def _plain(self, sign: str) -> list[tuple[int, int]]:
        if sign in KEYPAD:
            return tap(KEYPAD[sign])
        return [event for key in replace(self, caps=False)._keys(sign) for event in self._pressed(key)]

    def _keys(self, sign: str) -> list[Key]:
        if sign == " ":
            return [Key(SPACE)]
        found = self._key(sign)
        if found is not None:
            return [found]
        dead = self._key(DEAD[sign]) if sign in DEAD else None
        return [dead, Key(SPACE)] if dead is not None else []

    def _key(self, sign: str) -> Key | None:
        for code in CODES:
            for shift, altgr in ((False, False), (True, False), (False, True)):
                key = Key(code, shift, altgr, self.caps)
                if self.layout.character(key) == sign:
                    return key
        return None

    def _pressed(self, key: Key) -> list[tuple[int, int]]:
        held = [SHIFT] * key.shift
        held += ([CTRL, ALT] if self.altgr_as_ctrl_alt else [ALTGR]) * key.altgr
        return [*((code, 1) for code in held), *tap(key.code), *((code, 0) for code in reversed(held))]

    def _separator(self) -> list[tuple[int, int]]:
        match self.separator:
            case Separator.CTRL:
                return [(CTRL, 1), *tap(27), (CTRL, 0)]
            case Separator.CTRL_SHIFT:
                return [(CTRL, 1), (SHIFT, 1), *tap(27), (SHIFT, 0), (CTRL, 0)]
            case Separator.CTRL_5:
                return [(CTRL, 1), *tap(6), (CTRL, 0)]
            case Separator.F8:
                return tap(F8)
            case Separator.ARROW_DOWN:
                return tap(ARROW_DOWN)
            case Separator.ALT:
                return alt_code("029")
            case _:
                return []


def tap(code: int) -> list[tuple[int, int]]:
    """A key down and up."""
    return [(code, 1), (code, 0)]


def alt_code(digits: str) -> list[tuple[int, int]]:
    """Digits on the keypad while Alt is held."""
    return [(ALT, 1), *(event for digit in digits for event in tap(KEYPAD[digit])), (ALT, 0)]


def raw(*events: tuple[int, int]) -> bytes:
    """Key events as they are."""
    return b"".join(EVENT.pack(0, 0, 1, code, value) for code, value in events)


def strokes(text: str) -> bytes:
    """A text typed by a scanner as it is delivered: US layout, Enter at the end."""
    return KeyboardScanner().types(text)


ALL_LAYOUTS = tuple(LAYOUTS.values())
