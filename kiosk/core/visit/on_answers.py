"""Finished work, taken into the visit that asked for it."""

from __future__ import annotations

from dataclasses import replace
from typing import assert_never

from kiosk.core.domain.payment import PaymentMeans, PaymentState
from kiosk.core.domain.service_request import RequestState, ServiceRequest
from kiosk.core.domain.shopper import Shopper, Tier
from kiosk.core.domain.texts import LANGUAGES
from kiosk.core.visit import on_pay as pay
from kiosk.core.visit.effects import Effect
from kiosk.core.visit.events import (
    OrderPriced,
    PaymentChanged,
    RequestChanged,
    RequestUnsent,
    ShopperIdentified,
    SizeAdviceReceived,
    StoreAnswer,
    SuggestionsReceived,
    TapFailure,
)
from kiosk.core.visit.on_facts import request_looks, size_questions
from kiosk.core.visit.on_fit import feedback_to_save
from kiosk.core.visit.state import Page, PaymentProgress, PayStage, Visit, open_page

Moved = tuple[Visit, tuple[Effect, ...]]


def on_answer(visit: Visit, answer: StoreAnswer) -> Moved:
    """The visit after an answer that carries its ticket."""
    match answer:
        case SuggestionsReceived():
            return _suggestions(visit, answer), ()
        case SizeAdviceReceived():
            return _advice(visit, answer), ()
        case ShopperIdentified():
            return _shopper(visit, answer)
        case RequestChanged(request=request):
            return _request(visit, request), ()
        case RequestUnsent(request_id=request_id):
            return _unsent(visit, request_id), ()
        case OrderPriced():
            return _priced(visit, answer)
        case PaymentChanged():
            return _paid(visit, answer), ()
        case _:
            assert_never(answer)


def _suggestions(visit: Visit, answer: SuggestionsReceived) -> Visit:
    if answer.asked != visit.asked:
        return visit
    if answer.suggestions is None:
        return replace(visit, finding=not visit.store)
    unwanted = set(visit.unwanted)
    found = tuple(s for s in answer.suggestions if s.garment.item not in unwanted)
    return replace(visit, suggestions=found, finding=False)


def _advice(visit: Visit, answer: SizeAdviceReceived) -> Visit:
    advice = answer.advice
    if advice is None or answer.learned != visit.learned:
        return visit
    after = replace(visit, advice={**visit.advice, answer.gtin: advice})
    focus = visit.focus
    if not visit.follows or focus is None or not advice.sizes or focus.garment.offer(answer.gtin) is None:
        return after
    made = {offer.size for offer in focus.garment.in_colour(focus.colour).sizes}
    size = advice.sizes[0] if advice.sizes[0] in made else focus.size
    return replace(after, follows=False, focus=replace(focus, size=size))


def _shopper(visit: Visit, answer: ShopperIdentified) -> Moved:
    if answer.shopper is None:
        trouble = TapFailure.UNKNOWN if answer.answered else TapFailure.UNREADABLE
        return replace(visit, trouble=trouble, trouble_us=visit.now_us), ()
    shopper = answer.shopper
    if _confirms(visit, shopper):
        paying = replace(visit.paying, stage=PayStage.CONFIRM) if visit.paying else None
        return replace(visit, shopper=shopper, paying=paying), ()
    if visit.shopper == shopper:
        return visit, ()
    language = shopper.language if shopper.language in LANGUAGES else visit.language
    visit = replace(visit, shopper=shopper, language=language, learned=visit.learned + 1)
    visit, effects = request_looks(visit)
    return visit, (*effects, *feedback_to_save(visit), *size_questions(visit, visit.pieces))


def _confirms(visit: Visit, shopper: Shopper) -> bool:
    """Whether the tap means "I pay with this": on the pay page, by a proved shopper with means on file."""
    ready = visit.paying is not None and visit.paying.stage in (PayStage.READY, PayStage.DECLINED)
    return ready and visit.page is Page.PAY and shopper.tier >= Tier.PROVED and bool(shopper.stored_means)


def _request(visit: Visit, request: ServiceRequest) -> Visit:
    known = visit.request(request.request_id)
    if known is None:
        return visit
    if known.state is RequestState.CANCELLED and request.state.open:
        return visit
    return replace(
        visit, requests=tuple(request if r.request_id == request.request_id else r for r in visit.requests)
    )


def _unsent(visit: Visit, request_id: str) -> Visit:
    requests = tuple(
        replace(r, state=RequestState.UNSENT, changed_us=visit.now_us)
        if r.request_id == request_id and r.state is RequestState.SENDING
        else r
        for r in visit.requests
    )
    return replace(visit, requests=requests)


def _priced(visit: Visit, answer: OrderPriced) -> Moved:
    paying = visit.paying
    if paying is None or paying.order_id != answer.order_id or paying.stage is not PayStage.PRICING:
        return visit, ()
    if answer.order is None:
        return replace(visit, paying=replace(paying, stage=PayStage.UNPRICED)), ()
    ready = replace(paying, order=answer.order, stage=PayStage.READY)
    if visit.shopper is not None and visit.shopper.stored_means:
        return replace(visit, paying=ready), ()
    # Nothing to choose between: the terminal waits for the tap at once.
    return pay.start_attempt(visit, ready, PaymentMeans.TERMINAL)


_STAGES = {
    PaymentState.KEYED: PayStage.STARTING,
    PaymentState.SENT: PayStage.TAP,
    PaymentState.UNSURE: PayStage.RESOLVING,
    PaymentState.PARKED: PayStage.PARKED,
    PaymentState.DECLINED: PayStage.DECLINED,
    PaymentState.ABANDONED: PayStage.READY,
    PaymentState.PAID: PayStage.PAID,
}


def _paid(visit: Visit, answer: PaymentChanged) -> Visit:
    paying = visit.paying
    if paying is None or paying.order_id != answer.order_id or paying.stage is PayStage.PAID:
        return visit
    after = replace(paying, stage=_STAGES[answer.state], why=answer.why)
    if answer.state is not PaymentState.PAID:
        return replace(visit, paying=after)
    return _receipt(replace(visit, paying=after), after, answer)


def _receipt(visit: Visit, paying: PaymentProgress, answer: PaymentChanged) -> Visit:
    bought = frozenset(line.epc for line in paying.order.lines) if paying.order else frozenset()
    visit = replace(visit, receipt=answer.receipt, bought=visit.bought | bought, touched_us=visit.now_us)
    return replace(open_page(visit, Page.RECEIPT), trail=())
