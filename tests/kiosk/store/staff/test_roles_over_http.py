"""The roles back of house and analyst over the API: what they see, that they are never on the floor, and what happens
when a role changes while somebody is signed in."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import String

from kiosk.core.domain.ids import AssociateId, OrderId, PieceId, RequestId, RoomId, Ticket
from kiosk.core.domain.money import Money
from kiosk.core.domain.payment import OrderLine
from kiosk.core.domain.service_request import RequestKind, RequestState, ServiceRequest
from kiosk.core.domain.texts import NO_TEXT, LocalizedText
from kiosk.store.api.access.page_parts import PARTS, parts_of
from kiosk.store.api.access.table import ROUTES
from kiosk.store.db.tables import ASSOCIATE, SESSION, STAFF_LOG
from kiosk.store.errors import RefusedError, UnauthenticatedError
from kiosk.store.floor.bag_tasks import BagTask
from kiosk.store.lifecycle import Store
from kiosk.store.staff.pin_tries import Counted
from kiosk.store.staff.roles import Role
from kiosk.store.staff.staff_desk import StaffDesk
from tests.kiosk.store.http_clients import associate, read_stream
from tests.kiosk.store.sample_shop import MANAGER_PIN, PIN, START_US, ManualClock, gtin_of
from tests.optional_values import present

STOCK, STOCK_PIN = AssociateId("s-stock"), "4711"
OFF_FLOOR = (Role.BACK_OF_HOUSE, Role.ANALYST)
SHIRT = gtin_of("S1", "WHI", "L")


@pytest.fixture
def desk(store: Store) -> StaffDesk:
    return StaffDesk(store.resources.database, store.resources.associates.checks, store.clock)


def asks(kind: RequestKind) -> ServiceRequest:
    article = SHIRT if kind in (RequestKind.SIZE, RequestKind.PIECE) else None
    return ServiceRequest(
        RequestId(f"r-{kind.value}"), RoomId("1"), Ticket("t1"), kind, START_US, article=article
    )


def on_floor(store: Store) -> set[str]:
    with store.resources.database.lock:
        return {one.name for one in store.service.floor.staff.on_floor()}


def bag(store: Store, order: str) -> BagTask:
    line = OrderLine(PieceId("p1"), SHIRT, LocalizedText.of("Shirt"), NO_TEXT, "L", Money(4900, "EUR"))
    return BagTask(OrderId(order), RoomId("1"), (line,), "17", store.clock())


def test_the_stockroom_sees_what_is_brought_and_bagged_and_nothing_else(
    store: Store, url: str, desk: StaffDesk
) -> None:
    desk.add("test", "Sam", Role.BACK_OF_HOUSE, STOCK_PIN, associate_id=STOCK)
    for kind in (one for one in RequestKind if one is not RequestKind.SERVICE):
        store.service.requests.receive(asks(kind), store.clock())
    store.service.floor.bags.add(Ticket("t1"), bag(store, "o1"))
    with associate(url, STOCK, STOCK_PIN) as sam, read_stream(sam, "/api/v1/stockroom/stream") as stream:
        found = sam.ask("GET", "/api/v1/stockroom")[1]
        assert stream.named("Stockroom") == found
        assert set(found) == {"is", "now_us", "requests", "bags", "titles"}
        assert {each["kind"] for each in found["requests"]} == {"size", "piece"}
        assert [each["actions"] for each in found["requests"]] == [[], []]
        assert [each["order_id"] for each in found["bags"]] == ["o1"]
        assert found["titles"] == {"1": "Room 1", "2": "Room 2"}
        for kind in (RequestKind.HELP, RequestKind.SIZE):
            changed = replace(asks(kind), request_id=RequestId(f"later-{kind.value}"))
            store.service.requests.receive(changed, store.clock())
        store.service.floor.publish_room(RoomId("1"))
        assert sam.ask("POST", "/api/v1/bags/o1/done")[0] == 204
        assert stream.named("BagDone")["order_id"] == "o1"
        told = [(name, body) for name, body in stream.messages if name not in ("Beat", "Stockroom")]
        assert [name for name, _ in told] == ["RequestChanged", "BagDone"]
        assert (told[0][1]["request_id"], told[0][1]["actions"]) == ("later-size", [])


def test_planted_an_event_of_the_floor_in_the_stockroom_is_seen(
    store: Store, url: str, desk: StaffDesk
) -> None:
    desk.add("test", "Sam", Role.BACK_OF_HOUSE, STOCK_PIN, associate_id=STOCK)
    with associate(url, STOCK, STOCK_PIN) as sam, read_stream(sam, "/api/v1/stockroom/stream") as stream:
        stream.named("Stockroom")
        store.hub.publish("stockroom", store.service.floor.staff.event())
        stream.named("StaffChanged")


def test_such_a_role_is_never_on_the_floor(store: Store, url: str, desk: StaffDesk) -> None:
    store.service.requests.receive(asks(RequestKind.SIZE), store.clock())
    for role in OFF_FLOOR:
        own = AssociateId(role.value)
        desk.add("test", role.value, role, STOCK_PIN, associate_id=own)
        with associate(url, own, STOCK_PIN) as sam:
            assert sam.ask("POST", "/api/v1/session/used")[0] == 204
            assert sam.ask("GET", "/api/v1/session")[1]["associate"]["role"] == role.value
            assert sam.move("r-size", "claim")[0] == 403
            assert sam.ask("PUT", "/api/v1/session/break", {"on_break": True})[0] == 403
            with read_stream(sam, "/api/v1/stockroom/stream") as stream:
                assert stream.status == (200 if role is Role.BACK_OF_HOUSE else 403)
                assert on_floor(store) == set()
                assert store.service.floor.staff.event().names == ()
    with associate(url, "a-ines", PIN):
        assert on_floor(store) == {"Inès"}


def test_a_page_gets_the_parts_whose_first_route_its_role_may_ask(url: str, desk: StaffDesk) -> None:
    expected = {
        Role.ASSOCIATE: {"floor", "appointments", "lookup", "desk", "status"},
        Role.BACK_OF_HOUSE: {"stockroom", "lookup"},
        Role.MANAGER: PARTS.keys() - {"stockroom"},
        Role.ANALYST: {"insights"},
    }
    assert {role: set(parts_of(role)) for role in Role} == expected
    assert PARTS.keys() == {part for each in Role for part in parts_of(each)}
    assert set(PARTS.values()) <= ROUTES.keys()
    for role in (Role.BACK_OF_HOUSE, Role.MANAGER):
        desk.add("test", role.value, role, "471108", associate_id=AssociateId(role.value))
        with associate(url, role.value, "471108") as sam:
            found = sam.ask("GET", "/api/v1/session")[1]["associate"]["parts"]
            assert set(found) == expected[role]


@pytest.mark.parametrize(
    "role",
    [Role.BACK_OF_HOUSE, pytest.param(Role.ANALYST, marks=pytest.mark.full)],
    ids=lambda role: role.value,
)
def test_a_changed_role_ends_session_stream_claim_and_presence(
    store: Store, url: str, clock: ManualClock, role: Role
) -> None:
    with associate(url, "m-mei", MANAGER_PIN) as mei, associate(url, "a-ines", PIN) as ines:
        store.service.requests.receive(asks(RequestKind.SIZE), clock())
        assert ines.move("r-size", "claim")[0] == 200
        with read_stream(ines, "/api/v1/floor/stream") as stream:
            stream.named("Floor")
            assert mei.ask("PUT", "/api/v1/staff/a-ines/role", {"role": role.value})[0] == 204
            assert on_floor(store) == {"Mei"}
            store.access.watch.look(clock())
            assert stream.ended
        assert ines.ask("GET", "/api/v1/session")[0] == 401
        (request,) = store.service.requests.open_requests.all()
        assert (request.state, request.associate_id) == (RequestState.RECEIVED, None)
        with associate(url, "a-ines", PIN) as again:
            assert again.ask("GET", "/api/v1/floor")[0] == 403
            assert on_floor(store) == {"Mei"}
            assert mei.ask("PUT", "/api/v1/staff/a-ines/role", {"role": "associate"})[0] == 204
        with associate(url, "a-ines", PIN) as back:
            assert back.move("r-size", "claim")[0] == 200


def test_another_pin_ends_claim_and_presence_of_a_page_that_is_closed(
    store: Store, url: str, clock: ManualClock
) -> None:
    """A tablet was lost: it shows nothing any more, and the request that it had claimed is open to the others."""
    with associate(url, "m-mei", MANAGER_PIN) as mei, associate(url, "a-ines", PIN) as ines:
        store.service.requests.receive(asks(RequestKind.SIZE), clock())
        assert ines.move("r-size", "claim")[0] == 200
        assert on_floor(store) == {"Inès", "Mei"}
        assert mei.ask("PUT", "/api/v1/staff/a-ines/pin", {})[0] == 200
        assert on_floor(store) == {"Mei"}
        store.access.watch.look(clock())
        store.service.tick_requests(clock())
        (request,) = store.service.requests.open_requests.all()
        assert (request.state, request.associate_id) == (RequestState.RECEIVED, None)
        assert ines.ask("GET", "/api/v1/session")[0] == 401


def test_a_session_that_ends_elsewhere_ends_claim_and_presence_of_a_closed_page(
    store: Store, url: str, clock: ManualClock
) -> None:
    """By the feed, a command or another PIN: no stream is open, by which it would be noticed."""
    with associate(url, "a-ines", PIN) as ines:
        store.service.requests.receive(asks(RequestKind.SIZE), clock())
        assert ines.move("r-size", "claim")[0] == 200
        store.access.watch.look(clock())
        assert on_floor(store) == {"Inès"}, "planted: a session that lasts stays"
        with store.resources.database.writing() as connection:
            connection.execute(SESSION.delete().where(SESSION.c.associate_id == "a-ines"))
        store.access.watch.look(clock())
        assert on_floor(store) == set()
        store.service.tick_requests(clock())
        (request,) = store.service.requests.open_requests.all()
        assert (request.state, request.associate_id) == (RequestState.RECEIVED, None)


def test_a_name_that_cannot_be_read_on_a_mirror_is_refused(desk: StaffDesk) -> None:
    for name in ("\u3164", "A" + "\u0301" * 5, "\u200e", "In\u202ees"):
        with pytest.raises(RefusedError):
            desk.add("test", name, Role.ASSOCIATE, STOCK_PIN)
    assert desk.add("test", "Siân רִבְקָה", Role.ASSOCIATE, STOCK_PIN)[0].name == "Siân רִבְקָה"


def test_only_roles_of_the_floor_confirm_as_a_second_person(store: Store, desk: StaffDesk) -> None:
    accounts = store.resources.associates
    for role in Role:
        own = AssociateId(role.value)
        desk.add("test", role.value, role, "471108", associate_id=own)
        assert (own in accounts.floor_ids()) == role.is_on_floor
        if role.is_on_floor:
            assert accounts.verified(Counted(own), "471108", store.clock()).associate_id == own
            continue
        with pytest.raises(UnauthenticatedError, match="role"):
            accounts.verified(Counted(own), "471108", store.clock())


def test_what_a_manager_may_not_do_with_the_roles(url: str, desk: StaffDesk) -> None:
    for role in OFF_FLOOR:
        with pytest.raises(RefusedError, match="last manager"):
            desk.set_role("test", AssociateId("m-mei"), role)
    desk.add("test", "Sam", Role.ANALYST, STOCK_PIN, associate_id=STOCK)
    with associate(url, "m-mei", MANAGER_PIN) as mei:
        hand_over = ("POST", "/api/v1/client-books/hand-over")
        assert mei.ask(*hand_over, {"old": "a-ines", "new": STOCK})[0] == 404
        assert mei.ask(*hand_over, {"old": "a-ines", "new": "a-jonas"})[0] == 200
        for method, path, body in (
            ("PUT", "/api/v1/staff/a-ines/role", {"role": "boss"}),
            ("POST", "/api/v1/staff", {"name": "Ana", "role": "boss"}),
        ):
            status, said = mei.ask(method, path, body)
            assert status == 422
            assert all(role.value in said["detail"] for role in Role), said


def test_details_of_the_health_are_for_roles_that_see_the_rooms(url: str, desk: StaffDesk) -> None:
    def keys(who: str, pin: str) -> set[str]:
        with associate(url, who, pin) as client:
            found: dict[str, Any] = client.ask("GET", "/api/v1/health")[1]
            return set(found)

    desk.add("test", "Sam", Role.ANALYST, STOCK_PIN, associate_id=STOCK)
    assert keys(STOCK, STOCK_PIN) == {"ok"}
    assert keys("a-ines", PIN) > {"ok"}


def test_the_columns_of_the_database_hold_every_role() -> None:
    for column in (ASSOCIATE.c.role, STAFF_LOG.c.role):
        assert isinstance(column.type, String)
        assert max(len(role.value) for role in Role) <= present(column.type.length)
