"""Decodes the key events of a scanner that acts as a keyboard.

Scanners type a character in several ways, which their manuals describe:

- as the keys of a country's layout, also with AltGr (or Ctrl and Alt) and dead keys: "country keyboard type" (Zebra),
  "keyboard country layout" (Honeywell), "country mode" (Datalogic), "keyboard layout" (Newland);
- digits as keys of the keypad: "emulate numeric keypad" (Newland); NumLock does not matter here;
- as the code on the keypad while Alt is held, with or without a leading zero, in every layout: "emulate keypad with
  leading zero" (Zebra), "ALT mode" (Honeywell, Datalogic `USB-KBD-ALT-MODE`), "emulate ALT+keypad" (Newland);
- in hexadecimal after Ctrl, Shift and U, as Linux desktops take it;
- control characters as Ctrl and a letter or sign (Datalogic also with Shift: "control character 01"), or as function
  keys, which differ between makers (group separator: arrow down at Hand Held Products). A function key within a text
  therefore stands for a group separator, the only control character in labels. Ctrl with the key right of P, the key
  of ] on a US keyboard, is taken for one in every layout.

Source: input_event of linux/input.h and key codes of linux/input-event-codes.h; Metrologic MS6130 programming guide
(Alt mode); MagTek USB manual (Alt and the code with leading zero); Datalogic Gryphon GD4100 Product Reference Guide,
appendix F (control characters); Hand Held Products ValueTeam 3060 guide, appendix A (function keys). Newland's names
are those of a public driver of the NLS-FM430, which cites pages of its user guide; the other makers' names are as
they are commonly given.
"""

from __future__ import annotations

import struct
from typing import Final

from hardware.labels.keyboard_layouts import UNKNOWN, US, Key, Layout, Stroke, spelled
from hardware.labels.scans import ENDS, FUNCTION_KEY, MAX_LENGTH, Scan

# native sizes: two longs and 16 bytes on 32-bit machines, also those with 64-bit time; 24 bytes on 64-bit machines
_EVENT: Final = struct.Struct("@llHHi")
_SYN, _KEY = 0, 1
_SYN_DROPPED: Final = 3
_RELEASED, _PRESSED = 0, 1  # 2: the kernel repeats a key that is held

_CTRL, _SHIFT, _ALT, _ALTGR = (29, 97), (42, 54), (56,), (100,)
_MODIFIERS: Final = {code: keys[0] for keys in (_CTRL, _SHIFT, _ALT, _ALTGR) for code in keys}
_CAPS_LOCK: Final = 58
# NumLock, Scroll Lock and the Windows keys do not change a text
_IGNORED: Final = frozenset({69, 70, 125, 126, 127})
_END_KEYS: Final = {28: "Enter", 96: "keypad Enter", 15: "Tab"}
_KEYPAD: Final = {
    82: "0", 79: "1", 80: "2", 81: "3", 75: "4", 76: "5", 77: "6", 71: "7", 72: "8", 73: "9",
    83: ".", 74: "-", 78: "+", 55: "*", 98: "/", 117: "=", 95: ",", 121: ",",
}  # fmt: skip
# Esc, Backspace, F1 to F12, the block of arrow keys
_FUNCTION_KEYS: Final = frozenset({1, 14, *range(59, 69), 87, 88, 99, 119, *range(102, 112)})
_U: Final = 22
_SPACE: Final = 57
_SEPARATOR: Final = "\x1d"
# with Ctrl: the key right of P, and the keys of 5 and 6 as on terminals since the VT220
_CONTROL_KEYS: Final = {27: _SEPARATOR, 6: _SEPARATOR, 7: "\x1e"}
_HEX: Final = frozenset("0123456789abcdef")
_LOST: Final = "keys were lost, because this computer was too busy; scan again"


