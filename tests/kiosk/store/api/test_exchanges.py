"""The store's routes against the table of exchanges: each exchange has a route with its body and its answer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any, get_type_hints

import pytest
from fastapi import APIRouter, FastAPI

from kiosk.core.domain.advice import SizeAdvice
from kiosk.core.domain.shopper import Shopper
from kiosk.core.exchanges import EXCHANGES, ROOM_PREFIX, TABLE, Exchange
from kiosk.core.visit.effects import AdviseSize, FindLooks, IdentifyShopper
from kiosk.store.api.access.declared import operations_of
from kiosk.store.api.auth import OPEN_TO_ALL
from kiosk.store.api.body_limit import LimitedRoute
from kiosk.store.api.wire_types import JsonObject, Wire
from kiosk.store.compose_http import http_of
from kiosk.store.lifecycle import Store


def mismatches(app: FastAPI, table: Iterable[Exchange[Any, Any]]) -> list[str]:
    """Every exchange that has no route, or one with another body or another answer."""
    routes = {(method, route.path): route for (method, _), route in operations_of(app)}
    found = []
    for exchange in table:
        name = f"{exchange.method} {exchange.path}"
        route = routes.get((exchange.method, ROOM_PREFIX + exchange.path))
        if route is None:
            found.append(f"{name}: no route")
            continue
        hints = get_type_hints(route.endpoint)
        if hints.get("body") != sent_type(exchange):
            found.append(f"{name}: reads {hints.get('body')}")
        if answer_of(hints["return"], exchange.key) != (exchange.answer or type(None)):
            found.append(f"{name}: answers {hints['return']}")
        if exchange.answer is None and route.status_code != 204:
            found.append(f"{name}: an empty answer with status {route.status_code}")
    return found


def sent_type(exchange: Exchange[Any, Any]) -> type | None:
    return None if exchange.body is None else exchange.body_type or exchange.effect


def answer_of(returned: Any, key: str) -> Any:
    if not key:
        return returned
    is_object = (
        isinstance(returned, type) and issubclass(returned, JsonObject) and key in returned.model_fields
    )
    return returned.model_fields[key].annotation if is_object else None


def test_every_exchange_has_its_route(store: Store) -> None:
    assert mismatches(http_of(store), TABLE) == []


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"path": "/hats"}, "no route"),
        ({"method": "DELETE"}, "no route"),
        ({"body_type": FindLooks}, "reads"),
        ({"body": None}, "reads"),
        ({"answer": Shopper | None}, "answers"),
        ({"key": "size"}, "answers"),
    ],
    ids=["path", "method", "body", "no body", "answer", "key"],
)
def test_planted_an_exchange_that_the_store_does_not_serve(
    store: Store, changed: dict[str, Any], said: str
) -> None:
    planted = replace(EXCHANGES[AdviseSize], **changed)
    assert [said in found for found in mismatches(http_of(store), [planted])] == [True]


def test_planted_a_route_that_answers_something_else() -> None:
    router = APIRouter(prefix=ROOM_PREFIX, dependencies=[OPEN_TO_ALL], route_class=LimitedRoute)

    class Wrong(JsonObject):
        shopper: Wire[SizeAdvice | None]

    @router.post("/identify")
    def identify(body: Wire[IdentifyShopper]) -> Wrong:
        return Wrong(shopper=None)

    # The class is local to this test, so its annotation is given as it is.
    identify.__annotations__["return"] = Wrong
    app = FastAPI()
    app.include_router(router)
    assert len(mismatches(app, [EXCHANGES[IdentifyShopper]])) == 1


def test_every_route_that_reads_a_body_has_the_limit(store: Store) -> None:
    unlimited = [
        route.path for _, route in operations_of(http_of(store)) if not isinstance(route, LimitedRoute)
    ]
    assert unlimited == []
