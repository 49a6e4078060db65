"""An associate shows a line or a piece on the mirror: as from a person, beside everything that the shopper does."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from kiosk.core.domain.floor.staff_message import StaffMessage
from kiosk.core.domain.ids import Ticket
from kiosk.core.domain.payment import PaymentState
from kiosk.core.domain.service_request import RequestKind
from kiosk.core.visit.events import Event, MemberErased, ShopperIdentified
from kiosk.core.visit.messages.message_event import StaffMessageShown
from kiosk.core.visit.navigation import Page
from kiosk.core.visit.state import Messages, StepResult, Visit
from kiosk.core.visit.step import step
from kiosk.core.visit.touches import (
    AllPiecesChosen,
    BackPressed,
    Destination,
    MessageClosed,
    MessageOpened,
    PageOpened,
    PaymentConfirmed,
    PaymentRequested,
    ScreenDarkened,
    ScreenWoken,
    ServiceRequested,
    VisitClosed,
)
from tests.kiosk.core.garments import garment
from tests.kiosk.core.visit.visit_driver import CLARA, SHIRT, A, VisitDriver, visit_with

Stepped = Callable[[Visit, Event], StepResult]
TEXT = "Zephyrine's hem is ready"
DRESS = garment("D1", start=80)
LINE, PIECE = StaffMessage("m1", "Inès", TEXT), StaffMessage("m2", "Inès", "", DRESS)


def told(room: VisitDriver, message: StaffMessage = LINE) -> VisitDriver:
    room.send(StaffMessageShown(0, room.visit.ticket, message))
    return room


def paying() -> VisitDriver:
    room = visit_with((A, SHIRT))
    room.send(AllPiecesChosen(0), PaymentRequested(0))
    room.price_order()
    room.send(PaymentConfirmed(0))
    room.set_payment(PaymentState.SENT)
    return room


def test_a_line_and_a_piece_are_shown_as_from_a_person() -> None:
    card = told(visit_with()).scene.message
    assert card is not None
    assert (card.by, card.text, card.has_piece, card.name) == ("Inès", TEXT, False, "")
    card = told(visit_with(), PIECE).scene.message
    assert card is not None
    assert (card.by, card.text, card.has_piece, card.price) == ("Inès", "", True, DRESS.price.formatted("en"))


def test_the_piece_opens_like_a_suggestion_and_its_page_has_a_way_back() -> None:
    room = told(visit_with(), PIECE)
    scene = room.send(MessageOpened(0, "m2"))
    assert scene.page is Page.GARMENT
    assert scene.garment is not None
    assert (scene.garment.name, scene.garment.piece) == (DRESS.name.in_language("en"), None)
    assert room.send(BackPressed(0)).page is Page.WARDROBE
    assert room.scene.message is not None


def test_a_later_one_replaces_it_and_a_touch_on_the_earlier_does_nothing() -> None:
    room = told(told(visit_with()), PIECE)
    before = room.visit
    room.send(MessageClosed(0, "m1"))
    room.send(MessageOpened(0, "m1"))
    assert room.visit.messages == before.messages
    assert room.scene.page is Page.WARDROBE


def test_closed_it_does_not_come_back_and_the_next_one_does() -> None:
    room = told(visit_with())
    assert room.send(MessageClosed(0, "m1")).message is None
    assert told(room).scene.message is None, "a reconnection sends it again"
    assert told(room, PIECE).scene.message is not None


def test_one_of_another_visit_is_not_shown() -> None:
    room = visit_with()
    assert room.send(StaffMessageShown(0, Ticket("earlier"), LINE)).message is None


@pytest.mark.parametrize(
    "place", [p for p in Destination if p is not Destination.RECEIPT], ids=lambda p: p.value
)
def test_it_stands_beside_every_page(place: Destination) -> None:
    room = told(visit_with())
    assert room.send(PageOpened(0, place)).message is not None


def test_a_payment_is_not_hidden_and_goes_on() -> None:
    room = paying()
    before = room.scene
    told(room, PIECE)
    assert replace(room.visit, messages=Messages()).pay == room.visit.pay
    assert room.scene == before, "the pay page shows nothing of it"
    room.set_payment(PaymentState.PAID)
    assert room.send(PageOpened(0, Destination.WARDROBE)).message is not None


def test_the_question_before_the_end_stays_and_is_not_answered_by_it() -> None:
    room = visit_with((A, SHIRT))
    assert room.wait(601).page is Page.STILL_THERE
    told(room)
    assert (room.scene.page, room.scene.message) == (Page.STILL_THERE, None)
    room.wait(21)
    assert room.scene.page is Page.AWAY, "an associate's message is no sign of the shopper"


def test_the_question_answered_it_is_there() -> None:
    room = visit_with((A, SHIRT))
    room.wait(601)
    assert told(room).send(ScreenWoken(0)).message is not None


def test_a_plain_mirror_stays_one() -> None:
    room = visit_with()
    room.send(ScreenDarkened(0))
    assert (told(room).scene.dark, room.scene.message) == (True, None)
    assert room.send(ScreenWoken(0)).message is not None


def after_the_visit(room: VisitDriver) -> None:
    room.send(VisitClosed(0))
    room.wait(9)


def without_an_answer(room: VisitDriver) -> None:
    room.wait(700)


def under_a_request(room: VisitDriver) -> None:
    room.send(ServiceRequested(0, RequestKind.HELP, None, False))
    room.wait(700)
    assert room.visit.under_way


def erased(room: VisitDriver) -> None:
    room.send(MemberErased(0, room.visit.ticket))


def erased_while_paying(room: VisitDriver) -> None:
    room.send(ShopperIdentified(0, room.visit.ticket, replace(CLARA, stored_means="")))
    room.send(AllPiecesChosen(0), PaymentRequested(0))
    room.price_order()
    room.set_payment(PaymentState.SENT)
    room.send(MemberErased(0, room.visit.ticket))
    assert room.visit.under_way


ENDS = [after_the_visit, without_an_answer, under_a_request, erased, erased_while_paying]


def left_of_it(end: Callable[[VisitDriver], None], stepped: Stepped = step) -> bool:
    """Whether anything of a message is left when nothing of the shopper may be."""
    room = visit_with((A, SHIRT))
    room.stepped = stepped
    room.send(ShopperIdentified(0, room.visit.ticket, CLARA))
    told(room, replace(LINE, garment=DRESS))
    end(room)
    return room.visit.messages.shown is not None or room.scene.message is not None


@pytest.mark.parametrize("end", ENDS, ids=lambda end: end.__name__)
def test_nothing_of_it_remains(end: Callable[[VisitDriver], None]) -> None:
    assert not left_of_it(end)


@pytest.mark.parametrize("end", ENDS, ids=lambda end: end.__name__)
def test_planted_a_message_that_is_kept_is_found(end: Callable[[VisitDriver], None]) -> None:
    def keeps(visit: Visit, event: Event) -> StepResult:
        after, effects = step(visit, event)
        return replace(after, messages=visit.messages if visit.messages.shown else after.messages), effects

    assert left_of_it(end, keeps)
