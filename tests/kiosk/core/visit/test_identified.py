"""A piece that was scanned without a serial and is identified by its tag stays the same piece for the shopper."""

from __future__ import annotations

import pytest

from kiosk.core.domain.ids import PieceId
from kiosk.core.domain.payment import PaymentState
from kiosk.core.visit.effects import PriceOrder
from kiosk.core.visit.events import GarmentArrived, GarmentLeft
from kiosk.core.visit.navigation import Page
from kiosk.core.visit.payment_progress import PayStage
from kiosk.core.visit.touches import (
    AllPiecesChosen,
    BasketToggled,
    Destination,
    GarmentOpened,
    PageOpened,
    PaymentRequested,
)
from tests.kiosk.core.visit.visit_driver import COAT, SHIRT, B, VisitDriver, visit_with

SCANNED, TAGGED = PieceId("80614141123458.~1"), PieceId("80614141123458.7")
IDENTIFIED = GarmentArrived(0, TAGGED, SHIRT, replaces=SCANNED)


@pytest.fixture
def room() -> VisitDriver:
    return visit_with((SCANNED, SHIRT), (B, COAT))


def test_it_keeps_its_place_in_the_wardrobe_and_in_the_basket(room: VisitDriver) -> None:
    scene = room.send(AllPiecesChosen(0), IDENTIFIED)
    assert [p.piece for p in scene.pieces] == [TAGGED, B]
    assert [(line.piece, line.taken) for line in scene.basket.lines] == [(TAGGED, True), (B, True)]
    assert scene.basket.count == 2


def test_what_was_chosen_stays_chosen_and_the_open_page_stays_open(room: VisitDriver) -> None:
    room.send(GarmentOpened(0, SCANNED), BasketToggled(0, SCANNED))
    scene = room.send(IDENTIFIED)
    assert (scene.page, room.visit.focus and room.visit.focus.piece) == (Page.GARMENT, TAGGED)
    assert [line.taken for line in scene.basket.lines] == [True, False]
    assert [p.piece_id for p in room.visit.basket] == [TAGGED]


@pytest.mark.parametrize("before", ["priced", "sent", "collected", "paid"])
def test_a_payment_goes_on_and_the_piece_is_bought(room: VisitDriver, before: str) -> None:
    room.send(PageOpened(0, Destination.BASKET), AllPiecesChosen(0), PaymentRequested(0))
    if before == "priced":
        room.send(IDENTIFIED)
    room.price_order()
    if before == "sent":
        room.send(IDENTIFIED)
    room.set_payment(PaymentState.SENT)
    if before == "collected":
        room.send(IDENTIFIED)
    assert room.scene.pay is not None
    assert room.scene.pay.stage is PayStage.TAP, "neither the price nor the page was dropped"
    scene = room.set_payment(PaymentState.PAID)
    if before == "paid":
        scene = room.send(IDENTIFIED)
    assert [(p.piece, p.bought) for p in scene.pieces] == [(TAGGED, True), (B, True)]
    assert scene.basket.lines == ()
    question = room.last(PriceOrder)
    assert isinstance(question, PriceOrder)
    assert question.pieces[0][0] == SCANNED, "the order keeps the id under which it was made"


def test_a_repeated_or_late_notice_changes_nothing_more(room: VisitDriver) -> None:
    once = room.send(IDENTIFIED)
    assert room.send(IDENTIFIED) == once
    room.send(GarmentLeft(0, TAGGED))
    assert [p.piece for p in room.send(GarmentArrived(0, TAGGED, SHIRT)).pieces] == [B, TAGGED]


def test_if_both_are_in_the_room_they_become_one() -> None:
    room = visit_with((TAGGED, SHIRT), (SCANNED, SHIRT), (B, COAT))
    assert [p.piece for p in room.send(IDENTIFIED).pieces] == [TAGGED, B]


def test_planted_fault_leaving_and_arriving_instead_loses_the_basket(room: VisitDriver) -> None:
    """What happens without `replaces`: the shopper's choice and the price are lost."""
    room.send(BasketToggled(0, SCANNED))
    scene = room.send(GarmentLeft(0, SCANNED), GarmentArrived(0, TAGGED, SHIRT))
    assert [(line.piece, line.taken) for line in scene.basket.lines] == [
        (B, False),
        (TAGGED, False),
        (SCANNED, False),
    ]


@pytest.mark.parametrize("sold", [False, True])
def test_a_chosen_piece_that_had_left_is_in_the_room_again(sold: bool) -> None:
    """It was carried out, came back unread, was scanned, and then its tag was read."""
    room = visit_with((SCANNED, SHIRT), (TAGGED, SHIRT))
    room.send(BasketToggled(0, TAGGED), GarmentLeft(0, TAGGED))
    assert [p.piece_id for p in room.visit.pay.left] == [TAGGED]
    room.send(GarmentArrived(0, TAGGED, SHIRT, replaces=SCANNED, sold=sold))
    assert room.visit.pay.left == ()
    assert [p.piece_id for p in room.visit.basket] == ([] if sold else [TAGGED])
