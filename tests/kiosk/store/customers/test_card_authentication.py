"""A card is authenticated at a mirror's reader with the store's keys; over HTTP, with virtual chips."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from hardware.pcsc.ndef import first_link
from hardware.pcsc.pass_through import is_allowed_command
from hardware.sim.cards.ntag424 import Ntag424Card, shop_keys
from kiosk.core.domain.ids import RoomId, Ticket
from kiosk.core.visit.effects import IdentifyShopper, ReportVisit
from kiosk.core.visit.events import CardTapped
from kiosk.store.lifecycle import Store
from kiosk.store.settings import StoreSettings
from tests.kiosk.store.customers.test_card_taps import CLARA, HENRIK, SHOP
from tests.kiosk.store.http_clients import HttpClient, mirror
from tests.kiosk.store.sample_shop import ManualClock, settings_in
from tests.kiosk.store.shop_cards import key_file
from tests.optional_values import present

T1 = Ticket("t1")
RAW = bytes.fromhex(CLARA)
BASE = "https://ostrevane.example/m"


@pytest.fixture
def settings(tmp_path: Path) -> StoreSettings:
    return settings_in(tmp_path, keys=key_file(tmp_path))


@pytest.fixture
def room(url: str, settings: StoreSettings) -> Iterator[HttpClient]:
    with mirror(url, settings.state, "1") as client:
        client.of_room("PUT", "/visit", ReportVisit(T1, began=True, at_us=1))
        yield client


def ring(counter: int = 7) -> Ntag424Card:
    return Ntag424Card(RAW, BASE, shop_keys(SHOP, RAW), counter)


def tap_of(card: Ntag424Card, uid: str = CLARA) -> IdentifyShopper:
    return IdentifyShopper(
        T1, CardTapped(1, "ntag424", uid, first_link(card.ndef_file()[2:].rstrip(b"\x00")))
    )


def authenticated(
    room: HttpClient, card: Ntag424Card, question: IdentifyShopper | None = None
) -> tuple[int, Any]:
    """Relays commands and responses as a mirror does; the store's last answer."""
    status, said = room.of_room("POST", "/meetings", question or tap_of(card))
    assert status == 200, said
    meeting = said["meeting_id"]
    while status == 200 and "command" in said:
        command = bytes.fromhex(said["command"])
        assert is_allowed_command(command)
        status, said = room.of_room(
            "POST", f"/meetings/{meeting}", {"answer": (card.answer(command) or b"").hex()}
        )
    return status, said


def test_a_ring_with_the_key_is_authenticated(store: Store, room: HttpClient) -> None:
    status, said = authenticated(room, ring())
    assert (status, said["shopper"]["tier"], said["shopper"]["first_name"]) == (200, 2, "Clara")
    assert present(present(store.service.floor.room(RoomId("1")).visit).shopper).first_name == "Clara"


def test_the_link_of_an_authenticated_tap_is_used_up(store: Store, room: HttpClient) -> None:
    card = ring()
    question = tap_of(card)
    assert authenticated(room, card, question)[1]["shopper"]
    assert room.of_room("POST", "/identify", question)[1] == {"shopper": None}
    assert store.health().clone_alarms == 1
    card.reset()
    assert room.of_room("POST", "/identify", tap_of(card))[1]["shopper"]


def test_the_bare_uid_of_an_authenticated_ring_is_a_copy_from_then_on(store: Store, room: HttpClient) -> None:
    authenticated(room, ring(), IdentifyShopper(T1, CardTapped(1, "ntag424", CLARA)))
    assert room.of_room("POST", "/identify", IdentifyShopper(T1, CardTapped(1, "uid", CLARA)))[1] == {
        "shopper": None
    }
    assert store.health().clone_alarms == 1


def test_a_copy_without_the_keys_fails_and_raises_an_alarm(store: Store, room: HttpClient) -> None:
    assert authenticated(room, Ntag424Card(RAW, BASE)) == (200, {"shopper": None})
    assert store.health().clone_alarms == 1


def test_a_card_that_breaks_off_may_still_show_its_link(store: Store, room: HttpClient) -> None:
    question = tap_of(ring())
    begun = room.of_room("POST", "/meetings", question)[1]
    assert room.of_room("POST", f"/meetings/{begun['meeting_id']}", {"answer": "6a82"})[0] == 409
    assert store.health().clone_alarms == 0
    assert room.of_room("POST", "/identify", question)[1]["shopper"]["tier"] == 2


