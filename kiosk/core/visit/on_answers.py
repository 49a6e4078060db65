"""Answers of the store, taken into the visit that asked for them."""

from __future__ import annotations

from dataclasses import replace
from typing import assert_never

from kiosk.core.clues.dislikes import MAX_UNWANTED, Dislike, is_unwanted
from kiosk.core.domain.ids import RequestId
from kiosk.core.domain.service_request import RequestState, ServiceRequest
from kiosk.core.domain.shopper import Shopper, Tier
from kiosk.core.domain.texts import LANGUAGES
from kiosk.core.visit import on_facts as facts
from kiosk.core.visit import on_pay as pay
from kiosk.core.visit.asides.aside_event import AsideChanged, AsidesStated
from kiosk.core.visit.asides.on_aside import aside_changed, asides_stated
from kiosk.core.visit.delivery.delivery_event import DeliveryOffered
from kiosk.core.visit.delivery.on_delivery import delivery_offered
from kiosk.core.visit.effects import WithdrawRequest
from kiosk.core.visit.events import (
    DislikesStated,
    OrderPriced,
    PaymentChanged,
    ReceiptPrintChanged,
    RequestChanged,
    RequestUnsent,
    ShopperIdentified,
    SizeAdviceReceived,
    StoreAnswer,
    SuggestionsReceived,
    TapFailure,
)
from kiosk.core.visit.messages.dislike_event import DislikesWithdrawn
from kiosk.core.visit.messages.message_event import StaffMessageShown
from kiosk.core.visit.messages.on_message import message_shown
from kiosk.core.visit.navigation import Page
from kiosk.core.visit.on_fit import feedback_to_save
from kiosk.core.visit.on_receipt import on_print_changed
from kiosk.core.visit.payment_progress import PayStage
from kiosk.core.visit.prepared.on_prepared import only_hers, prepared_changed
from kiosk.core.visit.prepared.prepared_event import PreparedChanged
from kiosk.core.visit.prices.basket_event import BasketPriced, CouponScanned
from kiosk.core.visit.state import StepResult, Visit, with_notice


def on_answer(visit: Visit, answer: StoreAnswer) -> StepResult:
    """The visit after an answer that carries its ticket."""
    match answer:
        case SuggestionsReceived():
            return _suggestions(visit, answer), ()
        case SizeAdviceReceived():
            return _advice(visit, answer), ()
        case ShopperIdentified():
            return _shopper(visit, answer)
        case RequestChanged(request=request):
            return _request(visit, request)
        case RequestUnsent(request_id=request_id):
            return _unsent(visit, request_id), ()
        case (
            OrderPriced()
            | PaymentChanged()
            | ReceiptPrintChanged()
            | BasketPriced()
            | CouponScanned()
            | DeliveryOffered()
        ):
            return _of_paying(visit, answer)
        case (
            DislikesStated()
            | DislikesWithdrawn()
            | StaffMessageShown()
            | PreparedChanged()
            | AsideChanged()
            | AsidesStated()
        ):
            return _by_associate(visit, answer)
        case _:
            assert_never(answer)


def _of_paying(
    visit: Visit,
    answer: OrderPriced
    | PaymentChanged
    | ReceiptPrintChanged
    | BasketPriced
    | CouponScanned
    | DeliveryOffered,
) -> StepResult:
    if isinstance(answer, OrderPriced):
        return pay.on_priced(visit, answer)
    if isinstance(answer, PaymentChanged):
        return pay.on_payment_changed(visit, answer)
    if isinstance(answer, BasketPriced):
        return pay.on_basket_priced(visit, answer)
    if isinstance(answer, CouponScanned):
        return with_notice(visit, TapFailure.COUPON if answer.holds else TapFailure.COUPON_OVER), ()
    if isinstance(answer, DeliveryOffered):
        return delivery_offered(visit, answer), ()
    return on_print_changed(visit, answer), ()


def _suggestions(visit: Visit, answer: SuggestionsReceived) -> Visit:
    looks = visit.looks
    if answer.asked != looks.question:
        return visit
    if answer.suggestions is None:
        # Without a store the question is asked again when it is back.
        return replace(visit, looks=replace(looks, searching=not visit.shop.store))
    found = tuple(s for s in answer.suggestions if s.garment.item not in looks.dismissed)
    return replace(visit, looks=replace(looks, suggestions=found, searching=False))


