"""No visit ends by time without the question, nor under an open request or a payment."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.core.domain.ids import RequestId
from kiosk.core.domain.payment import PaymentState
from kiosk.core.domain.service_request import RequestKind, RequestState
from kiosk.core.visit.effects import ReportVisit
from kiosk.core.visit.events import (
    CardTapped,
    Event,
    GarmentArrived,
    GarmentLeft,
    RequestChanged,
    ShopperIdentified,
    Tick,
)
from kiosk.core.visit.navigation import Page
from kiosk.core.visit.payment_progress import Payment
from kiosk.core.visit.settings import SECOND_US, MirrorSettings
from kiosk.core.visit.state import Fit, Looks, StepResult, Visit
from kiosk.core.visit.step import step
from kiosk.core.visit.touches import (
    AllPiecesChosen,
    PaymentConfirmed,
    PaymentRequested,
    ScreenWoken,
    ServiceRequested,
    VisitClosed,
)
from tests.kiosk.core.visit.visit_driver import CLARA, COAT, SHIRT, A, B, VisitDriver, visit_with

Stepped = Callable[[Visit, Event], StepResult]
LIMITS_S = {"empty": 46, "untouched": 601}


def asking(why: str = "untouched") -> VisitDriver:
    """A member's visit whose mirror asks: nobody has touched it, or the room is empty too."""
    room = visit_with((A, SHIRT))
    room.send(ShopperIdentified(0, room.visit.ticket, CLARA))
    if why == "empty":
        room.send(GarmentLeft(0, A))
    room.wait(LIMITS_S[why])
    return room


def with_request(state: RequestState) -> VisitDriver:
    room = visit_with((A, SHIRT))
    room.send(ServiceRequested(0, RequestKind.HELP, None, False))
    request = replace(room.visit.requests[0], state=state, by="Inès")
    room.send(RequestChanged(0, room.visit.ticket, request))
    return room


def ended(room: VisitDriver) -> bool:
    return any(isinstance(e, ReportVisit) and not e.began for e in room.effects)


@pytest.mark.parametrize("why", LIMITS_S)
def test_the_mirror_asks_for_twenty_seconds_before_a_visit_ends(why: str) -> None:
    room = asking(why)
    assert (room.scene.page, ended(room)) == (Page.STILL_THERE, False)
    assert room.wait(18).page is Page.STILL_THERE
    assert room.wait(2).page is Page.AWAY
    assert room.wait(7).page is Page.REST
    assert ended(room)


@pytest.mark.parametrize(
    "sign", [ScreenWoken(0), CardTapped(0, "card", "04A1B2C3D4E501"), GarmentArrived(0, B, COAT)]
)
def test_any_sign_of_her_keeps_the_visit(sign: Event) -> None:
    room = asking()
    assert room.wait(18).page is Page.STILL_THERE
    assert room.send(sign).page is Page.WARDROBE
    assert room.wait(60).page is Page.WARDROBE
    assert room.visit.shopper == CLARA


def test_one_who_has_just_come_begins_anew() -> None:
    room = asking()
    assert room.send(VisitClosed(0)).page is Page.AWAY
    assert (room.wait(7).first_name, ended(room)) == ("", True)


@pytest.mark.parametrize("state", [s for s in RequestState if s.open])
def test_no_visit_ends_by_time_under_an_open_request(state: RequestState) -> None:
    room = with_request(state)
    assert room.wait(601).page is Page.STILL_THERE
    assert room.wait(3600).page is Page.STILL_THERE
    assert not ended(room)
    done = replace(room.visit.requests[0], state=RequestState.DONE)
    room.send(RequestChanged(0, room.visit.ticket, done))
    room.wait(7)
    assert ended(room)


@pytest.mark.parametrize("state", [s for s in RequestState if not s.open])
def test_a_closed_request_holds_no_visit(state: RequestState) -> None:
    room = with_request(state)
    room.wait(601 + 20 + 7)
    assert ended(room)


def of_her(room: VisitDriver) -> list[object]:
    """What the mirror still has of the shopper herself: whatever a visit that begins would not have."""
    visit = room.visit
    fit, looks = replace(visit.fit, revision=0), replace(visit.looks, question=0, searching=False)
    pay = replace(visit.pay, bought=frozenset(), identified={})
    found = [one for one, none in ((fit, Fit()), (looks, Looks()), (pay, Payment())) if one != none]
    closed = [r for r in visit.requests if not r.state.open]
    return [one for one in (visit.shopper, visit.focus, visit.notice, *closed, *found) if one]


