"""Error answers of the API as application/problem+json (RFC 9457); never a traceback.

The log lines about them have a limited rate: a database that is away fails every request, and a caller chooses how many
there are.
"""

from __future__ import annotations

import errno
import json
import logging
import sqlite3
from typing import Any, Final

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, Field
from sqlalchemy.exc import DataError, SQLAlchemyError
from starlette.exceptions import HTTPException

from hardware.threads.fault_log import LimitedLog
from kiosk.core.wire import WireError
from kiosk.store.db.waits import is_full
from kiosk.store.errors import NoSpaceError, StoreError

log = logging.getLogger(__name__)
MEDIA_TYPE: Final = "application/problem+json"
_RETRY: Final = {"Retry-After": "2"}
TITLES: Final = {413: "Too large"}


class Problem(BaseModel):
    """An error answer."""

    type: str
    title: str
    status: int
    detail: str
    code: str = Field("", description="distinguishes errors of one status; absent where no program needs it")


RESPONSES: Final[dict[int | str, dict[str, Any]]] = {
    "default": {
        "description": "A problem (RFC 9457)",
        "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }
}
"""The error answer of every route, for the OpenAPI document."""


def pages(**statuses: str) -> dict[int | str, dict[str, Any]]:
    """Error answers of a route for phones, by status (`_404="..."`), for the OpenAPI document: a page; a problem where
    the request got no further than the limits."""
    problem_content = RESPONSES["default"]["content"]
    return {
        int(status[1:]): {"description": what, "content": {"text/html": {}, **problem_content}}
        for status, what in statuses.items()
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
    """Turns every error of the application into a problem."""
    app.add_exception_handler(StoreError, _store_error)
    app.add_exception_handler(WireError, _bad_body)
    app.add_exception_handler(RequestValidationError, _bad_request)
    app.add_exception_handler(HTTPException, _http_error)
    app.add_exception_handler(DataError, _no_column_holds_it)
    failures = _Failures()
    app.add_exception_handler(SQLAlchemyError, failures.database)
    app.add_exception_handler(sqlite3.Error, failures.ledger)
    app.add_exception_handler(OSError, failures.disk)
    app.add_exception_handler(Exception, failures.unexpected)


async def _store_error(_request: Request, error: Exception) -> Response:
    assert isinstance(error, StoreError)
    headers = {"Retry-After": str(error.retry_after_s)} if error.retry_after_s else {}
    return problem(error.status, error.title, str(error), headers, error.code)


async def _bad_body(_request: Request, error: Exception) -> Response:
    return problem(422, "The body is not what was agreed", str(error))


async def _bad_request(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    for found in error.errors():
        cause = found.get("ctx", {}).get("error")
        if isinstance(cause, WireError):
            return await _bad_body(request, cause)
    said = "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors())
    return problem(422, "The request is not what was agreed", said)


async def _http_error(_request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    title = TITLES.get(error.status_code, "Refused")
    return problem(error.status_code, title, str(error.detail), dict(error.headers or {}))


async def _no_column_holds_it(_request: Request, _error: Exception) -> Response:
    return problem(422, "The body is not what was agreed", "a value is too long or too large")


class _Failures:
    """Answers and log lines of what failed in the store: a few lines for each kind of error, then one a minute."""

    def __init__(self) -> None:
        self._lines = LimitedLog(log)

    def _note(self, request: Request, what: str, error: Exception) -> None:
        """The route is named and not the address, which may be the secret link of a receipt."""
        kind = type(error).__name__
        route = getattr(request.scope.get("route"), "path", "a request")
        self._lines.log(logging.ERROR, f"{what} {kind}", f"%s failed{what} %s", route, kind)

    async def database(self, request: Request, error: Exception) -> Response:
        self._note(request, ": database error", error)
        return problem(503, "The store cannot reach its database", "try again in a moment", _RETRY)

    async def ledger(self, request: Request, error: Exception) -> Response:
        """The ledger's own file: SQLAlchemy reports the errors of the store's database."""
        self._note(request, ": ledger error", error)
        if is_full(error):
            return problem(
                503, NoSpaceError.title, "the disk of the ledger is full", _RETRY, NoSpaceError.code
            )
        return problem(503, "The store cannot write its ledger", "try again in a moment", _RETRY)

    async def disk(self, request: Request, error: Exception) -> Response:
        """A file of the store: a proof, a token, a copy for a back-up. The request may be repeated."""
        self._note(request, ": error of a file,", error)
        full = isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT)
        detail = "the disk of the store is full" if full else "a file cannot be read or written"
        return problem(503, "The store cannot use its disk", detail, _RETRY)

    async def unexpected(self, request: Request, error: Exception) -> Response:
        self._note(request, " unexpectedly:", error)
        return problem(500, "The store failed", "The cause is in the store's log")
