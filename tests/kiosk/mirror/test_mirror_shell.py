"""A mirror's shell against a store on the loop-back interface: over real HTTP, threads and queues."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest

from hardware.ports import CardGone, CardKind, CardReadFailure, CardRefused, CardTap
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
from kiosk.core.scene.scene import Notice, Scene
from kiosk.core.visit.events import CardTapped, Event, GarmentArrived, StaffChanged, TapFailed, TapFailure
from kiosk.core.visit.navigation import Page
from kiosk.core.visit.payment_progress import PayStage
from kiosk.core.visit.state import Visit
from kiosk.core.visit.touches import PaymentRequested, ServiceRequested
from kiosk.core.wire import plain, read
from kiosk.mirror.effect_runner import EffectRunner
from kiosk.mirror.event_stream import StoreEventStream, messages, parse_message
from kiosk.mirror.shell import Shell, tap_event
from kiosk.mirror.shop_description import ShopDescriptionLoader
from kiosk.mirror.store_client import StoreClient
from tests.kiosk.core.garments import garment
from tests.kiosk.mirror.loopback_store import LoopbackStore

A = Epc("30A")
SHIRT = garment()


class Clock:
    def __init__(self) -> None:
        self.us = 1_000_000

    def __call__(self) -> int:
        return self.us


class Seen:
    """The last scene, and a way to wait for one."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self.scene: Scene | None = None
        self.wiped = 0

    def show(self, scene: Scene) -> None:
        with self._changed:
            self.scene = scene
            self._changed.notify_all()

    def wipe(self) -> None:
        self.wiped += 1

    def until(self, holds: Callable[[Scene], bool], within_s: float = 10) -> Scene:
        with self._changed:
            assert self._changed.wait_for(lambda: self.scene is not None and holds(self.scene), within_s), (
                self.scene
            )
            assert self.scene is not None
            return self.scene


class Rig:
    """A shell with its errands and its stream, before a loop-back store."""

    def __init__(self, store: LoopbackStore) -> None:
        self.seen, self.clock = Seen(), Clock()
        client = StoreClient(store.url, "1", "token")
        self.errands = EffectRunner(client, self.tell, self.clock)
        self.shell = Shell(
            Visit(RoomId("1"), "boot"),
            now_us=self.clock,
            show=self.seen.show,
            wipe=self.seen.wipe,
            run=self.errands.run,
        )
        self.stream = StoreEventStream(client, self.shell.post_message)
        self._client = client
        self.shell.start()
        self.stream.start()

    def tell(self, *events: Event) -> None:
        for event in events:
            self.shell.post(event)

    def close(self) -> None:
        self.stream.close()
        self.shell.close()
        self.errands.close()
        self._client.close()


def snapshot(*pieces: GarmentArrived, radio: bool = True) -> dict[str, Any]:
    staff = plain(StaffChanged(0, ("Inès",), 2))
    return {"is": "Snapshot", "pieces": [plain(p) for p in pieces], "radio": radio, "staff": staff}


@pytest.fixture
def store() -> Iterator[LoopbackStore]:
    one = LoopbackStore()
    one.replies[("PUT", "/visit")] = lambda _: (204, None)
    one.replies[("POST", "/looks")] = lambda _: (200, {"suggestions": []})
    one.replies[("POST", "/size")] = lambda _: (200, {"advice": None})
    yield one
    one.close()


@pytest.fixture
def rig(store: LoopbackStore) -> Iterator[Rig]:
    one = Rig(store)
    yield one
    one.close()


def test_a_piece_on_the_stream_is_on_the_glass_and_the_store_is_asked(store: LoopbackStore, rig: Rig) -> None:
    store.say("Snapshot", snapshot(GarmentArrived(0, A, SHIRT)))
    scene = rig.seen.until(lambda s: len(s.pieces) == 1)
    assert (scene.page, scene.staff) == (Page.WARDROBE, ("Inès",))
    assert store.wait_heard("PUT", "/visit")[0]["began"] is True
    assert store.wait_heard("POST", "/looks")[0]["room"] == ["S1-WHI"]
    assert store.wait_heard("POST", "/size")[0]["gtin"] == SHIRT.gtin


def test_what_left_while_the_line_was_down_is_gone_after_it(store: LoopbackStore, rig: Rig) -> None:
    store.say("Snapshot", snapshot(GarmentArrived(0, A, SHIRT)))
    rig.seen.until(lambda s: len(s.pieces) == 1)
    store.hang_up()
    rig.seen.until(lambda s: s.notice is Notice.STORE_LOST)
    store._lines.clear()
    store.say("Snapshot", snapshot())
    rig.seen.until(lambda s: s.notice is None and not s.pieces)


