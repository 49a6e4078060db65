"""Limit of a request's body, applied before anything is parsed, for every route of the API.

A body that is too large, or not JSON, is refused by the type of the route's body, after the caller is known. So an
unknown caller gets 401 before anything is said of the body, and JSON is read whatever its Content-Type.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Coroutine
from typing import Any, Final

from fastapi import HTTPException, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute

MAX_BODY_BYTES: Final = 64 * 1024
_NOT_JSON: Final = b"{"
"""Stands for a body that is too large: no type of a body accepts it."""


class LimitedRequest(Request):
    """A request whose body is read up to `MAX_BODY_BYTES`; `too_large` if it has more."""

    too_large = False

    async def body(self) -> bytes:
        if not hasattr(self, "_limited"):
            self._limited = await self._read()
        return self._limited

    async def _read(self) -> bytes:
        parts: list[bytes] = []
        size = 0
        async for part in self.stream():
            size += len(part)
            if size > MAX_BODY_BYTES:
                self.too_large = True
                return _NOT_JSON
            parts.append(part)
        return b"".join(parts)

    async def json(self) -> Any:
        """The parsed body; the bytes themselves if they are not JSON."""
        body = await self.body()
        try:
            return json.loads(body)
        except (ValueError, RecursionError):
            return body


class LimitedRoute(APIRoute):
    """A route that reads its body with the limit. Raises HTTPException with status 413 for a larger body."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handle = super().get_route_handler()

        async def handle_limited(request: Request) -> Response:
            limited = LimitedRequest(request.scope, request.receive)
            try:
                return await handle(limited)
            except RequestValidationError:
                if limited.too_large:
                    raise HTTPException(413, f"a body has at most {MAX_BODY_BYTES} bytes") from None
                raise

        return handle_limited
