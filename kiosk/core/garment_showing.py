"""The garment in focus: its sizes with where they lie, its colours, the advice, and what can be done."""

from __future__ import annotations

from kiosk.core.advice import SizeAdvice
from kiosk.core.garment import Garment, SizeOffer, size_shown
from kiosk.core.ids import Gtin
from kiosk.core.scene import AdviceCard, GarmentCard, Offer, SizeCard, SizePlace, Swatch
from kiosk.core.service_request import RequestKind
from kiosk.core.visit import SECOND, Focus, Visit

STATED_ALONE = 0.6
"""Confidence from which one size is stated alone: below it the statement held in fewer than 3 of 4 cases."""


def advice_card(visit: Visit, garment: Garment) -> AdviceCard | None:
    """The advice for a garment's style, asked for under whichever of its GTINs."""
    advice = _advice(visit, garment)
    if advice is None or not advice.sizes:
        return None
    sure = advice.confidence >= STATED_ALONE
    run = [offer.size for offer in garment.colourway.sizes]
    named = advice.sizes[:1] if sure else advice.sizes[:2]
    sizes = tuple(sorted(named, key=lambda size: run.index(size) if size in run else len(run)))
    return AdviceCard(sizes, sure, advice.reason, advice.usual, advice.kept, advice.of, named[0])


def _advice(visit: Visit, garment: Garment) -> SizeAdvice | None:
    own = visit.advice.get(garment.gtin)
    if own is not None:
        return own
    gtins = (o.gtin for c in garment.colours for o in c.sizes)
    return next((visit.advice[g] for g in gtins if g in visit.advice), None)


def garment_card(visit: Visit) -> GarmentCard | None:
    """What is shown of the focus; None without one."""
    focus, language = visit.focus, visit.language
    if focus is None:
        return None
    garment = focus.garment
    colourway = garment.in_colour(focus.colour)
    advice = advice_card(visit, garment)
    offer = _offer(visit, focus)
    size = next((o for o in colourway.sizes if o.size == focus.size), None)
    suggested = next((s for s in visit.suggestions if s.garment.item == garment.item), None)
    return GarmentCard(
        epc=focus.epc,
        item=garment.item,
        name=garment.name.said(language),
        price=garment.price.written(language),
        colour=colourway.name.said(language),
        size=size_shown(focus.size),
        picture=colourway.picture,
        story=garment.story.said(language),
        material=garment.material.said(language),
        care=garment.care.said(language),
        origin=garment.origin.said(language),
        swatches=tuple(
            Swatch(c.code, c.name.said(language), c.hex, c.code == colourway.code, c.picture)
            for c in garment.colours
        ),
        sizes=tuple(_size_card(visit, focus, o, advice) for o in colourway.sizes if size_shown(o.size)),
        advice=advice,
        offer=offer,
        gtin=focus.gtin,
        kind=_kind(visit, garment),
        elsewhere=size.elsewhere[0].place if size and size.elsewhere and offer is Offer.ELSEWHERE else "",
        reason=suggested.reason if suggested else None,
        about=suggested.about.said(language) if suggested else "",
        count=suggested.count if suggested else 0,
        stock_minutes=max(0, visit.now_us - garment.stock_at_us) // (60 * SECOND)
        if garment.stock_at_us
        else 0,
    )


def _kind(visit: Visit, garment: Garment) -> RequestKind:
    styles = {p.garment.style_id for p in visit.pieces if p.garment}
    return RequestKind.SIZE if garment.style_id in styles else RequestKind.PIECE


def _in_room(visit: Visit) -> set[Gtin]:
    return {p.garment.gtin for p in visit.pieces if p.garment and p.counts}


def _offer(visit: Visit, focus: Focus) -> Offer:
    gtin = focus.gtin
    found = focus.garment.offer(gtin) if gtin else None
    if gtin is None or found is None:
        return Offer.NONE
    if gtin in {r.gtin for r in visit.open_requests}:
        return Offer.ASKED
    if gtin in _in_room(visit):
        return Offer.IN_ROOM
    size = found[1]
    if size.here:
        return Offer.BRING if visit.staff.names else Offer.NOBODY
    return Offer.ELSEWHERE if size.elsewhere else Offer.NONE


def _size_card(visit: Visit, focus: Focus, offer: SizeOffer, advice: AdviceCard | None) -> SizeCard:
    place, count = _place(visit, offer)
    return SizeCard(
        size=offer.size,
        gtin=offer.gtin,
        chosen=offer.size == focus.size,
        advised=advice is not None and offer.size in advice.sizes,
        place=place,
        count=count,
        elsewhere=offer.elsewhere[0].place if place is SizePlace.ELSEWHERE else "",
    )


def _place(visit: Visit, offer: SizeOffer) -> tuple[SizePlace, int]:
    if offer.gtin in _in_room(visit):
        return SizePlace.IN_ROOM, 1
    if offer.floor:
        return SizePlace.HERE, offer.floor
    if offer.stockroom:
        return SizePlace.STOCKROOM, offer.stockroom
    if offer.elsewhere:
        return SizePlace.ELSEWHERE, sum(e.count for e in offer.elsewhere)
    return SizePlace.NOWHERE, 0
