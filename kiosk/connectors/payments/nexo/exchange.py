"""One HTTPS request and its reply, with one time limit for everything; the wait for the reply can be interrupted.

The standard library's client has a limit for each read only: a peer that sends one byte a second is never too late.
"""

from __future__ import annotations

import http.client
import io
import socket
import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field
from threading import Lock
from time import monotonic
from typing import Any, Final

from kiosk.connectors.payments.host_address import HostAddress, Resolve, UnknownHostError, resolved
from kiosk.connectors.payments.nexo.certificates import (
    Certificate,
    TrustedCertificates,
    WrongCertificateError,
)
from kiosk.connectors.payments.port import TerminalLostError

MAX_REPLY_BYTES: Final = 1_048_576
_HTTP_ERRORS = (OSError, http.client.HTTPException, ValueError)


class NotSentError(TerminalLostError):
    """The connection could not be made, so that nothing was sent. `advice`: what to do, for a probe."""

    def __init__(self, message: str, advice: str = "") -> None:
        super().__init__(message)
        self.advice = advice


class BrokenOffError(TerminalLostError):
    """The other side ended the connection after the request, or its reply is of no use: it may have the request."""


@dataclass(frozen=True, slots=True)
class HttpReply:
    """Status, headers of interest and body. `date`: the peer's clock, as its header states it; else empty."""

    status: int
    body: bytes
    date: str = ""


