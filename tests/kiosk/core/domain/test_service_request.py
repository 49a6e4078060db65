"""Which action is allowed in which state of a request, and for whom."""

from itertools import product

import pytest

from kiosk.core.domain.ids import AssociateId, RequestId, RoomId, Ticket
from kiosk.core.domain.service_request import (
    ActionRefusedError,
    AssociateReply,
    RequestAction,
    RequestKind,
    RequestState,
    ServiceRequest,
    apply_action,
)

INES, JONAS = AssociateId("ines"), AssociateId("jonas")


def request() -> ServiceRequest:
    return ServiceRequest(RequestId("r1"), RoomId("1"), Ticket("t"), RequestKind.HELP, 0)


def test_a_request_from_the_mirror_to_the_door() -> None:
    taken = apply_action(
        apply_action(request(), RequestAction.RECEIVE, 1),
        RequestAction.CLAIM,
        2,
        associate_id=INES,
        by="Inès",
        minutes=2,
    )
    assert (taken.state, taken.by, taken.minutes, taken.answer) == (
        RequestState.CLAIMED,
        "Inès",
        2,
        AssociateReply.COMING,
    )
    door = apply_action(taken, RequestAction.ARRIVE, 3, associate_id=INES)
    assert apply_action(door, RequestAction.FINISH, 4, associate_id=INES).state is RequestState.DONE


def test_a_claimed_request_accepts_no_action_of_another_associate() -> None:
    taken = apply_action(
        apply_action(request(), RequestAction.RECEIVE, 1),
        RequestAction.CLAIM,
        2,
        associate_id=INES,
        by="Inès",
    )
    for move in (RequestAction.CLAIM, RequestAction.ARRIVE, RequestAction.FINISH, RequestAction.DECLINE):
        with pytest.raises(ActionRefusedError):
            apply_action(taken, move, 3, associate_id=JONAS)


def test_an_unanswered_request_is_escalated() -> None:
    waiting = apply_action(request(), RequestAction.RECEIVE, 1)
    twice = apply_action(apply_action(waiting, RequestAction.ESCALATE, 60), RequestAction.ESCALATE, 120)
    assert (twice.escalated, twice.state) == (2, RequestState.RECEIVED)


def test_every_action_in_every_state_is_done_or_refused() -> None:
    from dataclasses import replace

    for state, move in product(RequestState, RequestAction):
        start = replace(request(), state=state)
        try:
            after = apply_action(start, move, 9, associate_id=INES, by="Inès")
        except ActionRefusedError:
            continue
        assert state.open
        assert after.changed_us == 9
