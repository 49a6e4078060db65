"""Paying, as far as the glass decides: what is ordered, when a try may start, when it may be dropped."""

from __future__ import annotations

from dataclasses import replace

from kiosk.core.domain.ids import OrderId
from kiosk.core.domain.payment import PaymentMeans
from kiosk.core.visit.effects import CancelPayment, CollectPayment, Effect, PriceOrder
from kiosk.core.visit.state import Page, PaymentProgress, PayStage, Visit, open_page, previous_page

Moved = tuple[Visit, tuple[Effect, ...]]


def request_payment(visit: Visit) -> Moved:
    """From the basket: price the order. From the priced order: start the terminal."""
    paying = visit.paying
    if paying is not None and paying.busy:
        return open_page(visit, Page.PAY), ()
    if paying is not None and visit.page is Page.PAY and paying.stage in (PayStage.READY, PayStage.DECLINED):
        return start_attempt(visit, paying, PaymentMeans.TERMINAL)
    return _ordered(visit)


def _ordered(visit: Visit) -> Moved:
    pieces = tuple((p.epc, p.garment.gtin) for p in visit.basket if p.garment)
    if not pieces:
        return visit, ()
    order_id = OrderId(f"{visit.ticket}.o{visit.made + 1}")
    visit = replace(visit, made=visit.made + 1, paying=PaymentProgress(order_id, PayStage.PRICING))
    shopper_id = visit.shopper.shopper_id if visit.shopper else None
    return open_page(visit, Page.PAY), (PriceOrder(visit.ticket, order_id, pieces, shopper_id),)


def start_attempt(visit: Visit, paying: PaymentProgress, means: PaymentMeans) -> Moved:
    """Start a new try with these means."""
    after = replace(paying, stage=PayStage.STARTING, means=means, attempt=paying.attempt + 1, why="")
    effect = CollectPayment(visit.ticket, paying.order_id, means, after.attempt)
    return replace(visit, paying=after), (effect,)


def confirm_payment(visit: Visit) -> Moved:
    """Yes to the stored means, after the ring was laid."""
    paying = visit.paying
    if paying is None or paying.stage is not PayStage.CONFIRM:
        return visit, ()
    return start_attempt(visit, paying, PaymentMeans.STORED)


def cancel_payment(visit: Visit) -> Moved:
    """Back to the pieces. While the terminal works the wish is passed on, and its answer decides."""
    paying = visit.paying
    if paying is None or paying.stage is PayStage.PAID:
        return previous_page(visit), ()
    if paying.stage in (PayStage.STARTING, PayStage.TAP):
        return visit, (CancelPayment(visit.ticket, paying.order_id),)
    if paying.busy:
        return visit, ()
    if paying.stage is PayStage.CONFIRM:
        return replace(visit, paying=replace(paying, stage=PayStage.READY)), ()
    return previous_page(replace(visit, paying=None)), (CancelPayment(visit.ticket, paying.order_id),)
