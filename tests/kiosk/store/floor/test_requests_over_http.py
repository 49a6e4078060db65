"""The life of a request over HTTP, as the mirror and the associates' page get it."""

from __future__ import annotations

import pytest

from kiosk.core.domain.ids import RequestId, RoomId, Ticket
from kiosk.core.domain.service_request import RequestKind, ServiceRequest
from kiosk.store.lifecycle import Store
from tests.kiosk.store.http_clients import HttpClient, associate, read_stream
from tests.kiosk.store.sample_shop import START_US, ManualClock, gtin_of

ASK = ServiceRequest(
    RequestId("t1.r1"),
    RoomId("1"),
    Ticket("t1"),
    RequestKind.SIZE,
    START_US,
    article=gtin_of("S1", "WHI", "L"),
    size="L",
)


def test_a_shirt_in_another_size_comes_to_the_door(room: HttpClient, ines: HttpClient) -> None:
    with (
        read_stream(room, "/api/v1/rooms/1/stream") as glass,
        read_stream(ines, "/api/v1/floor/stream") as page,
    ):
        glass.named("Snapshot")
        page.named("Floor")
        assert room.of_room("PUT", "/requests/t1.r1", ASK)[1]["state"] == "received"
        seen = page.named("RequestChanged")["request"]
        assert (seen["room"], seen["size"], seen["state"]) == ("1", "L", "received")
        assert page.wait(lambda n, b: n == "RoomChanged" and b["room"] == "1" and b["waiting"] == 1)

        assert ines.move("t1.r1", "claim")[1]["by"] == "Inès"
        taken = glass.wait(lambda n, b: n == "RequestChanged" and b["request"]["state"] == "claimed")[
            "request"
        ]
        assert (taken["by"], taken["answer"], taken["minutes"]) == ("Inès", "coming", 3)

        ines.move("t1.r1", "answer", answer="five-minutes", minutes=5)
        told = glass.wait(lambda n, b: n == "RequestChanged" and b["request"]["answer"] == "five-minutes")
        assert told["request"]["minutes"] == 5
        ines.move("t1.r1", "at-the-door")
        ines.move("t1.r1", "done")
        glass.wait(lambda n, b: n == "RequestChanged" and b["request"]["state"] == "done")
        assert page.wait(lambda n, b: n == "RoomChanged" and b["room"] == "1" and b["waiting"] == 0)


def test_a_claimed_request_is_refused_with_the_holders_name(
    room: HttpClient, ines: HttpClient, url: str
) -> None:
    room.of_room("PUT", "/requests/t1.r1", ASK)
    ines.move("t1.r1", "claim")
    with associate(url, "a-jonas", "1234") as jonas:
        status, problem = jonas.move("t1.r1", "claim")
        assert status == 409
        assert "Inès has it" in problem["detail"]
        assert jonas.move("t1.r1", "done")[0] == 409
    assert ines.move("t1.r1", "claim")[0] == 200, "a repeated action is accepted"


def test_a_withdrawn_request_disappears_from_the_page(room: HttpClient, ines: HttpClient) -> None:
    room.of_room("PUT", "/requests/t1.r1", ASK)
    with read_stream(ines, "/api/v1/floor/stream") as page:
        assert len(page.named("Floor")["requests"]) == 1
        assert room.of_room("POST", "/requests/t1.r1/withdraw")[1]["state"] == "cancelled"
        page.wait(lambda n, b: n == "RequestChanged" and b["request"]["state"] == "cancelled")
    assert ines.move("t1.r1", "claim")[0] == 409


def test_an_escalation_reaches_mirror_and_page(
    store: Store, room: HttpClient, ines: HttpClient, clock: ManualClock
) -> None:
    room.of_room("PUT", "/requests/t1.r1", ASK)
    with read_stream(ines, "/api/v1/floor/stream") as page:
        page.named("Floor")
        store.tick(clock.pass_s(60))
        page.wait(lambda n, b: n == "RequestChanged" and b["request"]["escalated"] == 1)
        store.tick(clock.pass_s(60))
        page.wait(lambda n, b: n == "RequestChanged" and b["request"]["escalated"] == 2)


@pytest.mark.parametrize("move", ["receive", "escalate", "cancel", "nonsense"])
def test_actions_of_the_store_are_no_routes_for_associates(
    room: HttpClient, ines: HttpClient, move: str
) -> None:
    room.of_room("PUT", "/requests/t1.r1", ASK)
    assert ines.move("t1.r1", move)[0] == 422


def test_an_action_on_an_unknown_request_is_not_found(ines: HttpClient) -> None:
    assert ines.move("none", "claim")[0] == 404


def test_a_move_needs_no_body(room: HttpClient, ines: HttpClient) -> None:
    room.of_room("PUT", "/requests/t1.r1", ASK)
    assert ines.ask("POST", "/api/v1/requests/t1.r1/claim")[0] == 200


def test_managers_see_the_insights_and_associates_do_not(ines: HttpClient, url: str) -> None:
    for path in (
        "/api/v1/insights/tables",
        "/api/v1/insights/models",
        "/api/v1/insights/trials",
        "/insights",
    ):
        assert ines.ask("GET", path)[0] == 403
    with associate(url, "m-mei", "920713") as mei:
        status, found = mei.ask("GET", "/api/v1/insights/tables?weeks=52")
        assert (status, found["weeks"]) == (200, 0)
        assert mei.ask("GET", "/api/v1/insights/tables/styles.csv")[0] == 200
        assert mei.ask("GET", "/insights")[0] == 200
        assert mei.ask("GET", "/api/v1/insights/items")[0] == 410
        models = {"looks": None, "looks_message": "", "sizes": None}
        assert mei.ask("GET", "/api/v1/insights/models") == (200, models)


def test_the_sign_in_page_gets_names_only(url: str) -> None:
    door = HttpClient(url)
    status, people = door.ask("GET", "/api/v1/associates")
    assert status == 200
    assert people[0] == {"id": "a-ines", "name": "Inès"}
    assert all(set(p) == {"id", "name"} for p in people)
    door.close()
