"""Splits a stream of bytes into LLRP messages (LLRP 1.0.1, clause 16.1)."""

from __future__ import annotations

import struct
from typing import Final, NamedTuple

from hardware.errors import LlrpFrameError

HEADER: Final = struct.Struct(">HII")
_HEADER_SIZE: Final = HEADER.size
# real messages are far shorter: capabilities have about 2 KB, and readers split long reports
MAX_FRAME_BYTES: Final = 1 << 20


# first two bytes of other protocols that technicians meet at a wrong port: TLS alert (RFC 8446, clause 5.1), HTTP, SSH
_OTHERS: Final = {
    0x1503: "TLS is used at this port; write llrps:// if it is the reader's port for LLRP over TLS",
    0x4854: "an HTTP server answers at this port",
    0x5353: "an SSH server answers at this port",
}


def _not_llrp(first: int, why: str) -> LlrpFrameError:
    return LlrpFrameError(f"not LLRP: {_OTHERS.get(first, why)}")


class LlrpFrame(NamedTuple):
    """One message with its header decoded and its body still encoded; version 1 is LLRP 1.0.1, 2 is 1.1, 3 is 2.0.

    A named tuple, not a dataclass, for speed: with one tag in each report one is made for every read.
    """

    version: int
    message_type: int
    message_id: int
    body: bytes


# LlrpFrame from a tuple, without the call of its Python constructor
_new: Final = tuple.__new__


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
        if buffer:
            buffer += chunk
            frames, end = self._split(buffer)
            del buffer[:end]
            return frames
        # usually a chunk holds whole messages, so that nothing needs to be kept
        frames, end = self._split(chunk)
        if end != len(chunk):
            buffer += chunk[end:]
        return frames

    def _split(self, buffer: bytes | bytearray) -> tuple[list[LlrpFrame], int]:
        """The complete messages at the start of the buffer, and where the incomplete one begins."""
        frames = []
        start, size = 0, len(buffer)
        while size - start >= _HEADER_SIZE:
            first, length, message_id = HEADER.unpack_from(buffer, start)
            version = first >> 10 & 7
            if not version or first >> 13:
                raise _not_llrp(first, f"a message starts with 0x{first:04X}")
            if not _HEADER_SIZE <= length <= self._max_frame_bytes:
                raise _not_llrp(first, f"a message of {length} bytes")
            if size - start < length:
                break
            body = bytes(buffer[start + _HEADER_SIZE : start + length])
            frames.append(_new(LlrpFrame, (version, first & 0x3FF, message_id, body)))
            start += length
        return frames, start
