"""What hardware and store notice, taken into the visit."""

from __future__ import annotations

from dataclasses import replace
from typing import assert_never

from kiosk.core.domain.fit_feedback import NO_BODY_FACTS
from kiosk.core.domain.garment import Piece
from kiosk.core.domain.ids import Epc
from kiosk.core.visit.effects import (
    AdviseSize,
    CollectPayment,
    Effect,
    FindLooks,
    IdentifyShopper,
    ReportVisit,
    SendRequest,
    TogglePiece,
)
from kiosk.core.visit.events import (
    CardTapped,
    Fact,
    GarmentArrived,
    GarmentCertaintyChanged,
    GarmentLeft,
    PieceScanned,
    RadioBack,
    RadioLost,
    ShopDescribed,
    StaffChanged,
    StoreBack,
    StoreLost,
    TapFailed,
)
from kiosk.core.visit.state import Page, PayStage, StaffOnDuty, Visit, begin_visit

Moved = tuple[Visit, tuple[Effect, ...]]


def on_fact(visit: Visit, fact: Fact) -> Moved:
    """The visit after a fact."""
    match fact:
        case GarmentArrived():
            return _arrived(visit, fact)
        case GarmentCertaintyChanged(epc=epc, sure=sure):
            return changed(visit, tuple(replace(p, sure=sure) if p.epc == epc else p for p in visit.pieces))
        case GarmentLeft(epc=epc):
            return _left(visit, epc)
        case CardTapped():
            return _tapped(visit, fact)
        case PieceScanned(epc=epc):
            # What comes of it is the store's to say: the piece arrives, leaves again, or is not of this house.
            return visit, (TogglePiece(visit.ticket, epc),)
        case TapFailed(trouble=trouble):
            return replace(visit, trouble=trouble, trouble_us=visit.now_us), ()
        case ShopDescribed():
            return _described(visit, fact), ()
        case RadioLost() | RadioBack() | StoreLost() | StoreBack() | StaffChanged():
            return _state_of_house(visit, fact)
        case _:
            assert_never(fact)


def _state_of_house(
    visit: Visit, fact: RadioLost | RadioBack | StoreLost | StoreBack | StaffChanged
) -> Moved:
    match fact:
        case RadioLost():
            return replace(visit, radio=False), ()
        case RadioBack():
            return replace(visit, radio=True), ()
        case StoreLost():
            return replace(visit, store=False), ()
        case StoreBack():
            return _asked_anew(replace(visit, store=True))
        case StaffChanged(names=names, minutes=minutes):
            return replace(visit, staff=StaffOnDuty(names, minutes)), ()
        case _:
            assert_never(fact)


def _described(visit: Visit, fact: ShopDescribed) -> Visit:
    """What was not known when the glass lit up; a shopper who is here already keeps her language."""
    manners = replace(
        visit.manners,
        house=fact.house,
        language=fact.language,
        languages=fact.languages,
        currency=fact.currency,
    )
    language = visit.language if visit.under_way else fact.language
    return replace(visit, manners=manners, language=language)


def _arrived(visit: Visit, fact: GarmentArrived) -> Moved:
    known = visit.piece(fact.epc)
    if known is not None:
        piece = replace(known, sure=fact.sure, garment=fact.garment)
        return changed(visit, tuple(piece if p.epc == fact.epc else p for p in visit.pieces))
    piece = Piece(fact.epc, fact.garment, fact.sure, fact.at_us)
    begins = not visit.under_way
    visit = replace(visit, emptied_us=None)
    if begins:
        visit = begin_visit(visit)
    elif visit.page in (Page.REST, Page.AWAY):
        visit = replace(visit, page=Page.WARDROBE, touched_us=visit.now_us)
    visit, effects = changed(visit, (*visit.pieces, piece))
    return visit, (*effects, *size_questions(visit, visit.pieces if begins else (piece,)))


