"""Bodies in the wire form of core values: read with a limit, answered without a detour."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from typing import Any

from fastapi import Request, Response

from kiosk.core.wire import WireError, plain, read
from kiosk.store.errors import StoreError

MAX_BODY_BYTES = 64 * 1024


class BodyTooLargeError(StoreError):
    """A body above the limit."""

    status = 413
    title = "Too large"


def wire_body(kind: Any) -> Callable[[Request], Awaitable[Any]]:
    """A dependency that reads the body as a core value of this kind."""

    async def read_body(request: Request) -> Any:
        return read(kind, await json_body(request))

    return read_body


async def json_body(request: Request) -> Any:
    """The body as parsed JSON; None for an empty one. Errors: BodyTooLargeError, WireError."""
    parts, size = [], 0
    async for part in request.stream():
        size += len(part)
        if size > MAX_BODY_BYTES:
            raise BodyTooLargeError(f"a body has at most {MAX_BODY_BYTES} bytes")
        parts.append(part)
    raw = b"".join(parts)
    if not raw:
        return None
    try:
        return json.loads(raw)
    except (ValueError, RecursionError) as error:
        raise WireError(f"$: not JSON ({type(error).__name__})") from None


def wire_answer(value: object, status: int = 200) -> Response:
    """A core value (or a dict of such) as the answer."""
    body = {k: plain(v) for k, v in value.items()} if isinstance(value, dict) else plain(value)
    return json_answer(body, status)


def json_answer(body: object, status: int = 200) -> Response:
    """Plain JSON as the answer."""
    text = json.dumps(body, ensure_ascii=False, separators=(",", ":"))
    return Response(text, status, media_type="application/json")
