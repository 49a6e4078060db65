"""Ids of orders: those of the store are its own, no text and very long ids are refused, one id is one order."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.core.domain.ids import RoomId, Ticket
from kiosk.core.domain.payment import PaymentState, is_desk, is_own_id, is_test
from kiosk.store.service import MAX_ID_LENGTH
from kiosk.store.settings import RoomSettings
from tests.kiosk.store.http_clients import HttpClient
from tests.kiosk.store.payments.payment_steps import COAT, SHIRT, price
from tests.kiosk.store.payments.test_desk import take
from tests.kiosk.store.payments.transactions.payment_waits import begin, order_of, until_state
from tests.kiosk.store.sample_shop import InProcessTerminal, ManualClock, build, settings_in


@pytest.fixture(params=["1", "test-1", "desk-1"])
def named(request: pytest.FixtureRequest) -> str:
    """The name of a room; some begin as the ids that the store makes."""
    return str(request.param)


def test_a_room_of_any_name_that_the_configuration_takes_is_paid_in(
    tmp_path: Path, terminal: InProcessTerminal, named: str
) -> None:
    room, ticket = RoomId(named), f"{named}.b00t.1"
    plain = settings_in(tmp_path, rooms=(RoomSettings(room, named, ("1",)),))
    fast = replace(plain, timeouts=replace(plain.timeouts, first_query_us=1000))
    with build(fast, ManualClock(), {"till": terminal}) as store:
        order = f"{ticket}.o1"
        order_of(store, order, ticket, room)
        begin(store, order, ticket, room=room)
        terminal.tap()
        assert until_state(store, order, PaymentState.PAID).captured
        assert [task.order_id for task in store.service.floor.bags.open()] == [order], "it is to be bagged"
        coat = f"{ticket}.o2"
        order_of(store, coat, ticket, room, coat=True)
        begin(store, coat, ticket, room=room)
        until_state(store, coat, PaymentState.SENT)
        store.service.till.cancel_earlier_visits(room, Ticket(f"{named}.b00t.2"))
        until_state(store, coat, PaymentState.ABANDONED)


def test_ids_of_the_store_are_known_by_their_form() -> None:
    earlier = [text for text in ("test-1.b.1.o1", "desk-1.b.1") if text.startswith(("test-", "desk-"))]
    assert earlier, (
        "the planted fault, a comparison of the beginning alone, takes a room's order for one of the store"
    )
    assert not any(map(is_own_id, earlier))
    assert is_test("test-00ff00ff00ff00ff")
    assert is_desk("desk-00ff00ff00ff00ff00ff00ff")


@pytest.mark.parametrize(
    ("order_id", "ticket", "status"),
    [
        ("test-9", "t", 409), ("desk-9", "t", 409), ("o", "desk-9", 409), ("o" * (MAX_ID_LENGTH + 1), "t", 409),
        ("o", "t" * (MAX_ID_LENGTH + 1), 409), ("o", "", 409), ("o", "\ud800", 422), ("o" * MAX_ID_LENGTH, "t", 200),
    ],
    ids=["test", "desk", "desk's ticket", "long", "long ticket", "no ticket", "half a character", "longest"],
)  # fmt: skip
def test_an_order_under_another_id_is_refused(
    room: HttpClient, order_id: str, ticket: str, status: int
) -> None:
    assert price(room, order_id, ticket=Ticket(ticket))[0] == status
    assert price(room, "next")[0] == 200, "and the connection serves the next one"


def test_one_id_at_the_desk_is_one_order(
    ines: HttpClient, room: HttpClient, terminal: InProcessTerminal
) -> None:
    assert price(room, "o1", (SHIRT, COAT))[0] == 200
    assert take(ines, [SHIRT[0]])[0] == 202
    for other in ({"pieces": [COAT[0]]}, {"pieces": [SHIRT[0], COAT[0]]}, {"in_room": "2"}):
        assert take(ines, **other)[0] == 409, other
    assert take(ines, [SHIRT[0]])[0] == 202
    assert terminal.approved() == []
