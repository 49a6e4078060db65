"""The card of the garment in focus: sizes with their stock, colours, size advice, and what can be done."""

from __future__ import annotations

from kiosk.core.domain.advice import SizeDoubt
from kiosk.core.domain.fit_feedback import FitRating, SizeQuestion, fit_areas_of
from kiosk.core.domain.floor.asked_articles import articles_of
from kiosk.core.domain.garment import Colourway, Garment, Piece, SizeStock, displayed_size
from kiosk.core.domain.ids import ArticleId
from kiosk.core.domain.service_request import RequestKind
from kiosk.core.scene.care_symbols import care_symbols, care_words
from kiosk.core.scene.garment_cards import (
    AdviceCard,
    Availability,
    ColourSwatch,
    FitFeedbackCard,
    GarmentCard,
    SizeCard,
    SizeLocation,
)
from kiosk.core.scene.outline import outline_of
from kiosk.core.visit.asides.on_aside import aside_of, offers_aside
from kiosk.core.visit.navigation import Focus
from kiosk.core.visit.on_fit import feedback_on, open_question, rateable_piece
from kiosk.core.visit.on_request import paid_piece
from kiosk.core.visit.settings import SECOND_US
from kiosk.core.visit.size_labels import home_label
from kiosk.core.visit.state import Visit

MIN_ALONE = 0.6
"""Least confidence at which one size is advised alone. Below it fewer than 3 of 4 such statements were right."""


def advice_card(visit: Visit, garment: Garment, colour: str = "") -> AdviceCard | None:
    """The advice for a garment's style: one size, two to choose between, or one question that would help; else None.

    `colour`: the code of the colour that is looked at; the garment's own without it. No size is advised that cannot be
    had in it; `missing` names the one that would be.
    """
    advice = visit.advice_of(garment)
    if advice is None:
        return None
    ask, doubtful = open_question(visit, advice), advice.doubt is not SizeDoubt.NONE
    if not advice.sizes and ask is SizeQuestion.NONE and not doubtful:
        return None
    sure = bool(advice.sizes) and advice.alone and not doubtful and advice.confidence >= MIN_ALONE
    named = advice.sizes[:1] if sure else advice.sizes[:2]
    stocks = {stock.size: stock for stock in garment.in_colour(colour).sizes}
    # what she wears is right, or is made right by a tailor: nothing is to be had
    settled = advice.felt is FitRating.RIGHT or advice.taken_up
    had = tuple(s for s in named if settled or (s in stocks and visit.can_be_had(stocks[s])))
    missing = named[0] if named and named[0] not in had else ""
    other = other_colour(garment, colour, missing) if missing else None
    run = list(stocks)
    return AdviceCard(
        tuple(sorted(had, key=lambda size: run.index(size) if size in run else len(run))),
        sure and bool(had),
        advice.reason,
        advice.usual,
        advice.kept,
        advice.of,
        best=had[0] if had else "",
        ask=SizeQuestion.NONE if sure else ask,
        basis=advice.basis,
        felt=advice.felt,
        tried=advice.tried,
        taken_up=advice.taken_up,
        doubt=advice.doubt,
        missing=missing,
        other_colour=other.name.in_language(visit.language) if other else "",
        brought=bool(had or visit.shop.staff.names)
        and all(size in stocks and visit.can_be_brought(stocks[size]) for size in had),
    )


def other_colour(garment: Garment, colour: str, size: str) -> Colourway | None:
    """Another colour of a garment in which this shop has that size; None where there is none."""
    shown = garment.in_colour(colour)
    others = (one for one in garment.colours if one.code != shown.code)
    return next((one for one in others if any(s.size == size and s.here for s in one.sizes)), None)


def size_to_try(visit: Visit, garment: Garment) -> str:
    """The size to try instead of the one in the room: advised alone, and here. Empty where there is none."""
    advice = advice_card(visit, garment)
    if advice is None or not advice.sure or advice.best == garment.size:
        return ""
    stock = next((one for one in garment.colourway.sizes if one.size == advice.best), None)
    return advice.best if stock and (stock.here or stock.article in visit.in_room) else ""


def feel_card(visit: Visit) -> FitFeedbackCard | None:
    """How the piece in focus sits; None where it does not hang in the room, or comes in one size."""
    about = rateable_piece(visit)
    if about is None:
        return None
    said = feedback_on(visit, about)
    if said is None:
        return FitFeedbackCard(about.size, None, None, ())
    where = () if said.felt is FitRating.RIGHT else fit_areas_of(about.category)
    return FitFeedbackCard(about.size, said.felt, said.spot, where)


