"""Key events of a keyboard scanner, as Linux reports them (`struct input_event` of linux/input.h)."""

from __future__ import annotations

import struct

EVENT = struct.Struct("llHHi")
KEYS = {sign: 2 + place for place, sign in enumerate("1234567890")} | {":": 39, "/": 53, "H": 35, "h": 35}


def strokes(text: str) -> bytes:
    """Key down and key up for each character, with shift where needed, then Enter."""
    out = []
    for sign in text:
        shifted = sign in ':H"'
        pressed = [(42, 1)] * shifted + [(KEYS[sign], 1), (KEYS[sign], 0)] + [(42, 0)] * shifted
        out += [EVENT.pack(0, 0, 1, code, value) for code, value in pressed]
        out.append(EVENT.pack(0, 0, 0, 0, 0))
    return b"".join([*out, EVENT.pack(0, 0, 1, 28, 1), EVENT.pack(0, 0, 1, 28, 0)])
