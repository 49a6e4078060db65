"""Pieces that are paid for in a room are shown again when they come back within the visit; other sold ones are not."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import delete

from hardware.rooms.changes import TagArrived, TagLeft
from kiosk.core.domain.ids import OrderId, PieceId, RoomId, Ticket
from kiosk.core.visit.effects import ReportVisit
from kiosk.store.db.tables import SOLD
from kiosk.store.lifecycle import Store
from tests.kiosk.store.http_clients import HttpClient
from tests.kiosk.store.sample_shop import START_US, gtin_of, piece_of

SHIRT, LARGE, COAT = piece_of("S1", "WHI", "M"), piece_of("S1", "WHI", "L"), piece_of("C1", "NVY", "38")
ARTICLES = {
    SHIRT: gtin_of("S1", "WHI", "M"),
    LARGE: gtin_of("S1", "WHI", "L"),
    COAT: gtin_of("C1", "NVY", "38"),
}
ROOM = RoomId("1")


def arrives(store: Store, piece: PieceId) -> None:
    store.service.floor.rooms_changed([TagArrived(ROOM, piece, True, 0.99, START_US)])


def leaves(store: Store, piece: PieceId) -> None:
    store.service.floor.rooms_changed([TagLeft(ROOM, piece, START_US)])


def sell(store: Store, *pieces: PieceId) -> None:
    sold = [(piece, ARTICLES[piece]) for piece in pieces]
    store.resources.catalogue.sell(sold, OrderId("o1"), START_US)
    store.service.floor.catalogue_changed()


def shown(store: Store) -> dict[PieceId, bool]:
    """The pieces in the room, and whether each is sold."""
    return {piece: arrived.sold for piece, arrived in store.service.floor.room(ROOM).pieces.items()}


def test_a_piece_that_was_paid_for_here_comes_back(store: Store, room: HttpClient) -> None:
    began = ReportVisit(Ticket("t1"), began=True, at_us=START_US)
    assert room.of_room("PUT", "/visit", began)[0] == 204
    arrives(store, SHIRT)
    sell(store, SHIRT)
    leaves(store, SHIRT)
    assert shown(store) == {}, "also where the room was empty for a moment"
    arrives(store, SHIRT)
    assert shown(store) == {SHIRT: True}
    assert room.of_room("PUT", "/visit", replace(began, began=False))[0] == 204
    leaves(store, SHIRT)
    arrives(store, SHIRT)
    assert shown(store) == {}, "not in the next visit"


def test_a_piece_that_was_sold_elsewhere_stays_ignored(store: Store) -> None:
    arrives(store, COAT)
    sell(store, SHIRT)
    arrives(store, SHIRT)
    assert shown(store) == {COAT: False}


def test_a_piece_of_an_exchange_is_shown_when_it_is_carried_in_after_it(store: Store) -> None:
    arrives(store, SHIRT)
    sell(store, SHIRT)
    store.service.floor.piece_exchanged(SHIRT, LARGE)
    sell(store, LARGE)
    arrives(store, LARGE)
    assert shown(store)[LARGE]


def test_a_piece_that_was_paid_back_is_for_sale_again(store: Store) -> None:
    arrives(store, SHIRT)
    sell(store, SHIRT)
    arrives(store, COAT)
    leaves(store, SHIRT)
    with store.resources.database.writing() as connection:
        connection.execute(delete(SOLD).where(SOLD.c.piece == SHIRT))
    arrives(store, SHIRT)
    assert shown(store)[SHIRT] is False
