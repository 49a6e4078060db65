"""Everything that goes wrong as problem+json (RFC 9457), never as a traceback."""

from __future__ import annotations

import json
import logging

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from sqlalchemy.exc import SQLAlchemyError
from starlette.exceptions import HTTPException

from kiosk.core.wire import WireError
from kiosk.store.errors import LockedOutError, StoreError

log = logging.getLogger(__name__)
MEDIA_TYPE = "application/problem+json"
SCHEMA = {
    "type": "object",
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "code": {"type": "string", "description": "tells errors of one status apart, where a program must"},
    },
    "required": ["type", "title", "status", "detail"],
}


def problem(
    status: int, title: str, detail: str, headers: dict[str, str] | None = None, code: str = ""
) -> Response:
    """A problem as an answer."""
    body = {"type": "about:blank", "title": title, "status": status, "detail": detail}
    if code:
        body["code"] = code
    return Response(json.dumps(body, ensure_ascii=False), status, headers, MEDIA_TYPE)


def install(app: FastAPI) -> None:
    """Makes every error of the app a problem."""
    app.add_exception_handler(StoreError, _store_error)
    app.add_exception_handler(WireError, _bad_body)
    app.add_exception_handler(RequestValidationError, _bad_request)
    app.add_exception_handler(HTTPException, _http_error)
    app.add_exception_handler(SQLAlchemyError, _database_error)
    app.add_exception_handler(Exception, _unexpected)


async def _store_error(_request: Request, error: Exception) -> Response:
    assert isinstance(error, StoreError)
    headers = {}
    if isinstance(error, LockedOutError):
        headers["Retry-After"] = str(max(1, error.wait_us // 1_000_000))
    return problem(error.status, error.title, str(error), headers, error.code)


async def _bad_body(_request: Request, error: Exception) -> Response:
    return problem(422, "The body is not what was agreed", str(error))


async def _bad_request(_request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    said = "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors())
    return problem(422, "The request is not what was agreed", said)


async def _http_error(_request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    return problem(error.status_code, "Refused", str(error.detail), dict(error.headers or {}))


async def _database_error(request: Request, error: Exception) -> Response:
    log.error("%s failed: the database says %s", request.url.path, type(error).__name__)
    return problem(503, "The store cannot reach its database", "try again in a moment", {"Retry-After": "2"})


async def _unexpected(request: Request, error: Exception) -> Response:
    log.error("%s failed unexpectedly: %s", request.url.path, type(error).__name__)
    return problem(500, "The store failed", "it was written to the log")