def _by_associate(
    visit: Visit,
    answer: DislikesStated
    | DislikesWithdrawn
    | StaffMessageShown
    | PreparedChanged
    | AsideChanged
    | AsidesStated,
) -> StepResult:
    if isinstance(answer, AsidesStated):
        return asides_stated(visit, answer), ()
    if isinstance(answer, AsideChanged):
        return aside_changed(visit, answer)
    if isinstance(answer, StaffMessageShown):
        return message_shown(visit, answer.message)
    if isinstance(answer, PreparedChanged):
        return prepared_changed(visit, answer), ()
    known = visit.looks.unwanted
    if isinstance(answer, DislikesWithdrawn):
        return _with_unwanted(visit, tuple(one for one in known if one not in answer.dislikes))
    return _with_unwanted(visit, tuple(dict.fromkeys((*known, *answer.dislikes)))[-MAX_UNWANTED:])


def _with_unwanted(visit: Visit, unwanted: tuple[Dislike, ...]) -> StepResult:
    """What she does not want leaves the glass at once, and others are asked for. It is kept until the visit ends: the
    store states it again after each reconnection, and forgets it when it starts again."""
    looks = visit.looks
    if unwanted == looks.unwanted:
        return visit, ()
    rest = tuple(s for s in looks.suggestions if not is_unwanted(s.garment, unwanted))
    return facts.request_looks(replace(visit, looks=replace(looks, suggestions=rest, unwanted=unwanted)))


def _advice(visit: Visit, answer: SizeAdviceReceived) -> Visit:
    advice, fit = answer.advice, visit.fit
    if advice is None or answer.learned != fit.revision:
        return visit
    fit = replace(fit, advice={**fit.advice, answer.article: advice})
    after, focus = replace(visit, fit=fit), visit.focus
    if not fit.follows_advice or focus is None or not advice.sizes:
        return after
    if focus.garment.stock_of(answer.article) is None:
        return after
    stocks = focus.garment.in_colour(focus.colour).sizes
    had = {stock.size for stock in stocks if visit.can_be_had(stock)}
    size = next((one for one in advice.sizes if one in had), focus.size)
    return replace(after, fit=replace(fit, follows_advice=False), focus=replace(focus, size=size))


def _shopper(visit: Visit, answer: ShopperIdentified) -> StepResult:
    progress = visit.pay.progress
    lowered = visit.page is Page.PAY and progress is not None and progress.stage is PayStage.PRICING
    to_pay = visit.pay.tapped and (lowered or facts.shows_total(visit))
    visit = replace(visit, pay=replace(visit.pay, tapped=False))
    if answer.shopper is None:
        return with_notice(visit, TapFailure.UNKNOWN if answer.answered else TapFailure.UNREADABLE), ()
    forgotten_us = (visit.times.erased_us, visit.times.unattended_us)
    if any(at_us is not None and answer.tapped_us <= at_us for at_us in forgotten_us):
        return visit, ()
    known, effects = _known(visit, answer.shopper)
    if not to_pay:
        return known, effects
    if not _has_means(answer.shopper):
        return with_notice(known, TapFailure.NO_MEANS), effects
    paying, more = pay.pay_by_tap(known)
    return paying, (*more, *effects)


def _known(visit: Visit, shopper: Shopper) -> StepResult:
    """The visit of that shopper; what depends on who she is, is asked again."""
    if visit.shopper == shopper:
        return visit, ()
    known = shopper.language in LANGUAGES and not visit.language_chosen
    language = shopper.language if known else visit.language
    fit = replace(visit.fit, revision=visit.fit.revision + 1)
    another = visit.shopper is not None and visit.shopper.shopper_id != shopper.shopper_id
    looks = replace(visit.looks, unwanted=()) if another else visit.looks
    after = only_hers(replace(visit, shopper=shopper, language=language, fit=fit, looks=looks))
    visit, effects = facts.request_looks(after)
    return visit, (*effects, *feedback_to_save(visit), *facts.size_questions(visit, visit.pieces))


def _has_means(shopper: Shopper) -> bool:
    """Whether her card may pay: it proved who she is, and means are on file."""
    return shopper.tier >= Tier.PROVED and bool(shopper.stored_means)


def _request(visit: Visit, request: ServiceRequest) -> StepResult:
    known = visit.request(request.request_id)
    if known is None or request.revision < known.revision:
        # An earlier state, from the slower of two connections.
        return visit, ()
    if not known.state.open and request.state.open:
        # A closed request stays closed. One that she has taken back and that the store got after that is not wanted.
        again = known.state is RequestState.CANCELLED
        return visit, (WithdrawRequest(visit.ticket, known.request_id),) if again else ()
    # the store does not keep a tailor's note with the request: an answer after its restart has none
    request = replace(request, note=request.note or known.note)
    requests = tuple(request if r.request_id == request.request_id else r for r in visit.requests)
    return replace(visit, requests=requests), ()


def _unsent(visit: Visit, request_id: RequestId) -> Visit:
    requests = tuple(
        replace(r, state=RequestState.UNSENT, changed_us=visit.now_us)
        if r.request_id == request_id and r.state is RequestState.SENDING
        else r
        for r in visit.requests
    )
    return replace(visit, requests=requests)
