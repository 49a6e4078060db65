"""A reply of the standard library's HTTP client with one time limit for all of it.

That client has a limit for each read only. Lines of a header, sizes of chunks and interim replies (`100 Continue`) are
read byte by byte or again and again, so that a peer that sends a byte each second is never too late.
"""

from __future__ import annotations

import http.client
import io
import socket
import time
from functools import partial
from typing import Any


class TimedSource(io.RawIOBase):
    """Reads from a socket until a point in time (`time.monotonic`)."""

    def __init__(self, sock: socket.socket, until_s: float) -> None:
        super().__init__()
        self._sock, self._until_s = sock, until_s
        # it keeps the socket open after `Connection: close`, until the reply is read
        self._raw = sock.makefile("rb", buffering=0)

    def makefile(self, *_: Any) -> io.BufferedReader:
        """As of a socket."""
        return io.BufferedReader(self)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int | None:
        left_s = self._until_s - time.monotonic()
        if left_s <= 0:
            raise TimeoutError("the reply took too long")
        self._sock.settimeout(left_s)
        return self._raw.readinto(buffer)

    def close(self) -> None:
        self._raw.close()
        super().close()


def reply_until(until_s: float) -> Any:
    """A class of replies for one request (`HTTPConnection.response_class`)."""
    return partial(_reply, until_s)


def _reply(until_s: float, sock: socket.socket, *args: Any, **options: Any) -> http.client.HTTPResponse:
    return http.client.HTTPResponse(TimedSource(sock, until_s), *args, **options)  # type: ignore[arg-type]
