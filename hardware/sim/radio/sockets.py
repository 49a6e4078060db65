"""Non-blocking sockets of the simulated reader: a listener, and connections with a send buffer."""

from __future__ import annotations

import selectors
import socket
from collections.abc import Callable

# above this size of the send buffer reports are lost, as with a real reader
_MAX_BUFFER_BYTES = 8 << 20
_CHUNK_BYTES = 1 << 16


def listen(host: str, port: int) -> socket.socket:
    """A non-blocking listening socket; port 0: a free one."""
    listener = socket.create_server((host, port), backlog=16, reuse_port=False)
    listener.setblocking(False)  # noqa: FBT003 the library's own name
    return listener


class ClientConnection:
    """One connection; `on_received` gets each received chunk, b"" at the end of the stream. Sending never blocks."""

    def __init__(
        self,
        selector: selectors.BaseSelector,
        link: socket.socket,
        on_received: Callable[[ClientConnection, bytes], None],
    ) -> None:
        link.setblocking(False)  # noqa: FBT003 the library's own name
        link.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._selector = selector
        self._link = link
        self._on_received = on_received
        self._send_buffer = bytearray()
        self.open = True
        self.resume()

    def resume(self) -> None:
        """Receives and sends, at first and after `pause`."""
        events = selectors.EVENT_READ | (selectors.EVENT_WRITE if self._send_buffer else 0)
        if self._link in self._selector.get_map():
            self._selector.modify(self._link, events, self._ready)
        else:
            self._selector.register(self._link, events, self._ready)

    def pause(self) -> None:
        """Receives and sends nothing; the connection stays open."""
        if self._link in self._selector.get_map():
            self._selector.unregister(self._link)

    def send(self, raw: bytes) -> bool:
        """Sends now or as soon as possible; False if the connection is closed or its buffer full."""
        if not self.open or len(self._send_buffer) > _MAX_BUFFER_BYTES:
            return False
        self._send_buffer += raw
        self._flush()
        return self.open

    def finish(self) -> None:
        """Sends what can be sent at once, then closes."""
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
                chunk = self._link.recv(_CHUNK_BYTES)
            except BlockingIOError:
                return
            except OSError:
                chunk = b""
            self._on_received(self, chunk)

    def _flush(self) -> None:
        had = bool(self._send_buffer)
        try:
            while self._send_buffer:
                sent = self._link.send(memoryview(self._send_buffer)[:_CHUNK_BYTES])
                del self._send_buffer[:sent]
        except BlockingIOError:
            pass
        except OSError:
            self.close()
            return
        if had and self._link in self._selector.get_map():
            self.resume()
