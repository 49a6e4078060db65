"""Sockets of the simulated reader: listening, and links that write without ever blocking the reader."""

from __future__ import annotations

import selectors
import socket
from collections.abc import Callable

# a client that reads nothing loses reports, as with a real reader's full buffer
_FULL = 8 << 20
_CHUNK = 1 << 16


def listen(host: str, port: int) -> socket.socket:
    """A listening socket on this port, or on any for 0."""
    listener = socket.create_server((host, port), backlog=16, reuse_port=False)
    listener.setblocking(False)  # noqa: FBT003 the library's own name
    return listener


class ClientConnection:
    """One connection: `heard` gets each chunk, b"" at the end; what is sent waits here if the other side is slow."""

    def __init__(
        self,
        ears: selectors.BaseSelector,
        link: socket.socket,
        heard: Callable[[ClientConnection, bytes], None],
    ) -> None:
        link.setblocking(False)  # noqa: FBT003 the library's own name
        link.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._ears = ears
        self._link = link
        self._heard = heard
        self._waiting = bytearray()
        self.open = True
        self.resume()

    def resume(self) -> None:
        """Listens (again)."""
        events = selectors.EVENT_READ | (selectors.EVENT_WRITE if self._waiting else 0)
        if self._link in self._ears.get_map():
            self._ears.modify(self._link, events, self._ready)
        else:
            self._ears.register(self._link, events, self._ready)

    def pause(self) -> None:
        """Neither listens nor writes any more; the connection stands."""
        if self._link in self._ears.get_map():
            self._ears.unregister(self._link)

    def send(self, raw: bytes) -> bool:
        """Writes as soon as it can be; False if the link is closed or its buffer full."""
        if not self.open or len(self._waiting) > _FULL:
            return False
        self._waiting += raw
        self._flush()
        return self.open

    def finish(self) -> None:
        """Writes what is left if that goes at once, then closes."""
        if self.open:
            self._flush()
        self.close()

    def close(self) -> None:
        if self.open:
            self.open = False
            self.pause()
            self._link.close()

    def _ready(self, events: int) -> None:
        if events & selectors.EVENT_WRITE:
            self._flush()
        if self.open and events & selectors.EVENT_READ:
            try:
                chunk = self._link.recv(_CHUNK)
            except BlockingIOError:
                return
            except OSError:
                chunk = b""
            self._heard(self, chunk)

    def _flush(self) -> None:
        had = bool(self._waiting)
        try:
            while self._waiting:
                sent = self._link.send(memoryview(self._waiting)[:_CHUNK])
                del self._waiting[:sent]
        except BlockingIOError:
            pass
        except OSError:
            self.close()
            return
        if had and self._link in self._ears.get_map():
            self.resume()
