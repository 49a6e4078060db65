"""Touches that are not about fit, requests or paying: pages, choices, pieces and suggestions."""

from __future__ import annotations

from dataclasses import replace
from typing import assert_never

from kiosk.core.domain.ids import ItemId, PieceId
from kiosk.core.domain.texts import LANGUAGES
from kiosk.core.visit import basket
from kiosk.core.visit import on_facts as facts
from kiosk.core.visit import on_pay as pay
from kiosk.core.visit.asides.on_aside import on_aside_touch
from kiosk.core.visit.delivery.delivery_touches import (
    DeliveryOpened,
    DeliveryTouch,
    DeliveryWayChosen,
    DeliveryZoneChosen,
)
from kiosk.core.visit.delivery.on_delivery import on_delivery_touch
from kiosk.core.visit.effects import RecordItemEvent
from kiosk.core.visit.messages.on_message import on_message_touch
from kiosk.core.visit.navigation import UNATTENDED, Focus, Page
from kiosk.core.visit.on_fit import on_fit_touch
from kiosk.core.visit.on_receipt import print_receipt
from kiosk.core.visit.on_request import request_service, withdraw_request
from kiosk.core.visit.payment_progress import Payment
from kiosk.core.visit.prepared.on_prepared import prepared_opened, waiting
from kiosk.core.visit.state import StepResult, Visit, home_page, open_page, previous_page
from kiosk.core.visit.touches import (
    AllPiecesChosen,
    AsideRequested,
    AsideWithdrawn,
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
    MessageClosed,
    MessageOpened,
    PageOpened,
    PairingKeyPressed,
    PaymentCancelRequested,
    PaymentConfirmed,
    PaymentRequested,
    PieceConfirmed,
    PreparedOpened,
    ReceiptPrintRequested,
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

_PAGES = {
    Destination.LOOK: Page.LOOK,
    Destination.ASK: Page.ASK,
    Destination.REQUESTS: Page.REQUEST,
    Destination.BASKET: Page.BASKET,
    Destination.RECEIPT: Page.RECEIPT,
    Destination.PREPARED: Page.PREPARED,
}


def on_touch(visit: Visit, touch: Touch) -> StepResult:
    """The visit after a touch."""
    match touch:
        case PaymentRequested() | PaymentConfirmed() | PaymentCancelRequested() | ReceiptPrintRequested():
            return _paying(visit, touch)
        case ServiceRequested():
            return request_service(visit, touch)
        case RequestWithdrawn(request_id=request_id):
            return withdraw_request(visit, request_id)
        case (
            AsideRequested()
            | AsideWithdrawn()
            | MessageOpened()
            | MessageClosed()
            | DeliveryOpened()
            | DeliveryWayChosen()
            | DeliveryZoneChosen()
        ):
            return _of_an_entry(visit, touch)
        case FitRated() | FitQuestionOpened() | FitFieldChanged() | FitAnswered():
            return on_fit_touch(visit, touch)
        case PieceConfirmed(piece=piece_id, mine=mine):
            return _piece_confirmed(visit, piece_id, mine)
        case PairingKeyPressed():
            # taken before a visit begins (`step`)
            return visit, ()
        case SuggestionDismissed(item=item):
            return _suggestion_dismissed(visit, item)
        case SuggestionOpened(item=item):
            return _suggestion_opened(visit, item)
        case _:
            return _shown(visit, touch), ()


def _of_an_entry(
    visit: Visit, touch: AsideRequested | AsideWithdrawn | MessageOpened | MessageClosed | DeliveryTouch
) -> StepResult:
    """A touch on what is put aside, shown by an associate, or sent home."""
    if isinstance(touch, MessageOpened | MessageClosed):
        return on_message_touch(visit, touch)
    if isinstance(touch, AsideRequested | AsideWithdrawn):
        return on_aside_touch(visit, touch)
    return on_delivery_touch(visit, touch)


def _paying(visit: Visit, touch: _PayTouch) -> StepResult:
    match touch:
        case PaymentRequested():
            return pay.request_payment(visit)
        case PaymentConfirmed():
            return pay.confirm_payment(visit)
        case PaymentCancelRequested():
            return pay.cancel_payment(visit)
        case ReceiptPrintRequested():
            return print_receipt(visit)
        case _:
            assert_never(touch)


_PayTouch = PaymentRequested | PaymentConfirmed | PaymentCancelRequested | ReceiptPrintRequested
_NavigationTouch = (
    ScreenWoken | PageOpened | GarmentOpened | SizesOpened | BackPressed | ScreenDarkened | VisitClosed
)
_ChoiceTouch = SizeChosen | ColourChosen | BasketToggled | AllPiecesChosen | LanguageChosen | PreparedOpened


def _shown(visit: Visit, touch: _NavigationTouch | _ChoiceTouch) -> Visit:
    """Touches that need no effect."""
    return _navigated(visit, touch) if isinstance(touch, _NavigationTouch) else _chosen(visit, touch)


def _navigated(visit: Visit, touch: _NavigationTouch) -> Visit:
    match touch:
        case ScreenWoken():
            return _woken(visit)
        case PageOpened(place=Destination.WARDROBE):
            return home_page(visit)
        case PageOpened(place=destination):
            return _page_opened(visit, destination)
        case GarmentOpened(piece=piece_id):
            return _garment_opened(visit, piece_id)
        case SizesOpened():
            return open_page(visit, Page.SIZES) if visit.focus else visit
        case BackPressed():
            return previous_page(visit)
        case ScreenDarkened():
            return replace(visit, navigation=replace(visit.navigation, dark=True))
        case VisitClosed():
            return _closed(visit)
        case _:
            assert_never(touch)


def _page_opened(visit: Visit, destination: Destination) -> Visit:
    without_receipt = destination is Destination.RECEIPT and visit.pay.receipt is None
    if without_receipt or (destination is Destination.PREPARED and not waiting(visit)):
        return visit
    return open_page(visit, _PAGES[destination])


def _chosen(visit: Visit, touch: _ChoiceTouch) -> Visit:
    match touch:
        case SizeChosen(size=size):
            return _size_chosen(visit, size)
        case ColourChosen(colour=colour):
            return replace(visit, focus=_recoloured(visit.focus, colour)) if visit.focus else visit
        case BasketToggled(piece=piece_id, wanted=wanted):
            return _toggled(visit, piece_id, wanted)
        case AllPiecesChosen():
            return _all_chosen(visit)
        case LanguageChosen(language=language):
            return replace(visit, language=language, language_chosen=True) if language in LANGUAGES else visit
        case PreparedOpened(article=article):
            return prepared_opened(visit, article)
        case _:
            assert_never(touch)


def _woken(visit: Visit) -> Visit:
    page = Page.WARDROBE if visit.page in UNATTENDED else visit.page
    return replace(visit, navigation=replace(visit.navigation, page=page, dark=False))


def _closed(visit: Visit) -> Visit:
    if visit.pay.busy:
        return visit
    return replace(visit, navigation=replace(visit.navigation, page=Page.AWAY, trail=()))


def _garment_opened(visit: Visit, piece_id: PieceId) -> Visit:
    piece = visit.piece(piece_id)
    if piece is None or piece.garment is None or not piece.visible:
        return visit
    garment = piece.garment
    focus = Focus(garment, piece_id, garment.colour, garment.size)
    return open_page(replace(visit, focus=focus), Page.GARMENT)


def _suggestion_opened(visit: Visit, item: ItemId) -> StepResult:
    found = next((s for s in visit.looks.suggestions if s.garment.item == item), None)
    if found is None:
        return visit, ()
    garment = found.garment
    size = garment.size if found.sized else ""
    focused = replace(visit, focus=Focus(garment, None, garment.colour, size))
    return open_page(focused, Page.GARMENT), (RecordItemEvent(visit.ticket, item, "opened"),)


def _size_chosen(visit: Visit, size: str) -> Visit:
    focus = visit.focus
    if focus is None:
        return visit
    if size in {stock.size for stock in focus.garment.in_colour(focus.colour).sizes}:
        focus = replace(focus, size=size)
    return replace(visit, focus=focus, fit=replace(visit.fit, follows_advice=False))


def _recoloured(focus: Focus, colour: str) -> Focus:
    if colour not in {c.code for c in focus.garment.colours}:
        return focus
    sizes = [stock.size for stock in focus.garment.in_colour(colour).sizes]
    size = focus.size if focus.size in ("", *sizes) or not sizes else sizes[0]
    return replace(focus, colour=colour, size=size)


def _piece_confirmed(visit: Visit, piece_id: PieceId, mine: bool) -> StepResult:
    if visit.piece(piece_id) is None:
        return visit, ()
    pieces = tuple(replace(p, confirmed=mine) if p.piece_id == piece_id else p for p in visit.pieces)
    if not mine and not visit.pay.busy and piece_id in visit.pay.chosen:
        visit = _unpriced(visit, basket.without(visit.pay, piece_id))
    return facts.set_pieces(visit, pieces)


def _suggestion_dismissed(visit: Visit, item: ItemId) -> StepResult:
    looks = visit.looks
    if item in looks.dismissed:
        return visit, ()
    rest = tuple(s for s in looks.suggestions if s.garment.item != item)
    looks = replace(looks, dismissed=(*looks.dismissed, item), suggestions=rest)
    after, effects = facts.request_looks(replace(visit, looks=looks))
    return after, (RecordItemEvent(visit.ticket, item, "not-this"), *effects)


def _toggled(visit: Visit, piece_id: PieceId, wanted: bool | None) -> Visit:
    if visit.pay.busy:
        return visit
    chosen = piece_id in visit.pay.chosen
    if chosen if wanted is None else not wanted:
        return _unpriced(visit, basket.without(visit.pay, piece_id)) if chosen else visit
    piece = visit.piece(piece_id)
    if chosen or piece is None or visit.why_not(piece) is not None:
        return visit
    return _with_chosen(visit, frozenset({piece_id}))


def _all_chosen(visit: Visit) -> Visit:
    buyable = frozenset(p.piece_id for p in visit.pieces if visit.why_not(p) is None)
    if visit.pay.busy or buyable <= visit.pay.chosen:
        return visit
    return _with_chosen(visit, buyable)


def _with_chosen(visit: Visit, wanted: frozenset[PieceId]) -> Visit:
    """With these pieces in the basket. Whoever chooses a piece says that it is hers, whatever the readers say later."""
    pieces = tuple(replace(p, confirmed=True) if p.piece_id in wanted else p for p in visit.pieces)
    return _unpriced(replace(visit, pieces=pieces), basket.with_chosen(visit.pay, wanted))


def _unpriced(visit: Visit, pay: Payment) -> Visit:
    """With another basket: the pay page, whose price is dropped, gives way to it."""
    page = Page.BASKET if visit.page is Page.PAY else visit.page
    return replace(visit, pay=pay, navigation=replace(visit.navigation, page=page))
