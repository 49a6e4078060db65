"""A manager keeps the staff over the API: who may, what ends when somebody is removed, and what commands may do."""

from __future__ import annotations

from kiosk.core.domain.ids import RequestId, RoomId, Ticket
from kiosk.core.domain.service_request import RequestKind, RequestState, ServiceRequest
from kiosk.store.lifecycle import Store
from kiosk.store.staff.local_access import running_store
from tests.kiosk.store.http_clients import HttpClient, associate, read_stream
from tests.kiosk.store.sample_shop import PIN, ManualClock

STAFF, OWN_PIN = "/api/v1/staff", "739204"
ONE = ServiceRequest(RequestId("r1"), RoomId("1"), Ticket("t1"), RequestKind.HELP, 1)


def test_a_removed_associate_loses_session_stream_claim_and_presence(
    store: Store, url: str, clock: ManualClock
) -> None:
    with associate(url, "m-mei", "920713") as mei, associate(url, "a-ines", PIN) as ines:
        store.service.requests.receive(ONE, clock())
        assert ines.move("r1", "claim")[0] == 200
        with read_stream(ines, "/api/v1/floor/stream") as stream:
            stream.named("Floor")
            assert "Inès" in store.service.floor.staff.event().names
            assert mei.ask("DELETE", f"{STAFF}/a-ines")[0] == 204
            store.access.watch.look(clock())
            assert stream.ended
        assert ines.ask("GET", "/api/v1/floor")[0] == 401
        assert "Inès" not in store.service.floor.staff.event().names
        (request,) = store.service.requests.open_requests.all()
        assert (request.state, request.associate_id, request.by) == (RequestState.RECEIVED, None, "")
        names = {person["name"] for person in mei.ask("GET", "/api/v1/associates")[1]}
        assert names == {"Jonas", "Mei"}


def test_the_claims_of_others_stay(store: Store, url: str, clock: ManualClock) -> None:
    with associate(url, "m-mei", "920713") as mei, associate(url, "a-jonas", "1234") as jonas:
        store.service.requests.receive(ONE, clock())
        jonas.move("r1", "claim")
        mei.ask("DELETE", f"{STAFF}/a-ines")
        store.access.watch.look(clock())
        (request,) = store.service.requests.open_requests.all()
        assert request.associate_id == "a-jonas"


def test_a_manager_adds_sets_and_reads_the_log(store: Store, url: str) -> None:
    with associate(url, "m-mei", "920713") as mei:
        status, added = mei.ask("POST", STAFF, {"name": "Ana <b>", "role": "manager", "languages": ["es"]})
        assert (status, added["member"]["name"], added["member"]["by_feed"]) == (200, "Ana <b>", False)
        own = added["member"]["id"]
        door = HttpClient(url)
        once = {"associate_id": own, "pin": added["pin"]}
        status, said = door.ask("POST", "/api/v1/session", once)
        assert (status, said["code"]) == (403, "pin-due")
        assert door.ask("POST", "/api/v1/session", {**once, "new_pin": "111111"})[0] == 409
        assert door.ask("POST", "/api/v1/session", {**once, "new_pin": OWN_PIN})[0] == 200
        door.close()
        with associate(url, own, OWN_PIN) as ana:
            assert ana.ask("PUT", f"{STAFF}/m-mei/role", {"role": "associate"})[0] == 204
            assert mei.ask("GET", STAFF)[0] == 401, "her session ends with her role"
            status, made = ana.ask("PUT", f"{STAFF}/a-ines/pin", {})
            assert (status, len(made["pin"])) == (200, 6)
            log = [(e["who"], e["what"], e["about"], e["role"]) for e in ana.ask("GET", f"{STAFF}/log")[1]]
    assert log == [
        (own, "pin", "a-ines", "associate"),
        (own, "role", "m-mei", "associate"),
        (own, "pin", own, "manager"),
        ("m-mei", "added", own, "manager"),
    ]


def test_who_may_not(store: Store, url: str) -> None:
    door = HttpClient(url)
    assert door.ask("GET", STAFF)[0] == 401
    door.close()
    with associate(url, "a-ines", PIN) as ines:
        for method, path, body in (
            ("GET", "", None),
            ("GET", "/log", None),
            ("POST", "", {"name": "X"}),
            ("PUT", "/a-ines/role", {"role": "manager"}),
            ("PUT", "/a-ines/pin", {}),
            ("DELETE", "/m-mei", None),
        ):
            assert ines.ask(method, f"{STAFF}{path}", body)[0] == 403


def test_what_is_refused(store: Store, url: str) -> None:
    with associate(url, "m-mei", "920713") as mei:
        assert mei.ask("DELETE", f"{STAFF}/m-mei")[0] == 409
        assert mei.ask("DELETE", f"{STAFF}/nobody")[0] == 404
        assert mei.ask("POST", STAFF, {"name": "inès"})[0] == 409
        assert mei.ask("POST", STAFF, {"name": "Ana", "pin": "1111"})[0] == 409
        assert mei.ask("POST", STAFF, {"name": "Ana", "languages": ["xx"]})[0] == 409
        assert mei.ask("POST", STAFF, {"name": "Ana", "id": "a b"})[0] == 422
        assert mei.ask("POST", STAFF, {"name": "Ana", "admin": True})[0] == 422
        assert mei.ask("PUT", f"{STAFF}/a-ines/pin?by=a%20b", {})[0] == 422


def test_a_command_of_this_computer_is_named_with_its_user(store: Store, url: str) -> None:
    store.local_access.publish(url)
    local = running_store(store.settings.state)
    assert local is not None
    command = HttpClient(url, local.token)
    assert command.ask("PUT", f"{STAFF}/a-ines/role?by=root", {"role": "manager"})[0] == 204
    assert command.ask("GET", f"{STAFF}/log")[1][0]["who"] == "command/root"
    command.close()
