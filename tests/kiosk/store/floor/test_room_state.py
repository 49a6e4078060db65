"""The state of one room: pieces, certainty, occupation, and which events share a basket id."""

from __future__ import annotations

from dataclasses import asdict, replace

import pytest

from kiosk.core.domain.floor.plan import FloorPlan, Rail, Zone
from kiosk.core.domain.ids import PieceId, RoomId, ShopperId, Ticket
from kiosk.core.domain.shopper import Shopper, Tier
from kiosk.core.visit.events import GarmentArrived, GarmentCertaintyChanged, GarmentLeft
from kiosk.store.floor.room_state import RoomState, empty_rooms
from kiosk.store.floor.rooms.store_visit import StoreVisit
from kiosk.store.settings import RoomSettings
from tests.kiosk.core.garments import garment

ONE = PieceId("3034AA01")


@pytest.fixture
def room() -> RoomState:
    return empty_rooms([RoomSettings(RoomId("1"), "Room 1")])[RoomId("1")]


def arrived(at_us: int = 5, piece: PieceId = ONE, *, sure: bool = True) -> GarmentArrived:
    return GarmentArrived(at_us, piece, garment("T1"), sure)


def test_a_piece_arrives_becomes_sure_and_leaves(room: RoomState) -> None:
    room.add_piece(arrived(sure=False))
    assert room.update_certainty(GarmentCertaintyChanged(6, ONE, True))
    assert room.pieces[ONE].sure
    assert room.remove_piece(GarmentLeft(7, ONE))
    assert not room.remove_piece(GarmentLeft(8, ONE))
    assert not room.update_certainty(GarmentCertaintyChanged(9, ONE, True))


def test_the_basket_changes_when_the_room_is_empty_without_a_visit(room: RoomState) -> None:
    room.add_piece(arrived())
    room.add_piece(arrived(piece=PieceId("3034AA02")))
    first = room.basket_id
    room.remove_piece(GarmentLeft(6, ONE))
    assert room.basket_id == first
    room.remove_piece(GarmentLeft(7, PieceId("3034AA02")))
    assert room.basket_id != first


def test_the_basket_stays_during_a_visit(room: RoomState) -> None:
    room.visit = StoreVisit(Ticket("t1"), 1)
    room.add_piece(arrived())
    first = room.basket_id
    room.remove_piece(GarmentLeft(6, ONE))
    assert room.basket_id == first


def test_the_room_is_occupied_since_the_visit_or_the_first_piece(room: RoomState) -> None:
    assert room.board(0, "en").occupied_since_us is None
    room.add_piece(arrived(at_us=9))
    room.add_piece(arrived(at_us=5, piece=PieceId("3034AA02")))
    assert room.board(0, "en").occupied_since_us == 5
    room.visit = StoreVisit(Ticket("t1"), 3)
    assert room.board(0, "en").occupied_since_us == 3


def test_the_page_gets_the_shoppers_language_and_never_her_name(room: RoomState) -> None:
    assert room.board(2, "en").language == "en"
    shopper = Shopper(ShopperId("s1"), Tier.PROVED, "Clara", "de")
    room.visit = replace(StoreVisit(Ticket("t1"), 3), shopper=shopper)
    board = room.board(2, "en")
    assert (board.language, board.waiting, board.title) == ("de", 2, "Room 1")
    assert "Clara" not in str(asdict(board))


@pytest.mark.parametrize(("present", "left"), [("1.boot.2", True), ("1.boot.1", False), ("t1", False)])
def test_after_a_restart_the_mirror_tells_that_a_visit_has_ended(
    room: RoomState, present: str, left: bool
) -> None:
    room.streams, room.connected_with = 1, Ticket(present)
    room.add_piece(arrived())
    assert room.board(0, "en").left_behind is left


def test_an_unknown_piece_is_shown_without_details(room: RoomState) -> None:
    room.add_piece(GarmentArrived(5, ONE, None, True))
    (piece,) = room.board(0, "en").pieces
    assert (piece.piece, piece.size, piece.picture) == (ONE, "", "")


PLAN = FloorPlan((Zone("women", rails=(Rail("long rail", frozenset({garment("T1").category.casefold()})),)),))


@pytest.mark.parametrize(
    ("ended", "visit", "streams", "pieces", "left"),
    [
        (True, False, 1, True, True), (True, True, 1, True, False), (False, False, 1, True, False),
        (True, False, 0, True, False), (True, False, 1, False, False),
    ],
    ids=["after a visit", "the next visit", "before any", "mirror away", "empty"],
)  # fmt: skip
def test_what_is_left_behind_is_told_with_its_rail(
    room: RoomState, ended: bool, visit: bool, streams: int, pieces: bool, left: bool
) -> None:
    if ended:
        room.ended_visits.append(Ticket("t0"))
    room.visit = StoreVisit(Ticket("t1"), 3) if visit else None
    room.streams = streams
    if pieces:
        room.add_piece(arrived())
    board = room.board(0, "en", PLAN)
    assert board.left_behind is left
    assert [piece.rail for piece in board.pieces] == ["long rail"] * pieces
    assert all(not piece.rail for piece in room.board(0, "en").pieces), "without a plan"
