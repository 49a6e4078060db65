"""Routes that read JSON strictly: no key twice, no number that no column can hold, no text that is no text.

What is wrong with a body is said by the type of the route's body, after the caller is known. So an unknown caller gets
401 before anything is said of the JSON, and JSON is read whatever its Content-Type. Sizes: `connections.whole_request`.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Coroutine
from typing import Any, Final

from fastapi import Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute

from kiosk.core.wire import WireError

MAX_DEPTH: Final = 32
MAX_TEXT: Final = 4096
"""Characters of one text; the longest that is meant to be sent is a path of a folder."""
MAX_INTEGER: Final = 2**63
_NOT_TEXT: Final = re.compile(r"[\x00-\x03\x05-\x08\x0b\x0c\x0e-\x1c\x1f\x7f\ud800-\udfff]")
"""Controls, and halves of a character. EOT, GS and RS stand in labels (ISO/IEC 15434)."""


class StrictJsonError(ValueError):
    """JSON that is not accepted; the message says what is wrong, without quoting it."""


def strict_json(body: bytes) -> Any:
    """The value of a JSON text. Raises ValueError (StrictJsonError if it is JSON), RecursionError."""
    value = json.loads(body, object_pairs_hook=_object, parse_constant=_no_number)
    level, depth = [value], 0
    while level:
        depth += 1
        if depth > MAX_DEPTH:
            raise StrictJsonError("it is nested too deeply")
        level = [inner for each in level for inner in _inside(each)]
    return value


class LimitedRequest(Request):
    """A request whose JSON is read strictly; `mistake`: what is wrong with it."""

    mistake = ""

    async def json(self) -> Any:
        """The parsed body; the bytes themselves if they are not accepted."""
        body = await self.body()
        try:
            return strict_json(body)
        except StrictJsonError as error:
            self.mistake = str(error)
        except (ValueError, RecursionError) as error:
            self.mistake = f"not JSON ({type(error).__name__})"
        return body


class LimitedRoute(APIRoute):
    """A route that reads its body strictly. Raises WireError for one that is not accepted."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handle = super().get_route_handler()

        async def handle_limited(request: Request) -> Response:
            limited = LimitedRequest(request.scope, request.receive)
            try:
                return await handle(limited)
            except RequestValidationError:
                if limited.mistake:
                    raise WireError(f"$: {limited.mistake}") from None
                raise

        return handle_limited


def _inside(value: Any) -> list[Any]:
    """The values directly inside another; checks the ones that have none."""
    if isinstance(value, dict):
        for key in value:
            _check_text(key)
        return list(value.values())
    if isinstance(value, list):
        return value
    if isinstance(value, str):
        _check_text(value)
    elif isinstance(value, float) and not math.isfinite(value):
        raise StrictJsonError("a number is too large")
    elif isinstance(value, int) and abs(value) >= MAX_INTEGER:
        raise StrictJsonError("a number has more than 63 bits")
    return []


def _check_text(text: str) -> None:
    if len(text) > MAX_TEXT:
        raise StrictJsonError(f"a text has more than {MAX_TEXT} characters")
    if _NOT_TEXT.search(text):
        raise StrictJsonError("a text has a control character or half of a character")


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise StrictJsonError("a key stands twice in an object")
    return found


def _no_number(name: str) -> float:
    del name
    raise StrictJsonError("NaN and Infinity are no numbers")
