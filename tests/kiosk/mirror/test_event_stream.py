"""The event stream: parsing, loss, and what has changed in the meantime."""

from __future__ import annotations

from kiosk.core.domain.ids import PieceId
from kiosk.core.scene.scene import Notice
from kiosk.core.visit.events import GarmentArrived
from kiosk.mirror.event_stream import messages, parse_message
from tests.kiosk.core.garments import garment
from tests.kiosk.mirror.loopback_store import LoopbackStore
from tests.kiosk.mirror.mirror_rig import MirrorRig, snapshot

A = PieceId("30A")
SHIRT = garment()


def test_a_piece_that_left_while_the_stream_was_closed_is_removed(
    store: LoopbackStore, rig: MirrorRig
) -> None:
    store.say("Snapshot", snapshot(GarmentArrived(0, A, SHIRT)))
    rig.seen.until(lambda s: len(s.pieces) == 1)
    store.hang_up()
    rig.seen.until(lambda s: s.notice is Notice.STORE_LOST)
    store._lines.clear()
    store.say("Snapshot", snapshot())
    rig.seen.until(lambda s: s.notice is None and not s.pieces)


def test_messages_are_parsed_as_in_the_standard() -> None:
    lines = [b": beat", b"event: A", b"data: 1", b"data: 2", b"", b"", b"data:x", b""]
    assert list(messages(lines)) == [("A", "1\n2"), ("message", "x")]
    assert parse_message("SomethingNewer", "{}") is None


def test_unreadable_messages_are_ignored(store: LoopbackStore, rig: MirrorRig) -> None:
    store.say("GarmentArrived", {"is": "GarmentArrived"})
    store.say("Snapshot", snapshot(GarmentArrived(0, A, SHIRT)))
    rig.seen.until(lambda s: len(s.pieces) == 1)
