"""An associate reads a member's card at the counter: her appointment of today opens, and she has come."""

from __future__ import annotations

import logging
from typing import Any

import pytest

from hardware.rooms.changes import TagArrived
from kiosk.store.appointments.card_desk import MAX_LINK
from kiosk.store.lifecycle import Store
from tests.faults.strangers.values import HOSTILE_TEXTS
from tests.kiosk.store.appointments.conftest import CARD, COAT, ROOT, keep, tap
from tests.kiosk.store.clues.conftest import set_consents
from tests.kiosk.store.http_clients import HttpClient, associate, read_stream
from tests.kiosk.store.sample_shop import PIN, ManualClock, piece_of
from tests.kiosk.store.shop_cards import link

DAY_S = 24 * 3600
BLANK = "04FFFFFFFFFF01"


def read(client: HttpClient, counter: int = 1, text: str | None = None) -> dict[str, Any]:
    status, answer = client.ask(
        "POST", f"{ROOT}/card", {"link": link(CARD, counter) if text is None else text}
    )
    assert status == 200, answer
    return dict(answer)


def arrived(client: HttpClient) -> list[int]:
    return [one["arrived_us"] for one in client.ask("GET", ROOT)[1]]


def test_her_card_opens_hers_and_says_that_she_has_come(
    store: Store, ines: HttpClient, glass: HttpClient, clock: ManualClock
) -> None:
    keep(ines, store, "other", COAT, guest="Ana")
    keep(ines, store)
    with read_stream(ines, "/api/v1/floor/stream") as told, read_stream(glass, "/api/v1/rooms/1/stream"):
        told.named("Floor")
        found = read(ines)
        assert told.named("AppointmentsChanged") == {"is": "AppointmentsChanged"}
    assert (found["outcome"], found["appointment_id"], found["others"], found["room"]) == (
        "found",
        "p1",
        0,
        "",
    )
    came_us = store.clock()
    assert sorted(arrived(ines)) == [0, came_us]
    clock.pass_s(60)
    assert read(ines, 2)["outcome"] == "found"
    assert sorted(arrived(ines)) == [0, came_us], "she came once"


def test_a_free_room_is_named_and_the_one_she_is_in(
    store: Store, ines: HttpClient, glass: HttpClient
) -> None:
    keep(ines, store)
    floor = store.service.floor
    for state in floor.rooms():
        state.streams = 1
    assert read(ines)["free_room"] == "2", "room 1 has a visit"
    floor.rooms_changed([TagArrived("2", piece_of("C1", "NVY", "38"), True, 0.99, store.clock())])
    assert read(ines, 2)["free_room"] == "", "somebody has carried a coat into room 2"
    tap(glass, 3)
    found = read(ines, 4)
    assert (found["room"], found["free_room"]) == ("1", "")


def test_a_tap_at_a_mirror_says_that_she_has_come_too(
    store: Store, ines: HttpClient, glass: HttpClient
) -> None:
    keep(ines, store)
    tap(glass)
    store.presence.tick()
    assert arrived(ines) == [store.clock()]


def test_of_two_of_today_the_nearest_opens(store: Store, ines: HttpClient) -> None:
    keep(ines, store, "late", COAT, hours=3)
    keep(ines, store, "soon", COAT, hours=1)
    found = read(ines)
    assert (found["appointment_id"], found["others"]) == ("soon", 1)


def test_one_of_earlier_today_opens_as_well(store: Store, ines: HttpClient, clock: ManualClock) -> None:
    keep(ines, store)
    clock.pass_s(3 * 3600)
    assert read(ines)["appointment_id"] == "p1", "she comes late"


def test_on_the_wrong_day_it_says_when(store: Store, ines: HttpClient) -> None:
    at_us = store.clock() + DAY_S * 1_000_000
    assert ines.ask("PUT", f"{ROOT}/p1", {"at_us": at_us, "member": "s1"})[0] == 204
    found = read(ines)
    assert (found["outcome"], found["at_us"], found["appointment_id"]) == ("other-day", at_us, "")
    assert arrived(ines) == [0]


def test_a_past_one_or_none_or_no_consent_look_alike(
    store: Store, ines: HttpClient, clock: ManualClock
) -> None:
    nothing = read(ines)
    keep(ines, store)
    set_consents(store, "history")
    assert read(ines, 2) == nothing
    set_consents(store, "clues")
    keep(ines, store)
    clock.pass_s(DAY_S)
    with associate(ines.url, "a-ines", PIN) as tomorrow:
        assert read(tomorrow, 3) == nothing
    assert nothing["outcome"] == "none"


def test_what_is_no_valid_card_is_told_apart(store: Store, ines: HttpClient) -> None:
    keep(ines, store)
    assert read(ines, 5)["outcome"] == "found"
    assert read(ines, 5)["outcome"] == "read-before"
    assert read(ines, 4)["outcome"] == "read-before"
    assert read(ines, text=link(BLANK, 1))["outcome"] == "unknown"
    assert read(ines, text=link(CARD, 9, bytes(16)))["outcome"] == "unknown"
    assert read(ines, text=CARD)["outcome"] == "no-proof"
    assert read(ines, text="https://ostrevane.example/m")["outcome"] == "no-proof"
    cards = store.service.customers.book
    stored = cards.card(CARD)
    assert stored is not None
    cards.block(stored.short, True)
    assert read(ines, 10)["outcome"] == "revoked"


def test_hostile_texts_prove_nothing(ines: HttpClient) -> None:
    for text in (*HOSTILE_TEXTS, "x" * MAX_LINK, "http://[?picc_data=1&cmac=2"):
        status, answer = ines.ask("POST", f"{ROOT}/card", {"link": text})
        assert status in (400, 422) or answer["outcome"] in ("no-proof", "unknown"), text
    assert ines.ask("POST", f"{ROOT}/card", {"link": "x" * (MAX_LINK + 1)})[0] == 422


def test_nobody_is_named_in_a_log(store: Store, ines: HttpClient, caplog: pytest.LogCaptureFixture) -> None:
    keep(ines, store)
    with caplog.at_level(logging.DEBUG):
        read(ines)
        read(ines)
    assert "Clara" not in caplog.text
    assert CARD not in caplog.text