def left_under_a_request(stepped: Stepped = step) -> list[object]:
    """What is left of a member 20 s after the question, while somebody brings what she asked for."""
    room = with_request(RequestState.CLAIMED)
    room.send(ShopperIdentified(0, room.visit.ticket, CLARA), AllPiecesChosen(0))
    done = replace(room.visit.requests[0], request_id=RequestId("done"), state=RequestState.DONE)
    room.visit = replace(room.visit, requests=(*room.visit.requests, done))
    assert of_her(room)
    room.wait(601)
    assert of_her(room), "she may answer"
    for number in range(1, 100):
        at_us = room.now + number * SECOND_US // 4
        room.visit, effects = stepped(room.visit, Tick(at_us))
        room.effects += effects
    return of_her(room)


def test_under_an_open_request_the_visit_goes_on_without_anything_of_her() -> None:
    assert left_under_a_request() == []


def test_planted_fault_a_visit_that_only_goes_on_keeps_her() -> None:
    def goes_on(visit: Visit, event: Event) -> StepResult:
        asks = visit.page is Page.STILL_THERE
        return (replace(visit, now_us=event.at_us), ()) if asks else step(visit, event)

    assert CLARA in left_under_a_request(goes_on)


@pytest.mark.parametrize(("after_us", "known"), [(0, False), (1, True)])
def test_an_answer_to_a_tap_from_before_does_not_bring_her_back(after_us: int, known: bool) -> None:
    room = with_request(RequestState.CLAIMED)
    room.wait(601 + 30)
    assert room.visit.times.unattended_us is not None
    tapped_us = room.visit.times.unattended_us + after_us
    room.send(ShopperIdentified(0, room.visit.ticket, CLARA, tapped_us=tapped_us))
    assert (room.visit.shopper == CLARA) is known, "only the time of the tap keeps her away"


def test_the_store_is_told_once_and_again_after_another_shopper() -> None:
    room = with_request(RequestState.CLAIMED)
    tell = [True]
    for _ in range(2):
        room.send(ShopperIdentified(0, room.visit.ticket, CLARA, tapped_us=room.now))
        assert room.visit.shopper == CLARA
        room.effects.clear()
        room.wait(601 + 3600)
        told = [e.unattended for e in room.effects if isinstance(e, ReportVisit)]
        assert told == tell, "once, whatever time passes"
        assert room.send(ScreenWoken(0)).page is Page.WARDROBE
        assert [r.state for r in room.visit.open_requests] == [RequestState.CLAIMED]


def test_no_visit_ends_by_time_under_a_payment() -> None:
    room = visit_with((A, SHIRT))
    room.send(AllPiecesChosen(0), PaymentRequested(0))
    room.price_order()
    room.send(PaymentConfirmed(0))
    room.set_payment(PaymentState.SENT)
    room.send(GarmentLeft(0, A))
    room.wait(3600)
    assert not ended(room)


@given(
    st.lists(st.tuples(st.sampled_from(["ask", "touch", "leave", "arrive"]), st.integers(1, 900)), max_size=5)
)
def test_whatever_happens_the_question_stood_for_twenty_seconds_and_nothing_was_open(
    script: list[tuple[str, int]],
) -> None:
    assert found_in(script) == []


def test_planted_faults_are_caught() -> None:
    def forgets_requests(visit: Visit, event: Event) -> StepResult:
        asks = visit.page is Page.STILL_THERE
        return step(replace(visit, requests=()) if asks else visit, event)

    def asks_for_a_second(visit: Visit, event: Event) -> StepResult:
        return step(replace(visit, settings=MirrorSettings(still_there_us=SECOND_US)), event)

    assert found_in([("ask", 900)], forgets_requests) == ["a request was open"]
    assert found_in([("leave", 900)], asks_for_a_second) == ["asked too shortly"]


def found_in(script: list[tuple[str, int]], stepped: Stepped = step) -> list[str]:
    """Ends of visits by time that are not allowed; waits are in seconds."""
    does: dict[str, Event] = {
        "ask": ServiceRequested(0, RequestKind.HELP, None, False),
        "touch": ScreenWoken(0),
        "leave": GarmentLeft(0, A),
        "arrive": GarmentArrived(0, A, SHIRT),
    }
    room, found = visit_with((A, SHIRT)), list[str]()
    visit, now_us, asked_us, was_open = room.visit, room.now, 0, False
    for what, seconds in script:
        ticks = [Tick(now_us + n * SECOND_US) for n in range(1, seconds + 1)]
        for event in (replace(does[what], at_us=now_us), *ticks):
            before, now_us = visit.page, event.at_us
            if what == "ask" and not isinstance(event, Tick):
                was_open = True
            visit, _ = stepped(visit, event)
            if visit.page is not before and visit.page is Page.STILL_THERE:
                asked_us = now_us
            if visit.page is not before and visit.page is Page.AWAY:
                found += ["asked too shortly"] if now_us - asked_us < 20 * SECOND_US else []
                found += ["a request was open"] if was_open else []
    return found
