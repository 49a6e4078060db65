"""The basket holds what the shopper has touched, and nothing else; what cannot be bought says why."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kiosk.core.domain.garment import Garment
from kiosk.core.domain.ids import PieceId, ScannedId
from kiosk.core.domain.money import Money
from kiosk.core.domain.payment import PaymentState
from kiosk.core.visit.basket import WhyNot
from kiosk.core.visit.effects import ReportBasket
from kiosk.core.visit.events import GarmentArrived, GarmentCertaintyChanged, GarmentLeft, PieceScanned
from kiosk.core.visit.touches import (
    AllPiecesChosen,
    BasketToggled,
    GarmentOpened,
    PaymentRequested,
    PieceConfirmed,
    SizeChosen,
    VisitClosed,
)
from tests.kiosk.core.visit.visit_driver import COAT, SHIRT, A, B, VisitDriver, visit_with

BELT = PieceId("30C")


def reported(room: VisitDriver) -> list[tuple[PieceId, ...]]:
    return [e.pieces for e in room.effects if isinstance(e, ReportBasket)]


def test_nothing_is_added_up_before_she_chooses() -> None:
    room = visit_with()
    basket = room.scene.basket
    assert (basket.count, basket.total, [line.taken for line in basket.lines]) == (0, "", [False, False])
    room.send(PieceScanned(0, ScannedId("30A")), GarmentOpened(0, A), PaymentRequested(0))
    assert (room.scene.basket.count, room.scene.pay, reported(room)) == (0, None, [])


def test_one_touch_puts_a_piece_in_and_one_takes_it_out() -> None:
    room = visit_with()
    scene = room.send(BasketToggled(0, B))
    assert (scene.basket.count, scene.basket.total) == (1, "€640")
    assert [p.chosen for p in scene.pieces] == [False, True]
    assert room.send(BasketToggled(0, B, wanted=True)).basket.count == 1, "said twice, chosen once"
    assert room.send(BasketToggled(0, PieceId("not here"))).basket.count == 1
    assert room.send(BasketToggled(0, B)).basket.total == ""
    assert room.send(BasketToggled(0, B, wanted=False)).basket.count == 0
    assert reported(room) == [(B,), ()]


def test_all_of_them_is_one_touch_as_long_as_there_is_more_to_choose() -> None:
    room = visit_with()
    assert room.scene.basket.can_take_all
    scene = room.send(AllPiecesChosen(0))
    assert (scene.basket.count, scene.basket.total, scene.basket.can_take_all) == (2, "€760", False)
    assert room.send(BasketToggled(0, A)).basket.can_take_all
    assert not visit_with((A, SHIRT)).scene.basket.can_take_all, "one piece has its own touch"


@pytest.mark.parametrize(
    ("arrives", "reason"),
    [
        (GarmentArrived(0, BELT, None), WhyNot.UNKNOWN),
        (GarmentArrived(0, BELT, SHIRT, sure=False), WhyNot.UNSURE),
        (GarmentArrived(0, BELT, replace(SHIRT, price=Money(0, "EUR"))), WhyNot.NO_PRICE),
        (GarmentArrived(0, BELT, replace(SHIRT, price=Money(100, "CHF"))), WhyNot.NO_PRICE),
        (GarmentArrived(0, BELT, SHIRT, sold=True), WhyNot.SOLD),
    ],
    ids=lambda value: value.value if isinstance(value, WhyNot) else "",
)
def test_what_cannot_be_bought_says_why_and_is_not_chosen(arrives: GarmentArrived, reason: WhyNot) -> None:
    room = visit_with((A, SHIRT))
    scene = room.send(arrives, BasketToggled(0, BELT), AllPiecesChosen(0))
    assert scene.pieces[1].why_not is reason
    assert [line.why_not for line in scene.basket.lines if line.piece == BELT] in ([], [reason])
    assert (scene.basket.count, room.visit.wanted) == (1, (A,))


def test_what_is_paid_is_hers_and_not_chosen_again() -> None:
    room = visit_with((A, SHIRT))
    room.send(AllPiecesChosen(0), PaymentRequested(0))
    room.price_order()
    scene = room.set_payment(PaymentState.PAID)
    assert (scene.pieces[0].why_not, scene.basket.count) == (WhyNot.BOUGHT, 0)
    assert room.send(BasketToggled(0, A), AllPiecesChosen(0)).basket.count == 0
    assert reported(room) == [(A,), ()]


def test_a_piece_that_leaves_stays_chosen_is_not_added_up_and_counts_again_when_it_is_back() -> None:
    room = visit_with()
    room.send(AllPiecesChosen(0))
    scene = room.send(GarmentLeft(0, B))
    assert [(line.piece, line.taken, line.gone) for line in scene.basket.lines] == [
        (A, True, False),
        (B, False, True),
    ]
    assert (scene.basket.total, room.visit.wanted) == ("€120", (A, B))
    scene = room.send(GarmentArrived(0, B, COAT, sure=False))
    assert (scene.basket.total, [line.taken for line in scene.basket.lines]) == ("€120", [True, False])
    scene = room.send(GarmentCertaintyChanged(0, B, sure=True))
    assert (scene.basket.total, [line.taken for line in scene.basket.lines]) == ("€760", [True, True])


def test_a_piece_that_has_left_is_taken_out_by_one_touch() -> None:
    room = visit_with()
    scene = room.send(AllPiecesChosen(0), GarmentLeft(0, B), BasketToggled(0, B))
    assert [line.piece for line in scene.basket.lines] == [A]
    assert room.send(GarmentArrived(0, B, COAT)).basket.count == 1


def test_whoever_chooses_a_piece_says_that_it_is_hers() -> None:
    room = visit_with((A, SHIRT))
    scene = room.send(BasketToggled(0, A), GarmentCertaintyChanged(0, A, sure=False))
    assert (scene.basket.count, scene.basket.uncertain) == (1, 0)


def test_not_mine_takes_it_out() -> None:
    room = visit_with()
    assert room.send(AllPiecesChosen(0), PieceConfirmed(0, A, mine=False)).basket.count == 1
    assert room.visit.wanted == (B,)


def test_a_piece_that_is_sold_elsewhere_is_taken_out_and_stays_out_after_its_return() -> None:
    room = visit_with()
    scene = room.send(AllPiecesChosen(0), GarmentArrived(0, A, SHIRT, sold=True))
    assert (scene.basket.count, scene.pieces[0].why_not) == (1, WhyNot.SOLD)
    scene = room.send(GarmentArrived(0, A, SHIRT))
    assert (scene.basket.count, scene.pieces[0].why_not) == (1, None)


def test_the_next_visit_begins_with_an_empty_basket() -> None:
    room = visit_with()
    room.send(AllPiecesChosen(0), VisitClosed(0))
    room.wait(7)
    assert (room.visit.wanted, room.scene.basket.total) == ((), "")
    assert reported(room)[-1] == (A, B), "the store forgets it at the end of the visit"


def opened(worn: Garment = SHIRT) -> VisitDriver:
    room = visit_with((A, worn), (B, COAT))
    room.send(GarmentOpened(0, A))
    return room


def test_the_page_of_a_garment_offers_the_piece_that_hangs_there() -> None:
    room = opened()
    card = room.scene.garment
    assert card is not None
    assert (card.hangs, card.chosen, card.why_not) == (A, False, None)
    card = room.send(BasketToggled(0, A)).garment
    assert card is not None
    assert card.chosen
    card = room.send(SizeChosen(0, "L")).garment
    assert card is not None
    assert (card.hangs, card.chosen) == (None, False), "that size does not hang there"
    card = room.send(SizeChosen(0, "M"), GarmentArrived(0, A, SHIRT, sold=True)).garment
    assert card is not None
    assert (card.hangs, card.why_not) == (A, WhyNot.SOLD)
