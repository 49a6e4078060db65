"""A ring or card on the mirror's own reader: it tells who she is, and pays where a total is on the glass."""

from dataclasses import replace

import pytest

from kiosk.core.domain.payment import DROPPED, PaymentMeans, PaymentState
from kiosk.core.domain.shopper import Shopper, Tier
from kiosk.core.scene.scene import Notice
from kiosk.core.visit.effects import (
    CancelPayment,
    CollectPayment,
    PriceOrder,
)
from kiosk.core.visit.events import (
    CardTapped,
    ShopperIdentified,
)
from kiosk.core.visit.navigation import Page
from kiosk.core.visit.payment_progress import PayStage
from kiosk.core.visit.touches import (
    AllPiecesChosen,
    BasketToggled,
    Destination,
    PageOpened,
    PaymentCancelRequested,
    PaymentConfirmed,
    PaymentRequested,
)
from tests.kiosk.core.visit.visit_driver import CLARA, SHIRT, A, visit_with

RING = CardTapped(0, "ntag424", "04", "http://x")


def test_a_ring_on_the_pay_page_pays_what_was_chosen_and_a_second_tap_does_not() -> None:
    room = visit_with()
    room.send(RING, ShopperIdentified(0, room.visit.ticket, CLARA))
    assert not any(isinstance(e, PriceOrder) for e in room.effects), (
        "it tells who she is, and nothing is chosen"
    )
    room.send(BasketToggled(0, A), PaymentRequested(0))
    assert room.price_order().pay.stage is PayStage.READY  # type: ignore[union-attr]
    room.send(RING)
    assert room.scene.pay is not None
    assert (room.scene.pay.recognised, room.scene.pay.working) == (True, True), (
        "seen before the store has answered"
    )
    room.send(
        RING, ShopperIdentified(0, room.visit.ticket, CLARA), ShopperIdentified(0, room.visit.ticket, CLARA)
    )
    room.set_payment(PaymentState.SENT)
    room.send(RING, ShopperIdentified(0, room.visit.ticket, CLARA))
    collected = [e for e in room.effects if isinstance(e, CollectPayment)]
    assert [(e.means, e.attempt) for e in collected] == [(PaymentMeans.STORED, 1)]
    room.set_payment(PaymentState.PAID)
    room.send(RING, ShopperIdentified(0, room.visit.ticket, CLARA))
    assert sum(isinstance(e, CollectPayment) for e in room.effects) == 1


def test_a_guests_ring_pays_once_the_terminal_has_given_up() -> None:
    room = visit_with((A, SHIRT))
    room.send(AllPiecesChosen(0), PaymentRequested(0))
    room.price_order()
    room.set_payment(PaymentState.SENT)
    scene = room.send(RING, ShopperIdentified(0, room.visit.ticket, CLARA))
    assert isinstance(room.last(CancelPayment), CancelPayment)
    assert scene.pay is not None
    assert (scene.pay.recognised, scene.pay.waits_for_card) == (True, False)
    room.set_payment(PaymentState.SENT)
    assert sum(isinstance(e, CollectPayment) for e in room.effects) == 1, "the terminal may still have a card"
    room.set_payment(PaymentState.ABANDONED)
    collected = [e for e in room.effects if isinstance(e, CollectPayment)]
    assert [(e.means, e.attempt) for e in collected] == [(PaymentMeans.TERMINAL, 1), (PaymentMeans.STORED, 2)]


def test_a_ring_after_the_order_was_given_up_pays_a_new_order_with_one_touch() -> None:
    room = visit_with((A, SHIRT))
    room.send(AllPiecesChosen(0), PaymentRequested(0))
    room.price_order()
    room.set_payment(PaymentState.SENT)
    room.send(RING, ShopperIdentified(0, room.visit.ticket, CLARA))
    room.set_payment(PaymentState.ABANDONED, why=DROPPED)
    assert sum(isinstance(e, PriceOrder) for e in room.effects) == 2, "the store collects the first no more"
    scene = room.price_order()
    assert scene.pay is not None
    assert scene.pay.stage is PayStage.CONFIRM
    room.send(PaymentConfirmed(0))
    assert [e.means for e in room.effects if isinstance(e, CollectPayment)] == [
        PaymentMeans.TERMINAL,
        PaymentMeans.STORED,
    ]


