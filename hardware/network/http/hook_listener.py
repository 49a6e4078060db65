"""Listens for the web hooks of one reader: HTTP or HTTPS requests on a port of its own.

The driver's thread runs it with `serve`, so that a driver keeps its promises about threads and closing; commands
without a store (`listen`, `survey`) can receive as well, and a flood of requests on one reader's port delays no other.
"""

from __future__ import annotations

import selectors
import socket
import ssl
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from hardware.errors import ConnectionLostError
from hardware.network.connection import WakeUp
from hardware.network.host_names import host_and_port
from hardware.network.http.hook_requests import HookAccess, HookRequests

_CHUNK: Final = 1 << 16
# chunks that one connection may take before the others have their turn
_MAX_STEPS: Final = 16
# after the last answer of a connection
_LINGER_S: Final = 1.0


@dataclass(frozen=True, slots=True)
class HookLimits:
    """At most `connections` at once; a request, with its TLS handshake, must be complete within `request_s` seconds.

    Between two requests a connection is kept for `idle_s`."""

    connections: int = 16
    request_s: float = 5.0
    idle_s: float = 60.0


class HookListener:
    """The listening socket and its connections. Raises ConnectionLostError if the port cannot be opened."""

    def __init__(
        self,
        address: tuple[str, int],
        access: HookAccess,
        wake_up: WakeUp,
        tls: ssl.SSLContext | None = None,
        limits: HookLimits | None = None,
    ) -> None:
        self._access = access
        self._tls = tls
        self._limits = limits or HookLimits()
        try:
            family = socket.AF_INET6 if ":" in address[0] else socket.AF_INET
            # "::" stands for all addresses, those of IPv4 too
            both = address[0] == "::" and socket.has_dualstack_ipv6()
            self._listener = socket.create_server(address, family=family, backlog=16, dualstack_ipv6=both)
        except OSError as error:
            raise ConnectionLostError(
                f"cannot listen on {host_and_port(*address)}: {(error.strerror or str(error)).lower()}"
            ) from error
        self._listener.setblocking(False)  # noqa: FBT003 the library's own name
        self.port: int = self._listener.getsockname()[1]
        self._selector = selectors.DefaultSelector()
        self._selector.register(wake_up, selectors.EVENT_READ)
        self._selector.register(self._listener, selectors.EVENT_READ)
        self._clients: dict[socket.socket, _Client] = {}
        self._on_post: Callable[[bytes], int] = _unavailable
        self._on_refused: Callable[[int], None] = _ignored

    def serve(
        self, timeout_s: float, on_post: Callable[[bytes], int], on_refused: Callable[[int], None]
    ) -> None:
        """Serves until something was done, `timeout_s` is over or the driver closes.

        `on_post` gets the body of each allowed request and returns the HTTP status to answer; `on_refused` gets the
        status of each refused one.
        """
        self._on_post, self._on_refused = on_post, on_refused
        now = time.monotonic()
        wait_s = max(0.0, min([timeout_s, *(client.deadline - now for client in self._clients.values())]))
        for key, _ in self._selector.select(wait_s):
            if key.fileobj is self._listener:
                self._accept()
            elif (client := self._clients.get(key.fileobj)) is not None:  # type: ignore[call-overload]
                self._progress(client)
        now = time.monotonic()
        for client in [client for client in self._clients.values() if client.deadline <= now]:
            self._drop(client)

    def close(self) -> None:
        """Closes the port and all connections; may be called twice."""
        for client in list(self._clients.values()):
            self._drop(client)
        self._selector.close()
        self._listener.close()

    def _accept(self) -> None:
        try:
            link, _ = self._listener.accept()
        except OSError:
            return
        if len(self._clients) >= self._limits.connections and not self._make_room():
            self._on_refused(503)
            link.close()
            return
        link.setblocking(False)  # noqa: FBT003 the library's own name
        if self._tls is not None:
            try:
                # `wrap_socket` would leave its socket open after this error
                link.getpeername()
                # the handshake happens in steps, so that a slow client delays no other
                link = self._tls.wrap_socket(link, server_side=True, do_handshake_on_connect=False)
            except OSError:
                # it was reset before it was accepted
                link.close()
                return
        client = _Client(link, HookRequests(self._access, self._posted, self._refused), self._limits)
        self._clients[link] = client
        self._selector.register(link, selectors.EVENT_READ)

    def _make_room(self) -> bool:
        """Closes the oldest connection on which nothing was posted yet, so that strangers cannot take all places."""
        stranger = next((client for client in self._clients.values() if not client.has_posted), None)
        if stranger is not None:
            self._on_refused(503)
            self._drop(stranger)
        return stranger is not None

    # a connection lasts longer than one call of `serve`
    def _posted(self, body: bytes) -> int:
        return self._on_post(body)

    def _refused(self, status: int) -> None:
        self._on_refused(status)

    def _progress(self, client: _Client) -> None:
        try:
            wanted = client.progress()
        except OSError:
            wanted = 0
        if wanted:
            self._selector.modify(client.link, wanted)
        else:
            self._drop(client)

    def _drop(self, client: _Client) -> None:
        if self._clients.pop(client.link, None) is not None:
            self._selector.unregister(client.link)
        client.link.close()


def _unavailable(body: bytes) -> int:  # noqa: ARG001 as `on_post`
    return 503


def _ignored(status: int) -> None:
    """As `on_refused`."""


class _Client:
    """One connection. `deadline` (on the clock of time.monotonic) is when it is closed at the latest."""

    def __init__(self, link: socket.socket, requests: HookRequests, limits: HookLimits) -> None:
        self.link = link
        self._requests = requests
        self._limits = limits
        self._handshake = isinstance(link, ssl.SSLSocket)
        self._unsent = b""
        self._finished = False
        self.deadline = time.monotonic() + limits.request_s

    @property
    def has_posted(self) -> bool:
        return self._requests.accepted > 0

    def progress(self) -> int:
        """Does what the socket is ready for; the selector's events to wait for, 0 to close. Raises OSError."""
        try:
            if self._handshake and isinstance(self.link, ssl.SSLSocket):
                self.link.do_handshake()
                self._handshake = False
            for _ in range(_MAX_STEPS):
                self._flush()
                if self._requests.closing:
                    self._finish()
                if not self._receive():
                    return 0
        except (ssl.SSLWantReadError, BlockingIOError):
            return selectors.EVENT_WRITE if self._unsent else selectors.EVENT_READ
        except ssl.SSLWantWriteError:
            return selectors.EVENT_WRITE
        # a busy client waits for the others; TLS may hold bytes that the selector does not see
        return selectors.EVENT_READ | selectors.EVENT_WRITE

    def _flush(self) -> None:
        while self._unsent:
            self._unsent = self._unsent[self.link.send(self._unsent) :]

    def _receive(self) -> bool:
        """Receives once; whether the connection goes on."""
        was_idle = self._requests.idle
        chunk = self.link.recv(_CHUNK)
        if self._finished:
            return bool(chunk)
        self._unsent += self._requests.feed(chunk)
        if self._requests.idle:
            self.deadline = time.monotonic() + self._limits.idle_s
        elif was_idle:
            self.deadline = time.monotonic() + self._limits.request_s
        return True

    def _finish(self) -> None:
        """Sends nothing more; what still comes is dropped, so that the client can read the answer before the end."""
        if not self._finished:
            self._finished = True
            self.deadline = time.monotonic() + _LINGER_S
            self.link.shutdown(socket.SHUT_WR)
