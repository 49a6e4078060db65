"""An associate's action that is sent twice is done once; its key outlives a restart of the store."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import delete

from kiosk.core.domain.ids import AssociateId, RequestId, RoomId, Ticket
from kiosk.core.domain.service_request import RequestAction, RequestKind, RequestState, ServiceRequest
from kiosk.store.db.database import Database
from kiosk.store.db.table_groups.floor import APPLIED_ACTION
from kiosk.store.errors import RefusedError
from kiosk.store.floor.open_requests import OpenRequests
from kiosk.store.floor.request_desk import RequestDesk

INES, JONAS = AssociateId("a-ines"), AssociateId("a-jonas")
REQUEST = ServiceRequest(RequestId("r1"), RoomId("1"), Ticket("t1"), RequestKind.HELP, 1)
CLAIM, RELEASE = RequestAction.CLAIM, RequestAction.RELEASE


def desk_of(database: Database) -> RequestDesk:
    return RequestDesk(database, OpenRequests(), lambda _: None, escalate_us=60_000_000)


@pytest.fixture
def database(database_url: str) -> Database:
    return Database(database_url)


def act(
    desk: RequestDesk, action: RequestAction, key: str, who: AssociateId = INES, at_us: int = 10
) -> ServiceRequest:
    return desk.apply(REQUEST.request_id, action, at_us, who, who.title(), key=key)


def claimed_again_by_a_late_copy(database: Database, *, keys_kept: bool = True) -> bool:
    """Claimed and given back; then the copy of the claim arrives, whose answer was lost, after a restart."""
    desk = desk_of(database)
    desk.receive(REQUEST, 1)
    act(desk, CLAIM, "k1")
    act(desk, RELEASE, "k2")
    if not keys_kept:
        with database.writing() as connection:
            connection.execute(delete(APPLIED_ACTION))
    return act(desk_of(database), CLAIM, "k1", at_us=20).state is RequestState.CLAIMED


def test_a_late_copy_of_a_claim_does_not_claim_again(database: Database) -> None:
    assert not claimed_again_by_a_late_copy(database)
    database.close()


def test_planted_without_keys_it_does(database: Database) -> None:
    assert claimed_again_by_a_late_copy(database, keys_kept=False)
    database.close()


def test_a_copy_of_any_action_is_answered_with_the_request_as_it_is(database: Database) -> None:
    desk = desk_of(database)
    desk.receive(REQUEST, 1)
    act(desk, CLAIM, "k1")
    act(desk, RELEASE, "k2")
    taken = act(desk, CLAIM, "k1", JONAS)
    assert taken.associate_id == JONAS, "another associate's key is another one"
    assert act(desk, RELEASE, "k2") == taken, "no refusal of what was done"
    assert act(desk, CLAIM, "k1") == taken
    database.close()


def test_a_key_of_another_action_is_refused(database: Database) -> None:
    desk = desk_of(database)
    desk.receive(REQUEST, 1)
    desk.receive(replace(REQUEST, request_id=RequestId("r2")), 1)
    act(desk, CLAIM, "k1")
    with pytest.raises(RefusedError, match="another action"):
        act(desk, RELEASE, "k1")
    with pytest.raises(RefusedError, match="another action"):
        desk.apply(RequestId("r2"), CLAIM, 11, INES, "Inès", key="k1")
    database.close()


def test_a_refused_action_uses_no_key(database: Database) -> None:
    desk = desk_of(database)
    desk.receive(REQUEST, 1)
    act(desk, CLAIM, "k1", JONAS)
    with pytest.raises(RefusedError):
        act(desk, CLAIM, "k2")
    act(desk, RELEASE, "k3", JONAS)
    assert act(desk, CLAIM, "k2").associate_id == INES
    database.close()


def test_keys_are_deleted_with_old_requests(database: Database) -> None:
    desk = desk_of(database)
    desk.receive(REQUEST, 1)
    act(desk, CLAIM, "k1", at_us=10)
    act(desk, RELEASE, "k2", at_us=30)
    desk.delete_before(20)
    assert act(desk, CLAIM, "k1", at_us=40).state is RequestState.CLAIMED
    database.close()
