"""Paying, recognised shoppers, the end of a visit, and a store that was away."""

from dataclasses import replace

import pytest

from kiosk.core.domain.payment import PaymentMeans, PaymentState
from kiosk.core.domain.service_request import RequestKind
from kiosk.core.domain.shopper import Tier
from kiosk.core.scene.scene import Notice
from kiosk.core.visit.effects import (
    AdviseSize,
    CancelPayment,
    CollectPayment,
    FindLooks,
    IdentifyShopper,
    PriceOrder,
    ReportVisit,
    SendRequest,
    WipeVisit,
)
from kiosk.core.visit.events import (
    CardTapped,
    GarmentArrived,
    GarmentLeft,
    OrderPriced,
    RadioLost,
    ShopperIdentified,
    StoreBack,
    StoreLost,
)
from kiosk.core.visit.navigation import Page
from kiosk.core.visit.payment_progress import PayStage
from kiosk.core.visit.touches import (
    AllPiecesChosen,
    BasketToggled,
    Destination,
    PageOpened,
    PaymentCancelRequested,
    PaymentRequested,
    ServiceRequested,
    VisitClosed,
)
from tests.kiosk.core.visit.visit_driver import CLARA, COAT, SHIRT, A, B, visit_with

RING = CardTapped(0, "ntag424", "04", "http://x")


def test_a_guest_pays_at_the_terminal_with_one_touch() -> None:
    room = visit_with()
    room.send(PageOpened(0, Destination.BASKET), BasketToggled(0, A), PaymentRequested(0))
    assert room.scene.pay is not None
    assert room.scene.pay.stage is PayStage.PRICING
    room.price_order()
    collect = room.last(CollectPayment)
    assert isinstance(collect, CollectPayment)
    assert (collect.means, collect.attempt) == (PaymentMeans.TERMINAL, 1)
    assert room.set_payment(PaymentState.SENT).pay.stage is PayStage.TAP  # type: ignore[union-attr]
    scene = room.set_payment(PaymentState.PAID)
    assert scene.page is Page.RECEIPT
    assert scene.receipt is not None
    assert [p.bought for p in scene.pieces] == [True, False]
    assert [line.piece for line in scene.basket.lines] == [B]


def test_while_money_may_move_nothing_starts_another_try() -> None:
    room = visit_with()
    room.send(AllPiecesChosen(0), PaymentRequested(0))
    room.price_order()
    room.set_payment(PaymentState.UNSURE)
    room.send(PaymentRequested(0), BasketToggled(0, A), PaymentCancelRequested(0), VisitClosed(0))
    room.wait(3600)
    assert sum(isinstance(e, CollectPayment) for e in room.effects) == 1
    assert room.scene.pay is not None
    assert room.scene.pay.stage is PayStage.RESOLVING
    assert room.set_payment(PaymentState.PAID).page is Page.RECEIPT


def test_a_chosen_piece_that_leaves_drops_the_price_and_another_that_arrives_does_not() -> None:
    room = visit_with((A, SHIRT))
    room.send(ShopperIdentified(0, room.visit.ticket, CLARA), AllPiecesChosen(0), PaymentRequested(0))
    room.price_order()
    scene = room.send(GarmentArrived(0, B, COAT))
    assert (scene.page, scene.basket.count) == (Page.PAY, 1)
    scene = room.send(GarmentLeft(0, A))
    assert (scene.page, scene.pay, scene.basket.count, scene.basket.total) == (Page.BASKET, None, 0, "")


def test_a_started_payment_is_cancelled_by_the_terminal_only() -> None:
    room = visit_with((A, SHIRT))
    room.send(AllPiecesChosen(0), PaymentRequested(0))
    room.price_order()
    room.set_payment(PaymentState.SENT)
    room.send(PaymentCancelRequested(0))
    assert isinstance(room.effects[-1], CancelPayment)
    assert room.set_payment(PaymentState.ABANDONED).pay.stage is PayStage.READY  # type: ignore[union-attr]


def test_a_recognised_shopper_gets_new_advice_in_her_language() -> None:
    room = visit_with((A, SHIRT))
    before = len(room.effects)
    scene = room.send(
        CardTapped(0, "ntag424", "04", "http://x"), ShopperIdentified(0, room.visit.ticket, CLARA)
    )
    assert (scene.first_name, scene.language, scene.pieces[0].name) == ("Clara", "de", "Hemd S1")
    assert [type(e) for e in room.effects[before:]] == [IdentifyShopper, FindLooks, AdviseSize]


def test_a_card_without_proof_shows_no_name() -> None:
    room = visit_with((A, SHIRT))
    static = replace(CLARA, tier=Tier.STATIC)
    assert room.send(ShopperIdentified(0, room.visit.ticket, static)).first_name == ""


