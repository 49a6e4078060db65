"""`scene_of`: what the mirror shows of a visit."""

from __future__ import annotations

from kiosk.core.domain.floor.asked_articles import articles_of
from kiosk.core.domain.floor.services import ALTERATION
from kiosk.core.domain.garment import Piece, displayed_size
from kiosk.core.domain.service_request import Reached, RequestState, ServiceRequest
from kiosk.core.domain.shopper import Tier
from kiosk.core.domain.texts import LANGUAGES, RIGHT_TO_LEFT
from kiosk.core.scene.aside_cards import aside_cards
from kiosk.core.scene.delivery_cards import delivery_card
from kiosk.core.scene.garment_card_of import garment_card, size_to_try
from kiosk.core.scene.garment_cards import FitFormCard, LookCard, PieceCard
from kiosk.core.scene.message_cards import message_card
from kiosk.core.scene.outline import outline_of
from kiosk.core.scene.payment_cards_of import basket_card, pay_card, receipt_card, shown_price
from kiosk.core.scene.prepared_cards import prepared_card
from kiosk.core.scene.scene import Notice, Scene
from kiosk.core.scene.service_cards import PairingCard, RequestCard
from kiosk.core.scene.service_list import service_cards
from kiosk.core.visit.asides.on_aside import is_alone, offers_aside
from kiosk.core.visit.events import TapFailure
from kiosk.core.visit.navigation import UNATTENDED, Page
from kiosk.core.visit.on_request import found_garment
from kiosk.core.visit.settings import SECOND_US
from kiosk.core.visit.state import Visit


def scene_of(visit: Visit) -> Scene:
    """Everything that the mirror shows of a visit; nothing about a shopper between visits."""
    shopper = visit.shopper
    named = shopper is not None and shopper.tier >= Tier.PROVED
    return Scene(
        page=visit.page,
        dark=visit.navigation.dark,
        house=visit.settings.shop_name,
        language=visit.language,
        languages=visit.settings.languages,
        right_to_left=visit.language in RIGHT_TO_LEFT,
        first_name=shopper.first_name if shopper and named else "",
        known=shopper is not None,
        pieces=tuple(_piece_card(visit, p) for p in visit.pieces if p.visible),
        garment=garment_card(visit) if visit.focus else None,
        fit=_fit_card(visit),
        pairing=_pairing_card(visit),
        message=message_card(visit),
        prepared=prepared_card(visit),
        asides=aside_cards(visit),
        delivery=delivery_card(visit),
        looks=_look_cards(visit),
        finding=visit.looks.searching,
        requests=tuple(_request_card(visit, r) for r in visit.requests),
        basket=basket_card(visit),
        pay=pay_card(visit),
        receipt=receipt_card(visit),
        notice=_notice(visit),
        staff=visit.shop.staff.names,
        staff_minutes=visit.shop.staff.minutes,
        services=service_cards(visit.settings.services, visit.language),
        alters=any(service.key == ALTERATION.key for service in visit.settings.services),
        can_go_back=bool(visit.navigation.trail) and visit.page not in UNATTENDED | {Page.WARDROBE},
    )


def _piece_card(visit: Visit, piece: Piece) -> PieceCard:
    garment, language = piece.garment, visit.language
    faint = not (piece.sure or piece.confirmed is True)
    bought, reason = piece.piece_id in visit.pay.bought, visit.why_not(piece)
    if garment is None:
        return PieceCard(
            piece.piece_id, "", "", "", "", "", faint, unknown=True, bought=bought, advised="", why_not=reason
        )
    return PieceCard(
        piece=piece.piece_id,
        name=garment.name.in_language(language),
        price=shown_price(visit, piece),
        colour=garment.colourway.name.in_language(language),
        size=displayed_size(garment.size),
        picture=garment.colourway.picture,
        faint=faint,
        unknown=False,
        bought=bought,
        advised=size_to_try(visit, garment),
        chosen=piece in visit.basket,
        why_not=reason,
        outline=outline_of(garment.category),
    )


