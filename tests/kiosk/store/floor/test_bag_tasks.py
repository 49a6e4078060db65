"""A bag task is published when pieces are paid in a room, and ends when it is done or the shopper has left."""

from __future__ import annotations

import time

from kiosk.core.visit.effects import ReportVisit
from kiosk.store.lifecycle import Store
from tests.kiosk.store.http_clients import EventStreamReader, HttpClient, read_stream
from tests.kiosk.store.payments.payment_steps import COAT, SHIRT, TICKET, buy
from tests.kiosk.store.sample_shop import InProcessTerminal


def test_the_associates_learn_at_once_what_is_to_be_bagged(
    ines: HttpClient, room: HttpClient, stream: EventStreamReader, terminal: InProcessTerminal, store: Store
) -> None:
    with read_stream(ines, "/api/v1/floor/stream") as floor:
        assert floor.named("Floor")["bags"] == []
        buy(room, stream, terminal)
        paid = time.monotonic()
        task = floor.named("BagTask")
        assert time.monotonic() - paid < 1
        assert ([li["piece"] for li in task["lines"]], task["room"], task["receipt"]) == (
            [SHIRT[0], COAT[0]],
            "1",
            "000001",
        )
        assert [b["order_id"] for b in ines.ask("GET", "/api/v1/floor")[1]["bags"]] == ["o1"]
        assert ines.ask("POST", "/api/v1/bags/o1/done")[0] == 204
        assert floor.named("BagDone")["order_id"] == "o1"
        assert ines.ask("POST", "/api/v1/bags/o1/done")[0] == 404
    assert ines.ask("GET", "/api/v1/floor")[1]["bags"] == []


def test_the_end_of_the_visit_ends_its_task(
    ines: HttpClient, room: HttpClient, stream: EventStreamReader, terminal: InProcessTerminal
) -> None:
    room.of_room("PUT", "/visit", ReportVisit(TICKET, began=True, at_us=1))
    buy(room, stream, terminal)
    assert len(ines.ask("GET", "/api/v1/floor")[1]["bags"]) == 1
    room.of_room("PUT", "/visit", ReportVisit(TICKET, began=False, at_us=2))
    assert ines.ask("GET", "/api/v1/floor")[1]["bags"] == []
