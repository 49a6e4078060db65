"""The table of exchanges: complete, and each question without an answer gives the visit an event it can show."""

from __future__ import annotations

import dataclasses
import re
import typing

import pytest

from kiosk.core.domain.fit_feedback import FitFeedback, FitRating
from kiosk.core.domain.floor.aside import Aside, AsideState
from kiosk.core.domain.floor.staff_message import MessageStage
from kiosk.core.domain.ids import (
    ItemId,
    OrderId,
    PieceId,
    RequestId,
    RoomId,
    ScannedId,
    ShopperId,
    StyleId,
    Ticket,
)
from kiosk.core.domain.payment import PaymentMeans, PaymentState
from kiosk.core.domain.service_request import RequestKind, ServiceRequest
from kiosk.core.domain.slips.printing import PrintState
from kiosk.core.exchanges import EXCHANGES, TABLE, Delivery, Exchange
from kiosk.core.visit.asides.aside_event import AsideChanged
from kiosk.core.visit.delivery.delivery_event import DeliveryOffered
from kiosk.core.visit.effects import (
    AdviseSize,
    CancelPayment,
    CollectPayment,
    Effect,
    FindDelivery,
    FindLooks,
    IdentifyShopper,
    PairMirror,
    PriceOrder,
    PrintReceipt,
    PutAside,
    RecordItemEvent,
    ReportBasket,
    ReportMessage,
    ReportVisit,
    SaveFitFeedback,
    SendRequest,
    TakeBackAside,
    TogglePiece,
    WipeVisit,
    WithdrawRequest,
)
from kiosk.core.visit.events import (
    CardTapped,
    Event,
    OrderPriced,
    PaymentChanged,
    ReceiptPrintChanged,
    RequestUnsent,
    ShopperIdentified,
    SizeAdviceReceived,
    SuggestionsReceived,
    TapFailed,
    TapFailure,
)
from tests.kiosk.core.garments import garment

T = Ticket("t1")
GTIN = garment().article
REQUEST = ServiceRequest(RequestId("t1.r1"), RoomId("1"), T, RequestKind.DRINK, 5)
FEEDBACK = FitFeedback(StyleId("S1"), "M", FitRating.TIGHT)
EFFECTS: tuple[Effect, ...] = (
    ReportVisit(T, began=True, at_us=1),
    FindLooks(T, 3, (ItemId("S1-WHI"),), (), None),
    AdviseSize(T, GTIN, None, learned=2),
    SaveFitFeedback(T, ShopperId("s1"), FEEDBACK),
    IdentifyShopper(T, CardTapped(1, "uid", "04")),
    TogglePiece(T, ScannedId("80614141123458")),
    SendRequest(T, REQUEST),
    WithdrawRequest(T, RequestId("t1.r1")),
    PutAside(T, "t1.a1", GTIN),
    TakeBackAside(T, "t1.a1"),
    ReportBasket(T, (PieceId("95212340000013.7"),)),
    FindDelivery(T, 4, (), ""),
    PriceOrder(T, OrderId("t1.o1"), (), None),
    CollectPayment(T, OrderId("t1.o1"), PaymentMeans.TERMINAL, 1),
    CancelPayment(T, OrderId("t1.o1")),
    PrintReceipt(T, OrderId("t1.o1"), "ar"),
    RecordItemEvent(T, ItemId("S1-WHI"), "opened"),
    ReportMessage(T, "m1", MessageStage.SHOWN),
)
UNANSWERED: dict[type, Event] = {
    FindLooks: SuggestionsReceived(9, T, 3, None),
    AdviseSize: SizeAdviceReceived(9, T, GTIN, None, 2),
    IdentifyShopper: ShopperIdentified(9, T, None, answered=False),
    TogglePiece: TapFailed(9, TapFailure.UNREADABLE),
    SendRequest: RequestUnsent(9, T, RequestId("t1.r1")),
    FindDelivery: DeliveryOffered(9, T, 4, None),
    PriceOrder: OrderPriced(9, T, OrderId("t1.o1"), None),
    CollectPayment: PaymentChanged(9, T, OrderId("t1.o1"), PaymentState.UNSURE, attempt=1),
    PrintReceipt: ReceiptPrintChanged(9, T, OrderId("t1.o1"), PrintState.LOST),
}
REFUSED: dict[type, Event] = {
    **UNANSWERED,
    CollectPayment: PaymentChanged(9, T, OrderId("t1.o1"), PaymentState.DECLINED, "refused"),
    PutAside: AsideChanged(9, T, Aside("t1.a1", RoomId(""), T, GTIN, AsideState.REFUSED)),
}


def test_every_effect_but_the_mirrors_own_has_one_exchange() -> None:
    assert set(EXCHANGES) == set(typing.get_args(Effect)) - {PairMirror, WipeVisit}
    assert len(EXCHANGES) == len(TABLE)
    assert {type(effect) for effect in EFFECTS} == set(EXCHANGES)


@pytest.mark.parametrize("exchange", TABLE, ids=lambda e: e.effect.__name__)
def test_paths_and_bodies_name_fields_that_exist(exchange: Exchange[object, object]) -> None:
    fields = {f.name for f in dataclasses.fields(exchange.effect)}  # type: ignore[arg-type]
    if exchange.body:
        assert exchange.body in fields
    if exchange.body_type is not None:
        fields |= {f.name for f in dataclasses.fields(exchange.body_type)}
    assert set(re.findall(r"{(\w+)}", exchange.path)) <= fields
    assert exchange.method in ("POST", "PUT", "DELETE")


@pytest.mark.parametrize("effect", EFFECTS, ids=lambda e: type(e).__name__)
def test_without_an_answer_the_visit_gets_an_event(effect: Effect) -> None:
    exchange = EXCHANGES[type(effect)]
    assert exchange.unanswered(effect, 9) == UNANSWERED.get(type(effect))
    assert exchange.refused(effect, 9) == REFUSED.get(type(effect))


def test_only_exchanges_without_an_answer_may_have_no_event() -> None:
    once = [e for e in EFFECTS if EXCHANGES[type(e)].delivery is Delivery.ONCE]
    silent = [type(e) for e in once if EXCHANGES[type(e)].unanswered(e, 9) is None]
    assert silent == [RecordItemEvent]
