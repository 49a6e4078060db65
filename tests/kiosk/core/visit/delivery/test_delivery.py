"""How she gets her pieces: what is asked, what can be chosen, what is sent with the order, and what the glass shows."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kiosk.core.domain.floor.services import USUAL_SERVICES
from kiosk.core.domain.ids import PieceId
from kiosk.core.domain.money import Money
from kiosk.core.domain.payment import PaymentState
from kiosk.core.domain.promise.values import DeliveryOffers, DeliveryPromise, DeliveryWay, DeliveryZone
from kiosk.core.scene.delivery_cards import DeliveryCard
from kiosk.core.visit.delivery.delivery_event import DeliveryOffered
from kiosk.core.visit.delivery.delivery_touches import DeliveryOpened, DeliveryWayChosen, DeliveryZoneChosen
from kiosk.core.visit.effects import CollectPayment, FindDelivery, PriceOrder
from kiosk.core.visit.events import GarmentLeft, OrderPriced, ShopperIdentified
from kiosk.core.visit.navigation import Page
from kiosk.core.visit.offers.services_event import ServicesOffered
from kiosk.core.visit.settings import SECOND_US
from kiosk.core.visit.touches import AllPiecesChosen, BasketToggled, Destination, PageOpened, PaymentRequested
from tests.kiosk.core.visit.visit_driver import CLARA, A, B, VisitDriver, visit_with
from tests.optional_values import present

TAKE, BAG, SEND = DeliveryWay.TAKE, DeliveryWay.BAG, DeliveryWay.SEND
ZONES = (DeliveryZone("home"), DeliveryZone("abroad"))


def offered(
    *, fee: int = 590, by_us: int = 0, ways: tuple[DeliveryWay, ...] = (TAKE, BAG, SEND)
) -> DeliveryOffers:
    days = {TAKE: "", BAG: "2026-11-30", SEND: "2026-12-03"}
    promises = tuple(
        DeliveryPromise(
            way, day=days[way], ordered_day="2026-11-30" if days[way] else "", order_by_us=by_us if way is SEND else 0,
            fee=Money(fee, "EUR") if way is SEND else None,
        )
        for way in ways
    )  # fmt: skip
    return DeliveryOffers(promises, "home", ZONES)


def at_the_ways(*, delivers: bool = True) -> VisitDriver:
    """Two pieces in the basket, and the page of the ways open, if the shop offers it."""
    room = visit_with()
    room.send(ServicesOffered(0, USUAL_SERVICES, delivery=delivers), AllPiecesChosen(0))
    room.send(PageOpened(0, Destination.BASKET), DeliveryOpened(0))
    return room


def answer(room: VisitDriver, offers: DeliveryOffers | None = None, *, asked: int | None = None) -> None:
    question = room.visit.delivery.question if asked is None else asked
    room.send(DeliveryOffered(0, room.visit.ticket, question, offers or offered()))


def card(room: VisitDriver) -> DeliveryCard:
    return present(room.scene.delivery)


def test_a_shop_without_delivery_offers_nothing() -> None:
    room = at_the_ways(delivers=False)
    assert room.scene.page is Page.BASKET
    assert not room.scene.basket.can_send
    assert not any(isinstance(effect, FindDelivery) for effect in room.effects)


def test_the_store_is_asked_for_the_basket_and_its_promises_are_shown() -> None:
    room = at_the_ways()
    question = room.last(FindDelivery)
    assert isinstance(question, FindDelivery)
    assert [piece for piece, _ in question.pieces] == [A, B]
    assert card(room).searching
    answer(room, offered(by_us=room.now + 7_800 * SECOND_US))
    shown = {one.way: one for one in card(room).ways}
    assert [one.way for one in card(room).lines] == [TAKE, TAKE]
    assert shown[TAKE].chosen
    send = shown[SEND]
    assert (send.fee, send.ahead, send.weekday, send.day, send.month, send.minutes) == (
        "€5.90",
        3,
        3,
        3,
        12,
        129,
    )
    assert [zone.chosen for zone in card(room).zones] == [True, False]


def test_one_way_for_all_or_each_piece_its_own() -> None:
    room = at_the_ways()
    answer(room)
    room.send(DeliveryWayChosen(0, SEND))
    assert [line.way for line in card(room).lines] == [SEND, SEND]
    assert card(room).sends
    room.send(DeliveryWayChosen(0, TAKE, B))
    assert [line.way for line in card(room).lines] == [SEND, TAKE]
    assert [line.next_way for line in card(room).lines] == [TAKE, BAG]
    assert not any(one.chosen for one in card(room).ways)
    room.send(PaymentRequested(0))
    order = room.last(PriceOrder)
    assert isinstance(order, PriceOrder)
    assert (order.ways, order.zone) == (((A, SEND),), "home")


def test_what_is_not_offered_cannot_be_chosen() -> None:
    room = at_the_ways()
    answer(room)
    for touch in (DeliveryWayChosen(0, DeliveryWay.COLLECT), DeliveryWayChosen(0, SEND, PieceId("other"))):
        room.send(touch)
        assert room.visit.delivery.ways == {}
    before = len(room.effects)
    room.send(DeliveryZoneChosen(0, "mars"))
    assert len(room.effects) == before
    room.send(DeliveryZoneChosen(0, "abroad"))
    question = room.last(FindDelivery)
    assert isinstance(question, FindDelivery)
    assert question.zone == "abroad"


def test_a_way_that_is_not_offered_any_more_is_not_chosen_any_more() -> None:
    room = at_the_ways()
    answer(room)
    room.send(DeliveryWayChosen(0, SEND))
    room.send(DeliveryOpened(0))
    answer(room, offered(ways=(TAKE, BAG)))
    assert [line.way for line in card(room).lines] == [TAKE, TAKE]


def test_an_old_answer_changes_nothing_and_no_answer_is_said() -> None:
    room = at_the_ways()
    room.send(DeliveryOpened(0))
    answer(room, asked=1)
    assert card(room).searching
    room.send(DeliveryOffered(0, room.visit.ticket, room.visit.delivery.question, None))
    assert (card(room).searching, card(room).unknown) == (False, True)
    room.send(PaymentRequested(0))
    order = room.last(PriceOrder)
    assert isinstance(order, PriceOrder)
    assert order.ways == ()


def test_it_is_asked_again_when_the_hour_is_over_the_basket_or_the_shopper_is_another_one() -> None:
    room = at_the_ways()
    answer(room, offered(by_us=room.now + 60 * SECOND_US))
    before = room.visit.delivery.question
    room.wait(61)
    assert room.visit.delivery.question == before + 1
    answer(room)
    room.send(GarmentLeft(0, B))
    assert room.visit.delivery.question == before + 2
    answer(room)
    room.send(ShopperIdentified(0, room.visit.ticket, CLARA))
    assert room.visit.delivery.question == before + 3


def test_a_mirror_whose_clock_is_ahead_does_not_ask_at_each_tick() -> None:
    room = at_the_ways()
    answer(room, offered(by_us=1))
    before = room.visit.delivery.question
    for _ in range(20):
        room.wait(1)
        if room.visit.delivery.searching:
            answer(room, offered(by_us=1))
    assert room.visit.delivery.question - before <= 2


@pytest.mark.parametrize("stage", [PaymentState.SENT, PaymentState.UNSURE, PaymentState.PARKED])
def test_nothing_is_changed_while_money_may_be_moving(stage: PaymentState) -> None:
    room = at_the_ways()
    answer(room)
    room.send(PaymentRequested(0))
    room.price_order()
    room.set_payment(stage)
    room.send(DeliveryWayChosen(0, SEND), DeliveryZoneChosen(0, "abroad"), DeliveryOpened(0))
    assert room.visit.delivery.ways == {}
    assert room.scene.page is Page.PAY


def test_the_pay_page_shows_what_the_store_has_promised_of_the_order() -> None:
    room = at_the_ways()
    answer(room)
    room.send(DeliveryWayChosen(0, SEND), PaymentRequested(0))
    question = room.last(PriceOrder)
    assert isinstance(question, PriceOrder)
    room.price_order()
    order = present(present(room.visit.pay.progress).order)
    # the day is another one than was offered a moment before
    promised = replace(offered().promises[2], day="2026-12-04", pieces=(A, B), guaranteed=True)
    room.visit = replace(room.visit, pay=replace(room.visit.pay, progress=None))
    room.send(PageOpened(0, Destination.BASKET), PaymentRequested(0))
    again = room.last(PriceOrder)
    assert isinstance(again, PriceOrder)
    priced = replace(order, order_id=again.order_id, promises=(promised,))
    room.send(OrderPriced(0, room.visit.ticket, again.order_id, priced))
    (parcel,) = present(room.scene.pay).parcels
    assert (parcel.way, parcel.count, parcel.day, parcel.guaranteed) == (SEND, 2, 4, True)
    assert isinstance(room.last(CollectPayment), CollectPayment)


def test_another_way_drops_the_price_and_the_next_visit_knows_nothing() -> None:
    room = at_the_ways()
    answer(room)
    room.send(DeliveryWayChosen(0, SEND), PaymentRequested(0))
    room.price_order()
    room.set_payment(PaymentState.DECLINED)
    room.send(DeliveryWayChosen(0, BAG))
    assert room.visit.pay.progress is None
    room.send(BasketToggled(0, A, wanted=False), BasketToggled(0, B, wanted=False))
    room.wait(1_500)
    assert room.visit.delivery.ways == {}
    assert room.visit.delivery.offers == ()
