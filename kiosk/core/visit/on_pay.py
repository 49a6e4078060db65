"""Paying, as far as the glass decides: what is ordered, when a try may start, when it may be dropped."""

from __future__ import annotations

from dataclasses import replace

from kiosk.core.domain.ids import OrderId
from kiosk.core.domain.payment import PaymentMeans
from kiosk.core.visit.effects import Collect, DropPayment, Effect, PriceOrder
from kiosk.core.visit.state import Page, Paying, PayStage, Visit, back, opened

Moved = tuple[Visit, tuple[Effect, ...]]


def wished(visit: Visit) -> Moved:
    """From the basket: price the order. From the priced order: start the terminal."""
    paying = visit.paying
    if paying is not None and paying.busy:
        return opened(visit, Page.PAY), ()
    if paying is not None and visit.page is Page.PAY and paying.stage in (PayStage.READY, PayStage.DECLINED):
        return tried(visit, paying, PaymentMeans.TERMINAL)
    return _ordered(visit)


def _ordered(visit: Visit) -> Moved:
    pieces = tuple((p.epc, p.garment.gtin) for p in visit.basket if p.garment)
    if not pieces:
        return visit, ()
    order_id = OrderId(f"{visit.ticket}.o{visit.made + 1}")
    visit = replace(visit, made=visit.made + 1, paying=Paying(order_id, PayStage.PRICING))
    shopper_id = visit.shopper.shopper_id if visit.shopper else None
    return opened(visit, Page.PAY), (PriceOrder(visit.ticket, order_id, pieces, shopper_id),)


def tried(visit: Visit, paying: Paying, means: PaymentMeans) -> Moved:
    """Start a new try with these means."""
    after = replace(paying, stage=PayStage.STARTING, means=means, attempt=paying.attempt + 1, why="")
    effect = Collect(visit.ticket, paying.order_id, means, after.attempt)
    return replace(visit, paying=after), (effect,)


def confirmed(visit: Visit) -> Moved:
    """Yes to the stored means, after the ring was laid."""
    paying = visit.paying
    if paying is None or paying.stage is not PayStage.CONFIRM:
        return visit, ()
    return tried(visit, paying, PaymentMeans.STORED)


def dropped(visit: Visit) -> Moved:
    """Back to the pieces. While the terminal works the wish is passed on, and its answer decides."""
    paying = visit.paying
    if paying is None or paying.stage is PayStage.PAID:
        return back(visit), ()
    if paying.stage in (PayStage.STARTING, PayStage.TAP):
        return visit, (DropPayment(visit.ticket, paying.order_id),)
    if paying.busy:
        return visit, ()
    if paying.stage is PayStage.CONFIRM:
        return replace(visit, paying=replace(paying, stage=PayStage.READY)), ()
    return back(replace(visit, paying=None)), (DropPayment(visit.ticket, paying.order_id),)
