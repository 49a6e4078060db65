"""`step`: the one function that moves a visit. Handles time, beginning and end; the `on_*` modules do the rest."""

from __future__ import annotations

from dataclasses import replace
from typing import assert_never

from kiosk.core.domain.service_request import RequestState
from kiosk.core.domain.texts import LANGUAGES
from kiosk.core.visit import on_answers as answers
from kiosk.core.visit import on_facts as facts
from kiosk.core.visit import on_touches as touches
from kiosk.core.visit.delivery.choices import DeliveryChoices
from kiosk.core.visit.delivery.on_delivery import asked_again
from kiosk.core.visit.effects import (
    CancelPayment,
    Effect,
    PairMirror,
    ReportVisit,
    SendRequest,
    WipeVisit,
)
from kiosk.core.visit.events import (
    CardTapped,
    Event,
    Fact,
    MemberErased,
    PieceScanned,
    StoreAnswer,
    TapFailed,
    Tick,
)
from kiosk.core.visit.messages.message_event import MessagePresented
from kiosk.core.visit.messages.on_message import message_presented
from kiosk.core.visit.navigation import Navigation, Page
from kiosk.core.visit.on_receipt import without_answer
from kiosk.core.visit.pairing import Pairing, PairingStep
from kiosk.core.visit.payment_progress import Payment, PayStage
from kiosk.core.visit.state import (
    Fit,
    Looks,
    Messages,
    StepResult,
    Visit,
    basket_report,
    next_visit,
    touched,
)
from kiosk.core.visit.touches import LanguageChosen, PairingKeyPressed, Touch


def step(visit: Visit, event: Event) -> StepResult:
    """The visit after an event, and the effects to run. Every event is accepted in every state.

    An answer with another visit's ticket changes nothing.
    """
    after, effects = _after(replace(visit, now_us=max(visit.now_us, event.at_us)), event)
    if after.ticket != visit.ticket:
        return after, effects
    report = basket_report(after)
    if report != basket_report(visit):
        effects = (*effects, report)
    after, asked = asked_again(visit, after)
    return after, (*effects, *asked)


def _after(visit: Visit, event: Event) -> StepResult:
    if isinstance(event, StoreAnswer):
        return answers.on_answer(visit, event) if event.ticket == visit.ticket else (visit, ())
    if isinstance(event, Fact):
        return _after_fact(visit, event)
    if isinstance(event, Touch):
        return _after_touch(visit, event)
    if isinstance(event, MemberErased):
        return _without_member(visit, event.at_us) if event.ticket == visit.ticket else (visit, ())
    if isinstance(event, MessagePresented):
        return message_presented(visit, event.message_id)
    if isinstance(event, Tick):
        return _after_tick(visit)
    assert_never(event)


def _after_fact(visit: Visit, event: Fact) -> StepResult:
    if visit.pairing is not None and isinstance(event, CardTapped | PieceScanned | TapFailed):
        # no visit begins with cards and labels that no store can look up
        return visit, ()
    before = visit
    visit, effects = facts.on_fact(visit, event)
    if visit.under_way and not before.under_way:
        effects = (ReportVisit(visit.ticket, began=True, at_us=visit.now_us), *effects)
    return visit, effects


def _after_touch(visit: Visit, event: Touch) -> StepResult:
    if visit.pairing is not None:
        return _after_pairing_touch(touched(visit), visit.pairing, event)
    if isinstance(event, PairingKeyPressed):
        return visit, ()
    opening: tuple[Effect, ...] = ()
    if not visit.under_way:
        visit, effects = facts.begin_by_hand(visit)
        opening = (ReportVisit(visit.ticket, began=True, at_us=visit.now_us), *effects)
    # A touch after a tap: she moved on, so that the tap only tells who she is.
    pay = replace(visit.pay, tapped=False)
    visit = replace(touched(visit), notice=None, navigation=replace(visit.navigation, dark=False), pay=pay)
    after, effects = touches.on_touch(visit, event)
    return after, (*opening, *effects)


def _after_pairing_touch(visit: Visit, pairing: Pairing, event: Touch) -> StepResult:
    """A technician's touch: no visit begins."""
    if isinstance(event, LanguageChosen) and event.language in LANGUAGES:
        return replace(visit, language=event.language), ()
    if not isinstance(event, PairingKeyPressed):
        return visit, ()
    after = pairing.pressed(event.key)
    asks = after.step is PairingStep.ASKING and pairing.step is not PairingStep.ASKING
    visit = replace(visit, shop=replace(visit.shop, pairing=after))
    return visit, (PairMirror(visit.ticket, after.code),) if asks else ()


def _without_old_digits(visit: Visit) -> Visit:
    if visit.pairing is None or visit.untouched_us < visit.settings.idle_us:
        return visit
    return replace(visit, shop=replace(visit.shop, pairing=visit.pairing.untouched()))