def _fit_card(visit: Visit) -> FitFormCard | None:
    form = visit.fit.form
    if form is None or visit.page is not Page.FIT:
        return None
    run = form.run
    return FitFormCard(
        way=form.method,
        imperial=form.imperial,
        height=form.height,
        weight=form.weight,
        systems=tuple(r.system for r in form.runs),
        system=run.system if run else "",
        size=run.sizes[form.size] if run else "",
    )


def _pairing_card(visit: Visit) -> PairingCard | None:
    pairing = visit.pairing
    if pairing is None:
        return None
    return PairingCard(pairing.need, pairing.step, visit.room, pairing.code, pairing.problem, LANGUAGES)


def _look_cards(visit: Visit) -> tuple[LookCard, ...]:
    language = visit.language
    asked = {article for r in visit.open_requests for article in articles_of(r)}
    return tuple(
        LookCard(
            item=s.garment.item,
            name=s.garment.name.in_language(language),
            price=s.garment.price.formatted(language),
            colour=s.garment.colourway.name.in_language(language),
            size=displayed_size(s.garment.size) if s.sized else "",
            picture=s.garment.colourway.picture,
            reason=s.reason,
            about=s.about.in_language(language),
            count=s.count,
            asked=s.garment.article in asked,
            outline=outline_of(s.garment.category),
        )
        for s in visit.looks.suggestions
    )


def _request_card(visit: Visit, request: ServiceRequest) -> RequestCard:
    language = visit.language
    waits = request.state is RequestState.RECEIVED
    found = found_garment(visit, request.article)
    note = request.note
    return RequestCard(
        request_id=request.request_id,
        kind=request.kind,
        state=request.state,
        name=request.name.in_language(language),
        size=_sizes(request),
        colour=request.colour.in_language(language),
        picture=request.picture,
        by=request.by,
        answer=request.answer,
        minutes=request.minutes,
        at_door=request.at_door,
        waited_s=max(0, visit.now_us - request.made_us) // SECOND_US,
        escalated=request.escalated,
        reached=Reached.NOBODY if is_alone(visit, request) else request.reached,
        whom=request.asked or request.lost_by,
        usual=request.usual,
        lies=request.lies,
        searching=waits and (request.escalated > 0 or bool(request.lost_by)),
        article=request.article,
        can_put_aside=is_alone(visit, request) and offers_aside(visit, request.article, None),
        outline=outline_of(found[0].category if found else ""),
        brings=request.service is not None and request.service.brought,
        note=note.what if note else "",
        note_price=note.price.formatted(language) if note and note.price.minor else "",
        note_weekday=note.day.weekday() if note else 0,
        note_day=note.day.day if note else 0,
        note_month=note.day.month if note else 0,
    )


def _sizes(request: ServiceRequest) -> str:
    sizes = (request.size, request.second.size if request.second else "")
    return " / ".join(shown for size in sizes if (shown := displayed_size(size)))


_TAP_NOTICES = {
    TapFailure.TOO_SHORT: Notice.TAP_TOO_SHORT,
    TapFailure.PAYMENT_CARD: Notice.TAP_PAYMENT_CARD,
    TapFailure.UNREADABLE: Notice.TAP_UNREADABLE,
    TapFailure.UNKNOWN: Notice.TAP_UNKNOWN,
    TapFailure.NOT_OURS: Notice.NOT_OURS,
    TapFailure.NO_MEANS: Notice.NO_MEANS,
    TapFailure.COUPON: Notice.COUPON,
    TapFailure.COUPON_OVER: Notice.COUPON_OVER,
}


def _notice(visit: Visit) -> Notice | None:
    if visit.notice is not None:
        return _TAP_NOTICES[visit.notice.failure]
    if not visit.under_way:
        return None
    if not visit.shop.store:
        return Notice.STORE_LOST
    return None if visit.shop.radio else Notice.RADIO_LOST
