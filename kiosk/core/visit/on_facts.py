"""Facts from hardware and store, taken into the visit: pieces, taps, scans, and what works around the mirror."""

from __future__ import annotations

from dataclasses import replace
from typing import assert_never

from kiosk.core.domain.fit_feedback import NO_BODY_FACTS
from kiosk.core.domain.garment import Piece
from kiosk.core.domain.ids import PieceId
from kiosk.core.visit import basket
from kiosk.core.visit.effects import (
    AdviseSize,
    Effect,
    FindLooks,
    IdentifyShopper,
    PutAside,
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
    PairingAnswered,
    PieceExchanged,
    PieceScanned,
    RadioBack,
    RadioLost,
    ShopDescribed,
    StaffChanged,
    StoreBack,
    StoreLost,
    TapFailed,
)
from kiosk.core.visit.identified import identified
from kiosk.core.visit.navigation import UNATTENDED, Page
from kiosk.core.visit.offers.offered_services import with_services
from kiosk.core.visit.offers.services_event import ServicesOffered
from kiosk.core.visit.on_pay import collect
from kiosk.core.visit.pairing import after_loss
from kiosk.core.visit.payment_progress import PayStage
from kiosk.core.visit.state import (
    StaffOnDuty,
    StepResult,
    Visit,
    basket_report,
    begin_visit,
    touched,
    with_notice,
)

_ShopFact = RadioLost | RadioBack | StoreLost | StoreBack | StaffChanged | PairingAnswered | ServicesOffered


def on_fact(visit: Visit, fact: Fact) -> StepResult:
    """The visit after a fact."""
    match fact:
        case GarmentArrived():
            return _arrived(visit, fact)
        case GarmentCertaintyChanged(piece=piece_id, sure=sure):
            return set_pieces(
                visit, tuple(replace(p, sure=sure) if p.piece_id == piece_id else p for p in visit.pieces)
            )
        case GarmentLeft(piece=piece_id):
            return _left(visit, piece_id)
        case PieceExchanged(old=old, new=new):
            return _exchanged(visit, old, new), ()
        case CardTapped():
            return _tapped(visit, fact)
        case PieceScanned(piece=scanned):
            # The store decides: the piece arrives, leaves, or is not sold by this shop.
            return visit, (TogglePiece(visit.ticket, scanned),)
        case TapFailed(trouble=failure):
            return with_notice(visit, failure), ()
        case ShopDescribed():
            return _described(visit, fact), ()
        case (
            RadioLost() | RadioBack() | StoreLost() | StoreBack() | StaffChanged() | PairingAnswered()
            | ServicesOffered()
        ):  # fmt: skip
            return _shop_changed(visit, fact)
        case _:
            assert_never(fact)


def _shop_changed(visit: Visit, fact: _ShopFact) -> StepResult:
    shop = visit.shop
    match fact:
        case RadioLost():
            return replace(visit, shop=replace(shop, radio=False)), ()
        case RadioBack():
            return replace(visit, shop=replace(shop, radio=True)), ()
        case StoreLost(need=need):
            return replace(visit, shop=replace(shop, store=False, pairing=after_loss(shop.pairing, need))), ()
        case StoreBack():
            return _store_back(replace(visit, shop=replace(shop, store=True, pairing=None)))
        case PairingAnswered(problem=problem):
            pairing = shop.pairing.answered(problem) if shop.pairing is not None else None
            return replace(visit, shop=replace(shop, pairing=pairing)), ()
        case StaffChanged(names=names, minutes=minutes):
            return replace(visit, shop=replace(shop, staff=StaffOnDuty(names, minutes))), ()
        case ServicesOffered():
            return with_services(visit, fact), ()
        case _:
            assert_never(fact)


def _described(visit: Visit, fact: ShopDescribed) -> Visit:
    """The shop's description comes after the first frame. A visit under way keeps its language."""
    settings = replace(
        visit.settings,
        shop_name=fact.house,
        language=fact.language,
        languages=fact.languages,
        currency=fact.currency,
        tax_added=fact.tax_added,
    )
    language = visit.language if visit.under_way else fact.language
    return replace(visit, settings=settings, language=language)