def _left(visit: Visit, epc: Epc) -> Moved:
    if visit.piece(epc) is None:
        return visit, ()
    pieces = tuple(p for p in visit.pieces if p.epc != epc)
    if visit.focus is not None and visit.focus.epc == epc:
        # The shopper may be asking for another size of the piece just handed out: the page stays, the piece goes.
        visit = replace(visit, focus=replace(visit.focus, epc=None))
    if not pieces:
        visit = replace(visit, emptied_us=visit.now_us)
    return changed(visit, pieces)


def changed(visit: Visit, pieces: tuple[Piece, ...]) -> Moved:
    """Take in other pieces: looks are asked for anew where the certain items have changed, so is the price."""
    after = replace(visit, pieces=pieces)
    after = _repriced(visit, after)
    if after.items == visit.items or not after.under_way:
        return after, ()
    after = replace(
        after, suggestions=tuple(s for s in after.suggestions if s.garment.item not in after.items)
    )
    return request_looks(after)


def _repriced(before: Visit, after: Visit) -> Visit:
    paying = after.paying
    if paying is None or _goods(before) == _goods(after) or paying.busy or paying.stage is PayStage.PAID:
        return after
    # What was priced is not what hangs here any more: back to the basket, which shows the new sum.
    page = Page.BASKET if after.page is Page.PAY else after.page
    return replace(after, paying=None, page=page)


def _goods(visit: Visit) -> list[tuple[str, str]]:
    """What would be paid for; that the stock of another size has changed changes no sum."""
    return [(p.epc, p.garment.gtin) for p in visit.basket if p.garment]


def request_looks(visit: Visit) -> Moved:
    """Ask what goes with the certain items; for an empty room there is nothing to ask."""
    if not visit.items:
        return replace(visit, suggestions=(), finding=False), ()
    shopper_id = visit.shopper.shopper_id if visit.shopper else None
    visit = replace(visit, asked=visit.asked + 1, finding=True)
    return visit, (FindLooks(visit.ticket, visit.asked, visit.items, visit.unwanted, shopper_id),)


def size_questions(visit: Visit, pieces: tuple[Piece, ...]) -> tuple[AdviseSize, ...]:
    """Which size of each of these, where there is a choice; each GTIN once."""
    shopper_id = visit.shopper.shopper_id if visit.shopper else None
    garments = [p.garment for p in pieces if p.garment and p.shown and len(p.garment.colourway.sizes) > 1]
    return tuple(
        AdviseSize(visit.ticket, gtin, shopper_id, visit.learned, visit.feels, visit.told)
        for gtin in dict.fromkeys(g.gtin for g in garments)
    )


def _asked_anew(visit: Visit) -> Moved:
    """After the store was away: tell it of the visit, repeat what may have been lost (all of it is harmless to repeat),
    and ask what stayed unanswered."""
    if not visit.under_way:
        return visit, ()
    ticket = visit.ticket
    repeated: tuple[Effect, ...] = (
        ReportVisit(ticket, began=True, at_us=visit.now_us),
        *(SendRequest(ticket, r) for r in visit.open_requests),
    )
    if visit.paying is not None and visit.paying.busy:
        repeated += (CollectPayment(ticket, visit.paying.order_id, visit.paying.means, visit.paying.attempt),)
    told = bool(visit.feels) or visit.told != NO_BODY_FACTS
    # What was told while the store was away has changed the advice on all of them.
    unanswered = tuple(p for p in visit.pieces if p.garment and (told or p.garment.gtin not in visit.advice))
    repeated += size_questions(visit, unanswered)
    if visit.suggestions:
        return visit, repeated
    visit, effects = request_looks(visit)
    return visit, (*repeated, *effects)


def _tapped(visit: Visit, fact: CardTapped) -> Moved:
    effects: tuple[Effect, ...] = ()
    if not visit.under_way:
        visit, effects = begin_by_hand(visit)
    visit = replace(visit, touched_us=visit.now_us, trouble=None, dark=False)
    return visit, (*effects, IdentifyShopper(visit.ticket, fact))


def begin_by_hand(visit: Visit) -> Moved:
    """A visit that a touch or a tap begins, maybe with pieces that hang there already."""
    visit, effects = request_looks(begin_visit(visit))
    return visit, (*effects, *size_questions(visit, visit.pieces))
