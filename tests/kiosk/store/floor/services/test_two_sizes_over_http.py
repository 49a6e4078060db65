"""A request for two sizes, from the mirror to the associates' page and the figures, over HTTP."""

from __future__ import annotations

from sqlalchemy import select

from kiosk.core.domain.floor.second_size import SecondSize
from kiosk.core.domain.ids import RequestId, RoomId, Ticket
from kiosk.core.domain.service_request import RequestKind, ServiceRequest
from kiosk.store.db.tables import ITEM_EVENT
from kiosk.store.lifecycle import Store
from tests.kiosk.store.http_clients import HttpClient
from tests.kiosk.store.sample_shop import START_US, gtin_of

ASK = ServiceRequest(
    RequestId("t1.r1"), RoomId("1"), Ticket("t1"), RequestKind.SIZE, START_US, article=gtin_of("S1", "WHI", "M"),
    size="M", lies="floor", second=SecondSize(gtin_of("S1", "WHI", "L"), "L", "stockroom"),
)  # fmt: skip
OTHER_STYLE = SecondSize(gtin_of("C1", "NVY", "36"), "36", "floor")


def asked_for(store: Store) -> list[tuple[str, str, str]]:
    query = select(ITEM_EVENT.c.kind, ITEM_EVENT.c.item, ITEM_EVENT.c.size).order_by(ITEM_EVENT.c.mark_id)
    with store.resources.database.reading() as connection:
        return [tuple(row) for row in connection.execute(query)]


def test_both_sizes_are_on_the_page_and_in_the_figures(
    store: Store, room: HttpClient, ines: HttpClient
) -> None:
    assert room.of_room("PUT", "/requests/t1.r1", ASK)[0] == 200
    (shown,) = ines.ask("GET", "/api/v1/floor")[1]["requests"]
    assert (shown["size"], shown["second"]["size"], shown["second"]["lies"]) == ("M", "L", "stockroom")
    assert asked_for(store) == [("asked", "S1-WHI", "M"), ("asked", "S1-WHI", "L")]


def test_a_second_size_of_another_garment_counts_nothing(store: Store, room: HttpClient) -> None:
    body = ServiceRequest(
        ASK.request_id,
        ASK.room,
        ASK.ticket,
        ASK.kind,
        START_US,
        article=ASK.article,
        size="M",
        second=OTHER_STYLE,
    )
    assert room.of_room("PUT", "/requests/t1.r1", body)[0] == 200
    assert asked_for(store) == [("asked", "S1-WHI", "M")]
