"""Delivery: what a touch and the store's answer change. The store decides; here only its offers can be chosen."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from kiosk.core.domain.ids import PieceId
from kiosk.core.domain.promise.values import DeliveryWay
from kiosk.core.visit.delivery.choices import DeliveryChoices
from kiosk.core.visit.delivery.delivery_event import DeliveryOffered
from kiosk.core.visit.delivery.delivery_touches import (
    DeliveryOpened,
    DeliveryTouch,
    DeliveryWayChosen,
    DeliveryZoneChosen,
)
from kiosk.core.visit.effects import FindDelivery
from kiosk.core.visit.navigation import Page
from kiosk.core.visit.settings import SECOND_US
from kiosk.core.visit.state import StepResult, Visit, open_page

_ASK_AGAIN_US: Final = 10 * SECOND_US


def on_delivery_touch(visit: Visit, touch: DeliveryTouch) -> StepResult:
    """The visit after a touch. Nothing changes while money may be moving."""
    if visit.pay.busy or not visit.settings.delivery or not visit.basket:
        return visit, ()
    match touch:
        case DeliveryOpened():
            return ask_offers(open_page(visit, Page.DELIVERY))
        case DeliveryWayChosen():
            return _chosen(visit, touch), ()
        case DeliveryZoneChosen(zone=zone):
            if zone not in [known.key for known in visit.delivery.zones]:
                return visit, ()
            return ask_offers(_with(visit, replace(visit.delivery, zone=zone)))


def ask_offers(visit: Visit) -> StepResult:
    """Asks the store what can be promised for the basket as it is now."""
    pieces = tuple((p.piece_id, p.garment.article) for p in visit.basket if p.garment)
    if not pieces:
        return visit, ()
    delivery = replace(
        visit.delivery, question=visit.delivery.question + 1, asked_us=visit.now_us, searching=True
    )
    effect = FindDelivery(visit.ticket, delivery.question, pieces, delivery.zone)
    return replace(visit, delivery=delivery), (effect,)


def asked_again(before: Visit, visit: Visit) -> StepResult:
    """Asks again while the page is open: the basket or the shopper is another one, or the hour is over until which a
    day was promised."""
    if visit.page is not Page.DELIVERY or visit.delivery.searching or before.page is not Page.DELIVERY:
        return visit, ()
    # not at each tick, where the mirror's clock is ahead of the store's
    waited = visit.now_us - visit.delivery.asked_us >= _ASK_AGAIN_US
    over = waited and any(0 < one.order_by_us <= visit.now_us for one in visit.delivery.offers)
    is_other = (_basket(before), before.shopper) != (_basket(visit), visit.shopper)
    return ask_offers(visit) if over or is_other else (visit, ())


def _basket(visit: Visit) -> list[PieceId]:
    return [piece.piece_id for piece in visit.basket]


def delivery_offered(visit: Visit, answer: DeliveryOffered) -> Visit:
    """The visit after the store's answer. A way that is not offered any more is not chosen any more."""
    if answer.asked != visit.delivery.question:
        return visit
    if answer.offers is None:
        return replace(visit, delivery=replace(visit.delivery, searching=False, offers=()))
    found = replace(
        visit.delivery, searching=False, offers=answer.offers.promises, zone=answer.offers.zone,
        zones=answer.offers.zones,
    )  # fmt: skip
    ways = {piece: way for piece, way in found.ways.items() if found.offers_way(way)}
    after = replace(found, ways=ways)
    return replace(visit, delivery=after) if ways == found.ways else _with(visit, after)


def _chosen(visit: Visit, touch: DeliveryWayChosen) -> Visit:
    delivery = visit.delivery
    basket = _basket(visit)
    wanted = basket if touch.piece is None else [touch.piece]
    if not delivery.offers_way(touch.way) or not set(wanted) <= set(basket):
        return visit
    ways = {**delivery.ways, **dict.fromkeys(wanted, touch.way)}
    chosen = {piece: way for piece, way in ways.items() if way is not DeliveryWay.TAKE}
    return _with(visit, replace(delivery, ways=chosen))


def _with(visit: Visit, delivery: DeliveryChoices) -> Visit:
    """With other choices: a price that was made for the ones before is dropped."""
    if delivery.ways == visit.delivery.ways and delivery.zone == visit.delivery.zone:
        return replace(visit, delivery=delivery)
    return replace(visit, delivery=delivery, pay=replace(visit.pay, progress=None, tapped=False))
