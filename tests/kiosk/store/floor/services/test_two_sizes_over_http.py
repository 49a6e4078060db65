"""A request for two sizes, from the mirror to the associates' page and the figures, over HTTP."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import select

from kiosk.core.domain.floor.second_size import SecondSize
from kiosk.core.domain.ids import PieceId, RequestId, RoomId, Ticket
from kiosk.core.domain.service_request import RequestKind, RequestState, ServiceRequest
from kiosk.core.visit.effects import ReportVisit
from kiosk.store.clues.asked_at_mirrors import AskedAtMirrors
from kiosk.store.customers.book.asked import AskedItems
from kiosk.store.db.table_groups.clues import MEMBER_REQUEST
from kiosk.store.db.tables import ITEM_EVENT
from kiosk.store.lifecycle import Store
from tests.kiosk.store.clues.conftest import enter, set_consents
from tests.kiosk.store.http_clients import HttpClient
from tests.kiosk.store.sample_shop import START_US, gtin_of

L = SecondSize(gtin_of("S1", "WHI", "L"), "L", "stockroom")
ASK = ServiceRequest(
    RequestId("t1.r1"), RoomId("1"), Ticket("t1"), RequestKind.SIZE, START_US, article=gtin_of("S1", "WHI", "M"),
    size="M", lies="floor", second=L,
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


@pytest.mark.parametrize(
    "ask",
    [
        pytest.param(
            replace(ASK, second=replace(L, article=gtin_of("S1", "WHI", "M"))), id="the first size again"
        ),
        pytest.param(replace(ASK, instead_of=PieceId("paid")), id="a paid piece is changed for one size"),
        pytest.param(replace(ASK, kind=RequestKind.HELP), id="help has no sizes"),
    ],
)
def test_a_second_size_without_sense_is_left_out(
    room: HttpClient, ines: HttpClient, ask: ServiceRequest
) -> None:
    assert room.of_room("PUT", "/requests/t1.r1", ask)[0] == 200
    (shown,) = ines.ask("GET", "/api/v1/floor")[1]["requests"]
    assert shown["second"] is None


def noted(store: Store) -> list[tuple[str, str]]:
    """What the shop keeps of Clara's requests, for associates."""
    query = select(MEMBER_REQUEST.c.item, MEMBER_REQUEST.c.size)
    with store.resources.database.reading() as connection:
        return [tuple(row) for row in connection.execute(query)]


class FirstAlone(AskedAtMirrors):
    """The planted fault: of two sizes the first one is noted."""

    def noted(self, request: ServiceRequest) -> None:
        super().noted(replace(request, second=None))


@pytest.mark.parametrize(
    ("kind", "sizes"), [(AskedAtMirrors, ["M", "L"]), pytest.param(FirstAlone, ["M"], id="planted")]
)
def test_both_sizes_are_noted_of_a_member_who_agreed(
    store: Store, kind: type[AskedAtMirrors], sizes: list[str]
) -> None:
    set_consents(store, "clues")
    enter(store)
    asked = kind(
        store.service.floor, store.resources.catalogue, AskedItems(store.resources.database), store.clock
    )
    asked.noted(replace(ASK, state=RequestState.RECEIVED))
    assert noted(store) == [("S1-WHI", size) for size in sizes]


def test_the_store_notes_both(store: Store, room: HttpClient) -> None:
    set_consents(store, "clues")
    room.of_room("PUT", "/visit", ReportVisit(ASK.ticket, began=True, at_us=1))
    enter(store)
    assert room.of_room("PUT", "/requests/t1.r1", ASK)[0] == 200
    assert noted(store) == [("S1-WHI", "M"), ("S1-WHI", "L")]
