"""The request desk on SQLite and on PostgreSQL: actions, escalation, answer times, restart."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiosk.core.domain.ids import AssociateId, PieceId, RequestId, RoomId, Ticket
from kiosk.core.domain.service_request import (
    AssociateReply,
    RequestAction,
    RequestKind,
    RequestState,
    ServiceRequest,
)
from kiosk.store.db.database import Database
from kiosk.store.errors import ForbiddenError, NotFoundError, RefusedError
from kiosk.store.floor.answer_times import DEFAULT_MINUTES, AnswerTime, AnswerTimes
from kiosk.store.floor.open_requests import OpenRequests
from kiosk.store.floor.request_desk import RequestDesk
from tests.kiosk.store.sample_shop import START_US, gtin_of

MINUTE = 60_000_000
INES, JONAS = AssociateId("a-ines"), AssociateId("a-jonas")
ONE = ServiceRequest(
    RequestId("r1"),
    RoomId("1"),
    Ticket("t1"),
    RequestKind.SIZE,
    START_US,
    article=gtin_of("S1", "WHI", "L"),
    size="L",
)


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    opened = Database(database_url)
    yield opened
    opened.close()


@pytest.fixture
def published() -> list[Any]:
    return []


@pytest.fixture
def desk(database: Database, published: list[Any]) -> RequestDesk:
    return RequestDesk(database, OpenRequests(), published.append, MINUTE)


def test_a_request_is_received_claimed_brought_and_done(desk: RequestDesk, published: list[Any]) -> None:
    desk.receive(ONE, START_US)
    desk.apply(ONE.request_id, RequestAction.CLAIM, START_US + MINUTE, INES, "Inès")
    desk.apply(ONE.request_id, RequestAction.ARRIVE, START_US + 2 * MINUTE, INES, "Inès")
    desk.apply(ONE.request_id, RequestAction.FINISH, START_US + 3 * MINUTE, INES, "Inès")
    assert [r.state.value for r in published] == ["received", "claimed", "at-the-door", "done"]
    assert (published[1].by, published[1].answer, published[1].minutes) == (
        "Inès",
        AssociateReply.COMING,
        DEFAULT_MINUTES,
    )
    assert desk.open_requests.all() == ()


def test_a_request_that_is_sent_twice_is_received_once(desk: RequestDesk, published: list[Any]) -> None:
    first = desk.receive(ONE, START_US)
    assert desk.receive(ONE, START_US + 1) == first
    claimed = desk.apply(ONE.request_id, RequestAction.CLAIM, START_US + 2, INES, "Inès")
    assert desk.receive(ONE, START_US + 3) == claimed
    assert len(published) == 2


def test_state_and_associate_from_a_mirror_are_ignored(desk: RequestDesk) -> None:
    boasting = replace(ONE, state=RequestState.DONE, by="Nobody", associate_id=JONAS, escalated=7)
    taken = desk.receive(boasting, START_US)
    assert (taken.state, taken.by, taken.associate_id, taken.escalated) == (
        RequestState.RECEIVED,
        "",
        None,
        0,
    )


def test_two_associates_cannot_hold_one_request(desk: RequestDesk) -> None:
    desk.receive(ONE, START_US)
    desk.apply(ONE.request_id, RequestAction.CLAIM, START_US, INES, "Inès")
    with pytest.raises(RefusedError, match="Inès has it"):
        desk.apply(ONE.request_id, RequestAction.CLAIM, START_US, JONAS, "Jonas")
    with pytest.raises(RefusedError, match="Inès has it"):
        desk.apply(ONE.request_id, RequestAction.FINISH, START_US, JONAS, "Jonas")


def test_a_repeated_action_changes_nothing(desk: RequestDesk, published: list[Any]) -> None:
    desk.receive(ONE, START_US)
    for move in (
        RequestAction.CLAIM,
        RequestAction.CLAIM,
        RequestAction.ARRIVE,
        RequestAction.ARRIVE,
        RequestAction.FINISH,
        RequestAction.FINISH,
    ):
        desk.apply(ONE.request_id, move, START_US, INES, "Inès")
    assert len(published) == 4


def test_an_unclaimed_request_is_escalated_twice(desk: RequestDesk, published: list[Any]) -> None:
    desk.receive(ONE, START_US)
    desk.tick(START_US + MINUTE - 1)
    assert len(published) == 1
    desk.tick(START_US + MINUTE)
    desk.tick(START_US + 2 * MINUTE)
    desk.tick(START_US + 60 * MINUTE)
    assert [r.escalated for r in published] == [0, 1, 2]
    assert published[-1].state is RequestState.RECEIVED


def test_a_claimed_request_escalates_only_after_it_is_released(
    desk: RequestDesk, published: list[Any]
) -> None:
    desk.receive(ONE, START_US)
    desk.apply(ONE.request_id, RequestAction.CLAIM, START_US, INES, "Inès")
    desk.tick(START_US + 4 * MINUTE)
    assert published[-1].state is RequestState.CLAIMED
    desk.apply(ONE.request_id, RequestAction.RELEASE, START_US + 4 * MINUTE, INES, "Inès")
    assert (published[-1].by, published[-1].associate_id, published[-1].lost_by) == ("", None, "Inès")
    desk.tick(START_US + 5 * MINUTE - 1)
    assert published[-1].escalated == 0
    desk.tick(START_US + 5 * MINUTE)
    assert published[-1].escalated == 1


@pytest.mark.parametrize(
    ("instead_of", "minutes", "state"),
    [
        (None, 19, RequestState.AT_THE_DOOR),
        (None, 20, RequestState.DONE),
        (PieceId("paid"), 200, RequestState.AT_THE_DOOR),
    ],
    ids=["she may still take it", "it was forgotten", "a paid piece is to be changed"],
)
def test_what_nobody_closes_at_the_door_holds_no_visit_open(
    desk: RequestDesk, published: list[Any], instead_of: PieceId | None, minutes: int, state: RequestState
) -> None:
    desk.receive(replace(ONE, instead_of=instead_of), START_US)
    for move in (RequestAction.CLAIM, RequestAction.ARRIVE):
        desk.apply(ONE.request_id, move, START_US, INES, "Inès")
    desk.tick(START_US + minutes * MINUTE)
    assert published[-1].state is state


def test_a_restart_keeps_requests_and_escalation_times(desk: RequestDesk, database: Database) -> None:
    desk.receive(ONE, START_US)
    desk.receive(replace(ONE, request_id=RequestId("r2"), made_us=START_US + 1), START_US + 1)
    desk.apply(RequestId("r2"), RequestAction.CLAIM, START_US + 2, JONAS, "Jonas")
    after: list[ServiceRequest] = []
    again = RequestDesk(database, OpenRequests(), after.append, MINUTE)
    assert again.open_requests.all() == desk.open_requests.all()
    again.tick(START_US + MINUTE)
    assert [(r.request_id, r.escalated) for r in after] == [("r1", 1)]


def test_only_the_room_that_asked_may_withdraw(desk: RequestDesk) -> None:
    desk.receive(ONE, START_US)
    with pytest.raises(ForbiddenError):
        desk.withdraw(ONE.request_id, RoomId("2"), START_US)
    assert desk.withdraw(ONE.request_id, RoomId("1"), START_US).state is RequestState.CANCELLED
    assert desk.withdraw(ONE.request_id, RoomId("1"), START_US).state is RequestState.CANCELLED
    with pytest.raises(NotFoundError):
        desk.withdraw(RequestId("r9"), RoomId("1"), START_US)
    with pytest.raises(RefusedError, match="another room"):
        desk.receive(replace(ONE, room=RoomId("2")), START_US)


def test_the_end_of_a_visit_cancels_its_requests(desk: RequestDesk) -> None:
    desk.receive(ONE, START_US)
    desk.receive(replace(ONE, request_id=RequestId("r2"), ticket=Ticket("t2")), START_US)
    desk.cancel_over(lambda request: request.ticket == "t1", START_US)
    assert [r.request_id for r in desk.open_requests.all()] == ["r2"]


def test_old_closed_requests_are_deleted_and_open_ones_never(desk: RequestDesk) -> None:
    desk.receive(ONE, START_US)
    desk.receive(replace(ONE, request_id=RequestId("r2")), START_US)
    desk.withdraw(RequestId("r2"), RoomId("1"), START_US)
    assert desk.delete_before(START_US + MINUTE) == 1
    assert [r.request_id for r in desk.open_requests.all()] == ["r1"]


def test_the_estimate_is_the_third_quartile_of_answer_times(desk: RequestDesk, database: Database) -> None:
    assert desk.open_requests.answer_times.minutes() == DEFAULT_MINUTES
    for number, minutes in enumerate([2, 4, 5, 9]):
        one = RequestId(f"m{number}")
        desk.receive(replace(ONE, request_id=one), START_US)
        desk.apply(one, RequestAction.CLAIM, START_US + 1, INES, "Inès")
        desk.apply(one, RequestAction.ARRIVE, START_US + minutes * MINUTE, INES, "Inès")
    assert desk.open_requests.answer_times.minutes() == 9
    again = RequestDesk(database, OpenRequests(), lambda _: None, MINUTE)
    assert again.open_requests.answer_times.minutes() == 9


@given(st.lists(st.integers(0, 10**11), min_size=1, max_size=60))
def test_an_estimate_is_in_whole_minutes_within_limits(times: list[int]) -> None:
    assert 1 <= AnswerTimes(map(AnswerTime, times)).minutes() <= 15


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(st.sampled_from([*RequestAction, "tick", "restart"]), st.sampled_from([INES, JONAS])),
        max_size=14,
    )
)
def test_after_any_actions_a_request_is_open_or_closed_for_good(
    tmp_path_factory: pytest.TempPathFactory, script: Any
) -> None:
    database = Database(f"sqlite:///{tmp_path_factory.mktemp('walk') / 'w.db'}")
    ended: list[RequestState] = []
    states: list[ServiceRequest] = []
    try:
        desk, now = RequestDesk(database, OpenRequests(), states.append, MINUTE), START_US
        desk.receive(ONE, now)
        for step, who in script:
            now += 45_000_000
            if step == "tick":
                desk.tick(now)
            elif step == "restart":
                desk = RequestDesk(database, OpenRequests(), states.append, MINUTE)
            else:
                try:
                    desk.apply(ONE.request_id, step, now, who, str(who))
                except RefusedError:
                    continue
            ended = ended or [s.state for s in states if not s.state.open]
        waits = ONE.request_id in {r.request_id for r in desk.open_requests.all()}
        assert waits is states[-1].state.open
        if ended:
            assert states[-1].state is ended[0], "a closed request stays closed"
    finally:
        database.close()
