"""Cuts a stream of bytes into LLRP messages, whatever way TCP cut it (LLRP 1.0.1, clause 16.1)."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import Final

from hardware.errors import LlrpFrameError

HEADER: Final = struct.Struct(">HII")
_VERSIONS: Final = (1, 2)
# the longest real message is a reader's capabilities, some 2 KB; reports are cut by readers far below this
MAX_FRAME_BYTES: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class LlrpFrame:
    """One whole message, its body not yet read."""

    version: int
    message_type: int
    message_id: int
    body: bytes


def pack_frame(message_type: int, message_id: int, body: bytes = b"", version: int = 1) -> bytes:
    """A message as bytes."""
    return HEADER.pack((version << 10) | message_type, HEADER.size + len(body), message_id) + body


class Framer:
    """Collects bytes and gives whole messages; never holds more than one message of `max_frame` bytes."""

    def __init__(self, max_frame: int = MAX_FRAME_BYTES) -> None:
        self._max = max_frame
        self._held = bytearray()

    def feed(self, chunk: bytes) -> list[LlrpFrame]:
        """The messages that are whole with this chunk. Raises LlrpFrameError at the first impossible header."""
        held = self._held
        held += chunk
        frames = []
        start = 0
        while len(held) - start >= HEADER.size:
            first, length, message_id = HEADER.unpack_from(held, start)
            version = first >> 10 & 7
            if version not in _VERSIONS or first >> 13:
                raise LlrpFrameError(f"not LLRP: a message starts with 0x{first:04X}")
            if not HEADER.size <= length <= self._max:
                raise LlrpFrameError(f"a message of {length} bytes")
            if len(held) - start < length:
                break
            body = bytes(held[start + HEADER.size : start + length])
            frames.append(LlrpFrame(version, first & 0x3FF, message_id, body))
            start += length
        del held[:start]
        return frames
