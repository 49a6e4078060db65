"""Paying, being known, leaving, and a store that was away: as stories."""

from dataclasses import replace

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
    ReportVisit,
    SendRequest,
    WipeVisit,
)
from kiosk.core.visit.events import (
    CardTapped,
    GarmentArrived,
    GarmentLeft,
    RadioLost,
    ShopperIdentified,
    StoreBack,
    StoreLost,
)
from kiosk.core.visit.navigation import Page
from kiosk.core.visit.payment_progress import PayStage
from kiosk.core.visit.touches import (
    BasketToggled,
    Destination,
    PageOpened,
    PaymentCancelRequested,
    PaymentConfirmed,
    PaymentRequested,
    ServiceRequested,
    VisitClosed,
)
from tests.kiosk.core.visit.visit_driver import CLARA, COAT, SHIRT, A, B, visit_with


def test_a_guest_pays_at_the_terminal_with_one_touch() -> None:
    room = visit_with()
    room.send(PageOpened(0, Destination.BASKET), BasketToggled(0, B), PaymentRequested(0))
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
    assert [line.epc for line in scene.basket.lines] == [B]


def test_while_money_may_move_nothing_starts_another_try() -> None:
    room = visit_with()
    room.send(PaymentRequested(0))
    room.price_order()
    room.set_payment(PaymentState.UNSURE)
    room.send(PaymentRequested(0), BasketToggled(0, A), PaymentCancelRequested(0), VisitClosed(0))
    room.wait(3600)
    assert sum(isinstance(e, CollectPayment) for e in room.effects) == 1
    assert room.scene.pay is not None
    assert room.scene.pay.stage is PayStage.RESOLVING
    assert room.set_payment(PaymentState.PAID).page is Page.RECEIPT


def test_a_ring_pays_only_after_yes_on_the_glass() -> None:
    room = visit_with((A, SHIRT))
    room.send(
        CardTapped(0, "ntag424", "04", "http://x"),
        ShopperIdentified(0, room.visit.ticket, CLARA),
        PaymentRequested(0),
    )
    assert room.price_order().pay.stage is PayStage.READY  # type: ignore[union-attr]
    room.send(CardTapped(0, "ntag424", "04", "http://x"), ShopperIdentified(0, room.visit.ticket, CLARA))
    assert room.scene.pay is not None
    assert room.scene.pay.stage is PayStage.CONFIRM
    assert not any(isinstance(e, CollectPayment) for e in room.effects)
    room.send(PaymentConfirmed(0))
    collect = room.last(CollectPayment)
    assert isinstance(collect, CollectPayment)
    assert collect.means is PaymentMeans.STORED


def test_a_piece_that_comes_while_the_total_is_shown_takes_the_total_back() -> None:
    room = visit_with((A, SHIRT))
    room.send(ShopperIdentified(0, room.visit.ticket, CLARA), PaymentRequested(0))
    room.price_order()
    scene = room.send(GarmentArrived(0, B, COAT))
    assert (scene.page, scene.pay, scene.basket.count) == (Page.BASKET, None, 2)


def test_dropping_a_started_payment_lets_the_terminal_decide() -> None:
    room = visit_with((A, SHIRT))
    room.send(PaymentRequested(0))
    room.price_order()
    room.set_payment(PaymentState.SENT)
    room.send(PaymentCancelRequested(0))
    assert isinstance(room.effects[-1], CancelPayment)
    assert room.set_payment(PaymentState.ABANDONED).pay.stage is PayStage.READY  # type: ignore[union-attr]


def test_a_known_shopper_is_greeted_and_advised_anew_in_her_language() -> None:
    room = visit_with((A, SHIRT))
    before = len(room.effects)
    scene = room.send(
        CardTapped(0, "ntag424", "04", "http://x"), ShopperIdentified(0, room.visit.ticket, CLARA)
    )
    assert (scene.first_name, scene.language, scene.pieces[0].name) == ("Clara", "de", "Hemd S1")
    assert [type(e) for e in room.effects[before:]] == [IdentifyShopper, FindLooks, AdviseSize]


def test_a_clonable_number_shows_no_name() -> None:
    room = visit_with((A, SHIRT))
    static = replace(CLARA, tier=Tier.STATIC)
    assert room.send(ShopperIdentified(0, room.visit.ticket, static)).first_name == ""


def test_the_room_empties_and_the_mirror_forgets() -> None:
    room = visit_with((A, SHIRT))
    room.send(ShopperIdentified(0, room.visit.ticket, CLARA))
    ticket = room.visit.ticket
    room.send(GarmentLeft(0, A))
    assert room.wait(46).page is Page.AWAY
    scene = room.wait(7)
    assert (scene.page, scene.first_name, scene.language, scene.pieces) == (Page.REST, "", "en", ())
    assert room.effects[-1] == WipeVisit(ticket)
    assert room.send(ShopperIdentified(0, ticket, CLARA)).first_name == ""


def test_a_lost_reader_never_ends_a_visit() -> None:
    room = visit_with((A, SHIRT))
    room.send(GarmentLeft(0, A), RadioLost(0))
    assert room.wait(60).page is Page.WARDROBE
    assert room.scene.notice is Notice.RADIO_LOST


def test_after_the_store_was_away_everything_is_said_again_under_the_same_names() -> None:
    room = visit_with((A, SHIRT))
    room.send(ServiceRequested(0, RequestKind.HELP), PaymentRequested(0))
    room.price_order()
    assert room.send(StoreLost(0)).notice is Notice.STORE_LOST
    before = len(room.effects)
    room.send(StoreBack(0))
    repeated = room.effects[before:]
    assert [type(e) for e in repeated[:3]] == [ReportVisit, SendRequest, CollectPayment]
    assert repeated[2] == room.last(CollectPayment)


def test_a_stock_change_elsewhere_does_not_take_the_total_back() -> None:
    room = visit_with((A, SHIRT))
    room.send(ShopperIdentified(0, room.visit.ticket, CLARA), PaymentRequested(0))
    room.price_order()
    scene = room.send(GarmentArrived(0, A, replace(SHIRT, stock_at_us=99)))
    assert scene.page is Page.PAY
    assert scene.pay is not None