def test_an_empty_room_ends_the_visit_and_wipes_it() -> None:
    room = visit_with((A, SHIRT))
    room.send(ShopperIdentified(0, room.visit.ticket, CLARA))
    ticket = room.visit.ticket
    room.send(GarmentLeft(0, A))
    assert room.wait(46).page is Page.STILL_THERE
    assert room.wait(20).page is Page.AWAY
    scene = room.wait(7)
    assert (scene.page, scene.first_name, scene.language, scene.pieces) == (Page.REST, "", "en", ())
    assert room.effects[-1] == WipeVisit(ticket)
    assert room.send(ShopperIdentified(0, ticket, CLARA)).first_name == ""


def test_a_lost_reader_never_ends_a_visit() -> None:
    room = visit_with((A, SHIRT))
    room.send(GarmentLeft(0, A), RadioLost(0))
    assert room.wait(60).page is Page.WARDROBE
    assert room.scene.notice is Notice.RADIO_LOST


def test_after_the_store_was_away_open_effects_are_repeated_unchanged() -> None:
    room = visit_with((A, SHIRT))
    room.send(ServiceRequested(0, RequestKind.HELP), AllPiecesChosen(0), PaymentRequested(0))
    room.price_order()
    first = room.last(CollectPayment)
    assert isinstance(first, CollectPayment)
    assert first.asked_us > 0
    room.wait(2)
    assert room.send(StoreLost(0)).notice is Notice.STORE_LOST
    before = len(room.effects)
    room.send(StoreBack(0))
    repeated = room.effects[before:]
    assert [type(e) for e in repeated[:3]] == [ReportVisit, SendRequest, CollectPayment]
    assert repeated[2] == first, "with the time when she asked, by which the store refuses it as late"


def test_a_change_of_stock_does_not_drop_the_price() -> None:
    room = visit_with((A, SHIRT))
    room.send(ShopperIdentified(0, room.visit.ticket, CLARA), AllPiecesChosen(0), PaymentRequested(0))
    room.price_order()
    scene = room.send(GarmentArrived(0, A, replace(SHIRT, stock_at_us=99)))
    assert scene.page is Page.PAY
    assert scene.pay is not None


def test_an_empty_basket_is_not_priced() -> None:
    room = visit_with((A, SHIRT))
    room.send(BasketToggled(0, A), BasketToggled(0, A), PaymentRequested(0))
    assert room.scene.pay is None
    assert not any(isinstance(e, PriceOrder) for e in room.effects)


def test_an_order_that_cannot_be_priced_can_be_left() -> None:
    room = visit_with((A, SHIRT))
    room.send(PageOpened(0, Destination.BASKET), AllPiecesChosen(0), PaymentRequested(0))
    question = room.last(PriceOrder)
    assert isinstance(question, PriceOrder)
    scene = room.send(OrderPriced(0, room.visit.ticket, question.order_id, None))
    assert scene.pay is not None
    assert scene.pay.stage is PayStage.UNPRICED
    scene = room.send(PaymentCancelRequested(0))
    assert (scene.page, scene.pay) == (Page.BASKET, None)
    assert room.effects[-1] == CancelPayment(room.visit.ticket, question.order_id)


def test_a_declined_payment_can_be_tried_again_under_a_new_number() -> None:
    room = visit_with((A, SHIRT))
    room.send(AllPiecesChosen(0), PaymentRequested(0))
    room.price_order()
    room.set_payment(PaymentState.DECLINED)
    room.send(PaymentRequested(0))
    attempts = [e.attempt for e in room.effects if isinstance(e, CollectPayment)]
    assert attempts == [1, 2]


@pytest.mark.parametrize("late", [PaymentState.KEYED, PaymentState.SENT, PaymentState.UNSURE])
@pytest.mark.parametrize(
    "result",
    [
        PaymentState.PAID, PaymentState.DECLINED, PaymentState.ABANDONED, PaymentState.PARKED, PaymentState.UNWANTED,
        PaymentState.REVERSED,
    ],
)  # fmt: skip
def test_a_state_that_comes_after_the_result_is_outdated(result: PaymentState, late: PaymentState) -> None:
    """She cancels: the event stream says that the terminal has given up, then the slower answer to her touch comes."""
    room = visit_with()
    room.send(AllPiecesChosen(0), PaymentRequested(0))
    room.price_order()
    room.set_payment(PaymentState.SENT)
    room.send(PaymentCancelRequested(0))
    shown = room.set_payment(result)
    assert room.set_payment(late) == shown


