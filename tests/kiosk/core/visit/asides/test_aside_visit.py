"""Putting a piece aside at the mirror: when it is offered, what a touch sends, and what the answers show."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kiosk.core.domain.floor.aside import Aside, AsideMove, AsideOffer, AsideState, moved
from kiosk.core.domain.floor.services import USUAL_SERVICES
from kiosk.core.domain.ids import ArticleId, RoomId, Ticket
from kiosk.core.domain.service_request import Reached, RequestKind, RequestState
from kiosk.core.scene.scene_of import scene_of
from kiosk.core.visit.asides.aside_event import AsideChanged
from kiosk.core.visit.asides.on_aside import MAX_WAITING
from kiosk.core.visit.effects import PutAside, TakeBackAside, WithdrawRequest
from kiosk.core.visit.events import RequestChanged, StaffChanged, StoreBack, StoreLost
from kiosk.core.visit.navigation import Page
from kiosk.core.visit.offers.services_event import ServicesOffered
from kiosk.core.visit.touches import (
    AsideRequested,
    AsideWithdrawn,
    GarmentOpened,
    ServiceRequested,
    SizeChosen,
)
from tests.kiosk.core.visit.visit_driver import SHIRT, A, VisitDriver, visit_with


def room_with(offer: AsideOffer, *staff: str) -> VisitDriver:
    room = visit_with((A, SHIRT))
    room.send(ServicesOffered(0, USUAL_SERVICES, offer))
    room.send(StaffChanged(0, staff, 2))
    return room


def other_size() -> ArticleId:
    """An article of the shirt that is in the shop and not in the room."""
    return next(s.article for s in SHIRT.colourway.sizes if s.here and s.article != SHIRT.article)


def size_of(article: ArticleId) -> str:
    found = SHIRT.stock_of(article)
    assert found is not None
    return found[1].size


@pytest.mark.parametrize(
    ("offer", "staff", "offered"),
    [
        (AsideOffer.NEVER, (), False), (AsideOffer.NOBODY, (), True), (AsideOffer.NOBODY, ("Inès",), False),
        (AsideOffer.ALWAYS, ("Inès",), True),
    ],
)  # fmt: skip
def test_it_is_offered_as_the_shop_says(offer: AsideOffer, staff: tuple[str, ...], offered: bool) -> None:
    room = room_with(offer, *staff)
    room.send(GarmentOpened(0, A))
    hangs = scene_of(room.visit).garment
    room.send(SizeChosen(0, size_of(other_size())))
    stock = scene_of(room.visit).garment
    assert hangs is not None
    assert hangs.hangs == A
    assert stock is not None
    assert stock.hangs is None
    assert (hangs.can_put_aside, stock.can_put_aside) == (offered, offered)
    before = len(room.effects)
    room.send(AsideRequested(0, SHIRT.article, A))
    assert bool(room.effects[before:]) is offered, "what is not offered is not sent either"


def test_without_a_store_nothing_is_promised() -> None:
    room = room_with(AsideOffer.ALWAYS)
    room.send(StoreLost(0))
    room.send(GarmentOpened(0, A))
    card = scene_of(room.visit).garment
    assert card is not None
    assert not card.can_put_aside


def test_a_touch_sends_it_once_and_shows_the_code_when_the_store_has_it() -> None:
    room = room_with(AsideOffer.NOBODY)
    room.send(AsideRequested(0, SHIRT.article, A))
    room.send(AsideRequested(0, SHIRT.article, A))
    (sent,) = [effect for effect in room.effects if isinstance(effect, PutAside)]
    assert (sent.article, sent.piece, room.visit.page) == (SHIRT.article, A, Page.REQUEST)
    (card,) = scene_of(room.visit).asides
    assert (card.state, card.code, card.name) == (AsideState.SENDING, "", SHIRT.name.in_language("en"))
    kept = replace(
        room.visit.asides[0],
        state=AsideState.ASKED,
        code="K7PX",
        until="2026-12-01T19:00",
        lies="room",
        revision=1,
    )
    room.send(AsideChanged(0, room.visit.ticket, kept))
    (card,) = scene_of(room.visit).asides
    assert (card.code, card.day, card.month, card.time, card.in_room) == ("K7PX", 1, 12, "19:00", True)
    taken = replace(kept, state=AsideState.TAKEN, by="Inès", revision=2)
    room.send(AsideChanged(0, room.visit.ticket, taken))
    room.send(AsideChanged(0, room.visit.ticket, kept))
    assert scene_of(room.visit).asides[0].by == "Inès", "an earlier state comes late"


def test_a_refusal_is_said() -> None:
    room = room_with(AsideOffer.NOBODY)
    room.send(AsideRequested(0, SHIRT.article, A))
    asked = room.visit.asides[0]
    refused = Aside(asked.aside_id, RoomId(""), asked.ticket, asked.article, AsideState.REFUSED)
    room.send(AsideChanged(0, room.visit.ticket, refused))
    (card,) = scene_of(room.visit).asides
    assert (card.state, card.waits, card.name) == (AsideState.REFUSED, False, SHIRT.name.in_language("en"))


def test_it_takes_the_place_of_a_request_that_nobody_answers() -> None:
    room = room_with(AsideOffer.NOBODY, "Inès")
    article = other_size()
    room.send(ServiceRequested(0, RequestKind.SIZE, article))
    assert not scene_of(room.visit).requests[0].can_put_aside
    waits = replace(room.visit.requests[0], state=RequestState.RECEIVED, reached=Reached.NOBODY, revision=1)
    room.send(RequestChanged(0, room.visit.ticket, waits))
    assert scene_of(room.visit).requests[0].can_put_aside
    room.send(AsideRequested(0, article))
    kept = replace(room.visit.asides[0], state=AsideState.ASKED, code="K7PX", revision=1)
    room.send(AsideChanged(0, room.visit.ticket, kept))
    assert [type(effect) for effect in room.effects][-2:] == [PutAside, WithdrawRequest]
    assert room.visit.open_requests == ()


def test_taken_back_it_is_gone_from_the_glass_and_told() -> None:
    room = room_with(AsideOffer.NOBODY)
    room.send(AsideRequested(0, SHIRT.article, A))
    (asked,) = room.visit.asides
    room.send(AsideWithdrawn(0, asked.aside_id))
    assert room.effects[-1] == TakeBackAside(room.visit.ticket, asked.aside_id)
    room.send(AsideChanged(0, room.visit.ticket, replace(asked, state=AsideState.ENDED, revision=2)))
    assert scene_of(room.visit).asides == ()


def test_what_became_of_it_while_the_store_was_away_is_asked_for() -> None:
    room = room_with(AsideOffer.NOBODY)
    room.send(AsideRequested(0, SHIRT.article, A))
    room.send(AsideRequested(0, other_size()))
    first, second = room.visit.asides
    kept = replace(first, state=AsideState.ASKED, code="K7PX", revision=1)
    room.send(AsideChanged(0, room.visit.ticket, kept))
    room.send(AsideChanged(0, room.visit.ticket, replace(second, state=AsideState.REFUSED)))
    room.send(StoreLost(0))
    before = len(room.effects)
    room.send(StoreBack(0))
    again = [effect for effect in room.effects[before:] if isinstance(effect, PutAside)]
    assert again == [PutAside(room.visit.ticket, first.aside_id, SHIRT.article, A)], (
        "planted: a code stayed on the glass for a piece that was sold meanwhile"
    )
    room.send(AsideChanged(0, room.visit.ticket, replace(kept, state=AsideState.ENDED, revision=2)))
    assert [card.waits for card in scene_of(room.visit).asides] == [False], "only the last one"


def test_as_many_are_offered_as_can_be_read_on_the_glass() -> None:
    room = room_with(AsideOffer.NOBODY)
    room.send(AsideRequested(0, SHIRT.article, A))
    (first,) = room.visit.asides
    more = tuple(
        replace(first, aside_id=f"a{n}", article=ArticleId(f"x{n}"), state=AsideState.ASKED, piece=None)
        for n in range(1, MAX_WAITING)
    )
    over = tuple(replace(one, aside_id=f"o{one.aside_id}", state=AsideState.ENDED) for one in more)
    room.visit = replace(room.visit, asides=(*over, first, *more))
    room.send(GarmentOpened(0, A))
    room.send(SizeChosen(0, size_of(other_size())))
    card = scene_of(room.visit).garment
    assert card is not None
    assert not card.can_put_aside
    assert len(scene_of(room.visit).asides) == MAX_WAITING + 1, (
        "planted: those that are over made the codes small"
    )
    room.send(AsideWithdrawn(0, first.aside_id))
    card = scene_of(room.visit).garment
    assert card is not None
    assert card.can_put_aside


def test_moves_by_state() -> None:
    allowed = {
        (state, move): after.state
        for state in AsideState
        for move in AsideMove
        if (after := moved(Aside("a", RoomId("1"), Ticket("t"), SHIRT.article, state), move)) is not None
    }
    ended, back = AsideState.ENDED, AsideState.HANG_BACK
    expected: dict[tuple[AsideState, AsideMove], AsideState] = {
        (AsideState.ASKED, move): ended for move in AsideMove if move is not AsideMove.HUNG
    }
    expected[AsideState.ASKED, AsideMove.TAKE] = AsideState.TAKEN
    for move in (AsideMove.RELEASE, AsideMove.WITHDRAW, AsideMove.EXPIRE):
        expected[AsideState.TAKEN, move] = back
    for state, move in (
        (AsideState.TAKEN, AsideMove.HAND_OVER), (AsideState.TAKEN, AsideMove.SELL),
        (back, AsideMove.HUNG), (back, AsideMove.SELL),
    ):  # fmt: skip
        expected[state, move] = ended
    assert allowed == expected
