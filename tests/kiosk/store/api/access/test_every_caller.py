"""Every operation against every kind of caller: who is let in is what the table of routes says."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from contextlib import ExitStack, closing, contextmanager
from http.client import HTTPConnection
from pathlib import Path

import pytest
from fastapi import Depends, Request
from fastapi.routing import APIRoute

from kiosk.config.stands import Stand
from kiosk.core.domain.ids import AssociateId
from kiosk.store.api.access.callers import STAFF, Caller
from kiosk.store.api.access.table import ROUTES, Operation
from kiosk.store.event_log.events import Scope
from kiosk.store.lifecycle import Store
from kiosk.store.settings import StoreSettings
from kiosk.store.staff.local_access import running_store
from kiosk.store.staff.roles import Role
from kiosk.store.staff.staff_desk import StaffDesk
from tests.kiosk.store.http_clients import TIMEOUT_S, HttpClient, associate, mirror
from tests.kiosk.store.sample_shop import PIN, sample_store, served, settings_in
from tests.optional_values import present

STOCK_PIN, FIGURES_PIN = "4711", "8264"
OWN_ROOM = {Caller.MIRROR: "1", Caller.STAND: "coat"}
"""The name in the path for a room's or a stand's own routes."""
SIGN_OUT = ("DELETE", "/api/v1/session")
"""Not asked: it would end the sessions of the callers."""


@pytest.fixture
def settings(tmp_path: Path) -> StoreSettings:
    """The sample shop with a stand."""
    return settings_in(tmp_path, stands={"coat": Stand(article="04006381333931", title="Coats")})


class Asking:
    """One caller on one connection, which is used again unless a stream was opened."""

    def __init__(self, client: HttpClient) -> None:
        self._token = client.token
        self._link = HTTPConnection(client.url.removeprefix("http://"), timeout=TIMEOUT_S)

    def let_in(self, operation: Operation, room: str) -> bool:
        """Whether the operation is answered otherwise than by a refusal of the caller."""
        method, path = operation
        bearer = {"Authorization": f"Bearer {self._token}"} if self._token else {}
        self._link.request(method, address(path, room), b"{}", {"Content-Type": "application/json"} | bearer)
        answer = self._link.getresponse()
        if "event-stream" in answer.headers.get("content-type", ""):
            answer.close()
            self._link.close()  # the stream has no end; the next request opens a connection
        else:
            answer.read()
        return answer.status not in (401, 403)

    def close(self) -> None:
        """Ends the connection."""
        self._link.close()


@contextmanager
def everybody(store: Store, url: str) -> Iterator[dict[str, tuple[Caller, Asking]]]:
    """One of each kind of caller by name, the second mirror, and a stranger with a token that nobody has."""
    desk = StaffDesk(store.resources.database, store.resources.associates.checks, store.clock)
    for name, role, pin in (("stock", Role.BACK_OF_HOUSE, STOCK_PIN), ("figures", Role.ANALYST, FIGURES_PIN)):
        desk.add("test", name, role, pin, associate_id=AssociateId(f"s-{name}"))
    store.local_access.publish(url)
    state = store.settings.state
    integrator = store.events.integrators.add("erp", tuple(Scope), "test")
    with ExitStack() as opened:
        opens = opened.enter_context
        clients = {
            "nobody": (Caller.ANYBODY, opens(closing(HttpClient(url)))),
            "stranger": (Caller.ANYBODY, opens(closing(HttpClient(url, "x" * 43)))),
            "mirror": (Caller.MIRROR, opens(mirror(url, state, "1"))),
            "other mirror": (Caller.MIRROR, opens(mirror(url, state, "2"))),
            "stand": (Caller.STAND, opens(mirror(url, state, "coat"))),
            "associate": (Caller.ASSOCIATE, opens(associate(url, "a-ines", PIN))),
            "manager": (Caller.MANAGER, opens(associate(url, "m-mei", "920713"))),
            "back of house": (Caller.BACK_OF_HOUSE, opens(associate(url, "s-stock", STOCK_PIN))),
            "analyst": (Caller.ANALYST, opens(associate(url, "s-figures", FIGURES_PIN))),
            "command": (Caller.COMMAND, opens(closing(HttpClient(url, present(running_store(state)).token)))),
            "integrator": (Caller.INTEGRATOR, opens(closing(HttpClient(url, integrator)))),
        }
        yield {name: (kind, opens(closing(Asking(client)))) for name, (kind, client) in clients.items()}


def address(path: str, room: str) -> str:
    """A path with values in the place of its parameters."""
    known = {"room": room, "move": "claim"}
    return re.sub(r"\{(\w+)[^}]*\}", lambda found: known.get(found[1], "none"), path)


def expected(operation: Operation, name: str, caller: Caller, room: str) -> bool:
    """What the table says. All of these callers are programs of this computer, so that they may read the metrics."""
    callers = ROUTES[operation]
    if {Caller.ANYBODY, Caller.MONITOR} & callers:
        return True
    own = OWN_ROOM.get(caller, room) == room and name != "other mirror"
    return caller in callers and own


def differences(
    callers: dict[str, tuple[Caller, Asking]], operations: Collection[Operation]
) -> list[tuple[str, str, str]]:
    """Every caller and operation of which the store says something else than the table. Devices ask the routes of a
    room for room 1 and for the stand."""
    return [
        (name, operation[0], address(operation[1], room))
        for operation in sorted(operations)
        for name, (caller, client) in callers.items()
        for room in (("1", "coat") if "{room}" in operation[1] and caller in OWN_ROOM else ("1",))
        if client.let_in(operation, room) != expected(operation, name, caller, room)
    ]


def test_every_caller_may_ask_what_the_table_says(store: Store, url: str) -> None:
    with everybody(store, url) as callers:
        assert differences(callers, ROUTES.keys() - {SIGN_OUT}) == []
        # what was let in has ended no session
        assert all(
            client.let_in(("GET", "/api/v1/session"), "1")
            for kind, client in callers.values()
            if kind in STAFF
        )
        assert callers["analyst"][1].let_in(SIGN_OUT, "1")


def test_planted_a_gate_that_does_not_look_into_the_table_is_found(settings: StoreSettings) -> None:
    def gate(request: Request) -> None:
        del request

    operation = ("GET", "/api/v1/sales")
    with sample_store(settings) as store, served(store) as url:
        lax = APIRoute(operation[1], lambda: None, dependencies=[Depends(gate)])
        store.http.router.routes.insert(0, lax)
        with everybody(store, url) as callers:
            found = {name for name, _, _ in differences(callers, [operation])}
    assert found == set(callers) - {"associate", "manager"}
