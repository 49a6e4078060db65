"""HTTP client under Stripe's SDK: a time limit for each whole call, a limit of size, and connections that can be shut.

The SDK's own clients limit each read only, follow redirects, and keep a connection that a router has dropped. Standard
library only; TLS 1.2 or newer, with certificates of the system's list that the SDK brings.
"""

from __future__ import annotations

import http.client
import select
import socket
import ssl
import time
from collections.abc import Mapping
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from pathlib import Path
from threading import Lock, local
from urllib.parse import urlsplit

import stripe

from kiosk.connectors.ca_files import trusting
from kiosk.connectors.payments.host_address import HostAddress
from kiosk.connectors.payments.stripe_terminal.settings import StripeSettings
from kiosk.connectors.payments.timed_source import reply_until

CONNECT_S = 4.0
IDLE_S = 20.0
"""A connection that was idle for longer is not used again: a router may have dropped it without a word."""
MAX_REPLY_BYTES = 4_000_000
MAX_IDLE = 4
_STALE = (
    http.client.RemoteDisconnected, BrokenPipeError, ConnectionResetError, ssl.SSLEOFError, ssl.SSLZeroReturnError,
)  # fmt: skip


@dataclass(slots=True)
class _Idle:
    connection: http.client.HTTPConnection
    since_s: float


