"""What the associates' page says of a payment at the desk and of a refund, in each of their states."""

from __future__ import annotations

import pytest

from kiosk.core.domain.ids import ArticleId, OrderId, PieceId, RoomId, Ticket
from kiosk.core.domain.money import Money
from kiosk.core.domain.payment import Order, PaymentState
from kiosk.core.domain.refund import Refund, RefundState
from kiosk.core.wire import from_json
from kiosk.store.api.page_views import payment_for_page, payment_status, refund_for_page, refund_status
from kiosk.store.payments.desk import DeskPayment

EUR = Money(100, "EUR")
ORDER = Order(OrderId("desk-1"), RoomId("1"), Ticket("desk-1"), (), EUR, EUR, 200)


@pytest.mark.parametrize(
    ("state", "why", "under_way", "outcome"),
    [
        (PaymentState.KEYED, "", True, "waiting"),
        (PaymentState.SENT, "", True, "waiting"),
        (PaymentState.UNSURE, "", True, "waiting"),
        (PaymentState.PARKED, "", False, "unknown"),
        (PaymentState.PAID, "", False, "paid"),
        (PaymentState.DECLINED, "", False, "declined"),
        (PaymentState.DECLINED, "sold", False, "gone"),
        (PaymentState.ABANDONED, "under-way", False, "gone"),
        (PaymentState.ABANDONED, "", False, "not-collected"),
    ],
)
def test_a_payment_at_the_desk(state: PaymentState, why: str, under_way: bool, outcome: str) -> None:
    payment = DeskPayment(ORDER, state, why)
    assert (payment_status(payment).under_way, payment_status(payment).outcome.value) == (under_way, outcome)
    body = payment_for_page(payment)
    assert (body["is"], body["under_way"], body["outcome"]) == ("DeskPayment", under_way, outcome)
    assert from_json(DeskPayment, body) == payment


@pytest.mark.parametrize(
    ("state", "under_way", "outcome"),
    [
        (RefundState.KEYED, True, "waiting"),
        (RefundState.UNSURE, True, "unknown"),
        (RefundState.PARKED, False, "unknown"),
        (RefundState.DONE, False, "refunded"),
        (RefundState.REFUSED, False, "declined"),
    ],
)
def test_a_refund(state: RefundState, under_way: bool, outcome: str) -> None:
    refund = Refund("k", OrderId("o"), PieceId("e"), ArticleId("09521234000006"), EUR, "a", state)
    assert (refund_status(refund).under_way, refund_status(refund).outcome.value) == (under_way, outcome)
    assert from_json(Refund, refund_for_page(refund)) == refund