def test_a_payment_that_was_not_answered_goes_on() -> None:
    """No answer came, and the try that is sent again finds the terminal waiting."""
    room = visit_with()
    room.send(AllPiecesChosen(0), PaymentRequested(0))
    room.price_order()
    for state, stage in (
        (PaymentState.UNSURE, PayStage.RESOLVING),
        (PaymentState.KEYED, PayStage.STARTING),
        (PaymentState.SENT, PayStage.TAP),
        (PaymentState.KEYED, PayStage.TAP),
        (PaymentState.UNSURE, PayStage.RESOLVING),
        (PaymentState.SENT, PayStage.TAP),
    ):
        assert room.set_payment(state).pay.stage is stage  # type: ignore[union-attr]


def test_while_money_may_move_the_pay_page_is_shown_again_without_a_new_try() -> None:
    room = visit_with((A, SHIRT))
    room.send(AllPiecesChosen(0), PaymentRequested(0))
    room.price_order()
    room.send(PageOpened(0, Destination.WARDROBE))
    assert room.send(PaymentRequested(0)).page is Page.PAY
    assert sum(isinstance(e, CollectPayment) for e in room.effects) == 1


def test_an_unpaid_order_is_cancelled_at_the_end_of_the_visit() -> None:
    room = visit_with((A, SHIRT))
    room.send(ShopperIdentified(0, room.visit.ticket, CLARA), AllPiecesChosen(0), PaymentRequested(0))
    room.price_order()
    room.send(VisitClosed(0))
    room.wait(7)
    assert [type(e) for e in room.effects[-3:]] == [CancelPayment, ReportVisit, WipeVisit]


def test_after_a_payment_an_empty_room_ends_the_visit_sooner() -> None:
    room = visit_with((A, SHIRT))
    room.send(AllPiecesChosen(0), PaymentRequested(0))
    room.price_order()
    room.set_payment(PaymentState.PAID)
    room.send(GarmentLeft(0, A))
    assert room.wait(9).page is Page.STILL_THERE
    assert room.wait(20).page is Page.AWAY


def test_an_untouched_visit_ends_even_with_pieces_in_the_room() -> None:
    room = visit_with((A, SHIRT))
    assert room.wait(601).page is Page.STILL_THERE
    assert room.wait(20).page is Page.AWAY


def test_the_receipt_leads_back_to_the_pieces_and_is_found_again() -> None:
    room = visit_with((A, SHIRT))
    assert room.send(PageOpened(0, Destination.RECEIPT)).page is Page.WARDROBE, "there is none yet"
    room.send(AllPiecesChosen(0), PaymentRequested(0))
    room.price_order()
    assert room.set_payment(PaymentState.PAID).page is Page.RECEIPT
    assert room.send(PageOpened(0, Destination.WARDROBE)).page is Page.WARDROBE
    assert room.send(PageOpened(0, Destination.RECEIPT)).page is Page.RECEIPT


def test_pieces_of_a_sale_that_is_taken_back_can_be_paid_once_more() -> None:
    room = visit_with()
    room.send(PageOpened(0, Destination.BASKET), BasketToggled(0, A), PaymentRequested(0))
    room.price_order()
    assert room.set_payment(PaymentState.PAID).page is Page.RECEIPT
    assert room.set_payment(PaymentState.ABANDONED).page is Page.RECEIPT, "an old event"
    scene = room.set_payment(PaymentState.ABANDONED, "taken-back")
    assert (scene.page, scene.receipt, [p.bought for p in scene.pieces]) == (Page.PAY, None, [False, False])
    assert scene.pay is not None
    assert (scene.pay.stage, scene.pay.why) == (PayStage.DECLINED, "taken-back")
    room.send(PaymentRequested(0))
    collect = room.last(CollectPayment)
    assert isinstance(collect, CollectPayment)
    assert collect.attempt == 2
    assert room.set_payment(PaymentState.PAID).page is Page.RECEIPT


def test_a_piece_of_an_earlier_order_that_was_taken_back_can_be_bought_again() -> None:
    """The event of that order comes while another order is the newest: only the piece says that it is not sold."""
    room = visit_with()
    for piece, garment in ((A, SHIRT), (B, COAT)):
        room.send(PageOpened(0, Destination.BASKET), BasketToggled(0, piece), PaymentRequested(0))
        room.price_order()
        room.set_payment(PaymentState.PAID)
        room.send(GarmentArrived(0, piece, garment, sold=True))
    assert [p.bought for p in room.scene.pieces] == [True, True]
    scene = room.send(GarmentArrived(0, A, SHIRT))
    assert [p.bought for p in scene.pieces] == [False, True]
    room.send(PageOpened(0, Destination.BASKET), BasketToggled(0, A))
    assert room.scene.basket.count == 1