@dataclass(frozen=True, slots=True)
class Peer:
    """The other side: host, port, headers that every request has (a key among them), certificates it may show."""

    host: str
    port: int
    poi: str
    trust: TrustedCertificates
    headers: Mapping[str, str] = field(repr=False)

    @property
    def authority(self) -> str:
        """`HOST:PORT` as an address writes it (RFC 3986, 3.2): an IPv6 address in brackets."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{host}:{self.port}"


class Sockets:
    """Connects the sockets of a driver to its host, and knows those that are open, so that `close` ends every wait."""

    def __init__(self, resolve: Resolve = resolved) -> None:
        self._open: set[socket.socket] = set()
        self._lock = Lock()
        self._closed = False
        self._resolve = resolve
        self._address: HostAddress | None = None

    def connected(self, peer: Peer, within_s: float) -> socket.socket:
        """A TCP connection within that time, with the lookup of its name.

        Raises OSError; NotSentError after `close`.
        """
        with self._lock:
            if self._address is None:
                self._address = HostAddress(peer.host, peer.port, self._resolve)
        sock = self._address.connected(within_s)
        self.add(sock)
        return sock

    def add(self, sock: socket.socket) -> None:
        """Raises NotSentError after `close`."""
        with self._lock:
            if not self._closed:
                self._open.add(sock)
                return
        sock.close()
        raise NotSentError("the driver was closed")

    def replace(self, old: socket.socket, new: socket.socket) -> None:
        with self._lock:
            self._open.discard(old)
            self._open.add(new)
            closed = self._closed
        if closed:
            _shut(new)

    def remove(self, sock: socket.socket) -> None:
        with self._lock:
            self._open.discard(sock)
        sock.close()

    def close(self) -> None:
        with self._lock:
            self._closed = True
            waiting = list(self._open)
        for sock in waiting:
            _shut(sock)


class Exchange:
    """A connection for one request. Use as a context manager; raises NotSentError and TerminalLostError only."""

    def __init__(self, peer: Peer, sockets: Sockets, connect_s: float) -> None:
        self._peer, self._sockets, self._connect_s = peer, sockets, connect_s
        self.certificate: Certificate | None = None

    def __enter__(self) -> Exchange:
        peer, until = self._peer, monotonic() + self._connect_s
        try:
            plain = self._sockets.connected(peer, self._connect_s)
        except OSError as error:
            raise NotSentError(f"{peer.authority} cannot be reached: {_reason(error)}") from error
        self._sock: socket.socket = plain
        plain.settimeout(max(until - monotonic(), 0.05))
        try:
            secured = peer.trust.context.wrap_socket(plain, server_hostname=peer.host)
            self._sockets.replace(plain, secured)
            self._sock = secured
            self.certificate = peer.trust.check(secured.getpeercert(binary_form=True) or b"", peer.poi)
        except WrongCertificateError as error:
            self._sockets.remove(self._sock)
            raise NotSentError(str(error), error.advice) from error
        except (OSError, ValueError) as error:
            self._sockets.remove(self._sock)
            raise NotSentError(f"no TLS with {peer.authority}: {_reason(error)}") from error
        self._source = _Source(self._sock)
        return self

    def __exit__(self, *_: object) -> None:
        self._source.close()
        self._sockets.remove(self._sock)

    def send(self, method: str, path: str, body: bytes = b"") -> None:
        """Raises TerminalLostError: part of the request may have arrived."""
        self._method = method
        lines = [
            f"{method} {path} HTTP/1.1",
            f"Host: {self._peer.authority}",
            "Accept: application/json",
            "Connection: close",
            *(f"{name}: {value}" for name, value in self._peer.headers.items()),
        ]
        if method == "POST":
            lines += ["Content-Type: application/json", f"Content-Length: {len(body)}"]
        try:
            self._sock.settimeout(self._connect_s)
            self._sock.sendall("\r\n".join([*lines, "", ""]).encode("ascii") + body)
        except (OSError, ValueError) as error:
            raise TerminalLostError(f"the connection broke: {_reason(error)}") from error

    def begins(self, within_s: float) -> bool:
        """Waits at most so long for the reply to begin; True if it has. Raises TerminalLostError."""
        try:
            return self._source.fill(within_s)
        except (ConnectionError, ssl.SSLError) as error:
            raise BrokenOffError(f"the connection broke: {_reason(error)}") from error
        except OSError as error:
            raise TerminalLostError(f"the connection broke: {_reason(error)}") from error

    def receive(self, within_s: float) -> HttpReply:
        """The whole reply. Raises TerminalLostError."""
        self._source.until = monotonic() + within_s
        reply = http.client.HTTPResponse(self._source, method=self._method)  # type: ignore[arg-type]
        try:
            reply.begin()
            body = reply.read(MAX_REPLY_BYTES + 1)
            if len(body) > MAX_REPLY_BYTES or (reply.length or 0) > 0:
                raise ValueError("its reply is too long or incomplete")
            return HttpReply(reply.status, body, reply.headers.get("Date", ""))
        except _HTTP_ERRORS as error:
            silent = isinstance(error, TimeoutError)
            raise (TerminalLostError if silent else BrokenOffError)(
                f"no usable reply: {_reason(error)}"
            ) from error
        finally:
            reply.close()


class _Source(io.RawIOBase):
    """Reads from a socket until a point in time; what has arrived before it was asked for is kept."""

    def __init__(self, sock: socket.socket) -> None:
        super().__init__()
        self._sock = sock
        self._ahead = b""
        self._ended = False
        self.until = 0.0

    def makefile(self, *_: Any) -> io.BufferedReader:
        """As of a socket."""
        return io.BufferedReader(self)

    def readable(self) -> bool:
        return True

    def fill(self, within_s: float) -> bool:
        """Waits for the first bytes; False if none came in time. Raises OSError where the connection has ended."""
        if self._ahead:
            return True
        self._sock.settimeout(max(within_s, 0.001))
        try:
            self._ahead = self._sock.recv(65_536)
        except TimeoutError:
            return False
        if not self._ahead:
            raise ConnectionError("it was closed without a reply")
        return True

    def readinto(self, buffer: Any) -> int:
        if not self._ahead and not self._ended:
            left = self.until - monotonic()
            if left <= 0:
                raise TimeoutError("its reply took too long")
            self._sock.settimeout(left)
            self._ahead = self._sock.recv(65_536)
            self._ended = not self._ahead
        size = min(len(buffer), len(self._ahead))
        buffer[:size] = self._ahead[:size]
        self._ahead = self._ahead[size:]
        return size


def _reason(error: Exception) -> str:
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"its certificate is not accepted ({error.verify_message})"
    if isinstance(error, UnknownHostError):
        return "this computer finds no address of that name (DNS)"
    if isinstance(error, TimeoutError):
        return "no reply in time"
    if isinstance(error, OSError) and error.strerror:
        return error.strerror.lower()
    return str(error)[:200] or type(error).__name__


def _shut(sock: socket.socket) -> None:
    try:
        sock.shutdown(socket.SHUT_RDWR)
    except OSError:
        return
