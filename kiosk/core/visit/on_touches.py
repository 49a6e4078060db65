"""What the shopper touches, granted."""

from __future__ import annotations

from dataclasses import replace
from typing import assert_never

from kiosk.core.domain.ids import Epc, ItemId
from kiosk.core.domain.texts import LANGUAGES
from kiosk.core.visit import on_facts as facts
from kiosk.core.visit import on_pay as paying
from kiosk.core.visit.effects import Effect, Note
from kiosk.core.visit.on_fit import told
from kiosk.core.visit.on_request import asked, withdrawn
from kiosk.core.visit.state import Focus, Page, Visit, back, opened
from kiosk.core.visit.touches import (
    Asked,
    BasketToggled,
    ColourChosen,
    FeltSaid,
    FitAsked,
    FitDialled,
    FitTold,
    GarmentOpened,
    JustMirror,
    LanguageChosen,
    NotThis,
    PayConfirmed,
    PayDropped,
    PayWished,
    Place,
    RequestWithdrawn,
    SaidMine,
    SizeChosen,
    SizesOpened,
    SuggestionOpened,
    VisitClosed,
    WentBack,
    WentTo,
    Wish,
    Woken,
)

Moved = tuple[Visit, tuple[Effect, ...]]

_PAGES = {
    Place.WARDROBE: Page.WARDROBE,
    Place.LOOK: Page.LOOK,
    Place.ASK: Page.ASK,
    Place.REQUESTS: Page.REQUEST,
    Place.BASKET: Page.BASKET,
}


def granted(visit: Visit, wish: Wish) -> Moved:
    """The visit after a wish."""
    match wish:
        case PayWished():
            return paying.wished(visit)
        case PayConfirmed():
            return paying.confirmed(visit)
        case PayDropped():
            return paying.dropped(visit)
        case Asked():
            return asked(visit, wish)
        case RequestWithdrawn(request_id=request_id):
            return withdrawn(visit, request_id)
        case FeltSaid() | FitAsked() | FitDialled() | FitTold():
            return told(visit, wish)
        case SaidMine(epc=epc, mine=mine):
            return _said_mine(visit, epc, mine)
        case NotThis(item=item):
            return _not_this(visit, item)
        case SuggestionOpened(item=item):
            return _suggestion_opened(visit, item)
        case _:
            return _shown(visit, wish), ()


_Way = Woken | WentTo | GarmentOpened | SizesOpened | WentBack | JustMirror | VisitClosed
_Choice = SizeChosen | ColourChosen | BasketToggled | LanguageChosen


def _shown(visit: Visit, wish: _Way | _Choice) -> Visit:
    return _led(visit, wish) if isinstance(wish, _Way) else _chosen(visit, wish)


def _led(visit: Visit, way: _Way) -> Visit:
    match way:
        case Woken():
            return _woken(visit)
        case WentTo(place=place):
            return opened(visit, _PAGES[place]) if place is not Place.WARDROBE else _home(visit)
        case GarmentOpened(epc=epc):
            return _garment_opened(visit, epc)
        case SizesOpened():
            return opened(visit, Page.SIZES) if visit.focus else visit
        case WentBack():
            return back(visit)
        case JustMirror():
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
    return opened(replace(visit, focus=Focus(garment, epc, garment.colour, garment.size)), Page.GARMENT)


def _suggestion_opened(visit: Visit, item: ItemId) -> Moved:
    found = next((s for s in visit.suggestions if s.garment.item == item), None)
    if found is None:
        return visit, ()
    garment = found.garment
    focused = replace(visit, focus=Focus(garment, None, garment.colour, garment.size))
    return opened(focused, Page.GARMENT), (Note(visit.ticket, item, "opened"),)


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
    after, effects = facts.asked_for_looks(unwanted)
    return after, (Note(visit.ticket, item, "not-this"), *effects)


def _toggled(visit: Visit, epc: Epc) -> Visit:
    if visit.piece(epc) is None or (visit.paying is not None and visit.paying.busy):
        return visit
    return replace(visit, set_aside=visit.set_aside ^ {epc}, paying=None)
