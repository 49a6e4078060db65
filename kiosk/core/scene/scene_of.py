"""scene_of: from a visit to what the mirror shows of it."""

from __future__ import annotations

from kiosk.core.domain.garment import Piece, displayed_size
from kiosk.core.domain.money import total
from kiosk.core.domain.payment import PaymentMeans
from kiosk.core.domain.service_request import ServiceRequest
from kiosk.core.domain.shopper import Tier
from kiosk.core.domain.texts import RIGHT_TO_LEFT
from kiosk.core.scene.garment_card import advice_card, garment_card
from kiosk.core.scene.scene import (
    BasketCard,
    BasketLineCard,
    FitFormCard,
    LookCard,
    Notice,
    PayCard,
    PieceCard,
    ReceiptCard,
    RequestCard,
    Scene,
)
from kiosk.core.visit.events import TapFailure
from kiosk.core.visit.state import SECOND_US, Page, Visit


def scene_of(visit: Visit) -> Scene:
    """All that the glass shows of a visit; nothing of a shopper where no visit is under way."""
    shopper = visit.shopper
    named = shopper is not None and shopper.tier >= Tier.PROVED
    return Scene(
        page=visit.page,
        dark=visit.dark,
        house=visit.manners.house,
        language=visit.language,
        languages=visit.manners.languages,
        right_to_left=visit.language in RIGHT_TO_LEFT,
        first_name=shopper.first_name if shopper and named else "",
        known=shopper is not None,
        pieces=tuple(_piece_card(visit, p) for p in visit.pieces if p.shown),
        garment=garment_card(visit) if visit.focus else None,
        fit=_fit_card(visit),
        looks=_look_cards(visit),
        finding=visit.finding,
        requests=tuple(_request_card(visit, r) for r in visit.requests),
        basket=_basket_card(visit),
        pay=_pay_card(visit),
        receipt=_receipt_card(visit),
        notice=_notice(visit),
        staff=visit.staff.names,
        staff_minutes=visit.staff.minutes,
        can_go_back=bool(visit.trail) and visit.page not in (Page.REST, Page.AWAY, Page.WARDROBE),
    )


def _piece_card(visit: Visit, piece: Piece) -> PieceCard:
    garment, language = piece.garment, visit.language
    faint = not (piece.sure or piece.mine is True)
    bought = piece.epc in visit.bought
    if garment is None:
        return PieceCard(piece.epc, "", "", "", "", "", faint, unknown=True, bought=bought, advised="")
    advice = advice_card(visit, garment)
    other = advice.best if advice and advice.sure and advice.best not in ("", garment.size) else ""
    return PieceCard(
        epc=piece.epc,
        name=garment.name.in_language(language),
        price=garment.price.formatted(language),
        colour=garment.colourway.name.in_language(language),
        size=displayed_size(garment.size),
        picture=garment.colourway.picture,
        faint=faint,
        unknown=False,
        bought=bought,
        advised=other,
    )


def _fit_card(visit: Visit) -> FitFormCard | None:
    dials = visit.dials
    if dials is None or visit.page is not Page.FIT:
        return None
    run = dials.run
    return FitFormCard(
        way=dials.way,
        imperial=dials.imperial,
        height=dials.height,
        weight=dials.weight,
        systems=tuple(r.system for r in dials.runs),
        system=run.system if run else "",
        size=run.sizes[dials.size] if run else "",
    )


def _look_cards(visit: Visit) -> tuple[LookCard, ...]:
    language = visit.language
    asked = {r.gtin for r in visit.open_requests}
    return tuple(
        LookCard(
            item=s.garment.item,
            name=s.garment.name.in_language(language),
            price=s.garment.price.formatted(language),
            colour=s.garment.colourway.name.in_language(language),
            size=displayed_size(s.garment.size),
            picture=s.garment.colourway.picture,
            reason=s.reason,
            about=s.about.in_language(language),
            count=s.count,
            asked=s.garment.gtin in asked,
        )
        for s in visit.suggestions
    )


def _request_card(visit: Visit, request: ServiceRequest) -> RequestCard:
    language = visit.language
    return RequestCard(
        request_id=request.request_id,
        kind=request.kind,
        state=request.state,
        name=request.name.in_language(language),
        size=displayed_size(request.size),
        colour=request.colour.in_language(language),
        picture=request.picture,
        by=request.by,
        answer=request.answer,
        minutes=request.minutes,
        at_door=request.at_door,
        waited_s=max(0, visit.now_us - request.made_us) // SECOND_US,
        escalated=request.escalated,
    )


def _basket_card(visit: Visit) -> BasketCard:
    language, taken = visit.language, visit.basket
    buyable = [p for p in visit.pieces if p.counts and p.epc not in visit.bought]
    lines = tuple(
        BasketLineCard(
            epc=p.epc,
            name=p.garment.name.in_language(language),
            colour=p.garment.colourway.name.in_language(language),
            size=displayed_size(p.garment.size),
            price=p.garment.price.formatted(language),
            picture=p.garment.colourway.picture,
            taken=p in taken,
        )
        for p in buyable
        if p.garment
    )
    prices = [p.garment.price for p in taken if p.garment]
    # A piece priced in another currency is summed by the store, which knows what to do with it, not here.
    currency = prices[0].currency if prices else visit.manners.currency
    sum_of = total((price for price in prices if price.currency == currency), currency)
    uncertain = sum(1 for p in visit.pieces if p.shown and p.garment and not p.counts)
    return BasketCard(lines, sum_of.formatted(language), len(taken), uncertain)


def _pay_card(visit: Visit) -> PayCard | None:
    paying, language = visit.paying, visit.language
    if paying is None:
        return None
    order = paying.order
    stored = visit.shopper.stored_means if visit.shopper else ""
    if order is None:
        return PayCard(paying.stage, "", "", "", (), paying.means, stored, paying.why)
    percent = f"{order.tax_permille / 10:g}"
    return PayCard(
        stage=paying.stage,
        total=order.total.formatted(language),
        tax=order.tax.formatted(language),
        tax_percent=percent,
        pieces=tuple(
            f"{line.name.in_language(language)} {displayed_size(line.size)}".strip() for line in order.lines
        ),
        means=paying.means,
        stored_means=stored,
        why=paying.why,
    )


def _receipt_card(visit: Visit) -> ReceiptCard | None:
    receipt = visit.receipt
    if receipt is None:
        return None
    return ReceiptCard(
        number=receipt.number,
        total=receipt.total.formatted(visit.language),
        tax=receipt.tax.formatted(visit.language),
        link=receipt.link,
        means=PaymentMeans(receipt.paid_with),
    )


_TAP_NOTICES = {
    TapFailure.TOO_SHORT: Notice.TAP_TOO_SHORT,
    TapFailure.PAYMENT_CARD: Notice.TAP_PAYMENT_CARD,
    TapFailure.UNREADABLE: Notice.TAP_UNREADABLE,
    TapFailure.UNKNOWN: Notice.TAP_UNKNOWN,
    TapFailure.NOT_OURS: Notice.NOT_OURS,
}


def _notice(visit: Visit) -> Notice | None:
    if visit.trouble is not None:
        return _TAP_NOTICES[visit.trouble]
    if not visit.under_way:
        return None
    if not visit.store:
        return Notice.STORE_LOST
    return None if visit.radio else Notice.RADIO_LOST
