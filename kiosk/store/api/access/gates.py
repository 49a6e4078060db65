"""The check of a gate: whether the table of routes names a caller for the route of a request.

The application carries its table (`app.state.routes`); one without a table refuses everybody.
"""

from __future__ import annotations

from collections.abc import Mapping

from fastapi import FastAPI, Request

from kiosk.store.api.access.callers import Caller, Callers
from kiosk.store.api.access.table import Operation
from kiosk.store.errors import ForbiddenError


def set_table(app: FastAPI, table: Mapping[Operation, Callers]) -> None:
    """Gives an application its table."""
    app.state.routes = table


def table_of_app(app: FastAPI) -> Mapping[Operation, Callers]:
    """The table of an application; empty if it has none."""
    found: Mapping[Operation, Callers] = getattr(app.state, "routes", {})
    return found


def may(request: Request, operation: Operation, caller: Caller) -> bool:
    """Whether this caller may ask an operation of the application."""
    return caller in table_of_app(request.app).get(operation, frozenset())


def require(request: Request, caller: Caller) -> None:
    """Raises ForbiddenError (403) if this caller may not ask the route, or the table does not name the route."""
    route = request.scope.get("route")
    if not may(request, (request.method, getattr(route, "path_format", "")), caller):
        raise ForbiddenError(f"this is not for the role {caller.value}")