@pytest.mark.parametrize("uid", ["04000000000000", "04A1B2", "zz" * 7, ""])
def test_an_unknown_card_is_not_authenticated(room: HttpClient, uid: str) -> None:
    assert room.of_room("POST", "/meetings", IdentifyShopper(T1, CardTapped(1, "ntag424", uid)))[0] == 409


def test_a_blocked_card_is_not_authenticated_even_if_blocked_midway(store: Store, room: HttpClient) -> None:
    book, card = store.service.customers.book, ring()
    begun = room.of_room("POST", "/meetings", tap_of(card))[1]
    book.block(present(book.card(CLARA)).short, blocked=True)
    said = begun
    while "command" in said:
        answer = present(card.answer(bytes.fromhex(said["command"]))).hex()
        said = room.of_room("POST", f"/meetings/{begun['meeting_id']}", {"answer": answer})[1]
    assert said == {"shopper": None}
    assert room.of_room("POST", "/meetings", tap_of(card))[0] == 409


def test_a_dialogue_belongs_to_one_room_and_is_short(
    store: Store, room: HttpClient, url: str, settings: StoreSettings, clock: ManualClock
) -> None:
    first = room.of_room("POST", "/meetings", tap_of(ring()))[1]["meeting_id"]
    with mirror(url, settings.state, "2") as other:
        assert other.of_room("POST", f"/meetings/{first}", {"answer": "9000"})[0] == 404
    second = room.of_room("POST", "/meetings", tap_of(ring()))[1]["meeting_id"]
    assert room.of_room("POST", f"/meetings/{first}", {"answer": "9000"})[0] == 404
    clock.pass_s(11)
    assert room.of_room("POST", f"/meetings/{second}", {"answer": "9000"})[0] == 404
    for _ in range(500):
        room.of_room("POST", "/meetings", tap_of(ring()))
    assert len(store.service.card_authentication._open) == 1


def test_a_dialogue_of_an_ended_visit_identifies_no_shopper(store: Store, room: HttpClient) -> None:
    card = ring()
    begun = room.of_room("POST", "/meetings", tap_of(card))[1]
    room.of_room("PUT", "/visit", ReportVisit(T1, began=False, at_us=2))
    said, status = begun, 200
    while status == 200:
        answer = present(card.answer(bytes.fromhex(said["command"]))).hex()
        status, said = room.of_room("POST", f"/meetings/{begun['meeting_id']}", {"answer": answer})
    assert status == 409
    assert room.of_room("POST", "/meetings", tap_of(card))[0] == 409


def test_a_copy_raises_an_alarm_even_after_its_visit(store: Store, room: HttpClient) -> None:
    card = Ntag424Card(RAW, BASE)
    said = begun = room.of_room("POST", "/meetings", tap_of(card))[1]
    room.of_room("PUT", "/visit", ReportVisit(T1, began=False, at_us=2))
    while "command" in said:
        answer = present(card.answer(bytes.fromhex(said["command"]))).hex()
        said = room.of_room("POST", f"/meetings/{begun['meeting_id']}", {"answer": answer})[1]
    assert said == {"shopper": None}
    assert store.health().clone_alarms == 1


@pytest.mark.parametrize("answer", ["zz", "9", "00" * 300])
def test_an_invalid_response_is_a_problem(room: HttpClient, answer: str) -> None:
    begun = room.of_room("POST", "/meetings", tap_of(ring()))[1]
    assert room.of_room("POST", f"/meetings/{begun['meeting_id']}", {"answer": answer})[0] == 422


def test_no_key_is_ever_sent(room: HttpClient) -> None:
    card = ring()
    authenticated(room, card)
    sent = b"".join(card.log)
    assert sent
    assert all(key not in sent for key in (SHOP.master, *shop_keys(SHOP, RAW)))


def test_another_shoppers_ring_does_not_identify_me(room: HttpClient) -> None:
    """Henrik's UID with Clara's chip: the keys are diversified, so neither shopper is identified."""
    assert authenticated(room, ring(), IdentifyShopper(T1, CardTapped(1, "ntag424", HENRIK)))[1] == {
        "shopper": None
    }
