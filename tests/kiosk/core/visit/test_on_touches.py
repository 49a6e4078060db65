"""Touches that need no store: pages, colours, sizes, languages, the basket, and the end of a visit."""

from __future__ import annotations

from kiosk.core.domain.ids import ItemId, PieceId
from kiosk.core.visit.navigation import MAX_TRAIL, Navigation, Page
from kiosk.core.visit.touches import (
    BackPressed,
    ColourChosen,
    Destination,
    GarmentOpened,
    LanguageChosen,
    PageOpened,
    ScreenDarkened,
    ScreenWoken,
    SizeChosen,
    SizesOpened,
    SuggestionDismissed,
    SuggestionOpened,
    VisitClosed,
)
from tests.kiosk.core.visit.visit_driver import SHIRT, A, B, VisitDriver, visit_with


def on_the_shirt() -> VisitDriver:
    room = visit_with((A, SHIRT))
    room.send(GarmentOpened(0, A))
    return room


def test_a_touch_begins_a_visit_in_an_empty_room() -> None:
    room = VisitDriver()
    assert room.send(ScreenWoken(0)).page is Page.WARDROBE
    assert room.visit.under_way


def test_each_destination_opens_its_page() -> None:
    room = visit_with()
    pages = {
        p: room.send(PageOpened(0, p)).page
        for p in Destination
        if p not in (Destination.RECEIPT, Destination.PREPARED)
    }
    assert pages == {
        Destination.WARDROBE: Page.WARDROBE,
        Destination.LOOK: Page.LOOK,
        Destination.ASK: Page.ASK,
        Destination.REQUESTS: Page.REQUEST,
        Destination.BASKET: Page.BASKET,
    }


def test_another_colour_keeps_the_size_if_it_comes_in_it() -> None:
    room = on_the_shirt()
    card = room.send(ColourChosen(0, "SKY")).garment
    assert card is not None
    assert (card.colour, card.size, card.picture) == ("Sky", "M", "S1-SKY.png")
    assert room.send(ColourChosen(0, "no such colour")).garment == card


def test_a_size_that_does_not_exist_changes_nothing() -> None:
    room = on_the_shirt()
    before = room.scene.garment
    assert room.send(SizeChosen(0, "XXXL")).garment == before


def test_without_a_focus_colours_and_sizes_change_nothing() -> None:
    room = visit_with()
    before = room.visit.navigation
    room.send(SizeChosen(0, "L"), ColourChosen(0, "SKY"), SizesOpened(0))
    assert (room.visit.focus, room.visit.navigation) == (None, before)


def test_the_sizes_page_needs_a_garment_in_focus() -> None:
    assert on_the_shirt().send(SizesOpened(0)).page is Page.SIZES


def test_only_known_languages_can_be_chosen() -> None:
    room = visit_with()
    assert room.send(LanguageChosen(0, "ar")).right_to_left
    assert room.send(LanguageChosen(0, "tlh")).language == "ar"


def test_pieces_and_suggestions_that_are_not_there_open_nothing() -> None:
    room = visit_with()
    effects = len(room.effects)
    room.send(GarmentOpened(0, PieceId("not here")), SuggestionOpened(0, ItemId("no such item")))
    assert (room.scene.page, room.scene.garment, len(room.effects)) == (Page.WARDROBE, None, effects)


def test_a_suggestion_is_dismissed_once() -> None:
    room = visit_with()
    room.send(SuggestionDismissed(0, ItemId("X")))
    effects = len(room.effects)
    room.send(SuggestionDismissed(0, ItemId("X")))
    assert (room.visit.looks.dismissed, len(room.effects)) == (("X",), effects)


def test_a_dark_mirror_stays_dark_while_it_is_idle() -> None:
    room = on_the_shirt()
    room.send(ScreenDarkened(0))
    scene = room.wait(130)
    assert (scene.dark, scene.page) == (True, Page.WARDROBE)


def test_a_touch_of_the_good_bye_page_continues_the_visit() -> None:
    room = visit_with()
    assert room.send(VisitClosed(0)).page is Page.AWAY
    assert room.send(ScreenWoken(0)).page is Page.WARDROBE
    assert [p.piece_id for p in room.visit.pieces] == [A, B]


def test_the_way_back_is_bounded() -> None:
    navigation = Navigation(Page.WARDROBE)
    for _ in range(MAX_TRAIL):
        navigation = navigation.to(Page.LOOK).to(Page.BASKET)
    assert len(navigation.trail) == MAX_TRAIL
    for _ in range(MAX_TRAIL + 1):
        navigation = navigation.back()
    assert navigation.page is Page.WARDROBE


def test_back_without_a_page_before_leads_to_the_wardrobe() -> None:
    room = visit_with()
    assert room.send(BackPressed(0)).page is Page.WARDROBE
