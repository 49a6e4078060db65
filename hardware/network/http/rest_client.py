"""JSON requests to a reader's REST interface; each request uses a connection of its own.

Closing the driver ends every wait (`WakeUp`), and each request has a time limit. Not for event streams.
"""

from __future__ import annotations

import json
import ssl
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from hardware.errors import ConnectionLostError, ReaderRefusedError
from hardware.json_text import json_object, parse_json
from hardware.network.connection import WakeUp, open_connection
from hardware.network.host_names import host_and_port
from hardware.network.http.exchange import MAX_LINE_BYTES, HttpExchange
from hardware.printable_text import printable

# of one response; the longest real ones are JSON schemas and OpenAPI documents of some hundred kilobytes
_MAX_BODY_BYTES: Final = 1 << 20
# of a reader's own words in an error message
_MAX_REASON_CHARS: Final = 200


@dataclass(frozen=True, slots=True)
class HttpAnswer:
    """A complete response. `status` 0: the driver was closed before it arrived."""

    status: int
    body: bytes = b""
    authenticate: str = ""
    """The header WWW-Authenticate: the authentication scheme that the reader asks for."""
    date: str = ""
    """The header Date: the reader's clock."""

    @property
    def ok(self) -> bool:
        return 200 <= self.status < 300

    def json(self) -> dict[str, Any]:
        """The JSON object in the body, {} when the driver was closed. Raises ConnectionLostError for another body."""
        if not self.status or not self.body.strip():
            return {}
        try:
            return json_object(self.body)
        except ValueError as error:
            raise ConnectionLostError(f"the answer is not JSON: {error}") from error

    def reason(self) -> str:
        """The reader's own words for a refusal, one line; "" if it gives none."""
        try:
            said = parse_json(self.body)
        except ValueError:
            return ""
        if not isinstance(said, dict):
            return ""
        words = [
            said[key] for key in ("message", "detail", "invalidPropertyId") if isinstance(said.get(key), str)
        ]
        return printable(": ".join(filter(None, words)), _MAX_REASON_CHARS)


class RestClient:
    """Sends requests to (host, port). `tls` None uses plain HTTP.

    A connection must be open within `connect_s` and a response complete within `answer_s`, in seconds.
    `authorisation` gives the value of the header Authorization for each request, because a token changes.
    """

    def __init__(
        self,
        address: tuple[str, int],
        tls: ssl.SSLContext | None,
        wake_up: WakeUp,
        authorisation: Callable[[], str],
        *,
        connect_s: float = 1.3,
        answer_s: float = 1.2,
    ) -> None:
        self._address = address
        self._tls = tls
        self._wake_up = wake_up
        self._authorisation = authorisation
        self._connect_s = connect_s
        self._answer_s = answer_s

    def exchange(
        self, method: str, path: str, body: object = None, *, keep_alive: bool = False
    ) -> HttpExchange:
        """A request that is not sent yet; `body` is any JSON value, None for no body."""
        raw = None if body is None else json.dumps(body, separators=(",", ":")).encode()
        return HttpExchange(
            method,
            path,
            host_and_port(*self._address),
            self._authorisation(),
            body=raw,
            keep_alive=keep_alive,
            # a JSON document may be one line
            max_line_bytes=MAX_LINE_BYTES if keep_alive else _MAX_BODY_BYTES,
        )

    def send(
        self, method: str, path: str, body: object = None, *, answer_s: float | None = None
    ) -> HttpAnswer:
        """The response, whatever its status; it must be complete within `answer_s`, else the usual time.

        Raises ConnectionLostError or OSError if there is none in time, and UntrustedError for an untrusted certificate.
        """
        with open_connection(self._address, self._wake_up, self._connect_s, self._tls) as connection:
            if connection is None:
                return HttpAnswer(0)
            exchange, size = self.exchange(method, path, body), 0
            parts: list[bytes] = []
            connection.send(exchange.request)
            allowed_s = self._answer_s if answer_s is None else answer_s
            deadline = time.monotonic() + allowed_s
            while not exchange.complete:
                try:
                    chunk = connection.receive(deadline - time.monotonic())
                except ConnectionLostError:
                    exchange.connection_closed()
                    break
                if chunk is None:
                    if self._wake_up.woken:
                        return HttpAnswer(0)
                    raise ConnectionLostError(f"no answer for {allowed_s:.1f} s")
                parts += exchange.feed(chunk)
                size += len(chunk)
                if size > _MAX_BODY_BYTES:
                    raise ConnectionLostError(f"a response of more than {_MAX_BODY_BYTES} bytes")
            return HttpAnswer(
                exchange.status or 0,
                b"\n".join([*parts, exchange.unfinished_line]),
                exchange.authenticate or "",
                exchange.date or "",
            )

    def request(
        self, method: str, path: str, body: object = None, *, answer_s: float | None = None
    ) -> dict[str, Any]:
        """The JSON object of a successful response. Raises as `send` does, and ReaderRefusedError for a refusal."""
        answer = self.send(method, path, body, answer_s=answer_s)
        raise_for_status(answer, f"{method} {path}")
        return answer.json()


def raise_for_status(answer: HttpAnswer, what: str) -> None:
    """Raises ReaderRefusedError for a status other than 2xx; nothing when the driver was closed (status 0)."""
    if not answer.status or answer.ok:
        return
    if answer.status == 401 and answer.authenticate.lower().startswith("digest"):
        raise ReaderRefusedError(
            "it asks for digest authentication; set the authentication of its web interface to basic", 401
        )
    if answer.status in (401, 403) and not (answer.status == 403 and answer.reason()):
        raise ReaderRefusedError("it does not accept this user and password", answer.status)
    reason = answer.reason()
    raise ReaderRefusedError(
        f"it refused {what}: HTTP {answer.status}" + (f", {reason}" if reason else ""), answer.status
    )