class KeyStrokeDecoder:
    """Texts from key events; Enter, keypad Enter, Tab or a pause ends a text. `caps`: the scanner types as if Caps Lock
    were on."""

    def __init__(self, layout: Layout = US, *, caps: bool = False) -> None:
        self._layout = layout
        self._caps = self._caps_at_start = caps
        self._buffer = bytearray()
        self._strokes: list[Stroke] = []
        self._held: set[int] = set()
        self._alt_code = ""
        self._hex_code: str | None = None
        self._fault = ""

    @property
    def pending(self) -> bool:
        return bool(self._strokes or self._fault)

    def feed(self, chunk: bytes) -> list[Scan]:
        self._buffer += chunk
        whole = len(self._buffer) - len(self._buffer) % _EVENT.size
        events, self._buffer = self._buffer[:whole], self._buffer[whole:]
        scans = []
        for _, _, kind, code, value in _EVENT.iter_unpack(events):
            if kind == _KEY:
                scans += self._key(code, value)
            elif kind == _SYN and code == _SYN_DROPPED:
                self._lost()
        return scans

    def begun(self) -> Scan | None:
        strokes = tuple(self._strokes)
        return Scan(spelled(strokes, self._layout), "", self._fault, strokes) if self.pending else None

    def pause(self) -> list[Scan]:
        return self._taken("") if self.pending else []

    def _lost(self) -> None:
        self._fault = _LOST
        self._held.clear()
        self._caps = self._caps_at_start
        self._alt_code, self._hex_code = "", None

    def _key(self, code: int, value: int) -> list[Scan]:
        if code in _MODIFIERS:
            return self._modifier(_MODIFIERS[code], held=value != _RELEASED)
        if value != _PRESSED or code in _IGNORED:
            return []
        if code == _CAPS_LOCK:
            self._caps = not self._caps
            return []
        if self._hex_code is not None:
            return self._hex_digit(code)
        if code in _END_KEYS:
            return self._taken(_END_KEYS[code])
        return self._character(code)

    def _modifier(self, modifier: int, *, held: bool) -> list[Scan]:
        (self._held.add if held else self._held.discard)(modifier)
        if held:
            return []
        if modifier == _ALT[0] and self._alt_code:
            code, self._alt_code = self._alt_code, ""
            return self._literal(alt_character(code))
        if self._hex_code and modifier in (_CTRL[0], _SHIFT[0]):
            return self._hex_end()
        return []

    def _character(self, code: int) -> list[Scan]:
        ctrl, shift, alt = (keys[0] in self._held for keys in (_CTRL, _SHIFT, _ALT))
        if alt and not ctrl:
            if code in _KEYPAD and len(self._alt_code) < 8:
                self._alt_code += _KEYPAD[code]
            else:
                self._add(UNKNOWN)
            return []
        altgr = _ALTGR[0] in self._held or (ctrl and alt)
        if ctrl and not alt:
            return self._control(code, shift=shift)
        if code in _KEYPAD:
            self._add(_KEYPAD[code])
        elif code in _FUNCTION_KEYS:
            self._add(FUNCTION_KEY)
        else:
            self._add(Key(code, shift, altgr, self._caps))
        return []

    def _control(self, code: int, *, shift: bool) -> list[Scan]:
        """Ctrl and a key: a control character by the sign of the key, or a code in hexadecimal."""
        if code == _U and shift:
            self._hex_code = ""
            return []
        if code in _CONTROL_KEYS:
            return self._literal(_CONTROL_KEYS[code])
        # where ] needs AltGr, it is held as well, or the scanner leaves it out
        held = _ALTGR[0] in self._held
        signs = (self._layout.character(Key(code, shift, altgr)).upper() for altgr in (held, not held))
        found = next((sign for sign in signs if sign in _CONTROL_SIGNS), "")
        return self._literal(chr(ord(found) & 0x1F) if found else UNKNOWN)

    def _hex_digit(self, code: int) -> list[Scan]:
        sign = _KEYPAD.get(code) or self._layout.character(Key(code))
        if sign in _HEX and len(self._hex_code or "") < 6:
            self._hex_code = (self._hex_code or "") + sign
            return []
        scans = self._hex_end()
        return scans if code in (_SPACE, *_END_KEYS) else scans + self._key(code, _PRESSED)

    def _hex_end(self) -> list[Scan]:
        code, self._hex_code = self._hex_code or "", None
        return self._literal(chr(int(code, 16)) if code and int(code, 16) < 0x110000 else UNKNOWN)

    def _literal(self, character: str) -> list[Scan]:
        if character in ENDS:
            return self._taken(ENDS[character])
        self._add(character)
        return []

    def _add(self, stroke: Stroke) -> None:
        if len(self._strokes) <= MAX_LENGTH:
            self._strokes.append(stroke)

    def _taken(self, end: str) -> list[Scan]:
        strokes, self._strokes = tuple(self._strokes), []
        fault, self._fault = self._fault, ""
        self._alt_code, self._hex_code = "", None
        return [Scan(spelled(strokes, self._layout), end, fault, strokes)] if strokes or fault else []


_CONTROL_SIGNS: Final = frozenset("@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_{|}~")


def alt_character(code: str) -> str:
    """The character of digits on the keypad while Alt is held: Windows code page 1252 with a leading zero, code page
    437 without; larger numbers are Unicode. UNKNOWN for anything else."""
    if not code.isdecimal() or not 0 < (number := int(code)) < 0x110000:
        return UNKNOWN
    if number < 0x80:
        return chr(number)
    if number > 0xFF:
        return chr(number) if not 0xD800 <= number < 0xE000 else UNKNOWN
    return bytes((number,)).decode("cp1252" if code[0] == "0" else "cp437", "replace")
