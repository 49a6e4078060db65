"""WebSocket frames (RFC 6455, clause 5) of the simulated reader, written by hand so that they can also be wrong."""

from __future__ import annotations

from base64 import b64encode
from enum import IntEnum, unique
from hashlib import sha1
from typing import Final

_GUID: Final = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"


@unique
class Opcode(IntEnum):
    """Kinds of frames (RFC 6455, 5.2)."""

    CONTINUATION = 0
    TEXT = 1
    BINARY = 2
    CLOSE = 8
    PING = 9
    PONG = 10


def accept_key(key: str) -> str:
    """The header Sec-WebSocket-Accept for a client's key (RFC 6455, 4.2.2)."""
    return b64encode(sha1(f"{key}{_GUID}".encode(), usedforsecurity=False).digest()).decode()


def server_frame(opcode: Opcode, payload: bytes, *, last: bool = True) -> bytes:
    """A frame of a server, which is not masked."""
    size = len(payload)
    if size < 126:
        length = bytes([size])
    elif size < 1 << 16:
        length = b"\x7e" + size.to_bytes(2, "big")
    else:
        length = b"\x7f" + size.to_bytes(8, "big")
    return bytes([(0x80 if last else 0) | opcode]) + length + payload


def fragments(payload: bytes, size: int) -> bytes:
    """A text message in frames of at most `size` bytes, with a ping between the first and the second."""
    parts = [payload[at : at + size] for at in range(0, len(payload), size)] or [b""]
    frames = []
    for number, part in enumerate(parts):
        opcode = Opcode.CONTINUATION if number else Opcode.TEXT
        frames.append(server_frame(opcode, part, last=number == len(parts) - 1))
        if number == 0 and len(parts) > 1:
            frames.append(server_frame(Opcode.PING, b"between"))
    return b"".join(frames)


class ClientFrames:
    """Collects a client's masked frames."""

    def __init__(self) -> None:
        self._received = bytearray()

    def feed(self, chunk: bytes) -> list[tuple[int, bytes]]:
        """Opcode and payload of each frame that is complete. Raises ValueError for a frame without a mask."""
        self._received += chunk
        found = []
        while (frame := self._next()) is not None:
            found.append(frame)
        return found

    def _next(self) -> tuple[int, bytes] | None:
        raw = self._received
        if len(raw) < 2:
            return None
        size, at = raw[1] & 0x7F, 2
        if size >= 126:
            wide = 2 if size == 126 else 8
            size, at = int.from_bytes(raw[2 : 2 + wide], "big"), 2 + wide
        if not raw[1] & 0x80:
            raise ValueError("a client's frame must be masked")
        if len(raw) < at + 4 + size:
            return None
        mask, payload = raw[at : at + 4], raw[at + 4 : at + 4 + size]
        opcode = raw[0] & 0x0F
        del raw[: at + 4 + size]
        return opcode, bytes(byte ^ mask[number % 4] for number, byte in enumerate(payload))
