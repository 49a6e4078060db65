"""An associate takes a payment at the shop's own terminal and enters its number, over HTTP."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from kiosk.connectors.payments.attended import AttendedTerminal
from kiosk.core.domain.ids import AssociateId, OrderId
from kiosk.store.lifecycle import Store
from kiosk.store.settings import StoreSettings
from tests.kiosk.store.http_clients import EventStreamReader, HttpClient, associate, mirror, read_stream
from tests.kiosk.store.payments.payment_steps import COAT, SHIRT, collect, ended, price, refund
from tests.kiosk.store.payments.transactions.payment_waits import until
from tests.kiosk.store.sample_shop import PIN, ManualClock, build, served
from tests.kiosk.store.staff.staff_accounts import desk_of

LIMIT = 10_000
"""The shirt costs 12,900 cents."""


class Shop:
    """A running store with one attended terminal, the mirror of room 1 and the associate Inès."""

    def __init__(self, store: Store, terminal: AttendedTerminal, room: HttpClient, ines: HttpClient) -> None:
        self.store, self.terminal, self.room, self.ines = store, terminal, room, ines

    def waiting(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.ines.ask("GET", "/api/v1/attended")[1]["attended"]
        return found

    def enter(self, key: str, *, done: bool = True, number: str = "0042", **more: Any) -> tuple[int, Any]:
        return self.ines.ask(
            "POST", f"/api/v1/attended/{key}/result", {"done": done, "number": number, **more}
        )

    @contextmanager
    def paying(self, order: str = "o1") -> Iterator[tuple[EventStreamReader, str]]:
        """The order waits for an associate; the room's events, and the key."""
        with read_stream(self.room, "/api/v1/rooms/1/stream") as stream:
            price(self.room, order)
            collect(self.room, order)
            sent = stream.wait(lambda name, body: name == "PaymentMoved" and body["state"] == "sent")
            assert sent["why"] == "attended", "the mirror shows that an associate takes it"
            yield stream, self.waiting()[0]["key"]


def told(stream: EventStreamReader, state: str) -> dict[str, Any]:
    return stream.wait(lambda name, body: name == "PaymentMoved" and body["state"] == state)


@contextmanager
def opened(settings: StoreSettings, clock: ManualClock, terminal: AttendedTerminal) -> Iterator[Shop]:
    with (
        build(settings, clock, {"till": terminal}) as store,
        served(store) as url,
        mirror(url, settings.state, "1") as room,
        associate(url, "a-ines", PIN) as ines,
    ):
        yield Shop(store, terminal, room, ines)


@pytest.fixture
def limit() -> int | None:
    return None


@pytest.fixture
def attended_settings(settings: StoreSettings, limit: int | None) -> StoreSettings:
    return replace(settings, second_person_above=limit)


@pytest.fixture
def shop(attended_settings: StoreSettings, clock: ManualClock) -> Iterator[Shop]:
    with opened(attended_settings, clock, AttendedTerminal("desk")) as found:
        yield found


def test_a_payment_is_taken_and_entered_and_the_piece_paid_back_likewise(shop: Shop) -> None:
    with shop.paying() as (stream, key):
        task = shop.waiting()[0]
        assert (task["amount"], task["where"], task["terminal"], task["begun"]) == (
            {"is": "Money", "minor": 12_900, "currency": "EUR"}, "Room 1", "till", False,
        )  # fmt: skip
        assert shop.ines.ask("POST", f"/api/v1/attended/{key}/begin")[1]["attended"][0]["begun"]
        assert shop.enter(key)[0] == 200
        assert told(stream, "paid")["receipt"]["number"]
    paid = shop.store.payments.book.paid_attempt(OrderId("o1"))
    assert paid is not None
    assert paid.reference.startswith("0042")
    begun = refund(shop.ines)
    until(shop.store, lambda: bool(shop.waiting()))
    back = shop.waiting()[0]
    assert (back["refund"], back["reference"]) == (True, paid.reference)
    assert shop.enter(back["key"], number="0043")[0] == 200
    assert ended(shop.ines.url, shop.ines, begun)["state"] == "done"
    assert shop.waiting() == []


def test_what_was_not_paid_can_be_tried_again(shop: Shop) -> None:
    with shop.paying() as (stream, key):
        assert shop.enter(key, done=False, number="")[0] == 200
        assert told(stream, "declined")
        assert collect(shop.room, attempt=2)[0] == 202
        until(shop.store, lambda: bool(shop.waiting()))
        assert shop.enter(shop.waiting()[0]["key"])[0] == 200
        assert told(stream, "paid")


def test_two_rooms_wait_for_associates_at_the_same_time(shop: Shop) -> None:
    with (
        mirror(shop.ines.url, shop.store.settings.state, "2") as other,
        read_stream(other, "/api/v1/rooms/2/stream") as there,
        shop.paying() as (here, key),
    ):
        price(other, "o2", (COAT,))
        collect(other, "o2")
        told(there, "sent")
        second = next(task["key"] for task in shop.waiting() if task["key"] != key)
        assert shop.enter(second, number="0043")[0] == 200
        assert told(there, "paid")
        assert shop.enter(key)[0] == 200
        assert told(here, "paid")


