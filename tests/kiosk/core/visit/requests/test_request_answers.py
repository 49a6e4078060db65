"""What a mirror takes of its requests when answers and the event stream come in any order."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations

import pytest

from kiosk.core.domain.floor.alteration import TailorNote
from kiosk.core.domain.money import Money
from kiosk.core.domain.service_request import (
    RequestAction,
    RequestKind,
    RequestState,
    ServiceRequest,
    apply_action,
)
from kiosk.core.scene.scene_of import scene_of
from kiosk.core.visit.effects import WithdrawRequest
from kiosk.core.visit.events import RequestChanged
from kiosk.core.visit.touches import RequestWithdrawn, ServiceRequested
from tests.kiosk.core.visit.visit_driver import SHIRT, A, VisitDriver, visit_with

HISTORY = (RequestAction.RECEIVE, RequestAction.ESCALATE, RequestAction.CLAIM, RequestAction.ARRIVE)


def asked() -> tuple[VisitDriver, ServiceRequest]:
    room = visit_with((A, SHIRT))
    room.send(ServiceRequested(0, RequestKind.HELP, None, False))
    return room, room.visit.requests[0]


def states_of(request: ServiceRequest, *, counted: bool = True) -> list[ServiceRequest]:
    """The states that the store writes one after the other. `counted`: with their revisions."""
    found = []
    for number, action in enumerate(HISTORY, 1):
        request = replace(apply_action(request, action, number, by="Inès"), revision=number if counted else 0)
        found.append(request)
    return found


def shown_after(order: tuple[int, ...], *, counted: bool = True) -> RequestState:
    room, request = asked()
    states = states_of(request, counted=counted)
    for place in order:
        room.send(RequestChanged(0, room.visit.ticket, states[place]))
    return room.visit.requests[0].state


@pytest.mark.parametrize("order", list(permutations(range(len(HISTORY)))))
def test_the_latest_state_is_shown_in_whatever_order_they_come(order: tuple[int, ...]) -> None:
    assert shown_after(order) is RequestState.AT_THE_DOOR


def test_planted_fault_without_revisions_the_last_to_come_is_shown() -> None:
    assert shown_after((3, 0), counted=False) is RequestState.RECEIVED


def test_a_store_of_an_earlier_version_counts_nothing_and_is_believed() -> None:
    assert shown_after((0, 1, 2, 3), counted=False) is RequestState.AT_THE_DOOR


def test_what_she_took_back_before_the_store_had_it_is_taken_back_there_too() -> None:
    room, request = asked()
    received = states_of(request)[0]
    room.send(RequestWithdrawn(0, request.request_id))
    room.effects.clear()
    room.send(RequestChanged(0, room.visit.ticket, received))
    assert room.visit.requests[0].state is RequestState.CANCELLED
    assert room.effects == [WithdrawRequest(room.visit.ticket, request.request_id)]
    room.effects.clear()
    gone = replace(received, state=RequestState.CANCELLED, revision=2)
    room.send(RequestChanged(0, room.visit.ticket, gone), RequestChanged(0, room.visit.ticket, received))
    assert room.effects == [], "an earlier state of what the store has closed too"


def test_a_tailors_note_is_kept_by_an_answer_without_one() -> None:
    """The store does not keep the note with the request: after its restart, its answers have none."""
    room, request = asked()
    note = TailorNote("Hem 2 cm shorter", Money(1800, "EUR"), "2026-12-03")
    claimed = states_of(request)[2]
    room.send(RequestChanged(0, room.visit.ticket, replace(claimed, note=note)))
    room.send(RequestChanged(0, room.visit.ticket, replace(claimed, revision=9)))
    assert room.visit.requests[0].note == note
    other = replace(note, ready="2026-12-04")
    room.send(RequestChanged(0, room.visit.ticket, replace(claimed, revision=9, note=other)))
    (card,) = scene_of(room.visit).requests
    assert (card.note, card.note_price) == ("Hem 2 cm shorter", Money(1800, "EUR").formatted("en"))
    assert (card.note_weekday, card.note_day, card.note_month) == (4, 4, 12)
