"""What a member has put aside, on the real parts of her mirror, connected to the store over HTTP."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.core.domain.floor.aside import Aside, AsideState
from kiosk.core.domain.ids import RoomId, Ticket
from kiosk.core.scene.scene import Scene
from kiosk.core.visit.events import CardTapped
from kiosk.core.visit.navigation import Page
from kiosk.core.visit.touches import AsideWithdrawn, ScreenWoken
from kiosk.mirror.event_stream import RoomSnapshot, StreamMessage
from kiosk.store.lifecycle import Store
from kiosk.store.settings import StoreSettings
from tests.kiosk.store.appointments.conftest import CARD
from tests.kiosk.store.appointments.test_member_is_here import RealMirror, room_1
from tests.kiosk.store.asides.conftest import SCARF
from tests.kiosk.store.clues.conftest import CLARA, set_consents
from tests.kiosk.store.http_clients import HttpClient, read_stream
from tests.kiosk.store.shop_cards import key_file, link

__all__ = ["room_1"]
CODE = "K7PX"


@pytest.fixture
def settings(settings: StoreSettings, tmp_path: Path) -> StoreSettings:
    return replace(settings, keys=key_file(tmp_path))


@pytest.fixture
def store(store: Store) -> Store:
    """A scarf is put aside for Clara since yesterday."""
    set_consents(store, "clues")
    garment = store.service.catalogue.garment(SCARF)
    assert garment is not None
    aside = Aside(
        "t0.a1", RoomId("2"), Ticket("t0"), SCARF, AsideState.TAKEN, name=garment.name, size="one", code=CODE,
        until_us=store.clock() + 10**10, until="2026-12-01T19:00", by="Inès", revision=2,
    )  # fmt: skip
    with store.service.writer:
        store.asides._save(aside)
    store.asides._visits.members.add(CLARA, ["t0.a1"])
    return store


def codes(scene: Scene) -> list[str]:
    return [card.code for card in scene.asides]


def tapped(store: Store, room_1: RealMirror) -> None:
    room_1.shell.post(ScreenWoken(0))
    room_1.shell.post(CardTapped(0, "ntag424", CARD, link(CARD, 7)))
    room_1.seen.until(lambda scene: scene.known)
    store.asides.tick()


def test_it_is_on_the_glass_after_her_tap_and_can_be_taken_back(
    store: Store, ines: HttpClient, room_1: RealMirror
) -> None:
    tapped(store, room_1)
    room_1.seen.until(lambda scene: codes(scene) == [CODE])
    room_1.seen.until(lambda scene: scene.page is Page.WARDROBE)  # with the entry "put aside for you"
    with read_stream(ines, "/api/v1/floor/stream") as told:
        told.named("Floor")
        room_1.shell.post(AsideWithdrawn(0, "t0.a1"))
        room_1.seen.until(lambda scene: codes(scene) == [])
        told.named("AsidesChanged")
    assert [one["state"] for one in ines.ask("GET", "/api/v1/asides")[1]] == ["hang-back"]


def ended_meanwhile(store: Store, ines: HttpClient, room_1: RealMirror) -> None:
    """The mirror is away while she gets it."""
    tapped(store, room_1)
    room_1.seen.until(lambda scene: codes(scene) == [CODE])
    room_1.cut()
    assert ines.ask("POST", "/api/v1/asides/t0.a1/hand-over")[0] == 200
    store.asides.tick()


def test_a_mirror_that_was_away_shows_it_no_more(store: Store, ines: HttpClient, room_1: RealMirror) -> None:
    ended_meanwhile(store, ines, room_1)
    room_1.connect()
    room_1.seen.until(lambda scene: codes(scene) == [])


def test_planted_fault_a_snapshot_without_it_leaves_it_on_the_glass(
    store: Store, ines: HttpClient, room_1: RealMirror
) -> None:
    def without(message: StreamMessage) -> None:
        room_1.shell.post_message(
            replace(message, asides=None) if isinstance(message, RoomSnapshot) else message
        )

    ended_meanwhile(store, ines, room_1)
    room_1.connect(without)
    with pytest.raises(AssertionError):
        room_1.seen.until(lambda scene: codes(scene) == [], within_s=1.5)