def test_a_wrong_number_is_refused_and_the_payment_waits_on(shop: Shop) -> None:
    with shop.paying() as (_, key):
        for number in ("", "4111 1111 1111 1111", "x" * 64, "0042\u202e"):
            assert shop.enter(key, number=number)[0] == 409, number
            assert [task["key"] for task in shop.waiting()] == [key]
        assert shop.enter("KEY0000000")[0] == 404


def test_a_cancel_ends_what_nobody_took_and_asks_for_what_somebody_took(shop: Shop) -> None:
    with shop.paying() as (stream, key):
        shop.ines.ask("POST", f"/api/v1/attended/{key}/begin")
        shop.room.of_room("DELETE", "/orders/o1/payment")
        for _ in range(1000):
            if shop.waiting()[0]["cancel_wanted"]:
                break
        assert shop.waiting()[0]["cancel_wanted"]
        assert shop.enter(key, done=False, number="")[0] == 200
        assert told(stream, "abandoned")
    assert shop.waiting() == []


@pytest.mark.parametrize("limit", [LIMIT])
@pytest.mark.parametrize(
    ("second", "status"),
    [
        (None, 409),
        ({"associate_id": "a-ines", "pin": PIN}, 409),
        ({"associate_id": "a-jonas", "pin": "0000"}, 409),
        ({"associate_id": "nobody", "pin": PIN}, 409),
        ({"associate_id": "a-jonas", "pin": "1234"}, 200),
    ],
)
def test_above_the_limit_a_second_associate_confirms_with_a_pin(
    shop: Shop, second: dict[str, str] | None, status: int
) -> None:
    with shop.paying() as (stream, key):
        assert shop.waiting()[0]["second_person"]
        answered, body = shop.enter(key, second=second)
        assert answered == status
        if status == 409:
            assert body["code"] == "second-person"
        if status != 200:
            assert [task["key"] for task in shop.waiting()] == [key]
            return
        assert told(stream, "paid")
    entry = shop.store.payments.book.ledger.last("attended", key=key)
    assert {**entry, "day": ""} == {
        "done": True, "number": "0042", "day": "", "by": "a-ines", "second": "a-jonas",
    }  # fmt: skip


@pytest.mark.parametrize("limit", [LIMIT])
def test_a_pin_cannot_be_guessed_here_either(shop: Shop) -> None:
    with shop.paying() as (_, key):
        tries = [shop.enter(key, second={"associate_id": "a-jonas", "pin": f"{n}"})[0] for n in range(7)]
        assert tries[-1] == 429
        assert shop.enter(key, done=False)[0] == 200, "what was not paid needs nobody else"


@pytest.mark.parametrize("limit", [LIMIT])
def test_a_pin_for_one_sign_in_confirms_nothing(shop: Shop) -> None:
    pin = desk_of(shop.store.resources.database).set_pin("m-mei", AssociateId("a-jonas"))
    with shop.paying() as (_, key):
        status, said = shop.enter(key, second={"associate_id": "a-jonas", "pin": pin})
        assert (status, said["code"]) == (409, "second-person")
        assert shop.enter(key, done=False)[0] == 200


def test_after_a_restart_the_associate_is_asked_and_an_entry_is_not_lost(
    attended_settings: StoreSettings, clock: ManualClock
) -> None:
    with opened(attended_settings, clock, AttendedTerminal("desk")) as shop, shop.paying() as (_, key):
        body = {"done": True, "number": "0042", "by": "a-ines", "second": None}
        shop.store.payments.book.ledger.append("attended", "o1", body, clock(), key=key)
    with opened(attended_settings, clock, AttendedTerminal("desk")) as shop:
        shop.store.payments.resume()
        for _ in range(2000):
            shop.waiting()
            if shop.store.payments.book.paid_attempt(OrderId("o1")):
                break
        assert shop.store.payments.book.paid_attempt(OrderId("o1")), "the entry of the last run was used"


def test_the_amount_is_shown_and_no_route_is_open_to_strangers(shop: Shop, tmp_path: Path) -> None:
    del tmp_path
    stranger = HttpClient(shop.ines.url)
    for method, path in (("GET", ""), ("POST", "/K/begin"), ("POST", "/K/result")):
        assert stranger.ask(method, f"/api/v1/attended{path}", {"done": True})[0] == 401
    stranger.close()
    assert SHIRT


@pytest.mark.parametrize("limit", [LIMIT])
def test_of_two_entries_at_once_one_counts(shop: Shop) -> None:
    """While the second associate's PIN is checked, another one enters that nothing was paid."""
    second = {"associate_id": "a-jonas", "pin": "1234"}
    with (
        shop.paying() as (_, key),
        associate(shop.ines.url, "a-jonas", "1234") as jonas,
        ThreadPoolExecutor(2) as both,
    ):
        nothing = {"done": False, "number": ""}
        done = both.submit(shop.enter, key, second=second)
        not_done = both.submit(jonas.ask, "POST", f"/api/v1/attended/{key}/result", nothing)
        statuses = sorted((done.result()[0], not_done.result()[0]))
        ledger = shop.store.payments.book.ledger
        entered = [e for e in ledger.entries(1, ledger.head.seq) if e.kind == "attended" and e.key == key]
    assert (statuses[0], len(entered)) == (200, 1), statuses
    assert statuses[1] in (404, 409)
