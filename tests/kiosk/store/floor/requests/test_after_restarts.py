"""Open requests after store and mirror were started again: those of a visit that goes on stay, others end."""

from __future__ import annotations

import pytest

from kiosk.core.domain.ids import RequestId, RoomId, Ticket, is_same_run
from kiosk.core.domain.service_request import RequestKind, ServiceRequest
from kiosk.store.floor.visits import RoomVisits
from kiosk.store.settings import StoreSettings
from tests.kiosk.store.sample_shop import START_US, ManualClock, sample_store

ROOM = RoomId("1")


def asked_in(ticket: Ticket) -> ServiceRequest:
    return ServiceRequest(RequestId(f"{ticket}.r1"), ROOM, ticket, RequestKind.HELP, START_US)


def left_after(settings: StoreSettings, clock: ManualClock, before: Ticket, now: Ticket) -> int:
    """How many requests of a visit are open when store and mirror were started again. `now`: the mirror's ticket."""
    with sample_store(settings, clock) as store:
        store.service.submit_request(ROOM, asked_in(before))
    with sample_store(settings, clock) as store:
        store.tick(clock.pass_s(1))
        assert len(store.service.requests.open_requests.all()) == 1, "its mirror is not there yet"
        store.presence.opened(ROOM, now, clock())
        store.tick(clock.pass_s(1))
        return len(store.service.requests.open_requests.all())


@pytest.mark.parametrize(
    ("before", "now", "left"),
    [
        pytest.param("1.aa.3", "1.aa.3", 1, id="the store alone was started again"),
        pytest.param("1.aa.3", "1.aa.4", 0, id="the visit has ended meanwhile"),
        pytest.param("1.aa.3", "1.bb.1", 0, id="the mirror was started again too"),
        pytest.param("1.aa.3", "1.aa.2", 1, id="a stream that was opened before the visit"),
    ],
)
def test_a_request_is_open_as_long_as_its_visit(
    settings: StoreSettings, clock: ManualClock, before: str, now: str, left: int
) -> None:
    assert left_after(settings, clock, Ticket(before), Ticket(now)) == left


def test_planted_fault_only_ends_that_this_store_has_seen_leave_it_open(
    settings: StoreSettings, clock: ManualClock
) -> None:
    with sample_store(settings, clock) as store:
        visits: RoomVisits = store.service.visits
        store.presence.opened(ROOM, Ticket("1.bb.1"), clock())
        old = asked_in(Ticket("1.aa.3"))
        assert old.ticket not in visits.floor.room(ROOM).ended_visits, "as it was judged"
        assert visits.is_over(old)


def test_runs_are_told_apart_by_all_but_the_number() -> None:
    assert is_same_run(Ticket("a.b.1"), Ticket("a.b.20"))
    assert not is_same_run(Ticket("a.b.1"), Ticket("a.c.1"))
