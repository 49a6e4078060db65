"""Reads a request as a whole, within its limits, before anything is looked up for it; refuses what is no text.

So a body that is too large costs no more than its limit, whoever sends it, and no route waits for one that arrives
slowly. Paths and queries are refused if they are not UTF-8 or contain control characters.
"""

from __future__ import annotations

import asyncio
import re
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import unquote_to_bytes

from starlette.types import Message, Receive, Scope

from kiosk.config.limits import RequestLimits

_CONTROLS: Final = re.compile(rb"[\x00-\x1f\x7f]")
_CONTROLS_OF_QUERY: Final = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1c\x1e\x1f\x7f]")
"""GS (1D) separates the fields of a GS1 label; scanners end a label with TAB, CR or LF."""
LINGER_S: Final = 1.0
LINGER_BYTES: Final = 128 * 1024
"""What is read, and thrown away, of a body that was refused: a caller that still sends might miss the answer."""
PARSED_BYTES: Final = 128 * 1024
"""So much of it is parsed, to notice its end; after that as much again is read without being looked at."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a request is refused, for a problem of this status. Its body is read no further than to linger."""

    status: int
    title: str
    detail: str


class CallerGoneError(Exception):
    """The caller has disconnected before its request was there as a whole."""


def refusal_of_head(scope: Scope, limits: RequestLimits) -> Refusal | None:
    """What is wrong with request line and headers; None if nothing is."""
    path, query = bytes(scope["raw_path"]), bytes(scope["query_string"])
    if len(path) + len(query) + 1 > limits.url_bytes:
        return Refusal(414, "Address too long", f"an address has at most {limits.url_bytes} bytes")
    head = len(path) + len(query) + sum(len(name) + len(value) + 4 for name, value in scope["headers"])
    if head > limits.head_kb * 1024:
        return Refusal(431, "Headers too large", f"the headers have at most {limits.head_kb} KiB")
    if not (_is_text(path, _CONTROLS) and _is_text(query.replace(b"+", b" "), _CONTROLS_OF_QUERY)):
        return Refusal(400, "Not text", "the address is not UTF-8, or has control characters")
    if _announced(scope) > limits.body_kb * 1024:
        return _too_large(limits)
    return None


async def read_body(receive: Receive, limits: RequestLimits) -> bytes | Refusal:
    """The body. Raises CallerGoneError."""
    parts: list[bytes] = []
    size = 0
    while True:
        message = await receive()
        if message["type"] != "http.request":
            raise CallerGoneError
        part = message.get("body", b"")
        size += len(part)
        if size > limits.body_kb * 1024:
            return _too_large(limits)
        parts.append(part)
        if not message.get("more_body", False):
            return b"".join(parts)


async def linger(receive: Receive) -> bool:
    """Reads and throws away the rest of a refused body, for `LINGER_S` and `PARSED_BYTES` at most; whether more of it
    still comes then."""
    with suppress(TimeoutError):
        async with asyncio.timeout(LINGER_S):
            size = 0
            while size < PARSED_BYTES:
                message = await receive()
                if message["type"] != "http.request" or not message.get("more_body", False):
                    return False
                size += len(message.get("body", b""))
            return True
    return False


class Replay:
    """The `receive` of an application: the body that was read, then what the connection says later."""

    def __init__(self, body: bytes, receive: Receive) -> None:
        self._body: bytes | None = body
        self._receive = receive

    async def __call__(self) -> Message:
        body, self._body = self._body, None
        if body is None:
            return await self._receive()
        return {"type": "http.request", "body": body, "more_body": False}


def _announced(scope: Scope) -> int:
    """The body's size by its headers; 0 if it is not known before. h11 refuses a Content-Length that is no number."""
    headers: list[tuple[bytes, Any]] = scope["headers"]
    return next((int(value) for name, value in headers if name == b"content-length"), 0)


def _is_text(part: bytes, controls: re.Pattern[bytes]) -> bool:
    decoded = unquote_to_bytes(part)
    try:
        decoded.decode()
    except UnicodeDecodeError:
        return False
    return controls.search(decoded) is None


def _too_large(limits: RequestLimits) -> Refusal:
    return Refusal(413, "Too large", f"a body has at most {limits.body_kb * 1024} bytes")
