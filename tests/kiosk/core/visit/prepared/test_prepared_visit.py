"""What waits for a member's appointment: shown from the proof of her card on, and as long as it is hers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from kiosk.core.domain.floor.prepared import Prepared, PreparedPiece
from kiosk.core.domain.ids import PieceId, ShopperId
from kiosk.core.domain.service_request import RequestKind
from kiosk.core.domain.shopper import Shopper, Tier
from kiosk.core.scene.prepared_cards import PreparedPlace
from kiosk.core.visit.events import Event, GarmentArrived, MemberErased, ShopperIdentified
from kiosk.core.visit.navigation import Page
from kiosk.core.visit.prepared.prepared_event import PreparedChanged
from kiosk.core.visit.state import StepResult, Visit
from kiosk.core.visit.step import step
from kiosk.core.visit.touches import (
    BackPressed,
    Destination,
    PageOpened,
    PreparedOpened,
    ScreenDarkened,
    ScreenWoken,
    ServiceRequested,
    VisitClosed,
)
from tests.kiosk.core.garments import garment
from tests.kiosk.core.visit.visit_driver import CLARA, VisitDriver

Stepped = Callable[[Visit, Event], StepResult]
DRESS, BELT, BAG = garment("D1", start=80), garment("B1", start=90), garment("B2", start=70)
PIECES = (
    PreparedPiece(BAG, lies="stockroom"),
    PreparedPiece(DRESS, look=1, rail="Atelier", lies="floor"),
    PreparedPiece(BELT, look=1, ready=True),
)
HERS = Prepared("p1", "Inès", PIECES)


def tapped(prepared: Prepared | None = HERS, tier: Tier = Tier.PROVED) -> VisitDriver:
    room = VisitDriver()
    room.send(ScreenWoken(0))
    shopper = replace(CLARA, tier=tier, prepared=prepared)
    room.send(ShopperIdentified(0, room.visit.ticket, shopper, tapped_us=1))
    return room


def waits(room: VisitDriver) -> list[str]:
    card = room.scene.prepared
    return [piece.article for piece in card.pieces] if card is not None else []


def test_the_tap_shows_what_waits_look_by_look_and_where() -> None:
    card = tapped().scene.prepared
    assert card is not None
    assert (card.by, [one.article for one in card.pieces]) == (
        "Inès",
        [DRESS.article, BELT.article, BAG.article],
    )
    places = [(one.place, one.rail) for one in card.pieces]
    assert places == [
        (PreparedPlace.FLOOR, "Atelier"),
        (PreparedPlace.READY, ""),
        (PreparedPlace.STOCKROOM, ""),
    ]


@pytest.mark.parametrize("tier", [Tier.GUEST, Tier.STATIC])
def test_a_card_that_proves_nothing_shows_nothing(tier: Tier) -> None:
    assert tapped(tier=tier).scene.prepared is None


def test_a_piece_that_is_carried_in_waits_no_more() -> None:
    room = tapped()
    room.send(PageOpened(0, Destination.PREPARED))
    for number, worn in enumerate((DRESS, BELT)):
        room.send(GarmentArrived(0, PieceId(f"{worn.article}.{number}"), worn))
    assert waits(room) == [BAG.article]
    room.send(GarmentArrived(0, PieceId(f"{BAG.article}.1"), BAG))
    assert (room.scene.prepared, room.scene.page) == (None, Page.PREPARED)
    assert room.send(BackPressed(0)).page is Page.WARDROBE
    assert room.send(PageOpened(0, Destination.PREPARED)).page is Page.WARDROBE


def test_a_touch_opens_the_piece_from_which_it_is_asked_for() -> None:
    room = tapped()
    scene = room.send(PreparedOpened(0, BAG.article))
    assert scene.page is Page.GARMENT
    room.send(ServiceRequested(0, RequestKind.PIECE, BAG.article))
    assert room.scene.prepared is not None
    assert [one.asked for one in room.scene.prepared.pieces] == [False, False, True]
    assert room.send(PreparedOpened(0, garment("S1").article)).page is room.scene.page


def test_a_piece_that_is_asked_for_as_the_second_of_two_sizes_is_asked_for() -> None:
    larger = garment("B2", start=70, size="L")
    room = tapped(Prepared("p1", "", (PreparedPiece(larger, lies="stockroom"),)))
    room.send(PreparedOpened(0, larger.article))
    room.send(ServiceRequested(0, RequestKind.SIZE, BAG.article, second=larger.article))
    assert room.visit.requests[-1].article == BAG.article
    assert room.scene.prepared is not None
    assert [one.asked for one in room.scene.prepared.pieces] == [True]


def test_it_changes_while_she_is_here_and_can_be_taken_away() -> None:
    room = tapped()
    room.send(PageOpened(0, Destination.PREPARED))
    ticket = room.visit.ticket
    room.send(PreparedChanged(0, ticket, CLARA.shopper_id, replace(HERS, pieces=PIECES[:1])))
    assert waits(room) == [BAG.article]
    room.send(PreparedChanged(0, ticket, CLARA.shopper_id, None))
    assert (waits(room), room.scene.page) == ([], Page.WARDROBE)


@pytest.mark.parametrize(("tier", "shown"), [(Tier.PROVED, True), (Tier.STATIC, False)])
def test_what_is_prepared_after_the_tap_is_shown_with_a_proof(tier: Tier, shown: bool) -> None:
    room = tapped(prepared=None, tier=tier)
    room.send(PreparedChanged(0, room.visit.ticket, CLARA.shopper_id, HERS))
    assert (room.scene.prepared is not None) is shown


def another(room: VisitDriver) -> None:
    henrik = Shopper(ShopperId("s2"), Tier.PROVED, "Henrik", "en")
    room.send(ShopperIdentified(0, room.visit.ticket, henrik, tapped_us=room.visit.now_us))


@pytest.mark.parametrize(
    "ends",
    [
        pytest.param(another, id="another member"),
        pytest.param(lambda room: room.send(MemberErased(0, room.visit.ticket)), id="erased"),
        pytest.param(lambda room: room.send(VisitClosed(0)), id="closed"),
    ],
)
def test_nothing_of_it_stays(ends: Callable[[VisitDriver], object]) -> None:
    room = tapped()
    ends(room)
    room.wait(60)
    assert room.scene.prepared is None
    assert room.visit.shopper is None or room.visit.shopper.prepared is None


def test_another_member_is_not_on_the_page_of_what_waited_and_cannot_go_back_to_it() -> None:
    room = tapped()
    room.send(PageOpened(0, Destination.PREPARED))
    another(room)
    assert room.scene.page is Page.WARDROBE
    room = tapped()
    room.send(PageOpened(0, Destination.PREPARED), PreparedOpened(0, BAG.article))
    another(room)
    assert room.scene.page is Page.GARMENT
    assert room.send(BackPressed(0)).page is Page.WARDROBE


def test_a_mirror_that_is_to_be_dark_stays_dark() -> None:
    room = tapped()
    room.send(PageOpened(0, Destination.PREPARED), ScreenDarkened(0))
    room.send(PreparedChanged(0, room.visit.ticket, CLARA.shopper_id, None))
    assert (room.visit.navigation.dark, room.visit.page) == (True, Page.WARDROBE)


def takes_any(visit: Visit, event: Event) -> StepResult:
    """The planted fault: a change counts, whosever it is."""
    if isinstance(event, PreparedChanged) and visit.shopper is not None:
        return replace(visit, shopper=replace(visit.shopper, prepared=event.prepared)), ()
    return step(visit, event)


@pytest.mark.parametrize(("stepped", "shown"), [(step, False), pytest.param(takes_any, True, id="planted")])
def test_a_late_change_of_another_members_is_dropped(stepped: Stepped, shown: bool) -> None:
    room = tapped()
    another(room)
    after, _ = stepped(room.visit, PreparedChanged(0, room.visit.ticket, CLARA.shopper_id, HERS))
    assert (after.shopper is not None and after.shopper.prepared is not None) is shown