def test_a_store_away_at_the_start_gives_a_mirror_that_says_so_when_touched() -> None:
    store = LoopbackStore()
    store.close()
    rig = Rig(store)
    try:
        rig.tell(ServiceRequested(0, RequestKind.HELP))
        scene = rig.seen.until(lambda s: s.notice is Notice.STORE_LOST and bool(s.requests))
        assert scene.page is Page.REQUEST
        rig.seen.until(lambda s: s.requests[0].state is RequestState.UNSENT)
    finally:
        rig.close()


def test_a_request_goes_out_and_its_state_comes_back(store: LoopbackStore, rig: Rig) -> None:
    def take(body: Any) -> tuple[int, Any]:
        request: ServiceRequest = read(ServiceRequest, body)
        return 200, plain(apply_action(request, RequestAction.RECEIVE, 5))

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
        return 200, plain(order)

    store.replies[("PUT", ".o1")] = price


def test_a_payment_whose_answer_is_lost_is_sent_again_under_the_same_number(
    store: LoopbackStore, rig: Rig
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


def test_a_payment_the_store_refuses_is_told_as_not_taken(store: LoopbackStore, rig: Rig) -> None:
    _ordering(store)
    store.replies = {("PUT", "/payment"): lambda _: (404, {"detail": "no such order"}), **store.replies}
    store.say("Snapshot", snapshot(GarmentArrived(0, A, SHIRT)))
    rig.seen.until(lambda s: len(s.pieces) == 1)
    rig.tell(PaymentRequested(0))
    rig.seen.until(lambda s: s.pay is not None and s.pay.stage is PayStage.DECLINED)


def test_the_door_plate_is_asked_for_until_it_is_told(store: LoopbackStore, rig: Rig) -> None:
    asked: list[Any] = []

    def shop(body: Any) -> tuple[int, Any]:
        asked.append(body)
        told = {"name": "Ostrevane", "language": "de", "languages": ["de", "en"], "currency": "EUR"}
        return (503, {}) if len(asked) == 1 else (200, told)

    store.replies[("GET", "/shop")] = shop
    plate = ShopDescriptionLoader(rig._client, rig.shell.post, rig.clock, language="en")
    plate.start()
    scene = rig.seen.until(lambda s: s.house == "Ostrevane")
    assert (scene.language, scene.languages, len(asked)) == ("en", ("de", "en"), 2)
    plate.close()


def test_one_event_that_cannot_be_taken_in_leaves_no_dead_glass(caplog: pytest.LogCaptureFixture) -> None:
    """The planted fault: a watcher that stumbles over the first piece it sees."""
    seen, clock = Seen(), Clock()
    stumbled: list[Event] = []

    def watch(visit: Visit, event: Event, effects: object, scene: object) -> None:
        if isinstance(event, GarmentArrived) and not stumbled:
            stumbled.append(event)
            raise ValueError("planted")

    shell = Shell(
        Visit(RoomId("1"), "boot"),
        now_us=clock,
        show=seen.show,
        wipe=seen.wipe,
        run=lambda _: None,
        observe=watch,
    )
    shell.start()
    shell.post(GarmentArrived(0, A, SHIRT))
    shell.post(GarmentArrived(0, Epc("30B"), SHIRT))
    seen.until(lambda s: len(s.pieces) == 2)
    shell.close()
    assert "GarmentArrived failed and is dropped" in caplog.text


def test_messages_come_apart_as_the_standard_says() -> None:
    lines = [b": beat", b"event: A", b"data: 1", b"data: 2", b"", b"", b"data:x", b""]
    assert list(messages(lines)) == [("A", "1\n2"), ("message", "x")]
    assert parse_message("SomethingNewer", "{}") is None


def test_unreadable_messages_are_left_out(store: LoopbackStore, rig: Rig) -> None:
    store.say("GarmentArrived", {"is": "GarmentArrived"})
    store.say("Snapshot", snapshot(GarmentArrived(0, A, SHIRT)))
    rig.seen.until(lambda s: len(s.pieces) == 1)


def test_taps_as_the_visit_hears_them() -> None:
    tap = CardTap("mirror", CardKind.NTAG424, "04", "http://x", 7)
    assert tap_event(tap) == CardTapped(7, "ntag424", "04", "http://x")
    refused = CardRefused("mirror", CardReadFailure.PAYMENT_CARD, 8)
    assert tap_event(refused) == TapFailed(8, TapFailure.PAYMENT_CARD)
    assert tap_event(replace(CardGone("mirror", 9))) is None
