"""What an application declares: its routes with their callers, and the routes whose gates and table do not agree."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from fastapi import FastAPI
from fastapi.routing import APIRoute
from starlette.routing import BaseRoute

from kiosk.store.api.access.callers import Callers
from kiosk.store.api.access.table import Operation


def operations_of(app: FastAPI) -> Iterator[tuple[Operation, APIRoute]]:
    """Every operation with its route."""
    for route in _flat(app.routes):
        for method in sorted(route.methods or ()):
            yield (method, route.path_format), route


def wrong_routes(app: FastAPI, table: Mapping[Operation, Callers]) -> tuple[str, ...]:
    """What is wrong with each route that has no gate, is not in the table, or has a gate that cannot tell the callers
    of the table apart; one line each."""
    found = ((operation, _wrong(operation, route, table)) for operation, route in operations_of(app))
    return tuple(f"{method} {path} {wrong}" for (method, path), wrong in found if wrong)


def _wrong(operation: Operation, route: APIRoute, table: Mapping[Operation, Callers]) -> str:
    gates = [gate for d in route.dependant.dependencies if (gate := _callers(d.call)) is not None]
    if not gates:
        return "has no gate"
    if operation not in table:
        return "is not in the table of routes (kiosk/store/api/access/table.py)"
    if any(not table[operation] <= gate for gate in gates):
        return "has a gate for other callers than the table names"
    return ""


def _callers(gate: object) -> Callers | None:
    """The callers whom a gate can let in; None for a dependency that is no gate."""
    found: Callers | None = getattr(gate, "callers", None)
    return found


def _flat(routes: Iterable[BaseRoute]) -> Iterator[APIRoute]:
    """The routes, those of included routers too."""
    for route in routes:
        if isinstance(route, APIRoute):
            yield route
        elif hasattr(route, "original_router"):
            yield from _flat(route.original_router.routes)
