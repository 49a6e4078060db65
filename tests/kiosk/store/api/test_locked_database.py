"""Every question of a room is answered while another program keeps the database locked; nothing waits for its end.

`tests/bench/payments/test_bench_locked_database.py` measures how fast. Here the lock lasts until the last question is
answered, so a question that waited for it would wait for ever.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any

import psycopg
import pytest

from kiosk.core.domain.ids import ItemId, OrderId, RequestId, RoomId, ScannedId, Ticket
from kiosk.core.domain.payment import PaymentMeans
from kiosk.core.domain.service_request import RequestKind, ServiceRequest
from kiosk.core.domain.status.mirror_status import DeviceState, MirrorStatus, ShownFrame
from kiosk.core.visit.effects import (
    AdviseSize,
    CollectPayment,
    FindLooks,
    PriceOrder,
    RecordItemEvent,
    ReportBasket,
    ReportVisit,
    TogglePiece,
)
from kiosk.store.lifecycle import Store
from tests.kiosk.store.http_clients import EventStreamReader, HttpClient
from tests.kiosk.store.sample_shop import START_US, InProcessTerminal, gtin_of, piece_of

TICKET, OTHER = Ticket("t1"), Ticket("t2")
STATUS = MirrorStatus("1.0", START_US, 60, ShownFrame(), DeviceState.UP, DeviceState.NONE, 9000)
SHIRT, COAT = gtin_of("S1", "WHI", "M"), gtin_of("C1", "NVY", "38")


@contextmanager
def locked(store: Store) -> Iterator[None]:
    url = store.settings.database_url
    if url.startswith("sqlite"):
        with closing(sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            yield
        return
    with psycopg.connect(url) as other:
        names = [
            name for (name,) in other.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        ]
        other.execute(f"LOCK TABLE {', '.join(names)} IN EXCLUSIVE MODE")
        yield
        other.rollback()


def questions() -> list[tuple[str, str, Any, tuple[int, ...]]]:
    """Method, path, body, and the statuses that are right."""
    request = ServiceRequest(RequestId("r1"), RoomId("1"), TICKET, RequestKind.HELP, 0)
    order = PriceOrder(TICKET, OrderId("o2"), ((piece_of("S1", "WHI", "M"), SHIRT),), None)
    return [
        ("POST", "/looks", FindLooks(TICKET, 1, (ItemId("C1-NVY"),), (), None), (200,)),
        ("POST", "/size", AdviseSize(TICKET, COAT, None), (200,)),
        ("GET", f"/articles?gtin={COAT}", None, (200,)),
        ("POST", "/pieces", TogglePiece(TICKET, ScannedId(piece_of("C1", "CAM", "36"))), (200,)),
        ("PUT", "/basket", ReportBasket(TICKET, (piece_of("C1", "NVY", "38"),)), (204,)),
        ("POST", "/notes", RecordItemEvent(TICKET, ItemId("C1-NVY"), "opened"), (204,)),
        ("PUT", "/requests/r1", request, (503,)),
        ("PUT", "/orders/o2", order, (200,)),
        ("PUT", "/status", STATUS, (204,)),
        ("PUT", "/visit", ReportVisit(OTHER, began=True, at_us=0), (204,)),
    ]


def test_every_question_is_answered(
    store: Store, room: HttpClient, stream: EventStreamReader, terminal: InProcessTerminal
) -> None:
    room.of_room("PUT", "/visit", ReportVisit(TICKET, began=True, at_us=0))
    coat = ((piece_of("C1", "NVY", "38"), COAT),)
    room.of_room("PUT", "/orders/o1", PriceOrder(TICKET, OrderId("o1"), coat, None))
    room.of_room("PUT", "/orders/o1/payment", CollectPayment(TICKET, OrderId("o1"), PaymentMeans.TERMINAL, 1))
    with locked(store):
        terminal.tap()
        stream.wait(lambda n, b: n == "PaymentMoved" and b["state"] == "paid")
        store.tick(1)
        for method, path, body, right in questions():
            status, answer = room.of_room(method, path, body)
            assert status in right, (method, path, answer)
        assert not store.resources.catalogue.sold([coat[0][0]])
    store.tick(2)
    assert store.resources.catalogue.sold([coat[0][0]]), "settled once the database is free"
    request = questions()[6]
    assert room.of_room(*request[:3])[0] == 409, "that visit is over"


def test_a_request_of_an_ended_visit_is_cancelled_once_the_database_is_free(
    store: Store, room: HttpClient
) -> None:
    room.of_room("PUT", "/visit", ReportVisit(TICKET, began=True, at_us=0))
    request = ServiceRequest(RequestId("r1"), RoomId("1"), TICKET, RequestKind.HELP, 0)
    assert room.of_room("PUT", "/requests/r1", request)[0] == 200
    with locked(store):
        assert room.of_room("PUT", "/visit", ReportVisit(TICKET, began=False, at_us=0))[0] == 204
        assert store.service.requests.open_requests.all()
    store.tick(1)
    assert not store.service.requests.open_requests.all()


@pytest.mark.parametrize("kind", ["floor", "payments"])
def test_the_lock_of_the_payments_is_another_one(store: Store, room: HttpClient, kind: str) -> None:
    """A payment that waits for its ledger keeps no room from its answers."""
    lock = store.payments.lock if kind == "payments" else store.resources.database.new_lock()
    room.of_room("PUT", "/visit", ReportVisit(TICKET, began=True, at_us=0))
    with lock:
        asked = [q for q in questions() if not q[1].startswith(("/orders", "/visit"))]
        answers = [room.of_room(method, path, body)[0] for method, path, body, _ in asked]
    assert answers == [200, 200, 200, 200, 204, 204, 200, 204]
