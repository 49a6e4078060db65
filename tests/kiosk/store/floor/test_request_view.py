"""A request as the associates' page gets it: open or not, waiting or not, its moves, and its place in the list."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kiosk.core.domain.ids import AssociateId, RequestId, RoomId, Ticket
from kiosk.core.domain.service_request import (
    ActionRefusedError,
    RequestAction,
    RequestKind,
    RequestState,
    ServiceRequest,
    apply_action,
)
from kiosk.core.visit.events import RequestChanged
from kiosk.core.wire import from_json, to_json
from kiosk.store.floor.request_view import change_for_page, request_for_page, request_status

REQUEST = ServiceRequest(
    RequestId("r1"), RoomId("1"), Ticket("t"), RequestKind.HELP, 7, RequestState.RECEIVED
)
OF_THE_STORE = {RequestAction.RECEIVE, RequestAction.CANCEL, RequestAction.ESCALATE}


def possible(request: ServiceRequest) -> set[str]:
    """The moves that the request loop accepts."""
    found = set()
    for action in set(RequestAction) - OF_THE_STORE:
        try:
            apply_action(request, action, 8, associate_id=AssociateId("a"))
        except ActionRefusedError:
            continue
        found.add(action.value)
    return found


@pytest.mark.parametrize("state", RequestState)
def test_the_moves_offered_are_those_that_the_store_accepts(state: RequestState) -> None:
    request = replace(REQUEST, state=state)
    assert set(request_status(request).actions) == possible(request)


@pytest.mark.parametrize(
    ("state", "is_open", "waits"),
    [
        (RequestState.RECEIVED, True, True),
        (RequestState.CLAIMED, True, False),
        (RequestState.AT_THE_DOOR, True, False),
        (RequestState.DONE, False, False),
        (RequestState.DECLINED, False, False),
        (RequestState.CANCELLED, False, False),
    ],
)
def test_each_state_is_open_or_waits(state: RequestState, is_open: bool, waits: bool) -> None:
    status = request_status(replace(REQUEST, state=state))
    assert (status.is_open, status.waits) == (is_open, waits)


def test_unclaimed_requests_come_first_then_escalated_then_old_ones() -> None:
    claimed = replace(REQUEST, state=RequestState.CLAIMED, made_us=1, escalated=2)
    requests = [
        claimed,
        replace(REQUEST, made_us=9),
        replace(REQUEST, made_us=3),
        replace(REQUEST, escalated=1),
    ]
    in_order = sorted(requests, key=lambda r: request_status(r).sort_key)
    assert [(r.state, r.escalated, r.made_us) for r in in_order] == [
        (RequestState.RECEIVED, 1, 7),
        (RequestState.RECEIVED, 0, 3),
        (RequestState.RECEIVED, 0, 9),
        (RequestState.CLAIMED, 2, 1),
    ]


def test_fields_are_added_and_none_is_lost() -> None:
    body = request_for_page(REQUEST)
    assert from_json(ServiceRequest, body) == REQUEST
    added = {"is_open", "waits", "actions", "sort_key", "since_us", "sign"}
    assert set(body) - set(to_json(REQUEST)) == added  # type: ignore[arg-type]
    changed = change_for_page(RequestChanged(1, Ticket("t"), REQUEST))
    assert (changed["is"], changed["request"]) == ("RequestChanged", body)
