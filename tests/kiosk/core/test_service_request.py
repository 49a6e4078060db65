"""Who may move a request where."""

from itertools import product

import pytest

from kiosk.core.domain.ids import AssociateId, RequestId, RoomId, Ticket
from kiosk.core.domain.service_request import (
    Answer,
    Move,
    MoveRefusedError,
    RequestKind,
    RequestState,
    ServiceRequest,
    moved,
)

INES, JONAS = AssociateId("ines"), AssociateId("jonas")


def request() -> ServiceRequest:
    return ServiceRequest(RequestId("r1"), RoomId("1"), Ticket("t"), RequestKind.HELP, 0)


def test_from_the_glass_to_the_door() -> None:
    taken = moved(moved(request(), Move.RECEIVE, 1), Move.CLAIM, 2, associate_id=INES, by="Inès", minutes=2)
    assert (taken.state, taken.by, taken.minutes, taken.answer) == (
        RequestState.CLAIMED,
        "Inès",
        2,
        Answer.COMING,
    )
    door = moved(taken, Move.ARRIVE, 3, associate_id=INES)
    assert moved(door, Move.FINISH, 4, associate_id=INES).state is RequestState.DONE


def test_what_one_has_claimed_another_cannot_move() -> None:
    taken = moved(moved(request(), Move.RECEIVE, 1), Move.CLAIM, 2, associate_id=INES, by="Inès")
    for move in (Move.CLAIM, Move.ARRIVE, Move.FINISH, Move.DECLINE):
        with pytest.raises(MoveRefusedError):
            moved(taken, move, 3, associate_id=JONAS)


def test_nobody_coming_passes_it_on() -> None:
    waiting = moved(request(), Move.RECEIVE, 1)
    twice = moved(moved(waiting, Move.ESCALATE, 60), Move.ESCALATE, 120)
    assert (twice.escalated, twice.state) == (2, RequestState.RECEIVED)


def test_every_move_in_every_state_is_either_done_or_refused() -> None:
    from dataclasses import replace

    for state, move in product(RequestState, Move):
        start = replace(request(), state=state)
        try:
            after = moved(start, move, 9, associate_id=INES, by="Inès")
        except MoveRefusedError:
            continue
        assert state.open
        assert after.changed_us == 9
