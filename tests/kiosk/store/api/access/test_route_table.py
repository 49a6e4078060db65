"""The table of routes: complete, as the OpenAPI document says, and with nothing for a role that is not meant for it."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
import requests
from fastapi import APIRouter, Depends

from kiosk.connectors.feeds.values.person_types import ROLES
from kiosk.store.api.access.callers import Caller, Callers
from kiosk.store.api.access.declared import operations_of, wrong_routes
from kiosk.store.api.access.table import ROUTES, Operation, table_of
from kiosk.store.api.auth import OPEN_TO_ALL
from kiosk.store.api.http import build_http_app
from kiosk.store.compose_http import http_of
from kiosk.store.lifecycle import Store
from kiosk.store.staff.local_access import LocalAccess
from kiosk.store.staff.roles import Role
from tests.kiosk.store.http_clients import TIMEOUT_S

OPEN = {
    "GET /api/v1/shop", "GET /api/v1/health", "GET /api/v1/associates", "POST /api/v1/session",
    "GET /api/v1/pictures/{path}", "GET /r/{token}", "POST /r/{token}", "GET /m", "GET /associate",
    "GET /associate/{path}", "GET /associate/app.webmanifest", "GET /associate/texts.json",
    "POST /api/v1/pairing/begin", "POST /api/v1/pairing/finish", "POST /api/v1/devices/join",
    "GET /api/v1/devices/root", "GET /api/v1/devices/root.crt",
}  # fmt: skip
SESSION = {"GET /api/v1/session", "DELETE /api/v1/session", "POST /api/v1/session/used"}
STOCKROOM = {
    "GET /api/v1/stockroom", "GET /api/v1/stockroom/stream", "GET /api/v1/products",
    "POST /api/v1/bags/{order_id}/done", "GET /api/v1/asides", "POST /api/v1/asides/{aside_id}/{move}",
    "GET /api/v1/parcels", "POST /api/v1/parcels/{key}/{move}",
    "GET /api/v1/alterations", "POST /api/v1/alterations/{request_id}/done",
}  # fmt: skip
FIGURES = "/insights"
NOT_FOR_ASSOCIATES = (
    "/insights", "/api/v1/web-hooks",
    "/api/v1/stockroom", "/api/v1/insights", "/api/v1/members", "/api/v1/client-books/hand-over", "/api/v1/devices",
    "/api/v1/feed", "/api/v1/integrators", "/api/v1/ledger", "/api/v1/staff", "/api/v1/terminals", "/api/v1/backup",
    "/api/v1/events", "/api/v1/rooms", "/api/v1/stands/", "/metrics",
)  # fmt: skip


def of(table: Mapping[Operation, Callers], caller: Caller) -> set[str]:
    """What a caller may ask, without what is open."""
    return {" ".join(operation) for operation, callers in table.items() if caller in callers}


def too_much(table: Mapping[Operation, Callers]) -> set[str]:
    """What a role of the staff, or a stranger, may ask and should not; found without the groups of the table."""
    figures = {each for each in of(table, Caller.ANALYST) if FIGURES in each and each.startswith("GET ")}
    return {
        *of(table, Caller.ANYBODY) - OPEN,
        *of(table, Caller.BACK_OF_HOUSE) - STOCKROOM - SESSION,
        *of(table, Caller.ANALYST) - figures - SESSION,
        *(each for each in of(table, Caller.ASSOCIATE) if each.partition(" ")[2].startswith(NOT_FOR_ASSOCIATES)),
    }  # fmt: skip


def test_no_role_may_ask_what_it_is_not_for() -> None:
    assert too_much(ROUTES) == set()
    assert of(ROUTES, Caller.BACK_OF_HOUSE) == STOCKROOM | SESSION
    assert of(ROUTES, Caller.ANALYST) > SESSION
    for (_, path), callers in ROUTES.items():
        assert ("/rooms/" in path) == (Caller.MIRROR in callers)
        assert path.startswith("/api/v1/stands/") == (Caller.STAND in callers)
        if Caller.ASSOCIATE in callers:
            assert Caller.MANAGER in callers, path  # what an associate may, a manager may


@pytest.mark.parametrize(
    ("operation", "caller"),
    [
        ("GET /api/v1/clues/{room}", Caller.BACK_OF_HOUSE),
        ("GET /api/v1/floor", Caller.ANALYST),
        ("POST /api/v1/refunds", Caller.BACK_OF_HOUSE),
        ("POST /api/v1/members/export", Caller.ASSOCIATE),
        ("GET /api/v1/floor", Caller.ANYBODY),
    ],
    ids=lambda value: value if isinstance(value, str) else value.value,
)
def test_planted_a_role_too_many_is_found(operation: str, caller: Caller) -> None:
    method, _, path = operation.partition(" ")
    assert too_much({**ROUTES, (method, path): ROUTES[method, path] | {caller}}) == {operation}


def test_the_table_has_every_route_of_the_store_and_no_other(store: Store) -> None:
    app = http_of(store)
    assert {operation for operation, _ in operations_of(app)} == set(ROUTES)
    assert wrong_routes(app, ROUTES) == ()


def test_the_document_of_the_api_says_what_the_table_says(url: str) -> None:
    paths = requests.get(f"{url}/api/v1/openapi.json", timeout=TIMEOUT_S).json()["paths"]
    said = {(m.upper(), path): o["x-roles"] for path, of_path in paths.items() for m, o in of_path.items()}
    files = {("GET", f"/associate{path}") for path in ("", "/{path}", "/app.webmanifest")}
    table = {operation: [c.value for c in Caller if c in callers] for operation, callers in ROUTES.items()}
    assert said == {operation: names for operation, names in table.items() if operation not in files}
    for of_path in paths.values():
        for each in of_path.values():
            assert each["x-role"] == each["x-roles"][0]
            assert (each["security"] == []) == (each["x-role"] == "anybody")


def _gate_of_commands(tmp_path_factory: pytest.TempPathFactory) -> object:
    from kiosk.store.api.auth import LocalAuth

    return LocalAuth(LocalAccess(tmp_path_factory.mktemp("state"), ""))


def test_planted_routes_that_nobody_guards_are_refused(
    store: Store, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path, command = "/api/v1/forgotten", Depends(_gate_of_commands(tmp_path_factory))  # type: ignore[arg-type]
    for_all: Mapping[Operation, Callers] = {("GET", path): frozenset({Caller.ANYBODY})}
    for gates, table, why in (
        ((), for_all, "has no gate"),
        ((OPEN_TO_ALL,), {}, "is not in the table"),
        ((OPEN_TO_ALL,), {("GET", path): frozenset({Caller.MANAGER})}, "has a gate for other callers"),
        ((command,), for_all, "has a gate for other callers"),
        ((OPEN_TO_ALL, command), for_all, "has a gate for other callers"),
    ):
        router = APIRouter()
        router.add_api_route(path, lambda: None, dependencies=gates)
        with pytest.raises(ValueError, match=f"GET {path} {why}"):
            build_http_app([router], "0", table)
    app = http_of(store)
    app.include_router(router)
    assert wrong_routes(app, ROUTES) == (
        f"GET {path} is not in the table of routes (kiosk/store/api/access/table.py)",
    )


def test_a_route_cannot_be_named_twice() -> None:
    with pytest.raises(ValueError, match="GET /a is in the table of routes twice"):
        table_of([(frozenset({Caller.MANAGER}), "GET /a"), (frozenset({Caller.ANYBODY}), "GET /a")])


def test_a_feed_names_the_roles_as_the_store_does() -> None:
    assert set(ROLES) == {role.value for role in Role}
