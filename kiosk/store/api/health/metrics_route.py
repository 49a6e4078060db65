"""`/metrics` for Prometheus: for programs of this computer, and for those with the configured token."""

from __future__ import annotations

import hmac
import logging
from collections.abc import Callable
from ipaddress import ip_address
from pathlib import Path
from typing import ClassVar, Final
from urllib.parse import urlsplit

from fastapi import APIRouter, Depends, Request, Response

from kiosk.connectors.payments.place import TerminalPlace
from kiosk.connectors.payments.port import NoTerminalDriverError
from kiosk.store.api.access.callers import Caller, Callers
from kiosk.store.api.access.gates import require
from kiosk.store.api.auth import bearer
from kiosk.store.api.body_limit import LimitedRoute
from kiosk.store.api.health.health_answers import HealthAnswer
from kiosk.store.api.health.metrics import CONTENT_TYPE, metrics_text
from kiosk.store.errors import UnauthenticatedError
from kiosk.store.fleet.fleet import Fleet

log = logging.getLogger(__name__)
MIN_TOKEN_CHARS: Final = 16
_FORWARDED: Final = ("forwarded", "x-forwarded-", "x-real-ip", "via", "cf-connecting-ip", "true-client-ip")
"""Beginnings of headers of a proxy on this computer, which asks for somebody else."""


class MetricsAuth:
    """Lets in programs of this computer, and holders of the token. Raises UnauthenticatedError (401)."""

    callers: ClassVar[Callers] = frozenset({Caller.MONITOR})

    def __init__(self, token: str) -> None:
        """`token`: empty for none."""
        self._token = token

    def __call__(self, request: Request) -> None:
        """Checks the caller."""
        require(request, Caller.MONITOR)
        given = bearer(request)
        if self._token and hmac.compare_digest(given.encode(), self._token.encode()):
            return
        if not _is_local(request):
            raise UnauthenticatedError(
                "metrics are for this computer (127.0.0.1, localhost), or need the token of `metrics.token_file`"
            )


def metrics_router(fleet: Fleet, health: Callable[[], HealthAnswer], token_file: Path | None) -> APIRouter:
    """The route; a token file that cannot be used opens nothing, with an error in the log."""
    router = APIRouter(tags=["open"], route_class=LimitedRoute)
    auth = MetricsAuth(_token(token_file))

    @router.get(
        "/metrics", summary="Metrics for Prometheus", response_class=Response, dependencies=[Depends(auth)]
    )
    def show_metrics() -> Response:
        """Gauges in the text format 0.0.4. For programs of the store's computer, or with the configured token."""
        return Response(metrics_text(health(), fleet.rooms(), fleet.stands()), media_type=CONTENT_TYPE)

    return router


def metrics_token(file: Path) -> str:
    """The token of a file with `token: VALUE`, mode 0600. Raises ValueError, without the value."""
    try:
        token = TerminalPlace("", file).keys("token")["token"]
    except NoTerminalDriverError as error:
        raise ValueError(str(error)) from None
    if len(token) < MIN_TOKEN_CHARS:
        raise ValueError(f"{file}: the token is too short; write at least {MIN_TOKEN_CHARS} characters")
    return token


def _token(file: Path | None) -> str:
    if file is None:
        return ""
    try:
        return metrics_token(file)
    except ValueError as error:
        log.error("metrics are for this computer alone: %s", error)
        return ""


def _is_local(request: Request) -> bool:
    if any(name.startswith(_FORWARDED) for name in request.headers):
        return False
    try:
        # the second: a page of another host in a browser here, whose name leads to 127.0.0.1 by now (DNS rebinding)
        return _is_loopback(request.client.host if request.client else "") and _is_loopback(
            urlsplit(f"//{request.headers.get('host', '')}").hostname or ""
        )
    except ValueError:
        return False


def _is_loopback(host: str) -> bool:
    """Raises ValueError for another name."""
    return host == "localhost" or ip_address(host).is_loopback
