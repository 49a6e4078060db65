"""Limit of a request's body, applied before anything is parsed, for every route of the API.

A body that is not JSON is handed on as bytes and refused by the type of the route's body. So an unknown caller gets 401
before anything is said of the body, and JSON is read whatever its Content-Type.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Coroutine
from typing import Any, Final

from fastapi import HTTPException, Request, Response
from fastapi.routing import APIRoute

MAX_BODY_BYTES: Final = 64 * 1024


class LimitedRequest(Request):
    """A request whose body has at most `MAX_BODY_BYTES`. Raises HTTPException with status 413 if it has more."""

    async def body(self) -> bytes:
        if not hasattr(self, "_limited"):
            parts: list[bytes] = []
            size = 0
            async for part in self.stream():
                size += len(part)
                if size > MAX_BODY_BYTES:
                    raise HTTPException(413, f"a body has at most {MAX_BODY_BYTES} bytes")
                parts.append(part)
            self._limited = b"".join(parts)
        return self._limited

    async def json(self) -> Any:
        """The parsed body; the bytes themselves if they are not JSON."""
        body = await self.body()
        try:
            return json.loads(body)
        except (ValueError, RecursionError):
            return body


class LimitedRoute(APIRoute):
    """A route that reads its body with the limit."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handle = super().get_route_handler()

        async def handle_limited(request: Request) -> Response:
            return await handle(LimitedRequest(request.scope, request.receive))

        return handle_limited
