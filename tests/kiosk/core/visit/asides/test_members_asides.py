"""What a member has put aside in earlier visits: on the glass from the proof of her card on, and as long as it is
hers."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kiosk.core.domain.floor.aside import IN_ROOM, Aside, AsideState
from kiosk.core.domain.ids import RoomId, ShopperId, Ticket
from kiosk.core.domain.shopper import Shopper, Tier
from kiosk.core.scene.scene_of import scene_of
from kiosk.core.visit.asides.aside_event import AsidesStated
from kiosk.core.visit.asides.on_aside import MAX_WAITING
from kiosk.core.visit.effects import TakeBackAside
from kiosk.core.visit.events import MemberErased, ShopperIdentified
from kiosk.core.visit.touches import AsideWithdrawn, ScreenWoken, VisitClosed
from tests.kiosk.core.visit.visit_driver import CLARA, SHIRT, VisitDriver


def kept(name: str = "old.a1", state: AsideState = AsideState.TAKEN) -> Aside:
    return Aside(
        name, RoomId("2"), Ticket("old"), SHIRT.article, state, name=SHIRT.name, size="M", lies=IN_ROOM, code="K7PX",
        until="2026-12-01T19:00", by="Inès", revision=2,
    )  # fmt: skip


def tapped(tier: Tier = Tier.PROVED) -> VisitDriver:
    room = VisitDriver()
    room.send(ScreenWoken(0))
    identify(room, replace(CLARA, tier=tier))
    return room


def identify(room: VisitDriver, shopper: Shopper) -> None:
    room.send(ShopperIdentified(0, room.visit.ticket, shopper, tapped_us=1))


def state(room: VisitDriver, *asides: Aside, member: ShopperId = CLARA.shopper_id) -> None:
    room.send(AsidesStated(0, room.visit.ticket, member, asides))


def codes(room: VisitDriver) -> list[str]:
    return [card.code for card in scene_of(room.visit).asides]


def test_her_card_shows_it_with_its_code() -> None:
    room = tapped()
    assert codes(room) == []
    state(room, kept())
    (card,) = scene_of(room.visit).asides
    assert (card.code, card.by, card.waits, card.day) == ("K7PX", "Inès", True, 1)
    assert card.in_room is False, "it hung in the room of that visit"
    state(room)
    assert codes(room) == []


@pytest.mark.parametrize("tier", [Tier.GUEST, Tier.STATIC])
def test_a_card_that_proves_nothing_shows_nothing(tier: Tier) -> None:
    room = tapped(tier)
    state(room, kept())
    assert codes(room) == []


def test_what_is_of_another_member_is_dropped() -> None:
    room = tapped()
    state(room, kept(), member=ShopperId("other"))
    assert codes(room) == []


@pytest.mark.parametrize("ends", ["another card", "erased", "closed"])
def test_it_leaves_the_glass_with_her(ends: str) -> None:
    room = tapped()
    state(room, kept())
    assert codes(room) == ["K7PX"]
    if ends == "another card":
        identify(room, replace(CLARA, shopper_id=ShopperId("other")))
    elif ends == "erased":
        room.send(MemberErased(0, room.visit.ticket))
    else:
        room.send(VisitClosed(0))
        room.wait(60)
    assert codes(room) == []


def test_it_is_taken_back_like_any_other() -> None:
    room = tapped()
    state(room, kept(), kept("old.a2"))
    before = len(room.effects)
    room.send(AsideWithdrawn(0, "old.a1"))
    assert room.effects[before:] == [TakeBackAside(room.visit.ticket, "old.a1")]
    assert len(codes(room)) == 1


def test_no_more_are_shown_than_can_be_read() -> None:
    room = tapped()
    state(room, *(kept(f"old.a{n}") for n in range(MAX_WAITING + 3)))
    assert len(codes(room)) == MAX_WAITING
