"""An associate shows a look: pieces that open as suggestions do, without what she does not want; what became of it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kiosk.core.clues.dislikes import Dislike, DislikeKind
from kiosk.core.domain.floor.staff_message import LookPiece, MessageStage, StaffMessage
from kiosk.core.domain.garment import Garment
from kiosk.core.domain.service_request import RequestKind
from kiosk.core.scene.garment_cards import Availability, SizeLocation
from kiosk.core.scene.message_cards import MessagePieceCard
from kiosk.core.visit.effects import Effect, ReportMessage
from kiosk.core.visit.events import DislikesStated, Event
from kiosk.core.visit.messages.dislike_event import DislikesWithdrawn
from kiosk.core.visit.messages.message_event import MessagePresented, StaffMessageShown
from kiosk.core.visit.navigation import Page
from kiosk.core.visit.state import StepResult, Visit
from kiosk.core.visit.step import step
from kiosk.core.visit.touches import BackPressed, MessageClosed, MessageOpened, ServiceRequested
from tests.kiosk.core.garments import garment
from tests.kiosk.core.visit.visit_driver import SHIRT, A, VisitDriver, visit_with

DRESS, SHOES = garment("D1", start=80), garment("F1", start=120, size="L")
BAG = garment("B1", start=160, sizes="one", size="one")
LOOK = StaffMessage(
    "m1", "Inès", "for tonight", DRESS, (LookPiece(DRESS), LookPiece(SHOES, sized=False), LookPiece(BAG))
)


def told(room: VisitDriver, message: StaffMessage = LOOK) -> VisitDriver:
    room.send(StaffMessageShown(0, room.visit.ticket, message))
    return room


def shown(room: VisitDriver) -> tuple[MessagePieceCard, ...]:
    card = room.scene.message
    return card.look if card is not None else ()


def reports(effects: list[Effect]) -> list[MessageStage]:
    return [effect.stage for effect in effects if isinstance(effect, ReportMessage)]


def unwanted(room: VisitDriver, *pieces: Garment) -> VisitDriver:
    items = tuple(Dislike(DislikeKind.ITEM, piece.item) for piece in pieces)
    room.send(DislikesStated(0, room.visit.ticket, items))
    return room


def test_each_piece_has_its_price_size_and_place() -> None:
    room = told(visit_with((A, SHIRT)))
    card = room.scene.message
    assert card is not None
    assert (card.text, card.has_piece, card.name) == ("for tonight", False, "")
    seen = [(one.article, one.size, one.place, one.count) for one in card.look]
    assert seen == [
        (DRESS.article, "M", SizeLocation.HERE, 3),
        (SHOES.article, "", None, 0),
        (BAG.article, "", SizeLocation.HERE, 3),
    ]
    assert card.look[0].price == DRESS.price.formatted("en")


def test_a_piece_opens_as_a_suggestion_does_and_can_be_asked_for() -> None:
    room = told(visit_with((A, SHIRT)))
    scene = room.send(MessageOpened(0, "m1", DRESS.article))
    assert (scene.page, scene.garment and scene.garment.offer) == (Page.GARMENT, Availability.BRING)
    room.send(ServiceRequested(0, RequestKind.PIECE, DRESS.article))
    assert [one.asked for one in shown(room)] == [True, False, False]
    room.send(BackPressed(0), BackPressed(0))
    scene = room.send(MessageOpened(0, "m1", SHOES.article))
    assert scene.garment is not None
    assert (scene.garment.size, scene.garment.offer) == ("", Availability.CHOOSE)


@pytest.mark.parametrize("touch", [MessageOpened(0, "m1"), MessageOpened(0, "m0", DRESS.article)])
def test_a_touch_on_no_piece_of_it_opens_nothing(touch: MessageOpened) -> None:
    room = told(visit_with((A, SHIRT)))
    assert room.send(touch).page is Page.WARDROBE


def test_what_she_does_not_want_leaves_the_look_and_comes_back_when_that_was_wrong() -> None:
    room = unwanted(told(visit_with((A, SHIRT))), DRESS)
    assert [one.article for one in shown(room)] == [SHOES.article, BAG.article]
    assert room.send(MessageOpened(0, "m1", DRESS.article)).page is Page.WARDROBE
    room.send(DislikesWithdrawn(0, room.visit.ticket, (Dislike(DislikeKind.ITEM, DRESS.item),)))
    assert len(shown(room)) == 3


def test_of_a_look_that_she_does_not_want_the_line_is_left_or_nothing() -> None:
    assert unwanted(told(visit_with((A, SHIRT))), DRESS, SHOES, BAG).scene.message is not None
    bare = told(visit_with((A, SHIRT)), replace(LOOK, text=""))
    assert unwanted(bare, DRESS, SHOES, BAG).scene.message is None


def stages(room: VisitDriver) -> list[MessageStage]:
    """What the store is told of a look that is presented, sent again, presented again, and closed."""
    told(room)
    room.send(MessagePresented(0, "m1"), MessagePresented(0, "m1"), MessagePresented(0, "m0"))
    told(room)
    room.send(MessageClosed(0, "m1"))
    told(room)
    return reports(room.effects)


SHOWN, CLOSED = MessageStage.SHOWN, MessageStage.CLOSED


def test_the_store_learns_what_became_of_it_again_after_a_reconnection() -> None:
    assert stages(visit_with((A, SHIRT))) == [SHOWN, SHOWN, CLOSED, CLOSED]


def test_planted_a_message_that_counts_as_shown_when_it_comes_is_found() -> None:
    def early(visit: Visit, event: Event) -> StepResult:
        after, effects = step(visit, event)
        if isinstance(event, StaffMessageShown):
            effects = (*effects, ReportMessage(visit.ticket, event.message.message_id, SHOWN))
        return after, effects

    room = visit_with((A, SHIRT))
    room.stepped = early
    assert stages(room) != [SHOWN, SHOWN, CLOSED, CLOSED]


def test_a_frame_is_no_sign_of_the_shopper() -> None:
    room = told(visit_with((A, SHIRT)))
    before = room.visit.times.touched_us
    room.send(MessagePresented(0, "m1"))
    assert room.visit.times.touched_us == before
    quiet = VisitDriver()
    quiet.send(MessagePresented(0, "m1"))
    assert not quiet.visit.under_way
