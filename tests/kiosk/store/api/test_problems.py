"""Error answers: one shape for every error, the status of its class, and nothing of its inside."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import requests
from fastapi import APIRouter
from sqlalchemy.exc import OperationalError

from kiosk.core.wire import WireError
from kiosk.store.api.access.callers import Caller, Callers
from kiosk.store.api.access.table import Operation
from kiosk.store.api.auth import OPEN_TO_ALL
from kiosk.store.api.body_limit import LimitedRoute
from kiosk.store.api.http import build_http_app
from kiosk.store.api.server import HttpServer
from kiosk.store.errors import (
    ForbiddenError,
    ImportBusyError,
    LockedOutError,
    NotFoundError,
    RefusedError,
    TryAgainError,
    UnauthenticatedError,
    UnsettledError,
)

ERRORS: dict[str, tuple[Exception, int, str]] = {
    "refused": (RefusedError("no"), 409, ""),
    "missing": (NotFoundError("no"), 404, ""),
    "forbidden": (ForbiddenError("no"), 403, ""),
    "again": (TryAgainError("no"), 409, "passing"),
    "unsettled": (UnsettledError("no"), 409, "unsettled"),
    "unknown-caller": (UnauthenticatedError("no"), 401, ""),
    "locked": (LockedOutError(2_500_000), 429, ""),
    "feed": (ImportBusyError(), 409, ""),
    "wire": (WireError("$.a: wrong"), 422, ""),
    "database": (OperationalError("SELECT secret", {}, Exception("secret")), 503, ""),
    "disk": (OSError(errno.ENOSPC, "No space left", "/secret"), 503, ""),
    "file": (PermissionError(errno.EACCES, "Permission denied", "/secret"), 503, ""),
    "unexpected": (KeyError("secret"), 500, ""),
}


def open_to_all(path: str) -> dict[Operation, Callers]:
    """A table with one route."""
    return {("GET", path): frozenset({Caller.ANYBODY})}


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    """A server whose route raises the error of its path."""
    router = APIRouter(dependencies=[OPEN_TO_ALL], route_class=LimitedRoute)

    @router.get("/{name}")
    def fail(name: str) -> None:
        raise ERRORS[name][0]

    server = HttpServer(build_http_app([router], "0", open_to_all("/{name}")), "127.0.0.1", 0)
    server.open()
    assert server.wait_until_open()
    yield server.url
    server.close(5)


@contextmanager
def serving(error: Exception) -> Iterator[str]:
    """A server of its own that fails every request with this error."""
    router = APIRouter(dependencies=[OPEN_TO_ALL], route_class=LimitedRoute)

    @router.get("/{path:path}")
    def fail(path: str) -> None:
        del path
        raise error

    server = HttpServer(build_http_app([router], "0", open_to_all("/{path}")), "127.0.0.1", 0)
    server.open()
    assert server.wait_until_open()
    try:
        yield server.url
    finally:
        server.close(5)


@pytest.mark.parametrize("name", ERRORS)
def test_every_error_is_a_problem(url: str, name: str) -> None:
    _, status, code = ERRORS[name]
    answer = requests.get(f"{url}/{name}", timeout=10)
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
    body = answer.json()
    assert (body["status"], body["type"], body.get("code", "")) == (status, "about:blank", code)
    assert body["title"]
    assert body["detail"]
    assert "secret" not in answer.text


def test_refusals_for_a_time_carry_retry_after(url: str) -> None:
    assert requests.get(f"{url}/locked", timeout=10).headers["retry-after"] == "2"
    assert requests.get(f"{url}/database", timeout=10).headers["retry-after"] == "2"
    assert "is full" in requests.get(f"{url}/disk", timeout=10).json()["detail"]


def test_the_log_names_the_kind_of_an_error_and_not_its_content(
    url: str, caplog: pytest.LogCaptureFixture
) -> None:
    requests.get(f"{url}/database", timeout=10)
    requests.get(f"{url}/unexpected", timeout=10)
    said = [r.getMessage() for r in caplog.records if r.name == "kiosk.store.api.problems"]
    assert said == [
        "/{name} failed: database error OperationalError",
        "/{name} failed unexpectedly: KeyError",
    ], "an address may be the secret link of a receipt"


@pytest.mark.parametrize(
    ("name", "words"), [("database", ": database error"), ("unexpected", " unexpectedly:")]
)
def test_a_flood_of_failures_writes_a_few_lines(
    name: str, words: str, caplog: pytest.LogCaptureFixture
) -> None:
    with serving(ERRORS[name][0]) as own:
        statuses = {requests.get(f"{own}/{name}/{n}", timeout=10).status_code for n in range(20)}
    assert statuses == {ERRORS[name][1]}
    said = [r.getMessage() for r in caplog.records if r.name == "kiosk.store.api.problems"]
    assert 1 <= len(said) <= 6
    assert all(words in line for line in said)


def test_an_unknown_address_and_a_wrong_method_are_problems(url: str) -> None:
    for answer in (requests.get(f"{url}/a/b", timeout=10), requests.post(f"{url}/missing", timeout=10)):
        assert answer.headers["content-type"] == "application/problem+json"
        assert answer.status_code in (404, 405)
