"""The one function that moves a visit, and the care that stands around every event: time, beginning, end."""

from __future__ import annotations

from dataclasses import replace
from typing import assert_never

from kiosk.core.domain.service_request import RequestState
from kiosk.core.visit import on_answers as answers
from kiosk.core.visit import on_facts as facts
from kiosk.core.visit import on_touches as touches
from kiosk.core.visit.effects import CancelPayment, Effect, ReportVisit, SendRequest, WipeVisit
from kiosk.core.visit.events import Event, Fact, StoreAnswer, Tick
from kiosk.core.visit.state import Page, PayStage, Visit, next_visit
from kiosk.core.visit.touches import Touch

Moved = tuple[Visit, tuple[Effect, ...]]


def step(visit: Visit, event: Event) -> Moved:
    """The visit after an event, and what it wants done. Total: every event in every state has an answer.

    An answer with another visit's ticket changes nothing.
    """
    now = max(visit.now_us, event.at_us)
    visit = replace(visit, now_us=now)
    if isinstance(event, StoreAnswer):
        return answers.on_answer(visit, event) if event.ticket == visit.ticket else (visit, ())
    if isinstance(event, Fact):
        return _after_fact(visit, event)
    if isinstance(event, Touch):
        return _after_touch(visit, event)
    if isinstance(event, Tick):
        return _after_tick(visit)
    assert_never(event)


def _after_fact(visit: Visit, event: Fact) -> Moved:
    before = visit
    visit, effects = facts.on_fact(visit, event)
    if visit.under_way and not before.under_way:
        effects = (ReportVisit(visit.ticket, began=True, at_us=visit.now_us), *effects)
    return visit, effects


def _after_touch(visit: Visit, event: Touch) -> Moved:
    opening: tuple[Effect, ...] = ()
    if not visit.under_way:
        visit, effects = facts.begin_by_hand(visit)
        opening = (ReportVisit(visit.ticket, began=True, at_us=visit.now_us), *effects)
    touched = replace(visit, touched_us=visit.now_us, trouble=None, dark=False)
    after, effects = touches.on_touch(touched, event)
    return after, (*opening, *effects)


def _after_tick(visit: Visit) -> Moved:
    visit = _notice_fades(visit)
    if not visit.under_way:
        return visit, ()
    if visit.page is Page.AWAY:
        gone = visit.now_us - visit.touched_us >= visit.manners.away_us
        return _ended(visit) if gone else (visit, ())
    if _is_over(visit):
        return replace(visit, page=Page.AWAY, trail=(), touched_us=visit.now_us), ()
    visit = _idle(visit)
    return _sent_again(visit)


def _notice_fades(visit: Visit) -> Visit:
    if visit.trouble and visit.now_us - visit.trouble_us >= visit.manners.notice_us:
        return replace(visit, trouble=None)
    return visit


def _is_over(visit: Visit) -> bool:
    if visit.paying is not None and visit.paying.busy:
        return False
    untouched = visit.now_us - visit.touched_us
    if untouched >= visit.manners.forget_us:
        return True
    if visit.emptied_us is None or not visit.radio:
        return False
    linger = visit.manners.thanks_us if visit.receipt else visit.manners.empty_us
    return min(untouched, visit.now_us - visit.emptied_us) >= linger


def _idle(visit: Visit) -> Visit:
    settled = visit.paying is None or not visit.paying.busy
    open_page = visit.page not in (Page.WARDROBE, Page.RECEIPT, Page.REST)
    if settled and open_page and visit.now_us - visit.touched_us >= visit.manners.idle_us:
        return replace(visit, page=Page.WARDROBE, trail=(), focus=None)
    return visit


def _sent_again(visit: Visit) -> Moved:
    due = [
        r
        for r in visit.requests
        if r.state is RequestState.UNSENT and visit.now_us - r.changed_us >= visit.manners.resend_us
    ]
    if not due:
        return visit, ()
    ids = {r.request_id for r in due}
    requests = tuple(
        replace(r, changed_us=visit.now_us) if r.request_id in ids else r for r in visit.requests
    )
    return replace(visit, requests=requests), tuple(SendRequest(visit.ticket, r) for r in due)


def _ended(visit: Visit) -> Moved:
    effects: list[Effect] = []
    if visit.paying is not None and visit.paying.stage in (
        PayStage.READY,
        PayStage.CONFIRM,
        PayStage.DECLINED,
    ):
        effects.append(CancelPayment(visit.ticket, visit.paying.order_id))
    effects += [ReportVisit(visit.ticket, began=False, at_us=visit.now_us), WipeVisit(visit.ticket)]
    return next_visit(visit), tuple(effects)
