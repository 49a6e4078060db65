"""Looks and sizes are answered while another request writes: neither needs the writer's lock."""

from __future__ import annotations

from collections.abc import Iterator
from threading import Event, Thread

import pytest
import requests

from kiosk.core.domain.ids import ItemId, ScannedId, Ticket
from kiosk.core.visit.effects import AdviseSize, FindLooks, RecordItemEvent, ReportVisit, TogglePiece
from kiosk.store.lifecycle import Store
from tests.kiosk.store.http_clients import HttpClient
from tests.kiosk.store.sample_shop import gtin_of

TICKET = Ticket("t1")


@pytest.fixture
def writer_held(store: Store, room: HttpClient) -> Iterator[HttpClient]:
    """The mirror of a room with a visit and a coat, while another thread holds the writer's lock."""
    room.of_room("PUT", "/visit", ReportVisit(TICKET, began=True, at_us=0))
    room.of_room("POST", "/pieces", TogglePiece(TICKET, ScannedId(gtin_of("C1", "NVY", "38"))))
    held, done = Event(), Event()

    def hold() -> None:
        with store.resources.database.lock:
            held.set()
            done.wait(60)

    holder = Thread(target=hold)
    holder.start()
    assert held.wait(20)
    yield room
    done.set()
    holder.join()


def test_advice_is_given_while_another_request_writes(writer_held: HttpClient) -> None:
    status, answer = writer_held.of_room(
        "POST", "/looks", FindLooks(TICKET, 1, (ItemId("C1-NVY"),), (), None)
    )
    assert (status, bool(answer["suggestions"])) == (200, True)
    assert (
        writer_held.of_room("POST", "/size", AdviseSize(TICKET, gtin_of("C1", "NVY", "38"), None))[0] == 200
    )
    gtin = gtin_of("C1", "NVY", "38")
    assert writer_held.of_room("GET", f"/articles?gtin={gtin}")[1] == {"sold": [gtin]}


def test_a_request_that_writes_does_wait(writer_held: HttpClient) -> None:
    """Otherwise the test above would show nothing."""
    note = RecordItemEvent(TICKET, ItemId("C1-NVY"), "opened")
    with pytest.raises(requests.exceptions.ReadTimeout):
        writer_held.ask("POST", "/api/v1/rooms/1/notes", note, timeout=1)
