"""The HTTP/1.1 requests of one connection to a web hook, without sockets: limits and authorisation come before work.

The secret is checked when the request's head is complete, before its body is read. The library h11 parses the bytes.
"""

from __future__ import annotations

import hmac
from base64 import b64encode
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

import h11

# of a request's head; those of readers have some hundred bytes
_MAX_HEAD_BYTES: Final = 1 << 14
_REASONS: Final = {
    200: "OK",
    400: "Bad Request",
    401: "Unauthorized",
    404: "Not Found",
    405: "Method Not Allowed",
    413: "Content Too Large",
    503: "Service Unavailable",
}


@dataclass(frozen=True, slots=True)
class HookAccess:
    """Who may post: the request's path, and the value of its header Authorization, or of another `header`.

    An empty `secret` lets everybody post who knows the path. At most `max_body_bytes` a request.
    """

    path: str
    secret: str = field(default="", repr=False)
    header: str = "authorization"
    max_body_bytes: int = 4 << 20

    @classmethod
    def basic(cls, path: str, user: str, password: str) -> HookAccess:
        """Access with user and password (RFC 7617); without access control if both are empty."""
        if not user and not password:
            return cls(path)
        return cls(path, "Basic " + b64encode(f"{user}:{password}".encode()).decode())

    def refusal(self, method: str, target: str, secrets: list[str]) -> int:
        """The HTTP status with which a request is refused, 0 if it is allowed; compares in constant time."""
        known = hmac.compare_digest(target.partition("?")[0].encode(), self.path.encode())
        if self.secret and not (
            len(secrets) == 1 and hmac.compare_digest(secrets[0].encode(), self.secret.encode())
        ):
            return 401
        if not known:
            return 404
        return 0 if method in ("POST", "PUT") else 405


class HookRequests:
    """Takes received bytes and gives the bytes to send back; `on_post` gets each complete, allowed body.

    `on_post` returns the status to answer. `on_refused` gets the status of each refused request. After `closing` is set
    the answer is sent and the connection closed. No method raises for any received bytes.
    """

    def __init__(
        self, access: HookAccess, on_post: Callable[[bytes], int], on_refused: Callable[[int], None]
    ) -> None:
        self._access = access
        self._on_post = on_post
        self._on_refused = on_refused
        self._protocol = h11.Connection(h11.SERVER, max_incomplete_event_size=_MAX_HEAD_BYTES)
        self._body = bytearray()
        self.closing = False
        self.accepted = 0
        """Allowed requests whose body was complete."""

    @property
    def idle(self) -> bool:
        """Whether no request has begun."""
        return self._protocol.their_state is h11.IDLE and not self._protocol.trailing_data[0]

    def feed(self, chunk: bytes) -> bytes:
        """Bytes to send; b"" as received bytes means the end of the stream."""
        if self.closing:
            return b""
        try:
            self._protocol.receive_data(chunk)
            return self._process()
        except h11.RemoteProtocolError as error:
            return self._refuse(error.error_status_hint)

    def _process(self) -> bytes:
        sent = b""
        while not self.closing:
            event = self._protocol.next_event()
            match event:
                case h11.Request():
                    sent += self._begin(event)
                case h11.Data():
                    sent += self._add(event.data)
                case h11.EndOfMessage():
                    sent += self._finish()
                case h11.ConnectionClosed():
                    self.closing = True
                case _:  # more bytes are needed
                    break
        return sent

    def _begin(self, request: h11.Request) -> bytes:
        headers = [(name.decode("latin-1"), value.decode("latin-1")) for name, value in request.headers]
        secrets = [value for name, value in headers if name == self._access.header]
        status = self._access.refusal(request.method.decode(), request.target.decode("latin-1"), secrets)
        length = next((int(value) for name, value in headers if name == "content-length"), 0)
        if status or length > self._access.max_body_bytes:
            return self._refuse(status or 413)
        self._body.clear()
        if self._protocol.they_are_waiting_for_100_continue:
            return self._protocol.send(h11.InformationalResponse(status_code=100, headers=[])) or b""
        return b""

    def _add(self, data: bytes | bytearray) -> bytes:
        if len(self._body) + len(data) > self._access.max_body_bytes:
            return self._refuse(413)
        self._body += data
        return b""

    def _finish(self) -> bytes:
        self.accepted += 1
        body = bytes(self._body)
        self._body.clear()
        sent = self._answer(self._on_post(body))
        if self._protocol.our_state is h11.MUST_CLOSE:
            self.closing = True
        else:
            self._protocol.start_next_cycle()
        return sent

    def _refuse(self, status: int) -> bytes:
        """Answers and closes: the rest of the request is not read."""
        self.closing = True
        self._on_refused(status)
        if self._protocol.our_state not in (h11.IDLE, h11.SEND_RESPONSE):
            return b""
        return self._answer(status, [("Connection", "close")])

    def _answer(self, status: int, headers: list[tuple[str, str]] | None = None) -> bytes:
        challenge = [("WWW-Authenticate", 'Basic realm="reader"')] if status == 401 else []
        response = h11.Response(
            status_code=status,
            reason=_REASONS.get(status, ""),
            headers=[("Content-Length", "0"), *challenge, *(headers or [])],
        )
        return (self._protocol.send(response) or b"") + (self._protocol.send(h11.EndOfMessage()) or b"")
