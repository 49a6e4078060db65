"""Facts from hardware and store: what they change, and that they may come in any order."""

from __future__ import annotations

from dataclasses import replace

from kiosk.core.domain.advice import LookReason, SizeAdvice, SizeReason, Suggestion
from kiosk.core.domain.ids import PieceId, ScannedId
from kiosk.core.scene.scene import Notice
from kiosk.core.visit.effects import FindLooks, IdentifyShopper, TogglePiece
from kiosk.core.visit.events import (
    CardTapped,
    GarmentArrived,
    GarmentLeft,
    PieceScanned,
    RadioBack,
    RadioLost,
    ShopperIdentified,
    SizeAdviceReceived,
    StoreBack,
    StoreLost,
    SuggestionsReceived,
    TapFailed,
    TapFailure,
)
from kiosk.core.visit.navigation import Page
from kiosk.core.visit.touches import GarmentOpened, VisitClosed
from tests.kiosk.core.visit.visit_driver import BELT, CLARA, COAT, SHIRT, A, B, VisitDriver, visit_with


def test_a_tap_begins_a_visit_and_is_identified() -> None:
    room = VisitDriver()
    tap = CardTapped(1, "uid", "04")
    assert room.send(tap).page is Page.WARDROBE
    assert room.effects[-1] == IdentifyShopper(room.visit.ticket, tap)


def test_a_scan_is_decided_by_the_store() -> None:
    room = VisitDriver()
    room.send(PieceScanned(0, ScannedId(A)))
    assert room.effects == [TogglePiece(room.visit.ticket, ScannedId(A))]
    assert not room.visit.under_way


def test_a_piece_that_arrives_during_the_good_bye_continues_the_visit() -> None:
    room = visit_with((A, SHIRT))
    number = room.visit.number
    room.send(VisitClosed(0))
    assert room.send(GarmentArrived(0, B, COAT)).page is Page.WARDROBE
    assert room.visit.number == number


def test_a_piece_that_arrives_again_is_updated_in_its_place() -> None:
    room = visit_with()
    scene = room.send(GarmentArrived(0, A, replace(SHIRT, price=COAT.price)))
    assert [(p.piece, p.price) for p in scene.pieces] == [
        (A, scene.pieces[1].price),
        (B, scene.pieces[1].price),
    ]


def test_the_page_of_a_piece_stays_open_when_the_piece_leaves() -> None:
    room = visit_with()
    room.send(GarmentOpened(0, A))
    scene = room.send(GarmentLeft(0, A))
    assert scene.page is Page.GARMENT
    assert scene.garment is not None
    assert scene.garment.piece is None


def test_a_piece_that_is_not_here_cannot_leave() -> None:
    room = visit_with()
    before = room.visit
    room.send(GarmentLeft(0, PieceId("not here")))
    assert replace(room.visit, now_us=0) == replace(before, now_us=0)


def test_without_pieces_there_are_no_looks() -> None:
    room = visit_with((A, SHIRT))
    found = (Suggestion(BELT, LookReason.POPULAR),)
    assert room.send(SuggestionsReceived(0, room.visit.ticket, 1, found)).looks
    scene = room.send(GarmentLeft(0, A))
    assert (scene.looks, scene.finding) == ((), False)


def test_notices_of_radio_and_store_end_with_their_cause() -> None:
    room = visit_with()
    assert room.send(RadioLost(0)).notice is Notice.RADIO_LOST
    assert room.send(RadioBack(0)).notice is None
    assert room.send(StoreLost(0)).notice is Notice.STORE_LOST
    assert room.send(StoreBack(0)).notice is None


def test_a_store_that_comes_back_between_visits_is_asked_nothing() -> None:
    room = VisitDriver()
    room.send(StoreLost(0), StoreBack(0))
    assert room.effects == []


def test_a_store_that_comes_back_is_not_asked_for_looks_that_are_known() -> None:
    room = visit_with((A, SHIRT))
    found = (Suggestion(BELT, LookReason.POPULAR),)
    advice = SizeAdvice(("M",), 0.9, SizeReason.TRUE_TO_SIZE)
    ticket = room.visit.ticket
    room.send(
        SuggestionsReceived(0, ticket, 1, found),
        SizeAdviceReceived(0, ticket, SHIRT.article, advice),
        StoreLost(0),
    )
    before = len(room.effects)
    room.send(StoreBack(0))
    assert not any(isinstance(e, FindLooks) for e in room.effects[before:])


def test_a_notice_about_a_card_disappears_after_a_while() -> None:
    room = VisitDriver()
    assert room.send(TapFailed(0, TapFailure.PAYMENT_CARD)).notice is Notice.TAP_PAYMENT_CARD
    assert room.wait(7).notice is None


def test_an_unknown_card_and_an_unreachable_store_give_different_notices() -> None:
    room = visit_with()
    ticket = room.visit.ticket
    assert room.send(ShopperIdentified(0, ticket, None)).notice is Notice.TAP_UNKNOWN
    silent = ShopperIdentified(0, ticket, None, answered=False)
    assert room.send(silent).notice is Notice.TAP_UNREADABLE


def test_the_same_shopper_again_changes_nothing() -> None:
    room = visit_with()
    room.send(ShopperIdentified(0, room.visit.ticket, CLARA))
    effects = len(room.effects)
    room.send(ShopperIdentified(0, room.visit.ticket, CLARA))
    assert len(room.effects) == effects
