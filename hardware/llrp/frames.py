"""Splits a stream of bytes into LLRP messages (LLRP 1.0.1, clause 16.1)."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import Final

from hardware.errors import LlrpFrameError

HEADER: Final = struct.Struct(">HII")
# real messages are far shorter: capabilities have about 2 KB, and readers split long reports
MAX_FRAME_BYTES: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class LlrpFrame:
    """One message with its header decoded and its body still encoded; version 1 is LLRP 1.0.1, 2 is 1.1, 3 is 2.0."""

    version: int
    message_type: int
    message_id: int
    body: bytes


def pack_frame(message_type: int, message_id: int, body: bytes = b"", version: int = 1) -> bytes:
    """A message as bytes: header and body."""
    return HEADER.pack((version << 10) | message_type, HEADER.size + len(body), message_id) + body


class Framer:
    """Collects bytes and returns complete messages; buffers at most one message of `max_frame_bytes`."""

    def __init__(self, max_frame_bytes: int = MAX_FRAME_BYTES) -> None:
        self._max_frame_bytes = max_frame_bytes
        self._buffer = bytearray()

    def feed(self, chunk: bytes) -> list[LlrpFrame]:
        """The messages that this chunk completes. Raises LlrpFrameError for an invalid header."""
        buffer = self._buffer
        buffer += chunk
        frames = []
        start = 0
        while len(buffer) - start >= HEADER.size:
            first, length, message_id = HEADER.unpack_from(buffer, start)
            version = first >> 10 & 7
            if not version or first >> 13:
                raise LlrpFrameError(f"not LLRP: a message starts with 0x{first:04X}")
            if not HEADER.size <= length <= self._max_frame_bytes:
                raise LlrpFrameError(f"a message of {length} bytes")
            if len(buffer) - start < length:
                break
            body = bytes(buffer[start + HEADER.size : start + length])
            frames.append(LlrpFrame(version, first & 0x3FF, message_id, body))
            start += length
        del buffer[:start]
        return frames
