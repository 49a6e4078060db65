"""Whole visits: pieces, looks, sizes, requests, and what the scene shows after each event."""

from dataclasses import replace

import pytest

from kiosk.core.domain.advice import LookReason, SizeAdvice, SizeReason, Suggestion
from kiosk.core.domain.service_request import RequestKind, RequestState
from kiosk.core.scene.garment_cards import Availability, SizeLocation
from kiosk.core.visit.effects import (
    AdviseSize,
    FindLooks,
    ReportVisit,
    SendRequest,
)
from kiosk.core.visit.events import (
    GarmentArrived,
    GarmentCertaintyChanged,
    RequestChanged,
    RequestUnsent,
    ShopDescribed,
    SizeAdviceReceived,
    StaffChanged,
    StoreBack,
    StoreLost,
    SuggestionsReceived,
)
from kiosk.core.visit.navigation import Page
from kiosk.core.visit.touches import (
    BackPressed,
    BasketToggled,
    Destination,
    GarmentOpened,
    PageOpened,
    PieceConfirmed,
    RequestWithdrawn,
    ScreenDarkened,
    ScreenWoken,
    ServiceRequested,
    SizeChosen,
    SuggestionDismissed,
    SuggestionOpened,
)
from tests.kiosk.core.garments import garment
from tests.kiosk.core.visit.visit_driver import BELT, COAT, SHIRT, A, B, VisitDriver, visit_with


def test_nothing_is_shown_before_a_piece_arrives() -> None:
    room = VisitDriver()
    assert room.scene.page is Page.REST
    scene = room.send(GarmentArrived(0, A, SHIRT))
    assert (scene.page, [p.name for p in scene.pieces]) == (Page.WARDROBE, ["Shirt S1"])
    assert [type(e) for e in room.effects] == [ReportVisit, FindLooks, AdviseSize]


def test_looks_are_asked_for_again_when_the_room_changes_and_late_answers_are_dropped() -> None:
    room = visit_with((A, SHIRT))
    early = room.last(FindLooks)
    room.send(GarmentArrived(0, B, COAT))
    assert isinstance(early, FindLooks)
    found = (Suggestion(BELT, LookReason.COMPLETES, SHIRT.name),)
    assert room.send(SuggestionsReceived(0, room.visit.ticket, early.asked, found)).looks == ()
    now = room.send(SuggestionsReceived(0, room.visit.ticket, early.asked + 1, found))
    assert [(look.name, look.about) for look in now.looks] == [("Shirt A1", "Shirt S1")]


def test_a_dismissed_suggestion_is_removed_and_others_are_asked_for() -> None:
    room = visit_with((A, SHIRT))
    room.send(SuggestionsReceived(0, room.visit.ticket, 1, (Suggestion(BELT, LookReason.POPULAR),)))
    scene = room.send(SuggestionDismissed(0, BELT.item))
    asked = room.last(FindLooks)
    assert scene.looks == ()
    assert isinstance(asked, FindLooks)
    assert asked.without == (BELT.item,)


def test_looks_that_were_asked_for_while_the_store_was_away_are_asked_for_again() -> None:
    """Some looks are on the glass already: the search for others ends all the same."""
    room = visit_with((A, SHIRT))
    shown = tuple(Suggestion(garment, LookReason.POPULAR) for garment in (BELT, COAT))
    room.send(SuggestionsReceived(0, room.visit.ticket, 1, shown), StoreLost(0))
    room.send(SuggestionDismissed(0, BELT.item), SuggestionsReceived(0, room.visit.ticket, 2, None))
    assert room.scene.finding
    room.send(StoreBack(0))
    asked = room.last(FindLooks)
    assert isinstance(asked, FindLooks)
    assert asked.asked == 3
    assert not room.send(SuggestionsReceived(0, room.visit.ticket, 3, shown[1:])).finding
    # nothing is searched for: looks stay as they are
    room.send(StoreLost(0), StoreBack(0))
    assert room.last(FindLooks) is asked


def test_one_size_is_advised_alone_only_with_enough_confidence() -> None:
    room = visit_with((A, SHIRT))
    sure = SizeAdvice(("L", "M"), 0.7, SizeReason.RUNS_SMALL, "M", 41, 60)
    room.send(SizeAdviceReceived(0, room.visit.ticket, SHIRT.article, sure), GarmentOpened(0, A))
    assert room.scene.garment is not None
    assert room.scene.garment.advice is not None
    assert room.scene.garment.advice.sizes == ("L",)
    assert room.scene.pieces[0].advised == "L"
    room.send(SizeAdviceReceived(0, room.visit.ticket, SHIRT.article, replace(sure, confidence=0.5)))
    assert (room.scene.garment.advice.sizes, room.scene.garment.advice.best) == (("M", "L"), "L")
    assert room.scene.pieces[0].advised == ""


def test_asking_for_another_size_is_two_touches_and_twice_is_once() -> None:
    room = visit_with()
    room.send(GarmentOpened(0, A), SizeChosen(0, "L"))
    card = room.scene.garment
    assert card is not None
    assert (card.offer, card.kind) == (Availability.BRING, RequestKind.SIZE)
    assert {s.size: s.place for s in card.sizes} == {
        "S": SizeLocation.HERE,
        "M": SizeLocation.IN_ROOM,
        "L": SizeLocation.STOCKROOM,
        "XL": SizeLocation.ELSEWHERE,
    }
    scene = room.send(
        ServiceRequested(0, RequestKind.SIZE, card.article),
        ServiceRequested(0, RequestKind.SIZE, card.article),
    )
    assert [(r.state, r.size) for r in scene.requests] == [(RequestState.SENDING, "L")]
    assert sum(isinstance(e, SendRequest) for e in room.effects) == 1


