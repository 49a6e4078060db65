"""A TCP or TLS connection to a reader; closing the driver ends every wait on it."""

from __future__ import annotations

import os
import selectors
import socket
import ssl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from hardware.errors import ConnectionLostError
from hardware.tls import secured

_CHUNK: Final = 1 << 16
# for writing and TLS handshakes; below the 2 s in which a driver must close
_TIMEOUT_S: Final = 1.5


class WakeUp:
    """Wakes a thread that waits in a selector; `wake` may be called from any thread and stays set."""

    def __init__(self) -> None:
        self._receiver, self._sender = socket.socketpair()
        self.woken = False

    def fileno(self) -> int:
        return self._receiver.fileno()

    def wake(self) -> None:
        if not self.woken:
            self.woken = True
            self._sender.send(b"!")

    def close(self) -> None:
        self._receiver.close()
        self._sender.close()


class Connection:
    """An open connection. It is over after an OSError, ConnectionLostError or ReaderRefusedError."""

    def __init__(self, link: socket.socket, wake_up: WakeUp) -> None:
        self._link = link
        self._wake_up = wake_up
        self._selector = selectors.DefaultSelector()
        self._selector.register(wake_up, selectors.EVENT_READ)
        self._selector.register(link, selectors.EVENT_READ)

    def send(self, raw: bytes) -> None:
        self._link.sendall(raw)

    def receive(self, timeout_s: float) -> bytes | None:
        """The received bytes; None after the timeout or a wake-up. Raises ConnectionLostError at the end of stream."""
        if not self._buffered() and not any(
            key.fileobj is self._link for key, _ in self._selector.select(max(0.0, timeout_s))
        ):
            return None
        chunk = self._link.recv(_CHUNK)
        if not chunk:
            raise ConnectionLostError("the reader closed the connection")
        return chunk

    def _buffered(self) -> bool:
        # bytes that TLS has already read from the socket; the selector does not see them
        return isinstance(self._link, ssl.SSLSocket) and self._link.pending() > 0

    def drain(self, timeout_s: float) -> None:
        """Waits until the other side closes, at most `timeout_s`, whether or not there was a wake-up."""
        deadline = time.monotonic() + timeout_s
        while (left := deadline - time.monotonic()) > 0:
            self._link.settimeout(left)
            if not self._link.recv(_CHUNK):
                return

    def close(self) -> None:
        self._selector.close()
        self._link.close()


@contextmanager
def open_connection(
    address: tuple[str, int], wake_up: WakeUp, timeout_s: float, tls: ssl.SSLContext | None = None
) -> Iterator[Connection | None]:
    """A connection to (host, port), or None after a wake-up.

    Raises OSError or ConnectionLostError if there is none within `timeout_s`, UntrustedError for a certificate that is
    not trusted.
    """
    link = _connect(address, wake_up, timeout_s)
    if link is None:
        yield None
        return
    try:
        link.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        link.settimeout(_TIMEOUT_S)
        if tls is not None:
            link = secured(link, tls, address[0], lambda: _connect(address, wake_up, timeout_s))
        connection = Connection(link, wake_up)
    except BaseException:
        link.close()
        raise
    try:
        yield connection
    finally:
        connection.close()


def _connect(address: tuple[str, int], wake_up: WakeUp, timeout_s: float) -> socket.socket | None:
    family, kind, protocol, _, where = socket.getaddrinfo(*address, type=socket.SOCK_STREAM)[0]
    link = socket.socket(family, kind, protocol)
    try:
        link.settimeout(0)
        link.connect_ex(where)
        with selectors.DefaultSelector() as selector:
            selector.register(wake_up, selectors.EVENT_READ)
            selector.register(link, selectors.EVENT_WRITE)
            ready = selector.select(timeout_s)
        if wake_up.woken:
            link.close()
            return None
        if not ready:
            raise ConnectionLostError("no connection within the time allowed")
        code = link.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
        if code:
            raise OSError(code, os.strerror(code))
    except BaseException:
        link.close()
        raise
    return link