def _arrived(visit: Visit, fact: GarmentArrived) -> StepResult:
    if fact.replaces is not None:
        visit = identified(visit, fact.replaces, fact.piece)
    known = visit.piece(fact.piece)
    if known is not None:
        piece = replace(known, sure=fact.sure, garment=fact.garment, sold=fact.sold)
        changed = tuple(piece if p.piece_id == fact.piece else p for p in visit.pieces)
        after, effects = set_pieces(visit, changed)
        if known.sold and not piece.sold:
            after = _unsold(after, piece)
        return _without_sold(after, piece), effects
    piece = Piece(fact.piece, fact.garment, fact.sure, fact.at_us, sold=fact.sold)
    if fact.piece in visit.pay.chosen:
        # it is added up again once the readers are certain, or she says that it is hers: it may hang in the next room
        visit = replace(visit, pay=basket.after_return(visit.pay, fact.piece))
    begins = not visit.under_way
    visit = replace(visit, times=replace(visit.times, emptied_us=None))
    if begins:
        visit = begin_visit(visit)
    elif visit.page in UNATTENDED:
        visit = replace(touched(visit), navigation=replace(visit.navigation, page=Page.WARDROBE))
    visit, effects = set_pieces(visit, (*visit.pieces, piece))
    return visit, (*effects, *size_questions(visit, visit.pieces if begins else (piece,)))


def _unsold(visit: Visit, piece: Piece) -> Visit:
    """A piece that was sold is not any more: it was paid back, or its sale was taken back. It can be bought again."""
    return replace(visit, pay=replace(visit.pay, bought=visit.pay.bought - {piece.piece_id}))


def _without_sold(visit: Visit, piece: Piece) -> Visit:
    """A piece that was sold elsewhere is not chosen any more; one that may be paid for right now stays chosen."""
    if not piece.sold or visit.pay.busy:
        return visit
    return replace(visit, pay=replace(visit.pay, chosen=visit.pay.chosen - {piece.piece_id}))


def _left(visit: Visit, piece_id: PieceId) -> StepResult:
    gone = visit.piece(piece_id)
    if gone is None:
        return visit, ()
    pieces = tuple(p for p in visit.pieces if p.piece_id != piece_id)
    if visit.focus is not None and visit.focus.piece == piece_id:
        # The shopper may be asking for another size of the piece that was just handed out: its page stays open.
        visit = replace(visit, focus=replace(visit.focus, piece=None))
    if not pieces:
        visit = replace(visit, times=replace(visit.times, emptied_us=visit.now_us))
    pay = basket.after_leaving(visit.pay, gone, visit.settings.currency)
    after, effects = set_pieces(visit, pieces)
    return replace(after, pay=replace(after.pay, chosen=pay.chosen, left=pay.left)), effects


def _exchanged(visit: Visit, old: PieceId, new: PieceId) -> Visit:
    """The new piece is hers in the place of the old one, if she has bought that in this visit."""
    if old not in visit.pay.bought:
        return visit
    return replace(visit, pay=basket.exchanged(visit.pay, old, new))


def set_pieces(visit: Visit, pieces: tuple[Piece, ...]) -> StepResult:
    """The visit with these pieces. Where the certain items have changed, looks are asked for again; where the basket
    has changed, a price is dropped."""
    after = _without_old_price(visit, replace(visit, pieces=pieces))
    if after.items == visit.items or not after.under_way:
        return after, ()
    suggestions = tuple(s for s in after.looks.suggestions if s.garment.item not in after.items)
    return request_looks(replace(after, looks=replace(after.looks, suggestions=suggestions)))


def _without_old_price(before: Visit, after: Visit) -> Visit:
    progress = after.pay.progress
    if progress is None or progress.busy or progress.stage is PayStage.PAID:
        return after
    if _basket_articles(before) == _basket_articles(after):
        return after
    # The priced pieces are not the pieces in the room any more: back to the basket, which shows the new total.
    page = Page.BASKET if after.page is Page.PAY else after.page
    return replace(
        after,
        pay=replace(after.pay, progress=None, tapped=False),
        navigation=replace(after.navigation, page=page),
    )


