"""HTTP/1.1 as far as a reader's event stream needs it: one response, cut into lines as they come, without sockets.

Source: RFC 9112, clauses 4, 6.3 and 7.1.
"""

from __future__ import annotations

import re
from base64 import b64encode
from enum import Enum, unique
from typing import Final

from hardware.errors import ConnectionLostError

_LONGEST: Final = 1 << 16
_STATUS: Final = re.compile("[1-5][0-9]{2}")
_LENGTH: Final = re.compile("[0-9]{1,12}")
_SIZE: Final = re.compile(b"[0-9A-Fa-f]{1,12}")


def request(method: str, path: str, host: str, user: str, password: str, *, stream: bool = False) -> bytes:
    """A request without a body, with basic authorisation; the connection is kept open for a stream only."""
    secret = b64encode(f"{user}:{password}".encode()).decode()
    lines = [
        f"{method} {path} HTTP/1.1",
        f"Host: {host}",
        f"Authorization: Basic {secret}",
        "Accept: application/json",
        f"Connection: {'keep-alive' if stream else 'close'}",
    ]
    if method != "GET":
        lines.append("Content-Length: 0")
    return "\r\n".join([*lines, "", ""]).encode("latin-1", "replace")


@unique
class _Part(Enum):
    HEAD = "head"
    PLAIN = "plain"
    CHUNK_SIZE = "chunk size"
    CHUNK = "chunk"
    CHUNK_END = "chunk end"
    OVER = "over"


class Response:
    """Takes the bytes of one response; `status` is None until its head is whole.

    Raises ConnectionLostError for nonsense.
    """

    def __init__(self) -> None:
        self.status: int | None = None
        self._part = _Part.HEAD
        self._held = bytearray()
        self._line = bytearray()
        self._left: int | None = None

    @property
    def over(self) -> bool:
        """Whether the body is whole, as far as the response says how long it is."""
        return self._part is _Part.OVER

    @property
    def rest(self) -> bytes:
        """What stands behind the last line break of the body."""
        return bytes(self._line)

    def feed(self, chunk: bytes) -> list[bytes]:
        """The whole lines of the body that these bytes brought."""
        self._held += chunk
        while self._advance():
            pass
        if len(self._held) > _LONGEST or len(self._line) > _LONGEST:
            raise ConnectionLostError("a line without end")
        *lines, rest = self._line.split(b"\n")
        self._line = bytearray(rest)
        return [bytes(line.strip()) for line in lines]

    def _advance(self) -> bool:
        """One step further; False when more bytes are needed."""
        match self._part:
            case _Part.HEAD:
                return self._take_head()
            case _Part.CHUNK_SIZE:
                return self._take_size()
            case _Part.CHUNK | _Part.PLAIN:
                return self._take_body()
            case _Part.CHUNK_END:
                if len(self._held) < 2:
                    return False
                del self._held[:2]
                self._part = _Part.CHUNK_SIZE
                return True
            case _Part.OVER:
                return False

    def _take_head(self) -> bool:
        end = self._held.find(b"\r\n\r\n")
        if end < 0:
            return False
        first, *fields = self._held[:end].decode("latin-1").split("\r\n")
        del self._held[: end + 4]
        words = first.split()
        if len(words) < 2 or not words[0].startswith("HTTP/1.") or not _STATUS.fullmatch(words[1]):
            raise ConnectionLostError("no HTTP answer")
        self.status = int(words[1])
        named = dict(field.lower().split(":", 1) for field in fields if ":" in field)
        if "chunked" in named.get("transfer-encoding", ""):
            self._part = _Part.CHUNK_SIZE
            return True
        length = named.get("content-length", "").strip()
        self._left = int(length) if _LENGTH.fullmatch(length) else None
        empty = self.status == 204 or self._left == 0
        self._part = _Part.OVER if empty else _Part.PLAIN
        return True

    def _take_size(self) -> bool:
        end = self._held.find(b"\r\n")
        if end < 0:
            return False
        text = bytes(self._held[:end]).partition(b";")[0].strip()
        del self._held[: end + 2]
        if not _SIZE.fullmatch(text):
            raise ConnectionLostError("a chunk without a size")
        self._left = int(text, 16)
        self._part = _Part.CHUNK if self._left > 0 else _Part.OVER
        return True

    def _take_body(self) -> bool:
        taken = self._held if self._left is None else self._held[: self._left]
        if not taken:
            return False
        self._line += taken
        del self._held[: len(taken)]
        if self._left is not None:
            self._left -= len(taken)
            if self._left == 0:
                self._part = _Part.CHUNK_END if self._part is _Part.CHUNK else _Part.OVER
        return True
