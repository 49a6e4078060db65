"""A break lasts until the associate ends it: over a restart and the idle end of a session, on every device."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from kiosk.core.domain.ids import AssociateId, RequestId, RoomId, Ticket
from kiosk.core.domain.service_request import RequestKind, ServiceRequest
from kiosk.store.db.database import Database
from kiosk.store.lifecycle import Store
from kiosk.store.settings import StoreSettings
from kiosk.store.staff.kept_breaks import KeptBreaks
from kiosk.store.staff.token_hash import token_hash
from tests.kiosk.store.http_clients import HttpClient, associate
from tests.kiosk.store.sample_shop import (
    MANAGER_PIN,
    PIN,
    START_US,
    ManualClock,
    sample_store,
    served,
    settings_in,
)

INES = AssociateId("a-ines")
BREAK = ("PUT", "/api/v1/session/break")


@pytest.fixture
def settings(tmp_path: Path) -> StoreSettings:
    return settings_in(tmp_path)


@contextmanager
def opened(settings: StoreSettings) -> Iterator[tuple[Store, str, ManualClock]]:
    clock = ManualClock()
    with sample_store(settings, clock) as store, served(store) as url:
        yield store, url, clock


def on_floor(store: Store) -> list[str]:
    with store.resources.database.lock:
        return [one.name for one in store.service.floor.staff.on_floor()]


def is_on_break(store: Store) -> bool:
    return INES in store.service.floor.staff.breaks()


def test_a_break_is_told_with_its_begin_to_her_and_to_managers(settings: StoreSettings) -> None:
    with opened(settings) as (store, url, clock), ExitStack() as stack:
        ines, mei = (
            stack.enter_context(associate(url, INES, PIN)),
            stack.enter_context(associate(url, "m-mei", MANAGER_PIN)),
        )
        assert ines.ask("GET", "/api/v1/session")[1]["break_since_us"] is None
        began_us = clock.pass_s(10)
        said = ines.ask(*BREAK, {"on_break": True})[1]
        assert (said["on_break"], said["break_since_us"]) == (True, began_us)
        clock.pass_s(10)
        assert ines.ask(*BREAK, {"on_break": True})[1]["break_since_us"] == began_us, "it goes on"
        assert on_floor(store) == ["Mei"]
        staff = {one["id"]: one["break_since_us"] for one in mei.ask("GET", "/api/v1/staff")[1]}
        assert (staff[INES], staff["m-mei"]) == (began_us, None)
        assert ines.ask(*BREAK, {"on_break": False})[1]["break_since_us"] is None
        assert on_floor(store) == ["Inès", "Mei"]


def restarted(settings: StoreSettings, meanwhile: Callable[[Store], object]) -> tuple[bool, list[str]]:
    """Whether she is on a break after a restart, and who is on the floor once her page asks again."""
    with opened(settings) as (store, url, _clock), associate(url, INES, PIN) as ines:
        token = ines.token
        ines.ask(*BREAK, {"on_break": True})
        meanwhile(store)
    with opened(settings) as (store, url, _clock):
        client = HttpClient(url, token)
        status, said = client.ask("GET", "/api/v1/session")
        client.close()
        assert status == 200
        return said["on_break"], on_floor(store)


def test_a_restart_of_the_store_calls_nobody_back(settings: StoreSettings) -> None:
    assert restarted(settings, lambda _: None) == (True, [])


def test_planted_fault_breaks_that_are_not_stored_are_noticed(settings: StoreSettings) -> None:
    assert restarted(settings, lambda store: KeptBreaks(store.resources.database).end(INES)) == (
        False,
        ["Inès"],
    )


def by_the_button(store: Store, url: str, ines: HttpClient) -> None:
    ines.ask(*BREAK, {"on_break": False})


def by_signing_out(store: Store, url: str, ines: HttpClient) -> None:
    ines.ask("DELETE", "/api/v1/session")


def by_signing_in(store: Store, url: str, ines: HttpClient) -> None:
    with associate(url, INES, PIN):
        pass


def by_a_claim(store: Store, url: str, ines: HttpClient) -> None:
    """Otherwise what she has just claimed would be open again a moment later."""
    asked = ServiceRequest(RequestId("r1"), RoomId("1"), Ticket("t1"), RequestKind.HELP, START_US)
    store.service.submit_request(asked.room, asked)
    assert ines.move("r1", "claim")[0] == 200
    store.tick(store.clock())
    assert [each.by for each in store.service.requests.open_requests.all()] == ["Inès"]


def by_losing_access(store: Store, url: str, ines: HttpClient) -> None:
    with associate(url, "m-mei", MANAGER_PIN) as mei:
        assert mei.ask("DELETE", f"/api/v1/staff/{INES}")[0] == 204


@pytest.mark.parametrize("ends", [by_the_button, by_signing_out, by_signing_in, by_a_claim, by_losing_access])
def test_what_ends_a_break_ends_it_for_good(
    settings: StoreSettings, ends: Callable[[Store, str, HttpClient], None]
) -> None:
    with opened(settings) as (store, url, _clock), associate(url, INES, PIN) as ines:
        ines.ask(*BREAK, {"on_break": True})
        ends(store, url, ines)
        assert not is_on_break(store)
        assert KeptBreaks(store.resources.database).all() == {}


def test_one_of_two_devices_signed_out_or_idle_does_not_end_it(settings: StoreSettings) -> None:
    with (
        opened(settings) as (store, url, clock),
        associate(url, INES, PIN) as phone,
        associate(url, INES, PIN) as tablet,
    ):
        phone.ask(*BREAK, {"on_break": True})
        tablet.ask("DELETE", "/api/v1/session")
        assert is_on_break(store)
        store.service.floor.staff.session_ended(token_hash(phone.token))
        assert is_on_break(store), "idle: she is still not back"
        store.tick(clock.pass_s(1))
        assert on_floor(store) == []


def test_a_break_that_cannot_be_stored_holds_all_the_same(
    settings: StoreSettings, caplog: pytest.LogCaptureFixture
) -> None:
    with opened(settings) as (store, url, _clock), associate(url, INES, PIN) as ines:
        other = Database(settings.database_url)
        with other.writing():
            assert ines.ask(*BREAK, {"on_break": True})[0] == 200
        other.close()
        assert on_floor(store) == []
    assert "a break was not stored" in caplog.text
    assert str(START_US) not in caplog.text