def garment_card(visit: Visit) -> GarmentCard | None:
    """The card of the garment in focus; None without a focus."""
    focus, language = visit.focus, visit.language
    if focus is None:
        return None
    garment = focus.garment
    colourway = garment.in_colour(focus.colour)
    advice = advice_card(visit, garment, colourway.code)
    offer = _offer(visit, focus)
    other = other_colour(garment, colourway.code, focus.size) if offer is Availability.OTHER_COLOUR else None
    size = next((o for o in colourway.sizes if o.size == focus.size), None)
    price = garment.price_of(focus.article or garment.article)
    hangs = _hanging(visit, focus)
    exchange = focus.article is not None and paid_piece(visit, garment, focus.article) is not None
    second = _second(visit, focus, advice) if offer is Availability.BRING and not exchange else None
    suggested = next((s for s in visit.looks.suggestions if s.garment.item == garment.item), None)
    return GarmentCard(
        piece=focus.piece,
        item=garment.item,
        name=garment.name.in_language(language),
        price=price.now.formatted(language),
        price_before=price.before.formatted(language) if price.before else "",
        lowest_price=price.lowest.formatted(language) if price.before and price.lowest else "",
        colour=colourway.name.in_language(language),
        size=displayed_size(focus.size),
        picture=colourway.picture,
        pictures=colourway.pictures or (colourway.picture,),
        story=garment.story.in_language(language),
        material=garment.material.in_language(language),
        care=care_words(garment.care, language),
        origin=garment.origin.in_language(language),
        swatches=tuple(
            ColourSwatch(c.code, c.name.in_language(language), c.hex, c.code == colourway.code, c.picture)
            for c in garment.colours
        ),
        sizes=tuple(_size_card(visit, focus, o, advice) for o in colourway.sizes if displayed_size(o.size)),
        advice=advice,
        feel=feel_card(visit),
        also=home_label(visit, visit.advice_of(garment), focus.size),
        offer=offer,
        article=focus.article,
        kind=_kind(visit, garment),
        elsewhere=size.elsewhere[0].place
        if size and size.elsewhere and offer is Availability.ELSEWHERE
        else "",
        reason=suggested.reason if suggested else None,
        about=suggested.about.in_language(language) if suggested else "",
        count=suggested.count if suggested else 0,
        stock_minutes=_stock_minutes(visit, colourway),
        hangs=hangs.piece_id if hangs else None,
        chosen=hangs in visit.basket,
        why_not=visit.why_not(hangs) if hangs else None,
        exchange=exchange,
        both=(displayed_size(focus.size), displayed_size(second.size)) if second else (),
        second=second.article if second else None,
        other_colour=other.name.in_language(language) if other else "",
        other_code=other.code if other else "",
        outline=outline_of(garment.category),
        symbols=care_symbols(garment.care),
        can_put_aside=offers_aside(visit, focus.article, hangs.piece_id if hangs else None),
        is_aside=aside_of(visit, focus.article) is not None,
    )


def _hanging(visit: Visit, focus: Focus) -> Piece | None:
    """The piece in the room with the colour and size in focus: the opened one if it has them, else one for sale."""
    found = [p for p in visit.pieces if p.visible and p.garment and p.garment.article == focus.article]
    opened = next((p for p in found if p.piece_id == focus.piece), None)
    return opened or min(found, key=lambda p: visit.why_not(p) is not None, default=None)


def _stock_minutes(visit: Visit, colourway: Colourway) -> int:
    """Age of the oldest count among the sizes of a colour, which are shown together; -1 where none is known."""
    counted = [offer.counted_us for offer in colourway.sizes if offer.counted_us]
    return max(0, visit.now_us - min(counted)) // (60 * SECOND_US) if counted else -1


def _kind(visit: Visit, garment: Garment) -> RequestKind:
    styles = {p.garment.style_id for p in visit.pieces if p.garment}
    return RequestKind.SIZE if garment.style_id in styles else RequestKind.PIECE


def _second(visit: Visit, focus: Focus, advice: AdviceCard | None) -> SizeStock | None:
    """The other one of two advised sizes, if the chosen one is one of them and the other one can be brought too."""
    if advice is None or len(advice.sizes) != 2 or focus.size not in advice.sizes:
        return None
    away = visit.in_room | _asked(visit)
    for stock in focus.garment.in_colour(focus.colour).sizes:
        if stock.size in advice.sizes and stock.size != focus.size:
            return stock if stock.here and stock.article not in away else None
    return None


def _asked(visit: Visit) -> set[ArticleId]:
    return {article for request in visit.open_requests for article in articles_of(request)}


def _offer(visit: Visit, focus: Focus) -> Availability:
    if not focus.size and any(offer.here for offer in focus.garment.in_colour(focus.colour).sizes):
        return Availability.CHOOSE
    article = focus.article
    found = focus.garment.stock_of(article) if article else None
    if article is None or found is None:
        return Availability.NONE
    if article in _asked(visit):
        return Availability.ASKED
    if article in visit.in_room:
        return Availability.IN_ROOM
    size = found[1]
    if size.here:
        return Availability.BRING if visit.shop.staff.names else Availability.NOBODY
    if size.elsewhere:
        return Availability.ELSEWHERE
    if size.incoming:
        return Availability.EXPECTED
    other = other_colour(focus.garment, focus.colour, focus.size)
    return Availability.OTHER_COLOUR if other else Availability.NONE


def _size_card(visit: Visit, focus: Focus, offer: SizeStock, advice: AdviceCard | None) -> SizeCard:
    place, count = size_place(visit, offer)
    return SizeCard(
        size=offer.size,
        article=offer.article,
        chosen=offer.size == focus.size,
        advised=advice is not None and offer.size == advice.best,
        place=place,
        count=count,
        elsewhere=offer.elsewhere[0].place if place is SizeLocation.ELSEWHERE else "",
        also=home_label(visit, visit.advice_of(focus.garment), offer.size),
        second=advice is not None and offer.size in advice.sizes and offer.size != advice.best,
    )


def size_place(visit: Visit, offer: SizeStock) -> tuple[SizeLocation, int]:
    """The nearest place where a size is, and the number of pieces there."""
    if offer.article in visit.in_room:
        return SizeLocation.IN_ROOM, 1
    if offer.floor:
        return SizeLocation.HERE, offer.floor
    if offer.stockroom:
        return SizeLocation.STOCKROOM, offer.stockroom
    if offer.elsewhere:
        return SizeLocation.ELSEWHERE, sum(e.count for e in offer.elsewhere)
    return (SizeLocation.EXPECTED, offer.incoming) if offer.incoming else (SizeLocation.NOWHERE, 0)
