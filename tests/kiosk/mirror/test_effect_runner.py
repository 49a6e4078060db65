"""Effects over real HTTP: answers come back as events, lost payments are sent again."""

from __future__ import annotations

from typing import Any

from kiosk.core.domain.ids import Epc, RoomId
from kiosk.core.domain.money import Money
from kiosk.core.domain.payment import Order, OrderLine, PaymentState
from kiosk.core.domain.service_request import (
    RequestAction,
    RequestKind,
    RequestState,
    ServiceRequest,
    apply_action,
)
from kiosk.core.visit.events import GarmentArrived
from kiosk.core.visit.payment_progress import PayStage
from kiosk.core.visit.touches import PaymentRequested, ServiceRequested
from kiosk.core.wire import from_json, to_json
from tests.kiosk.core.garments import garment
from tests.kiosk.mirror.loopback_store import LoopbackStore
from tests.kiosk.mirror.mirror_rig import MirrorRig, snapshot

A = Epc("30A")
SHIRT = garment()


def test_a_request_is_sent_and_its_state_comes_back(store: LoopbackStore, rig: MirrorRig) -> None:
    def take(body: Any) -> tuple[int, Any]:
        request: ServiceRequest = from_json(ServiceRequest, body)
        return 200, to_json(apply_action(request, RequestAction.RECEIVE, 5))

    store.replies[("PUT", ".r1")] = take
    store.say("Snapshot", snapshot(GarmentArrived(0, A, SHIRT)))
    rig.seen.until(lambda s: len(s.pieces) == 1)
    rig.tell(ServiceRequested(0, RequestKind.DRINK))
    rig.seen.until(lambda s: bool(s.requests) and s.requests[0].state is RequestState.RECEIVED)


def _ordering(store: LoopbackStore) -> None:
    def price(body: Any) -> tuple[int, Any]:
        line = OrderLine(A, SHIRT.gtin, SHIRT.name, SHIRT.name, "M", SHIRT.price)
        total = Money(12000, "EUR")
        order = Order(body["order_id"], RoomId("1"), body["ticket"], (line,), total, Money(1916, "EUR"), 190)
        return 200, to_json(order)

    store.replies[("PUT", ".o1")] = price


def test_a_payment_whose_answer_is_lost_is_sent_again_under_the_same_number(
    store: LoopbackStore, rig: MirrorRig
) -> None:
    _ordering(store)
    tries: list[Any] = []

    def collect(body: Any) -> tuple[int, Any]:
        tries.append(body)
        if len(tries) < 3:
            return 503, {"detail": "not now"}
        said = {"is": "PaymentMoved", "at_us": 1, "ticket": body["ticket"], "order_id": body["order_id"]}
        return 202, {**said, "state": PaymentState.SENT.value}

    store.replies = {("PUT", "/payment"): collect, **store.replies}
    store.say("Snapshot", snapshot(GarmentArrived(0, A, SHIRT)))
    rig.seen.until(lambda s: len(s.pieces) == 1)
    rig.tell(PaymentRequested(0))
    rig.seen.until(lambda s: s.pay is not None and s.pay.stage is PayStage.RESOLVING)
    rig.seen.until(lambda s: s.pay is not None and s.pay.stage is PayStage.TAP)
    assert len(tries) == 3
    assert all(t == tries[0] for t in tries)


def test_a_payment_that_the_store_refuses_is_shown_as_declined(store: LoopbackStore, rig: MirrorRig) -> None:
    _ordering(store)
    store.replies = {("PUT", "/payment"): lambda _: (404, {"detail": "no such order"}), **store.replies}
    store.say("Snapshot", snapshot(GarmentArrived(0, A, SHIRT)))
    rig.seen.until(lambda s: len(s.pieces) == 1)
    rig.tell(PaymentRequested(0))
    rig.seen.until(lambda s: s.pay is not None and s.pay.stage is PayStage.DECLINED)
