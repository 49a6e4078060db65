"""What the shopper touches, granted."""

from __future__ import annotations

from dataclasses import replace
from typing import assert_never

from kiosk.core.domain.ids import Epc, ItemId
from kiosk.core.domain.texts import LANGUAGES
from kiosk.core.visit import on_facts as facts
from kiosk.core.visit import on_pay as paying
from kiosk.core.visit.effects import Effect, RecordItemEvent
from kiosk.core.visit.on_fit import on_fit_touch
from kiosk.core.visit.on_request import request_service, withdraw_request
from kiosk.core.visit.state import Focus, Page, Visit, open_page, previous_page
from kiosk.core.visit.touches import (
    BackPressed,
    BasketToggled,
    ColourChosen,
    Destination,
    FitAnswered,
    FitFieldChanged,
    FitQuestionOpened,
    FitRated,
    GarmentOpened,
    LanguageChosen,
    PageOpened,
    PaymentCancelRequested,
    PaymentConfirmed,
    PaymentRequested,
    PieceConfirmed,
    RequestWithdrawn,
    ScreenDarkened,
    ScreenWoken,
    ServiceRequested,
    SizeChosen,
    SizesOpened,
    SuggestionDismissed,
    SuggestionOpened,
    Touch,
    VisitClosed,
)

Moved = tuple[Visit, tuple[Effect, ...]]

_PAGES = {
    Destination.WARDROBE: Page.WARDROBE,
    Destination.LOOK: Page.LOOK,
    Destination.ASK: Page.ASK,
    Destination.REQUESTS: Page.REQUEST,
    Destination.BASKET: Page.BASKET,
}


def on_touch(visit: Visit, wish: Touch) -> Moved:
    """The visit after a wish."""
    match wish:
        case PaymentRequested():
            return paying.request_payment(visit)
        case PaymentConfirmed():
            return paying.confirm_payment(visit)
        case PaymentCancelRequested():
            return paying.cancel_payment(visit)
        case ServiceRequested():
            return request_service(visit, wish)
        case RequestWithdrawn(request_id=request_id):
            return withdraw_request(visit, request_id)
        case FitRated() | FitQuestionOpened() | FitFieldChanged() | FitAnswered():
            return on_fit_touch(visit, wish)
        case PieceConfirmed(epc=epc, mine=mine):
            return _said_mine(visit, epc, mine)
        case SuggestionDismissed(item=item):
            return _not_this(visit, item)
        case SuggestionOpened(item=item):
            return _suggestion_opened(visit, item)
        case _:
            return _shown(visit, wish), ()


_Way = ScreenWoken | PageOpened | GarmentOpened | SizesOpened | BackPressed | ScreenDarkened | VisitClosed
_Choice = SizeChosen | ColourChosen | BasketToggled | LanguageChosen


def _shown(visit: Visit, wish: _Way | _Choice) -> Visit:
    return _led(visit, wish) if isinstance(wish, _Way) else _chosen(visit, wish)


def _led(visit: Visit, way: _Way) -> Visit:
    match way:
        case ScreenWoken():
            return _woken(visit)
        case PageOpened(place=place):
            return open_page(visit, _PAGES[place]) if place is not Destination.WARDROBE else _home(visit)
        case GarmentOpened(epc=epc):
            return _garment_opened(visit, epc)
        case SizesOpened():
            return open_page(visit, Page.SIZES) if visit.focus else visit
        case BackPressed():
            return previous_page(visit)
        case ScreenDarkened():
            return replace(visit, dark=True)
        case VisitClosed():
            return _closed(visit)
        case _:
            assert_never(way)


def _chosen(visit: Visit, choice: _Choice) -> Visit:
    match choice:
        case SizeChosen(size=size):
            return replace(visit, focus=_resized(visit.focus, size), follows=False) if visit.focus else visit
        case ColourChosen(colour=colour):
            return replace(visit, focus=_recoloured(visit.focus, colour)) if visit.focus else visit
        case BasketToggled(epc=epc):
            return _toggled(visit, epc)
        case LanguageChosen(language=language):
            return replace(visit, language=language) if language in LANGUAGES else visit
        case _:
            assert_never(choice)


def _home(visit: Visit) -> Visit:
    return replace(visit, page=Page.WARDROBE, trail=(), dark=False)


def _resized(focus: Focus, size: str) -> Focus:
    known = {o.size for o in focus.garment.in_colour(focus.colour).sizes}
    return replace(focus, size=size) if size in known else focus


def _woken(visit: Visit) -> Visit:
    page = Page.WARDROBE if visit.page in (Page.REST, Page.AWAY) else visit.page
    return replace(visit, page=page, dark=False)


def _closed(visit: Visit) -> Visit:
    if visit.paying is not None and visit.paying.busy:
        return visit
    return replace(visit, page=Page.AWAY, trail=())


def _garment_opened(visit: Visit, epc: Epc) -> Visit:
    piece = visit.piece(epc)
    if piece is None or piece.garment is None or not piece.shown:
        return visit
    garment = piece.garment
    return open_page(replace(visit, focus=Focus(garment, epc, garment.colour, garment.size)), Page.GARMENT)


def _suggestion_opened(visit: Visit, item: ItemId) -> Moved:
    found = next((s for s in visit.suggestions if s.garment.item == item), None)
    if found is None:
        return visit, ()
    garment = found.garment
    focused = replace(visit, focus=Focus(garment, None, garment.colour, garment.size))
    return open_page(focused, Page.GARMENT), (RecordItemEvent(visit.ticket, item, "opened"),)


def _recoloured(focus: Focus, colour: str) -> Focus:
    if colour not in {c.code for c in focus.garment.colours}:
        return focus
    sizes = [o.size for o in focus.garment.in_colour(colour).sizes]
    size = focus.size if focus.size in sizes or not sizes else sizes[0]
    return replace(focus, colour=colour, size=size)


def _said_mine(visit: Visit, epc: Epc, mine: bool) -> Moved:
    if visit.piece(epc) is None:
        return visit, ()
    pieces = tuple(replace(p, mine=mine) if p.epc == epc else p for p in visit.pieces)
    return facts.changed(visit, pieces)


def _not_this(visit: Visit, item: ItemId) -> Moved:
    if item in visit.unwanted:
        return visit, ()
    rest = tuple(s for s in visit.suggestions if s.garment.item != item)
    unwanted = replace(visit, unwanted=(*visit.unwanted, item), suggestions=rest)
    after, effects = facts.request_looks(unwanted)
    return after, (RecordItemEvent(visit.ticket, item, "not-this"), *effects)


def _toggled(visit: Visit, epc: Epc) -> Visit:
    if visit.piece(epc) is None or (visit.paying is not None and visit.paying.busy):
        return visit
    return replace(visit, set_aside=visit.set_aside ^ {epc}, paying=None)