def _after_tick(visit: Visit) -> StepResult:
    visit = without_answer(_without_old_notice(visit))
    if not visit.under_way:
        return _without_old_digits(visit), ()
    if visit.page is Page.AWAY:
        return _ended(visit) if visit.untouched_us >= visit.settings.goodbye_us else (visit, ())
    if visit.page is Page.STILL_THERE:
        if visit.untouched_us >= visit.settings.still_there_us:
            return _without_answer(visit)
    elif _is_untouched(visit):
        visit = _unattended(visit, Page.STILL_THERE)
    else:
        visit = _home_if_idle(visit)
    return _requests_sent_again(visit)


def _without_answer(visit: Visit) -> StepResult:
    """Nobody has answered the question. Under an open request the visit goes on, so that the associate still comes,
    but nothing of the shopper does: who comes in next would find it."""
    if not _must_stay(visit):
        return _unattended(visit, Page.AWAY), ()
    left_us = visit.times.unattended_us
    if visit.pay.busy or (left_us is not None and left_us >= visit.times.touched_us):
        return _requests_sent_again(visit)
    given_up = _unpaid_given_up(visit)
    visit, looks = facts.request_looks(
        replace(
            visit,
            times=replace(visit.times, unattended_us=visit.now_us),
            shopper=None,
            language_chosen=False,
            notice=None,
            messages=Messages(closed=visit.messages.closed),
            focus=None,
            looks=Looks(visit.looks.question),
            fit=Fit(revision=visit.fit.revision + 1),
            pay=Payment(bought=visit.pay.bought, identified=visit.pay.identified),
            delivery=DeliveryChoices(visit.delivery.question),
            # one that she took back is kept: the store may get it only now
            asides=(),
            requests=tuple(r for r in visit.requests if r.state.open or r.state is RequestState.CANCELLED),
        )
    )
    report = ReportVisit(visit.ticket, began=True, at_us=visit.now_us, unattended=True)
    return visit, (*given_up, report, *looks)


def _unattended(visit: Visit, page: Page) -> Visit:
    return replace(touched(visit), navigation=Navigation(page))


def _must_stay(visit: Visit) -> bool:
    """Somebody is bringing something, or is being paid: no visit ends by time under that."""
    return visit.pay.busy or bool(visit.open_requests)


def _without_old_notice(visit: Visit) -> Visit:
    if visit.notice and visit.now_us - visit.notice.since_us >= visit.settings.notice_us:
        return replace(visit, notice=None)
    return visit


def _is_untouched(visit: Visit) -> bool:
    """Whether there has been no sign of the shopper for so long that the mirror asks for one."""
    if visit.pay.busy:
        return False
    if visit.untouched_us >= visit.settings.abandoned_us:
        return True
    if visit.times.emptied_us is None or not visit.shop.radio:
        return False
    limit_us = visit.settings.paid_us if visit.pay.receipt else visit.settings.empty_us
    return min(visit.untouched_us, visit.now_us - visit.times.emptied_us) >= limit_us


def _home_if_idle(visit: Visit) -> Visit:
    open_page = visit.page not in (Page.WARDROBE, Page.RECEIPT, Page.REST)
    if not visit.pay.busy and open_page and visit.untouched_us >= visit.settings.idle_us:
        home = replace(visit.navigation, page=Page.WARDROBE, trail=())
        return replace(visit, navigation=home, focus=None)
    return visit


def _without_member(visit: Visit, at_us: int) -> StepResult:
    """The visit ends at once; while a card may be charged it goes on as a guest's, and is wiped at its end.

    The store repeats the event until the visit has ended; a guest's goes on, so that she sees her receipt.
    """
    if not visit.under_way or (visit.times.erased_us is not None and visit.shopper is None):
        return visit, ()
    if not visit.pay.busy:
        return _ended(visit)
    looks = Looks(visit.looks.question + 1, dismissed=visit.looks.dismissed)
    fit = Fit(question_asked=visit.fit.question_asked, revision=visit.fit.revision + 1)
    times = replace(visit.times, erased_us=at_us)
    messages = Messages(closed=visit.messages.closed)
    return replace(visit, shopper=None, looks=looks, fit=fit, messages=messages, times=times), ()


def _requests_sent_again(visit: Visit) -> StepResult:
    due = [
        r
        for r in visit.requests
        if r.state is RequestState.UNSENT and visit.now_us - r.changed_us >= visit.settings.resend_us
    ]
    if not due:
        return visit, ()
    ids = {r.request_id for r in due}
    requests = tuple(
        replace(r, changed_us=visit.now_us) if r.request_id in ids else r for r in visit.requests
    )
    return replace(visit, requests=requests), tuple(SendRequest(visit.ticket, r) for r in due)


def _ended(visit: Visit) -> StepResult:
    report = ReportVisit(visit.ticket, began=False, at_us=visit.now_us)
    return next_visit(visit), (*_unpaid_given_up(visit), report, WipeVisit(visit.ticket))


def _unpaid_given_up(visit: Visit) -> tuple[Effect, ...]:
    progress = visit.pay.progress
    if progress and progress.stage in (PayStage.READY, PayStage.CONFIRM, PayStage.DECLINED):
        return (CancelPayment(visit.ticket, progress.order_id),)
    return ()
