"""Which changes of a request notify whom: the same as on the page, for every pair of states."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

from kiosk.core.domain.ids import AssociateId, RequestId, RoomId, Ticket
from kiosk.core.domain.service_request import RequestKind, RequestState, ServiceRequest
from kiosk.store.push.rings import rings
from kiosk.store.push.seen import LEASE_US, MAX_PAGES, SeenPages
from kiosk.store.push.services import AT_ONCE, PushServices
from tests.kiosk.store.sample_shop import ManualClock

ME, OTHER = AssociateId("a-ines"), AssociateId("a-jonas")
REQUEST = ServiceRequest(
    RequestId("r1"), RoomId("1"), Ticket("t1"), RequestKind.HELP, 0, RequestState.RECEIVED
)
STATES = [
    replace(REQUEST, state=state, asked_id=asked, rung=rung)
    for state, asked, rung in product(
        (RequestState.RECEIVED, RequestState.CLAIMED, RequestState.DONE), (None, ME, OTHER), (0, 1)
    )
]


def waits_for_me(request: ServiceRequest) -> bool:
    return request.state is RequestState.RECEIVED and request.asked_id != OTHER


def test_the_rule_of_the_page_for_all_changes() -> None:
    for before, after in product([None, *STATES], STATES):
        new = before is None or not waits_for_me(before)
        again = before is not None and before.rung < after.rung
        assert rings(before, after, ME) is (waits_for_me(after) and (new or again)), (before, after)


def test_a_page_is_seen_until_it_is_left_or_falls_silent() -> None:
    clock = ManualClock()
    seen = SeenPages(clock)
    seen.told("s", seen=True)
    assert (seen.until_us("s"), seen.until_us("other")) == (clock.now_us + LEASE_US, 0)
    seen.told("s", seen=False)
    assert seen.until_us("s") == 0
    seen.told("s", seen=True)
    clock.pass_s(LEASE_US / 1e6)
    assert seen.until_us("s") == 0
    for number in range(3 * MAX_PAGES):
        clock.pass_s(0.1)
        seen.told(f"s{number}", seen=True)
    assert len(seen._until) <= MAX_PAGES


def test_a_silent_service_rests_longer_each_time_and_leaves_workers_to_others() -> None:
    services, now_us = PushServices(), 0
    for _ in range(AT_ONCE):
        assert services.free_at("a", now_us) == now_us
        services.began("a")
    assert (services.free_at("a", now_us), services.free_at("b", now_us)) == (None, now_us)
    services.ended("a")
    waits = []
    for _ in range(7):
        services.failed("a", now_us, 0.0)
        waits.append(round(((services.free_at("a", now_us) or 0) - now_us) / 1e6))
    assert waits == [2, 4, 8, 16, 32, 60, 60]
    services.failed("a", now_us, 90.0)
    assert services.free_at("a", now_us) == now_us + 90_000_000
    services.answered("a")
    assert services.free_at("a", now_us) == now_us