def test_a_size_that_is_not_in_the_shop_cannot_be_asked_for() -> None:
    room = visit_with()
    room.send(GarmentOpened(0, A), SizeChosen(0, "XL"))
    card = room.scene.garment
    assert card is not None
    assert (card.offer, card.elsewhere) == (Availability.ELSEWHERE, "Lyon")
    assert room.send(ServiceRequested(0, RequestKind.SIZE, card.article)).requests == ()


def test_without_associates_nothing_can_be_brought() -> None:
    room = visit_with()
    room.send(StaffChanged(0, (), 0), GarmentOpened(0, A), SizeChosen(0, "L"))
    assert room.scene.garment is not None
    assert room.scene.garment.offer is Availability.NOBODY


def test_a_request_that_does_not_arrive_is_sent_again_under_its_own_number() -> None:
    room = visit_with()
    room.send(ServiceRequested(0, RequestKind.HELP))
    sent = room.last(SendRequest)
    assert isinstance(sent, SendRequest)
    room.send(RequestUnsent(0, room.visit.ticket, sent.request.request_id))
    room.wait(4)
    again = room.last(SendRequest)
    assert again is not sent
    assert isinstance(again, SendRequest)
    assert again.request.request_id == sent.request.request_id


def test_a_withdrawn_request_stays_withdrawn_whatever_comes_late() -> None:
    room = visit_with()
    room.send(ServiceRequested(0, RequestKind.DRINK))
    request = room.visit.requests[0]
    room.send(RequestWithdrawn(0, request.request_id))
    late = replace(request, state=RequestState.CLAIMED, by="Inès")
    assert room.send(RequestChanged(0, room.visit.ticket, late)).requests[0].state is RequestState.CANCELLED


@pytest.mark.parametrize("late", [RequestState.RECEIVED, RequestState.CLAIMED, RequestState.AT_THE_DOOR])
@pytest.mark.parametrize("end", [RequestState.DONE, RequestState.DECLINED, RequestState.CANCELLED])
def test_a_closed_request_stays_closed_whatever_comes_late(end: RequestState, late: RequestState) -> None:
    """The event stream says that it is done, then the slower answer to the request itself comes."""
    room = visit_with()
    room.send(ServiceRequested(0, RequestKind.DRINK))
    request = room.visit.requests[0]
    for state in (end, late):
        scene = room.send(RequestChanged(0, room.visit.ticket, replace(request, state=state)))
        assert scene.requests[0].state is end


def test_an_uncertain_piece_is_faint_and_not_in_the_basket_until_confirmed() -> None:
    room = VisitDriver()
    scene = room.send(GarmentArrived(0, A, SHIRT, sure=False))
    assert scene.pieces[0].faint
    assert (scene.basket.count, scene.basket.uncertain) == (0, 1)
    assert room.send(BasketToggled(0, A), PieceConfirmed(0, A, True)).basket.count == 0
    assert room.send(BasketToggled(0, A)).basket.count == 1
    assert room.send(PieceConfirmed(0, A, False)).pieces == ()
    assert room.send(GarmentCertaintyChanged(0, A, sure=True)).basket.count == 0


def test_a_piece_the_catalogue_does_not_know_is_shown_and_not_sold() -> None:
    scene = VisitDriver().send(GarmentArrived(0, A, None))
    assert scene.pieces[0].unknown
    assert scene.basket.count == 0


def test_a_darkened_mirror_shows_nothing_until_touched() -> None:
    room = visit_with((A, SHIRT))
    assert room.send(ScreenDarkened(0)).dark
    scene = room.send(ScreenWoken(0))
    assert (scene.dark, scene.page) == (False, Page.WARDROBE)


def test_back_leads_to_the_page_before() -> None:
    room = visit_with((A, SHIRT))
    room.send(SuggestionsReceived(0, room.visit.ticket, 1, (Suggestion(BELT, LookReason.POPULAR),)))
    room.send(PageOpened(0, Destination.LOOK), SuggestionOpened(0, BELT.item))
    assert room.scene.garment is not None
    assert room.scene.garment.kind is RequestKind.PIECE
    assert room.send(BackPressed(0)).page is Page.LOOK
    assert room.send(BackPressed(0)).page is Page.WARDROBE
    assert not room.scene.can_go_back


def test_a_garment_in_one_size_shows_no_size() -> None:
    room = visit_with((A, garment("B1", sizes="one", size="one")))
    room.send(GarmentOpened(0, A))
    assert room.scene.pieces[0].size == ""
    assert room.scene.garment is not None
    assert (room.scene.garment.size, room.scene.garment.sizes) == ("", ())


def test_the_shops_description_may_come_late() -> None:
    room = VisitDriver()
    described = ShopDescribed(0, "Ostrevane", "de", ("en", "de"), "CHF")
    assert (room.send(described).house, room.scene.language) == ("Ostrevane", "de")
    room = visit_with((A, SHIRT))
    assert room.send(described).language == "en", "a visit under way keeps its language"
