"""Effects over real HTTP: answers come back as events, lost payments are sent again."""

from __future__ import annotations

import queue
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from kiosk.core.domain.ids import PieceId, RequestId, RoomId
from kiosk.core.domain.money import Money
from kiosk.core.domain.payment import Order, OrderLine, PaymentState
from kiosk.core.domain.service_request import (
    RequestAction,
    RequestKind,
    RequestState,
    ServiceRequest,
    apply_action,
)
from kiosk.core.visit.effects import FindLooks, ReportVisit, WipeVisit, WithdrawRequest
from kiosk.core.visit.events import Event, GarmentArrived, SuggestionsReceived
from kiosk.core.visit.payment_progress import PayStage
from kiosk.core.visit.touches import AllPiecesChosen, PaymentRequested, ServiceRequested
from kiosk.core.wire import from_json, to_json
from kiosk.mirror.effect_runner import EffectRunner
from kiosk.mirror.store_client import StoreClient
from tests.kiosk.core.garments import garment
from tests.kiosk.core.test_exchanges import T
from tests.kiosk.mirror.loopback_store import LoopbackStore
from tests.kiosk.mirror.mirror_rig import MirrorRig, snapshot

A = PieceId("30A")
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
        line = OrderLine(A, SHIRT.article, SHIRT.name, SHIRT.name, "M", SHIRT.price)
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
    rig.tell(AllPiecesChosen(0))
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
    rig.tell(AllPiecesChosen(0))
    rig.tell(PaymentRequested(0))
    rig.seen.until(lambda s: s.pay is not None and s.pay.stage is PayStage.DECLINED)


@contextmanager
def running(store: LoopbackStore) -> Iterator[tuple[EffectRunner, queue.Queue[Event]]]:
    """An effect runner without a visit, and its events."""
    client, events = StoreClient(store.url, "1", "token"), queue.Queue[Event]()
    runner = EffectRunner(client, events.put, lambda: 7)
    yield runner, events
    runner.close()
    client.close()


def test_effects_that_must_arrive_are_sent_one_after_the_other(store: LoopbackStore) -> None:
    failures = iter([503, 503])
    store.replies[("PUT", "/visit")] = lambda _: (next(failures, 204), None)
    with running(store) as (runner, events):
        runner.run(ReportVisit(T, began=True, at_us=1))
        runner.run(ReportVisit(T, began=False, at_us=2))
        bodies = store.wait_heard("PUT", "/visit", 4)
    assert [body["began"] for body in bodies] == [True, True, True, False]
    assert events.empty()


@pytest.mark.parametrize("status", [404, 503])
def test_a_question_is_asked_once_and_a_failure_is_an_event(store: LoopbackStore, status: int) -> None:
    store.replies[("POST", "/looks")] = lambda _: (status, {})
    with running(store) as (runner, events):
        runner.run(FindLooks(T, 3, (), (), None))
        assert events.get(timeout=10) == SuggestionsReceived(7, T, 3, None)
    assert len(store.heard) == 1


def test_a_refused_effect_is_not_repeated_and_does_not_block_the_next(store: LoopbackStore) -> None:
    store.replies[("POST", "/withdraw")] = lambda _: (409, {})
    with running(store) as (runner, _):
        runner.run(WithdrawRequest(T, RequestId("t1.r1")))
        runner.run(ReportVisit(T, began=False, at_us=2))
        store.wait_heard("PUT", "/visit")
        assert len(store.wait_heard("POST", "/withdraw")) == 1


def test_wiping_a_visit_asks_the_store_nothing(store: LoopbackStore) -> None:
    with running(store) as (runner, events):
        runner.run(WipeVisit(T))
    assert store.heard == []
    assert events.empty()
