"""One HTTP/1.1 request and its response (RFC 9112), without sockets; the response body is split into lines.

The library h11 parses the response.
"""

from __future__ import annotations

from base64 import b64encode
from typing import Final

import h11

from hardware.errors import ConnectionLostError

# Response head, chunk header or line of a stream; h11 applies the limit to the first two.
MAX_LINE_BYTES: Final = 1 << 16


class HttpExchange:
    """A request, with a JSON `body` or without one, and the response to it.

    `authorisation` is the value of that header (`basic`, `bearer`), empty for none. Send `request`, then pass the
    received bytes to `feed` until `complete`. `status` is None until the response head has arrived; `date` and
    `authenticate` are its headers Date and WWW-Authenticate, if any. `max_line_bytes`: longest line of the body. All
    methods raise ConnectionLostError for bytes that are not a valid response.
    """

    def __init__(
        self,
        method: str,
        path: str,
        host: str,
        authorisation: str,
        *,
        body: bytes | None = None,
        keep_alive: bool = False,
        max_line_bytes: int = MAX_LINE_BYTES,
    ) -> None:
        self._max_line_bytes = max_line_bytes
        self._protocol = h11.Connection(h11.CLIENT, max_incomplete_event_size=MAX_LINE_BYTES)
        self._unfinished_line = bytearray()
        self.status: int | None = None
        self.date: str | None = None
        self.authenticate: str | None = None
        self.complete = False
        headers = _headers(method, host, authorisation, body, keep_alive)
        self.request: bytes = self._encode(method, path, headers, body or b"")

    def _encode(self, method: str, path: str, headers: list[tuple[str, str]], body: bytes) -> bytes:
        try:
            head = self._protocol.send(h11.Request(method=method, target=path, headers=headers))
            content = self._protocol.send(h11.Data(data=body))
            end = self._protocol.send(h11.EndOfMessage())
        except (h11.LocalProtocolError, UnicodeEncodeError) as error:
            raise ConnectionLostError(f"the request cannot be sent over HTTP: {error}") from error
        return b"".join(part or b"" for part in (head, content, end))

    @property
    def unfinished_line(self) -> bytes:
        """Bytes of the body after its last line break."""
        return bytes(self._unfinished_line)

    def feed(self, chunk: bytes) -> list[bytes]:
        """Takes received bytes; returns the lines of the body that they complete, without white space around them.

        Bytes after the end of the response are ignored.
        """
        if self.complete or not chunk:
            return []
        self._protocol.receive_data(chunk)
        self._process_events()
        *lines, rest = self._unfinished_line.split(b"\n")
        if len(rest) > self._max_line_bytes:
            raise ConnectionLostError(f"a line of more than {self._max_line_bytes} bytes")
        self._unfinished_line = bytearray(rest)
        return [bytes(line.strip()) for line in lines]

    def connection_closed(self) -> None:
        """The reader closed the connection: completes a response without a length, raises if bytes are missing."""
        if self.status is None:
            raise ConnectionLostError("the reader closed the connection without a response")
        if not self.complete:
            self._protocol.receive_data(b"")
            self._process_events()

    def _process_events(self) -> None:
        while not self.complete:
            try:
                event = self._protocol.next_event()
            except h11.ProtocolError as error:
                raise ConnectionLostError(f"not a valid HTTP response: {error}") from error
            match event:
                case h11.Response():
                    self.status = event.status_code
                    self.date = _header(event, b"date")
                    self.authenticate = _header(event, b"www-authenticate")
                case h11.Data():
                    self._unfinished_line += event.data
                case h11.EndOfMessage():
                    self.complete = True
                case h11.NEED_DATA:
                    return
                case _:
                    pass  # 1xx responses come before the real one


def basic(user: str, password: str) -> str:
    """The Authorization header of a user and password (RFC 7617)."""
    return "Basic " + b64encode(f"{user}:{password}".encode()).decode()


def bearer(token: str) -> str:
    """The Authorization header of a token (RFC 6750)."""
    return f"Bearer {token}"


def _headers(
    method: str, host: str, authorisation: str, body: bytes | None, keep_alive: bool
) -> list[tuple[str, str]]:
    headers = [
        ("Host", host),
        *((("Authorization", authorisation),) if authorisation else ()),
        ("Accept", "application/json"),
        ("Connection", "keep-alive" if keep_alive else "close"),
    ]
    if body is not None:
        headers.append(("Content-Type", "application/json"))
    if method != "GET" or body is not None:
        headers.append(("Content-Length", str(len(body or b""))))
    return headers


def _header(response: h11.Response, name: bytes) -> str | None:
    return next((value.decode("latin-1") for key, value in response.headers if key == name), None)
