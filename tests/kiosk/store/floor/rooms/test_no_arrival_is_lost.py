"""Arrivals, departures and new stock while another program keeps the database locked, or it is away: none is lost."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.exc import OperationalError

from hardware.epc.codec import encode
from hardware.rooms.changes import TagArrived, TagLeft
from kiosk.core.domain.ids import PieceId, RoomId, anonymous_piece
from kiosk.store.floor.rooms.pending_changes import PendingChanges
from kiosk.store.lifecycle import Store
from tests.kiosk.store.api.test_locked_database import locked
from tests.kiosk.store.floor.test_one_garment import PIECE, SERIAL, SHIRT, shop_of
from tests.kiosk.store.sample_shop import START_US, ManualClock, piece_of

ROOM = RoomId("1")
COAT = piece_of("C1", "NVY", "38")


@contextmanager
def away(store: Store) -> Iterator[None]:
    """Every statement fails, as while the database's server is stopped."""

    def refuse(*_: Any) -> None:
        raise OperationalError("no server", None, Exception())

    engine = store.resources.database.engine
    event.listen(engine, "before_cursor_execute", refuse)
    try:
        yield
    finally:
        event.remove(engine, "before_cursor_execute", refuse)


Trouble = Callable[[Store], Any]
TROUBLES = [pytest.param(locked, id="locked"), pytest.param(away, id="away")]


@pytest.mark.parametrize("trouble", TROUBLES)
def test_a_tag_that_identifies_a_scanned_piece_takes_its_place(
    store: Store, clock: ManualClock, trouble: Trouble
) -> None:
    with shop_of(store, clock) as shop:
        shop.scan(None)
        with trouble(store):
            shop.hang(encode(SHIRT, SERIAL))
        store.tick(clock.pass_s(1))
        assert shop.pieces == [PIECE]


@pytest.mark.parametrize("trouble", TROUBLES)
def test_a_paid_piece_that_is_identified_meanwhile_is_sold(
    store: Store, clock: ManualClock, trouble: Trouble
) -> None:
    with shop_of(store, clock) as shop:
        shop.scan(None)
        (scanned,) = shop.pieces
        store.resources.catalogue.sell([(scanned, SHIRT)], "o1", START_US)
        store.service.floor.catalogue_changed()
        with trouble(store):
            shop.hang(encode(SHIRT, SERIAL))
            if shop.pieces == [PIECE]:
                assert store.resources.catalogue.sold((PIECE,)) == {PIECE}, "before it is written"
        store.tick(clock.pass_s(1))
        assert store.resources.catalogue.sold((PIECE,)) == {PIECE}
        assert shop.pieces == [PIECE]
        assert store.service.floor.room(ROOM).pieces[PIECE].sold


@pytest.mark.parametrize("trouble", TROUBLES)
def test_arrivals_and_departures_keep_their_order(store: Store, clock: ManualClock, trouble: Trouble) -> None:
    floor = store.service.floor
    with trouble(store):
        for _ in range(3):
            floor.rooms_changed([TagArrived("1", COAT, sure=True, confidence=1.0, at_us=clock())])
            floor.rooms_changed([TagLeft("1", COAT, clock())])
        floor.rooms_changed([TagArrived("1", PIECE, sure=True, confidence=1.0, at_us=clock())])
    store.tick(clock.pass_s(1))
    assert list(floor.room(ROOM).pieces) == [PIECE]


@pytest.mark.parametrize("trouble", TROUBLES)
def test_new_stock_is_shown_when_the_database_is_back(
    store: Store, clock: ManualClock, trouble: Trouble
) -> None:
    floor, catalogue = store.service.floor, store.resources.catalogue
    floor.rooms_changed([TagArrived("1", COAT, sure=True, confidence=1.0, at_us=clock())])
    catalogue.sell([(piece_of("C1", "NVY", "38", 2), floor.room(ROOM).pieces[COAT].garment.article)], "o1", 1)  # type: ignore[union-attr]
    before = floor.room(ROOM).pieces[COAT].garment
    with trouble(store):
        floor.catalogue_changed()
    store.tick(clock.pass_s(1))
    assert floor.room(ROOM).pieces[COAT].garment != before


def test_a_change_that_cannot_be_applied_at_all_holds_up_no_other() -> None:
    applied: list[object] = []

    def apply(change: TagArrived | TagLeft | Any) -> None:
        if change.at_us == 1:
            raise ValueError("a fault of the program")
        applied.append(change)

    pending = PendingChanges(apply, lambda _: None)
    changes = [TagLeft("1", COAT, 1), TagLeft("1", COAT, 2)]
    with pytest.raises(ValueError, match="fault"):
        pending.add(changes)
    pending.add(())
    assert applied == changes[1:]


def test_planted_fault_an_identification_that_raises_loses_the_arrival(
    store: Store, clock: ManualClock
) -> None:
    """As it was: the identity is known before the row is written, so the second try finds a piece that is sold."""
    floor, catalogue = store.service.floor, store.resources.catalogue
    scanned = anonymous_piece(SHIRT, "1")
    floor.rooms_changed([TagArrived("1", scanned, sure=True, confidence=1.0, at_us=clock())])
    catalogue.sell([(scanned, SHIRT)], "o1", START_US)
    floor.remove_pieces(ROOM, frozenset({scanned}))
    with locked(store):
        catalogue.identify(scanned, PIECE)
        floor.rooms_changed([TagArrived("1", PIECE, sure=True, confidence=1.0, at_us=clock())])
    store.tick(clock.pass_s(1))
    assert list(floor.room(ROOM).pieces) == [], "it is ignored as sold"


def test_pieces_that_are_not_known_have_no_identity(store: Store) -> None:
    assert store.resources.catalogue.sold((PieceId(COAT), PIECE)) == frozenset()