def _basket_articles(visit: Visit) -> list[tuple[str, str]]:
    """What would be paid for. (Whole garments also differ where only the stock of another size has changed.)"""
    return [(p.piece_id, p.garment.article) for p in visit.basket if p.garment]


def request_looks(visit: Visit) -> StepResult:
    """Ask what goes with the certain items. An empty room has no looks, so nothing is asked."""
    looks = visit.looks
    if not visit.items:
        return replace(visit, looks=replace(looks, suggestions=(), searching=False)), ()
    shopper_id = visit.shopper.shopper_id if visit.shopper else None
    looks = replace(looks, question=looks.question + 1, searching=True)
    question = FindLooks(
        visit.ticket, looks.question, visit.items, looks.dismissed, shopper_id, looks.unwanted
    )
    return replace(visit, looks=looks), (question,)


def size_questions(visit: Visit, pieces: tuple[Piece, ...]) -> tuple[AdviseSize, ...]:
    """One question for each article of these pieces that comes in more than one size."""
    shopper_id, fit = visit.shopper.shopper_id if visit.shopper else None, visit.fit
    garments = [p.garment for p in pieces if p.garment and p.visible and len(p.garment.colourway.sizes) > 1]
    return tuple(
        AdviseSize(visit.ticket, article, shopper_id, fit.revision, fit.feedback, fit.body)
        for article in dict.fromkeys(g.article for g in garments)
    )


def _store_back(visit: Visit) -> StepResult:
    """The store is back: report the visit, repeat what may have been lost (harmless to repeat), and ask what has no
    answer yet."""
    if not visit.under_way:
        return visit, ()
    ticket, fit, progress = visit.ticket, visit.fit, visit.pay.progress
    repeated: tuple[Effect, ...] = (
        ReportVisit(ticket, began=True, at_us=visit.now_us),
        *(SendRequest(ticket, r) for r in visit.open_requests),
        *(PutAside(ticket, a.aside_id, a.article, a.piece) for a in visit.asides if a.state.waits_for_her),
    )
    if progress is not None and progress.busy:
        repeated += (collect(ticket, progress),)
    if visit.pay.chosen:
        repeated += (basket_report(visit),)
    # What the shopper said while the store was away may change every advice.
    said = bool(fit.feedback) or fit.body != NO_BODY_FACTS
    unanswered = tuple(p for p in visit.pieces if p.garment and (said or p.garment.article not in fit.advice))
    repeated += size_questions(visit, unanswered)
    if visit.looks.suggestions and not visit.looks.searching:
        return visit, repeated
    visit, effects = request_looks(visit)
    return visit, (*repeated, *effects)


def _tapped(visit: Visit, fact: CardTapped) -> StepResult:
    effects: tuple[Effect, ...] = ()
    if not visit.under_way:
        visit, effects = begin_by_hand(visit)
    page = Page.WARDROBE if visit.page in UNATTENDED else visit.page
    visit = replace(
        touched(visit),
        notice=None,
        navigation=replace(visit.navigation, page=page, dark=False),
        pay=replace(visit.pay, tapped=_means_payment(visit)),
    )
    return visit, (*effects, IdentifyShopper(visit.ticket, fact))


def shows_total(visit: Visit) -> bool:
    """Whether the total of what she chose is on the glass, so that a card on the reader means "I pay with this"."""
    progress = visit.pay.progress
    if visit.page is Page.PAY:
        return progress is not None and progress.takes_tap
    return visit.page is Page.BASKET and bool(visit.basket) and not visit.pay.busy


def _means_payment(visit: Visit) -> bool:
    """Whether a tap now means "I pay with this". A second tap right after the first does not confirm it."""
    progress = visit.pay.progress
    confirms = progress is not None and progress.stage is PayStage.CONFIRM
    if visit.navigation.dark or (confirms and visit.untouched_us < visit.settings.repeat_us):
        return False
    return shows_total(visit)


def begin_by_hand(visit: Visit) -> StepResult:
    """A visit that begins with a touch or a tap; pieces may hang in the room already."""
    visit, effects = request_looks(begin_visit(visit))
    return visit, (*effects, *size_questions(visit, visit.pieces))