@pytest.mark.parametrize("found", [PaymentState.PAID, PaymentState.UNSURE, PaymentState.PARKED])
def test_a_ring_does_not_pay_where_the_terminal_may_have_charged(found: PaymentState) -> None:
    room = visit_with((A, SHIRT))
    room.send(AllPiecesChosen(0), PaymentRequested(0))
    room.price_order()
    room.set_payment(PaymentState.SENT)
    room.send(RING, ShopperIdentified(0, room.visit.ticket, CLARA))
    room.set_payment(found)
    if found is not PaymentState.PAID:
        room.set_payment(PaymentState.ABANDONED)
    assert sum(isinstance(e, CollectPayment) for e in room.effects) == 1, "she lays it there once more"


def test_back_to_the_pieces_takes_a_ring_back() -> None:
    room = visit_with((A, SHIRT))
    room.send(AllPiecesChosen(0), PaymentRequested(0))
    room.price_order()
    room.set_payment(PaymentState.SENT)
    room.send(RING, ShopperIdentified(0, room.visit.ticket, CLARA), PaymentCancelRequested(0))
    room.set_payment(PaymentState.ABANDONED)
    assert sum(isinstance(e, CollectPayment) for e in room.effects) == 1


def test_a_touch_after_the_tap_makes_it_tell_only_who_she_is() -> None:
    room = visit_with((A, SHIRT))
    room.send(ShopperIdentified(0, room.visit.ticket, CLARA), AllPiecesChosen(0), PaymentRequested(0))
    room.price_order()
    room.send(RING, PageOpened(0, Destination.BASKET), ShopperIdentified(0, room.visit.ticket, CLARA))
    assert not any(isinstance(e, CollectPayment) for e in room.effects)


def test_a_late_answer_to_a_tap_made_elsewhere_does_not_pay() -> None:
    room = visit_with((A, SHIRT))
    room.send(AllPiecesChosen(0), RING, PaymentRequested(0))
    room.price_order()
    room.send(ShopperIdentified(0, room.visit.ticket, CLARA))
    assert [e.means for e in room.effects if isinstance(e, CollectPayment)] == [PaymentMeans.TERMINAL]
    assert not any(isinstance(e, CancelPayment) for e in room.effects)


def test_a_ring_on_the_basket_page_pays_after_one_touch() -> None:
    room = visit_with((A, SHIRT))
    room.send(PageOpened(0, Destination.BASKET), RING, ShopperIdentified(0, room.visit.ticket, CLARA))
    assert room.scene.page is Page.BASKET, "nothing is chosen, so it tells who she is"
    room.send(AllPiecesChosen(0), RING, ShopperIdentified(0, room.visit.ticket, CLARA))
    scene = room.price_order()
    assert scene.pay is not None
    assert (scene.page, scene.pay.stage) == (Page.PAY, PayStage.CONFIRM)
    room.send(RING, ShopperIdentified(0, room.visit.ticket, CLARA))
    assert not any(isinstance(e, CollectPayment) for e in room.effects), "laid there twice is not a yes"
    room.send(PaymentConfirmed(0))
    collect = room.last(CollectPayment)
    assert isinstance(collect, CollectPayment)
    assert collect.means is PaymentMeans.STORED


@pytest.mark.parametrize("shopper", [replace(CLARA, stored_means=""), replace(CLARA, tier=Tier.STATIC)])
def test_a_card_that_may_not_pay_says_so(shopper: Shopper) -> None:
    room = visit_with((A, SHIRT))
    room.send(AllPiecesChosen(0), PaymentRequested(0))
    room.price_order()
    scene = room.send(RING, ShopperIdentified(0, room.visit.ticket, shopper))
    assert (scene.notice, scene.known) == (Notice.NO_MEANS, True)
    assert [e.means for e in room.effects if isinstance(e, CollectPayment)] == [PaymentMeans.TERMINAL]


def test_not_confirming_the_stored_means_leads_back_to_the_choice() -> None:
    room = visit_with((A, SHIRT))
    room.send(AllPiecesChosen(0), PageOpened(0, Destination.BASKET))
    room.send(RING, ShopperIdentified(0, room.visit.ticket, CLARA))
    room.price_order()
    scene = room.send(PaymentCancelRequested(0))
    assert scene.pay is not None
    assert (scene.pay.stage, scene.page) == (PayStage.READY, Page.PAY)
