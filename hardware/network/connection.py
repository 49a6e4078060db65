"""A TCP or TLS connection to a reader; closing the driver ends every wait on it."""

from __future__ import annotations

import selectors
import socket
import ssl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from hardware.errors import ConnectionLostError
from hardware.network.connection_race import connect_first
from hardware.network.host_names import HostNames
from hardware.network.tls import secured

_CHUNK: Final = 1 << 16
# for writing and TLS handshakes; below the 2 s in which a driver must close
_TIMEOUT_S: Final = 1.5
_MIN_CONNECT_S: Final = 0.3
# a connection that lasted so long was to the right device; a wrong one is left sooner
_WORKED_S: Final = 3.0


class WakeUp:
    """Ends every wait of a driver's thread; `wake` may be called from any thread and stays set."""

    def __init__(self, names: HostNames | None = None) -> None:
        self._receiver, self._sender = socket.socketpair()
        self.names = names or HostNames()
        """The lookup of host names, which this driver can abandon as well."""
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

    def __init__(self, link: socket.socket, wake_up: WakeUp, peer: str = "reader") -> None:
        self._link = link
        self._peer = peer
        self._wake_up = wake_up
        self._selector = selectors.DefaultSelector()
        self._selector.register(wake_up, selectors.EVENT_READ)
        self._selector.register(link, selectors.EVENT_READ)

    @property
    def local_host(self) -> str:
        """Our own address on the network of the other side."""
        host: str = self._link.getsockname()[0]
        return host

    def send(self, raw: bytes) -> None:
        self._link.sendall(raw)

    def receive(self, timeout_s: float) -> bytes | None:
        """The received bytes; None after the timeout or a wake-up. Raises ConnectionLostError at the end of stream."""
        deadline = time.monotonic() + timeout_s
        while self._buffered() or self._readable(deadline - time.monotonic()):
            chunk = self._read()
            if chunk:
                return chunk
            if chunk is not None:
                raise ConnectionLostError(f"the {self._peer} closed the connection")
        return None

    def _readable(self, timeout_s: float) -> bool:
        """Whether bytes have arrived; waits for them at most this long, or until a wake-up."""
        ready = self._selector.select(max(0.0, timeout_s))
        return any(key.fileobj is self._link for key, _ in ready)

    def _read(self) -> bytes | None:
        """The bytes at hand; None if they are not yet data: a part of a TLS record, or a session ticket, which a server
        may send at any time (RFC 8446, clause 4.6.1). A blocking TLS socket would wait for more of them."""
        if not isinstance(self._link, ssl.SSLSocket):
            return self._link.recv(_CHUNK)
        self._link.settimeout(0)
        try:
            return self._link.recv(_CHUNK)
        except (ssl.SSLWantReadError, ssl.SSLWantWriteError):
            return None
        finally:
            self._link.settimeout(_TIMEOUT_S)

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
    address: tuple[str, int],
    wake_up: WakeUp,
    timeout_s: float,
    tls: ssl.SSLContext | None = None,
    *,
    peer: str = "reader",
) -> Iterator[Connection | None]:
    """A connection to (host, port), or None after a wake-up. Every address of a host name is tried.
    `peer`: what the other side is, for a message.

    Raises OSError or ConnectionLostError if there is no connection within `timeout_s`, UntrustedError for a
    certificate that is not trusted.
    """
    link = _connect(address, wake_up, timeout_s)
    if link is None:
        yield None
        return
    place = _remote_host(link)
    try:
        link.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        link.settimeout(_TIMEOUT_S)
        if tls is not None:
            link = secured(link, tls, address[0], lambda: _connect(address, wake_up, timeout_s))
        connection = Connection(link, wake_up, peer)
    except BaseException:
        wake_up.names.ended(place, failed=True)
        link.close()
        raise
    began = time.monotonic()
    try:
        yield connection
    except Exception:
        wake_up.names.ended(place, failed=time.monotonic() - began < _WORKED_S)
        raise
    else:
        wake_up.names.ended(place, failed=False)
    finally:
        connection.close()


def _remote_host(link: socket.socket) -> str:
    """The IP address of the other side; empty if it has closed the connection already."""
    try:
        host: str = link.getpeername()[0]
    except OSError:
        return ""
    return host


def _connect(address: tuple[str, int], wake_up: WakeUp, timeout_s: float) -> socket.socket | None:
    deadline = time.monotonic() + timeout_s
    found = wake_up.names.addresses(*address, timeout_s, lambda: wake_up.woken)
    # after a slow lookup the addresses still get time, because the next attempt would be as slow
    left = max(deadline - time.monotonic(), _MIN_CONNECT_S)
    return None if found is None else connect_first(found, wake_up, left)
