"""The open requests in memory: ordered by age, those that wait counted per room, dropped when they are closed."""

from __future__ import annotations

from dataclasses import replace

from kiosk.core.domain.ids import RequestId, RoomId, Ticket
from kiosk.core.domain.service_request import RequestKind, RequestState, ServiceRequest
from kiosk.store.floor.open_requests import OpenRequests


def request(
    name: str, room: str, made_us: int, state: RequestState = RequestState.RECEIVED
) -> ServiceRequest:
    return ServiceRequest(RequestId(name), RoomId(room), Ticket(f"t{room}"), RequestKind.HELP, made_us, state)


def test_they_are_listed_by_age_and_counted_by_room_and_visit() -> None:
    requests = OpenRequests()
    for each in (request("late", "1", 30), request("early", "2", 10), request("middle", "1", 20)):
        requests.update(each)
    assert [r.request_id for r in requests.all()] == ["early", "middle", "late"]
    assert [requests.count_in(RoomId(room)) for room in ("1", "2", "3")] == [2, 1, 0]
    assert [r.request_id for r in requests.of_visit(Ticket("t1"))] == ["middle", "late"]
    requests.update(replace(request("late", "1", 30), state=RequestState.CLAIMED))
    assert requests.count_in(RoomId("1")) == 1, "a claimed request does not wait any more"


def test_a_closed_request_is_dropped_and_a_changed_one_is_replaced() -> None:
    requests, one = OpenRequests(), request("one", "1", 1)
    requests.update(one)
    claimed = replace(one, state=RequestState.CLAIMED)
    requests.update(claimed)
    assert requests.get(RequestId("one")) == claimed
    requests.update(replace(one, state=RequestState.DONE))
    assert requests.get(RequestId("one")) is None
    requests.update(replace(one, state=RequestState.CANCELLED))
    assert requests.all() == ()
