"""A piece is promised to one shopper, and what earlier shoppers of a room had put aside takes nothing from the next."""

from __future__ import annotations

from itertools import cycle

from hardware.rooms.changes import TagArrived
from kiosk.core.domain.ids import ArticleId, PieceId, RoomId, Ticket
from kiosk.core.visit.effects import PutAside, ReportVisit
from kiosk.store.asides.aside_desk import MAX_OF_ROOM, MAX_OF_VISIT
from kiosk.store.lifecycle import Store
from kiosk.store.settings import StoreSettings
from tests.kiosk.store.asides.conftest import COAT, PIECE, ROOT, put
from tests.kiosk.store.http_clients import HttpClient, mirror
from tests.kiosk.store.sample_shop import START_US, STYLES, gtin_of

STOCK = 4
"""Pieces of each article of the sample shop, on the floor and in the stockroom."""
ARTICLES = [gtin_of(style, colour, size) for style, *_, cs, zs in STYLES for colour in cs for size in zs]


def put_in(
    client: HttpClient, ticket: str, name: str, article: ArticleId = COAT, piece: PieceId | None = None
) -> int:
    return client.of_room("PUT", f"/asides/{name}", PutAside(Ticket(ticket), name, article, piece))[0]


def next_visit(client: HttpClient, ticket: str, at_us: int) -> None:
    client.of_room("PUT", "/visit", ReportVisit(Ticket(ticket), began=True, at_us=at_us))


def test_the_next_shopper_of_the_room_is_not_promised_the_same_piece(glass: HttpClient) -> None:
    assert put(glass)["piece"] == PIECE
    assert put(glass, "t1.a2") == 409
    next_visit(glass, "t2", 2)
    assert put_in(glass, "t2", "t2.a1", piece=PIECE) == 409
    assert glass.of_room("DELETE", "/asides/t1.a1")[0] == 200
    assert put_in(glass, "t2", "t2.a2", piece=PIECE) == 200, "it is free again"


def test_nor_is_another_room_into_which_it_is_carried(
    url: str, store: Store, settings: StoreSettings, glass: HttpClient
) -> None:
    put(glass)
    store.service.floor.rooms_changed([TagArrived("2", PIECE, True, 0.99, START_US)])
    with mirror(url, settings.state, "2") as other:
        next_visit(other, "u1", 1)
        assert put_in(other, "u1", "u1.a1", piece=PIECE) == 409


def test_a_piece_that_was_scanned_without_its_serial_is_the_same(store: Store, glass: HttpClient) -> None:
    put(glass)
    scanned = PieceId(f"{COAT}.~1")
    store.service.catalogue.identify(scanned, PIECE)
    room = store.service.floor.room(RoomId("1"))
    room.pieces[scanned] = room.pieces[PIECE]
    assert put(glass, "t1.a2", scanned) == 409


def test_no_more_are_promised_than_are_in_the_shop(
    url: str, settings: StoreSettings, glass: HttpClient, ines: HttpClient
) -> None:
    put(glass)
    with mirror(url, settings.state, "2") as other:
        next_visit(other, "u1", 1)
        asked = [put_in(other, "u1", f"u1.a{n}") for n in range(STOCK)]
        assert asked == [200] * (STOCK - 1) + [409], "one of them hangs in room 1"
        ines.ask("POST", f"{ROOT}/u1.a0/release")
        assert put_in(other, "u1", "u1.b") == 200


def test_a_visit_and_a_room_cannot_fill_the_list(glass: HttpClient) -> None:
    articles = cycle(ARTICLES)
    found = [put(glass, f"t1.a{n}", None, next(articles)) for n in range(MAX_OF_VISIT + 2)]
    assert [one for one in found if isinstance(one, int)] == [409, 409]
    codes = {one["code"] for one in found if not isinstance(one, int)}
    assert len(codes) == MAX_OF_VISIT
    asked = []
    for number in range(MAX_OF_VISIT, MAX_OF_ROOM):
        next_visit(glass, f"v{number}", number)
        # as many as there are in the shop, whatever room asks
        asked.append(put_in(glass, f"v{number}", f"v{number}.a1", next(articles)))
    shop_has = STOCK * len(ARTICLES)
    assert asked.count(200) == min(MAX_OF_ROOM, shop_has) - MAX_OF_VISIT
    assert asked[:8] == [200] * 8, "planted: a limit of 24 for the room kept the next shopper from it"
