"""The FastAPI application: routers, error answers, security headers, OpenAPI document."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter, FastAPI
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kiosk.store.api import openapi as contract
from kiosk.store.api import problems
from kiosk.store.api.access.callers import Callers
from kiosk.store.api.access.declared import wrong_routes
from kiosk.store.api.access.gates import set_table
from kiosk.store.api.access.table import ROUTES, Operation

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self';"
    " font-src 'self'; media-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none';"
    " frame-ancestors 'none'"
)
_TAGS = [
    {"name": "mirror", "description": "Asked by the mirror of one room, with that mirror's token."},
    {
        "name": "associates",
        "description": "Asked by people of the staff who are signed in; `x-roles` names the roles.",
    },
    {"name": "managers", "description": "Asked by managers who are signed in."},
    {"name": "insights", "description": "Asked by managers and analysts who are signed in."},
    {"name": "stockroom", "description": "Asked by people of the stockroom who are signed in."},
    {"name": "commands", "description": "Asked by commands on the store's computer."},
    {
        "name": "integrators",
        "description": "Asked by programs of other systems, with a token and its scopes.",
    },
    {"name": "open", "description": "Asked by anybody on the shop's network."},
]
_DESCRIPTION = (
    "Bodies of the mirror's routes are core values: objects of their fields, with the class's name under `is` where a"
    " value is one of several. Times are microseconds since 1970-01-01 UTC; money is in minor units."
)


class SecurityHeaders:
    """ASGI middleware that adds security headers to every answer; a route's own headers have priority."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def strict(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.setdefault("Content-Security-Policy", CSP)
                headers.setdefault("Cache-Control", "no-store")
                headers["X-Content-Type-Options"] = "nosniff"
                headers["Referrer-Policy"] = "no-referrer"
                headers["Cross-Origin-Resource-Policy"] = "same-origin"
            await send(message)

        await self._app(scope, receive, strict if scope["type"] == "http" else send)


def build_http_app(
    routers: list[APIRouter], version: str, table: Mapping[Operation, Callers] = ROUTES
) -> FastAPI:
    """The application of these routers. `table`: who may ask which route. Raises ValueError for a route without a gate,
    or without a place in the table."""
    app = FastAPI(
        title="Cheval store", version=version, description=_DESCRIPTION, openapi_tags=_TAGS,
        openapi_url="/api/v1/openapi.json", docs_url=None, redoc_url=None, responses=problems.RESPONSES,
    )  # fmt: skip
    problems.install(app)
    for router in routers:
        app.include_router(router)
    app.add_middleware(SecurityHeaders)
    set_table(app, table)
    if wrong := wrong_routes(app, table):
        raise ValueError("; ".join(wrong))

    def document() -> dict[str, Any]:
        return contract.document(app)

    app.openapi = document  # type: ignore[method-assign]
    return app