class Connections(stripe.HTTPClient):
    """Keeps a few connections to one host. Safe to use from any thread."""

    name = "cheval"

    def __init__(self, settings: StripeSettings) -> None:
        super().__init__()
        parts = urlsplit(settings.base)
        self._host, self._port = parts.hostname or "", parts.port
        self._address = HostAddress(self._host, self._port or 443)
        ca_file = settings.ca_file or Path(stripe.ca_bundle_path)
        self._tls = trusting(ca_file) if parts.scheme == "https" else None
        self._idle: list[_Idle] = []
        self._used: set[http.client.HTTPConnection] = set()
        self._lock, self._call = Lock(), local()
        self._closed = False
        self.clock_difference_s: float | None = None
        """Stripe's clock minus this computer's, from the last reply; exact to a second."""
        self.failed_with: Exception | None = None
        """Why the last call got no reply; for a probe, which says what to do about it."""
        self.certificate_until = ""
        """When the certificate of Stripe's host ends, as it states it."""

    @property
    def host(self) -> str:
        """The name or address that is called."""
        return self._host

    def limit(self, until_s: float) -> None:
        """Sets the end (`time.monotonic`) of the next calls of this thread."""
        self._call.until_s = until_s

    def request(
        self,
        method: str,
        url: str,
        headers: Mapping[str, str] | None,
        post_data: object = None,
        *,
        _usage: list[str] | None = None,
    ) -> tuple[str, int, Mapping[str, str]]:
        """One exchange. Raises stripe.APIConnectionError."""
        body = None if post_data is None else str(post_data).encode()
        parts = urlsplit(url)
        target = f"{parts.path}?{parts.query}" if parts.query else parts.path
        while True:
            connection, fresh = self._take()
            try:
                return self._exchange(connection, (method.upper(), target, body, dict(headers or {})))
            except (OSError, http.client.HTTPException, ValueError) as error:
                self._drop(connection)
                self.failed_with = error
                # Nobody has read a request on a connection that was closed meanwhile; each has an idempotency key.
                if isinstance(error, _STALE) and not fresh and not self._closed:
                    continue
                raise _no_reply(type(error).__name__) from None

    def close(self) -> None:
        """Ends all calls that wait, and every later one."""
        with self._lock:
            self._closed = True
            waiting, idle = list(self._used), list(self._idle)
            self._idle.clear()
        for connection in waiting:
            _shut(connection)
        for unused in idle:
            unused.connection.close()

    def _exchange(
        self, connection: http.client.HTTPConnection, request: tuple[str, str, bytes | None, dict[str, str]]
    ) -> tuple[str, int, Mapping[str, str]]:
        method, target, body, headers = request
        if connection.sock is None:
            self._connect(connection)
        self._set_timeout(connection)
        connection.response_class = reply_until(time.monotonic() + self._left_s())
        connection.request(method, target, body, headers)
        with connection.getresponse() as reply:
            content = _content(reply).decode()
        self._note_clock(reply.getheader("Date"))
        if reply.will_close:
            self._drop(connection)
        else:
            self._give(connection)
        return content, reply.status, {name.title(): value for name, value in reply.getheaders()}

    def _left_s(self) -> float:
        left_s = float(getattr(self._call, "until_s", time.monotonic() + CONNECT_S)) - time.monotonic()
        if left_s <= 0:
            raise TimeoutError
        return left_s

    def _set_timeout(self, connection: http.client.HTTPConnection) -> None:
        if connection.sock is not None:
            connection.sock.settimeout(self._left_s())

    def _take(self) -> tuple[http.client.HTTPConnection, bool]:
        """A connection, and whether it is a new one. Raises stripe.APIConnectionError after `close`."""
        with self._lock:
            if self._closed:
                raise _no_reply("the driver is closed")
            old = [idle for idle in self._idle if _is_spent(idle)]
            self._idle = [idle for idle in self._idle if idle not in old]
            found = self._idle.pop().connection if self._idle else None
            connection = found or self._new()
            self._used.add(connection)
        for idle in old:
            idle.connection.close()
        return connection, found is None

    def _new(self) -> http.client.HTTPConnection:
        found = http.client.HTTPConnection(self._host, self._port)
        # it would open a connection without TLS by itself
        found.auto_open = 0
        return found

    def _connect(self, connection: http.client.HTTPConnection) -> None:
        sock = self._address.connected(min(CONNECT_S, self._left_s()))
        try:
            # from here on `close` can end it
            connection.sock = sock
            self._set_timeout(connection)
            if self._tls is not None:
                connection.sock = sock = self._tls.wrap_socket(sock, server_hostname=self._host)
                self.certificate_until = str((sock.getpeercert() or {}).get("notAfter", ""))
        except BaseException:
            sock.close()
            raise

    def _give(self, connection: http.client.HTTPConnection) -> None:
        with self._lock:
            self._used.discard(connection)
            keep = not self._closed and len(self._idle) < MAX_IDLE
            if keep:
                self._idle.append(_Idle(connection, time.monotonic()))
        if not keep:
            connection.close()

    def _drop(self, connection: http.client.HTTPConnection) -> None:
        with self._lock:
            self._used.discard(connection)
        connection.close()

    def _note_clock(self, date: str | None) -> None:
        try:
            self.clock_difference_s = parsedate_to_datetime(date or "").timestamp() + 0.5 - time.time()
        except (ValueError, OverflowError):
            return


def _content(reply: http.client.HTTPResponse) -> bytes:
    found = bytearray()
    while chunk := reply.read1(65_536):
        found += chunk
        if len(found) > MAX_REPLY_BYTES:
            raise ValueError("the reply is too long")
    if reply.length:
        raise http.client.IncompleteRead(b"")
    return bytes(found)


def _is_spent(idle: _Idle) -> bool:
    """Whether a connection must not be used again: it was idle too long, has ended, or has bytes that nobody asked for.

    Those would be read as the reply to the next request, which is about something else.
    """
    sock = idle.connection.sock
    if sock is None or time.monotonic() - idle.since_s > IDLE_S:
        return True
    if isinstance(sock, ssl.SSLSocket) and sock.pending():
        return True
    waiting = select.poll()
    waiting.register(sock, select.POLLIN)
    return bool(waiting.poll(0))


def _shut(connection: http.client.HTTPConnection) -> None:
    sock = connection.sock
    try:
        if sock is not None:
            sock.shutdown(socket.SHUT_RDWR)
    except OSError:
        return


def _no_reply(why: str) -> stripe.StripeError:
    error: stripe.StripeError = stripe.APIConnectionError(f"no reply: {why}")  # type: ignore[no-untyped-call]
    return error
