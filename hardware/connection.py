"""A TCP or TLS connection to a device, whose every wait ends when its driver is closed."""

from __future__ import annotations

import os
import selectors
import socket
import ssl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from hardware.errors import LostLinkError, RefusedError, UriError

_CHUNK: Final = 1 << 16
# writing and TLS handshakes; shorter than the 2 s in which a driver must be closed
_PATIENCE_S: Final = 1.5


class Bell:
    """Wakes a thread that waits on a wire; may be rung from any thread."""

    def __init__(self) -> None:
        self._ear, self._rope = socket.socketpair()
        self.rung = False

    def fileno(self) -> int:
        return self._ear.fileno()

    def ring(self) -> None:
        if not self.rung:
            self.rung = True
            self._rope.send(b"!")

    def close(self) -> None:
        self._ear.close()
        self._rope.close()


class Wire:
    """One connection. OSError, LostLinkError and RefusedError mean that it is over."""

    def __init__(self, link: socket.socket, bell: Bell) -> None:
        self._link = link
        self._bell = bell
        self._ears = selectors.DefaultSelector()
        self._ears.register(bell, selectors.EVENT_READ)
        self._ears.register(link, selectors.EVENT_READ)

    def send(self, raw: bytes) -> None:
        self._link.sendall(raw)

    def receive(self, patience_s: float) -> bytes | None:
        """What came in, or None if nothing did in this time or the bell rang; LostLinkError at the end."""
        if not self._waiting() and not any(
            key.fileobj is self._link for key, _ in self._ears.select(max(0.0, patience_s))
        ):
            return None
        chunk = self._link.recv(_CHUNK)
        if not chunk:
            raise LostLinkError("the reader hung up")
        return chunk

    def _waiting(self) -> bool:
        # TLS may hold bytes that the operating system does not know of any more
        return isinstance(self._link, ssl.SSLSocket) and self._link.pending() > 0

    def drain(self, patience_s: float) -> None:
        """Waits until the other side hangs up, this long at most, whether or not the bell rang."""
        deadline = time.monotonic() + patience_s
        while (left := deadline - time.monotonic()) > 0:
            self._link.settimeout(left)
            if not self._link.recv(_CHUNK):
                return

    def close(self) -> None:
        self._ears.close()
        self._link.close()


@contextmanager
def connected(
    address: tuple[str, int], bell: Bell, patience_s: float, tls: ssl.SSLContext | None = None
) -> Iterator[Wire | None]:
    """A wire to this address, or None if the bell rang meanwhile."""
    link = _connect(address, bell, patience_s)
    if link is None:
        yield None
        return
    try:
        link.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        link.settimeout(_PATIENCE_S)
        if tls is not None:
            link = _secured(link, tls, address[0])
        wire = Wire(link, bell)
    except BaseException:
        link.close()
        raise
    try:
        yield wire
    finally:
        wire.close()


def _connect(address: tuple[str, int], bell: Bell, patience_s: float) -> socket.socket | None:
    family, kind, protocol, _, where = socket.getaddrinfo(*address, type=socket.SOCK_STREAM)[0]
    link = socket.socket(family, kind, protocol)
    try:
        link.settimeout(0)
        link.connect_ex(where)
        with selectors.DefaultSelector() as ears:
            ears.register(bell, selectors.EVENT_READ)
            ears.register(link, selectors.EVENT_WRITE)
            ready = ears.select(patience_s)
        if bell.rung:
            link.close()
            return None
        if not ready:
            raise LostLinkError("no connection within the time allowed")
        code = link.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
        if code:
            raise OSError(code, os.strerror(code))
    except BaseException:
        link.close()
        raise
    return link


def _secured(link: socket.socket, tls: ssl.SSLContext, host: str) -> socket.socket:
    try:
        return tls.wrap_socket(link, server_hostname=host)
    except ssl.SSLCertVerificationError as error:
        raise RefusedError(f"its certificate is not trusted: {error.verify_message}") from error
    except ssl.SSLError as error:
        raise LostLinkError(f"no secure connection: {error.reason or error}") from error


def tls_from(authorities: str | None) -> ssl.SSLContext:
    """How certificates are checked: against these authorities (a PEM file), else against those of the system.

    Raises UriError for a file that cannot be used.
    """
    try:
        return ssl.create_default_context(cafile=authorities and str(Path(authorities)))
    except (OSError, ssl.SSLError) as error:
        raise UriError(f"ca={authorities}: {error}") from error
