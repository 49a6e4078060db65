"""The shell: from events to scenes, with a real store client behind it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from hardware.ports import CardGone, CardKind, CardReadFailure, CardRefused, CardTap
from kiosk.core.domain.floor.staff_message import StaffMessage
from kiosk.core.domain.ids import PieceId, RoomId, Ticket
from kiosk.core.domain.service_request import (
    RequestKind,
    RequestState,
)
from kiosk.core.scene.scene import Notice
from kiosk.core.visit.events import (
    CardTapped,
    Event,
    GarmentArrived,
    TapFailed,
    TapFailure,
)
from kiosk.core.visit.messages.message_event import StaffMessageShown
from kiosk.core.visit.navigation import Page
from kiosk.core.visit.state import Visit
from kiosk.core.visit.touches import BasketToggled, MessageClosed, ServiceRequested
from kiosk.core.wire import to_json
from kiosk.mirror.shell import Shell, tap_event
from tests.kiosk.core.garments import garment
from tests.kiosk.mirror.loopback_store import LoopbackStore
from tests.kiosk.mirror.mirror_rig import Clock, MirrorRig, Seen, snapshot

A = PieceId("30A")
SHIRT = garment()


def test_a_piece_on_the_stream_is_shown_and_the_store_is_asked_for_advice(
    store: LoopbackStore, rig: MirrorRig
) -> None:
    store.say("Snapshot", snapshot(GarmentArrived(0, A, SHIRT)))
    scene = rig.seen.until(lambda s: len(s.pieces) == 1)
    assert (scene.page, scene.staff) == (Page.WARDROBE, ("Inès",))
    assert store.wait_heard("PUT", "/visit")[0]["began"] is True
    assert store.wait_heard("POST", "/looks")[0]["room"] == ["S1-WHI"]
    assert store.wait_heard("POST", "/size")[0]["article"] == SHIRT.article


def test_a_piece_that_was_identified_while_the_stream_was_closed_keeps_its_place(
    store: LoopbackStore, rig: MirrorRig
) -> None:
    scanned, tagged, coat = PieceId("80614141123458.~1"), PieceId("80614141123458.7"), PieceId("30B")
    store.say(
        "Snapshot",
        snapshot(GarmentArrived(0, scanned, SHIRT), GarmentArrived(0, coat, garment("C1", start=30))),
    )
    rig.seen.until(lambda s: len(s.pieces) == 2)
    rig.tell(BasketToggled(0, scanned))
    rig.seen.until(lambda s: s.basket.count == 1)
    again = GarmentArrived(0, tagged, SHIRT, replaces=scanned)
    store.say("Snapshot", snapshot(GarmentArrived(0, coat, garment("C1", start=30)), again))
    scene = rig.seen.until(lambda s: any(p.piece == tagged for p in s.pieces))
    assert [(p.piece) for p in scene.pieces] == [tagged, coat]
    assert [(line.piece, line.taken) for line in scene.basket.lines] == [(tagged, True), (coat, False)]


def test_what_an_associate_shows_comes_by_the_stream_and_by_the_snapshot_of_another(
    store: LoopbackStore, rig: MirrorRig
) -> None:
    there = snapshot(GarmentArrived(0, A, SHIRT))
    store.say("Snapshot", there)
    rig.seen.until(lambda s: len(s.pieces) == 1)
    ticket = Ticket(store.wait_heard("PUT", "/visit")[0]["ticket"])
    first = StaffMessageShown(0, ticket, StaffMessage("m1", "Inès", "one"))
    store.say("StaffMessageShown", to_json(first))
    rig.seen.until(lambda s: s.message is not None and s.message.text == "one")
    second = replace(first, message=StaffMessage("m2", "Inès", "", garment("C1", start=30)))
    store.say("Snapshot", {**there, "message": to_json(second)})
    rig.seen.until(lambda s: s.message is not None and s.message.has_piece)
    rig.tell(MessageClosed(0, "m2"))
    rig.seen.until(lambda s: s.message is None)
    store.say("Snapshot", {**there, "message": to_json(second), "radio": False})
    rig.seen.until(lambda s: s.notice is Notice.RADIO_LOST and s.message is None)
    store.say("Snapshot", there)
    rig.seen.until(lambda s: s.notice is None and s.message is None)


def test_without_a_store_at_the_start_a_touch_shows_a_notice() -> None:
    store = LoopbackStore()
    store.close()
    rig = MirrorRig(store)
    try:
        rig.tell(ServiceRequested(0, RequestKind.HELP))
        scene = rig.seen.until(lambda s: s.notice is Notice.STORE_LOST and bool(s.requests))
        assert scene.page is Page.REQUEST
        rig.seen.until(lambda s: s.requests[0].state is RequestState.UNSENT)
    finally:
        rig.close()


def test_an_event_that_fails_does_not_stop_the_mirror(caplog: pytest.LogCaptureFixture) -> None:
    """Planted fault: an observer that raises an error at the first piece."""
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
    shell.post(GarmentArrived(0, PieceId("30B"), SHIRT))
    seen.until(lambda s: len(s.pieces) == 2)
    shell.close()
    assert "GarmentArrived failed and is dropped" in caplog.text


def test_reports_of_the_card_reader_become_events() -> None:
    tap = CardTap("mirror", CardKind.NTAG424, "04", "http://x", 7)
    assert tap_event(tap) == CardTapped(7, "ntag424", "04", "http://x")
    refused = CardRefused("mirror", CardReadFailure.PAYMENT_CARD, 8)
    assert tap_event(refused) == TapFailed(8, TapFailure.PAYMENT_CARD)
    assert tap_event(replace(CardGone("mirror", 9))) is None
