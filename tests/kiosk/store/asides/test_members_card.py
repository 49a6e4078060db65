"""What a member has put aside is on her mirror after her tap in a later visit, and told to the associate who reads her
card: by her consent alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from kiosk.core.domain.ids import RoomId, ShopperId, Ticket
from kiosk.core.visit.effects import IdentifyShopper, ReportVisit
from kiosk.core.visit.events import CardTapped
from kiosk.store.asides.aside_members import AsideMembers
from kiosk.store.customers.book.consents import forget_clues
from kiosk.store.db.database import Database
from kiosk.store.db.table_groups.asides import ASIDE_MEMBER
from kiosk.store.lifecycle import Store
from kiosk.store.settings import StoreSettings
from tests.kiosk.store.appointments.conftest import CARD, keep, tap
from tests.kiosk.store.asides.conftest import ROOT, listed, put
from tests.kiosk.store.clues.conftest import CLARA, set_consents
from tests.kiosk.store.http_clients import HttpClient, mirror, read_stream
from tests.kiosk.store.sample_shop import InProcessTerminal, ManualClock, build
from tests.kiosk.store.shop_cards import key_file, link


@pytest.fixture
def settings(settings: StoreSettings, tmp_path: Path) -> StoreSettings:
    return replace(settings, keys=key_file(tmp_path))


@pytest.fixture
def store(store: Store) -> Store:
    set_consents(store, "clues")
    return store


def visit(glass: HttpClient, ticket: str, *, began: bool = True) -> None:
    glass.of_room("PUT", "/visit", ReportVisit(Ticket(ticket), began=began, at_us=1))


def shown(store: Store, room: str = "1") -> list[str]:
    """The ids that the store's snapshot has for a room's mirror."""
    store.asides.tick()
    event: Any = store.service.floor.room_snapshot(RoomId(room))["asides"]
    return [one["aside_id"] for one in event["asides"]] if event else []


def members(store: Store) -> list[tuple[str, str]]:
    return _rows(store.resources.database)


def _rows(database: Database) -> list[tuple[str, str]]:
    with database.reading() as connection:
        return [(row.aside_id, row.shopper_id) for row in connection.execute(select(ASIDE_MEMBER)).all()]


def read(client: HttpClient, counter: int) -> dict[str, Any]:
    status, answer = client.ask("POST", "/api/v1/appointments/card", {"link": link(CARD, counter)})
    assert status == 200, answer
    return dict(answer)


@pytest.fixture
def hers(store: Store, glass: HttpClient) -> str:
    """The code of a coat that Clara has put aside; then her visit ends, and another one begins."""
    tap(glass)
    code = str(put(glass, "t1.a1", None)["code"])
    assert shown(store) == [], "it is of this visit, of which her mirror knows"
    visit(glass, "t1", began=False)
    visit(glass, "t2")
    return code


def tap_2(glass: HttpClient, counter: int = 2) -> None:
    """Clara's card is laid on the mirror in the second visit."""
    laid = CardTapped(1, "ntag424", CARD, link(CARD, counter))
    assert glass.of_room("POST", "/identify", IdentifyShopper(Ticket("t2"), laid))[0] == 200


def test_her_next_tap_shows_it_and_what_becomes_of_it(
    hers: str, store: Store, glass: HttpClient, ines: HttpClient
) -> None:
    assert shown(store) == []
    with read_stream(glass, "/api/v1/rooms/1/stream?visit=t2&at_us=1") as told:
        told.named("Snapshot")
        tap_2(glass)
        store.asides.tick()
        event = told.named("AsidesStated")
        assert (event["ticket"], event["shopper_id"], event["asides"][0]["code"]) == ("t2", "s1", hers)
        ines.ask("POST", f"{ROOT}/t1.a1/take")
        store.asides.tick()
        told.wait(lambda name, body: name == "AsidesStated" and body["asides"][0]["by"] == "Inès")
        ines.ask("POST", f"{ROOT}/t1.a1/hand-over")
        store.asides.tick()
        told.wait(lambda name, body: name == "AsidesStated" and not body["asides"])
    assert members(store) == [], "she has it: nobody need know whose it was"


def test_it_can_be_taken_back_in_another_room(
    hers: str, store: Store, glass: HttpClient, settings: StoreSettings
) -> None:
    with mirror(glass.url, settings.state, "2") as other:
        visit(other, "t2")
        assert other.of_room("DELETE", "/asides/t1.a1")[0] == 409, "nobody has proved a card here"
        tap_2(other)
        assert shown(store, "2") == ["t1.a1"]
        assert other.of_room("DELETE", "/asides/t1.a1")[0] == 200
        assert (shown(store, "2"), store.asides.listed()) == ([], ())


def test_what_was_put_aside_before_the_tap_is_hers_too(store: Store, glass: HttpClient) -> None:
    put(glass, "t1.a1", None)
    store.asides.tick()
    assert members(store) == []
    tap(glass)
    store.asides.tick()
    assert members(store) == [("t1.a1", "s1")]


def never_agreed(store: Store) -> None:
    set_consents(store, "history")


def withdrew(store: Store) -> None:
    with store.resources.database.writing() as connection:
        forget_clues(connection, [CLARA])
    set_consents(store, "history")


@pytest.mark.parametrize("change", [never_agreed, withdrew])
def test_without_her_consent_nobody_is_told(
    hers: str, store: Store, glass: HttpClient, ines: HttpClient, change: Callable[[Store], None]
) -> None:
    change(store)
    tap_2(glass)
    assert shown(store) == []
    assert (read(ines, 3)["asides"], len(listed(ines))) == ([], 1), "it stays put aside, for its code"


def test_without_consent_it_is_not_noted_whose_it_is(store: Store, glass: HttpClient) -> None:
    set_consents(store, "history")
    tap(glass)
    put(glass, "t1.a1", None)
    store.asides.tick()
    assert members(store) == []


def test_consent_that_ends_during_the_visit_ends_it_on_the_glass(
    hers: str, store: Store, glass: HttpClient
) -> None:
    tap_2(glass)
    assert shown(store) == ["t1.a1"]
    with read_stream(glass, "/api/v1/rooms/1/stream?visit=t2&at_us=1") as told:
        told.named("Snapshot")
        store.service.visits.set_clues(lambda member: member != CLARA)
        store.asides.tick()
        assert told.named("AsidesStated")["asides"] == []


def test_the_associate_who_reads_her_card_gets_the_codes(
    hers: str, store: Store, glass: HttpClient, ines: HttpClient
) -> None:
    found = read(ines, 2)
    assert (found["outcome"], [(one["code"], one["taken"]) for one in found["asides"]]) == (
        "none",
        [(hers, False)],
    )
    ines.ask("POST", f"{ROOT}/t1.a1/take")
    keep(ines, store)
    found = read(ines, 3)
    assert (found["outcome"], found["asides"][0]["taken"], found["asides"][0]["size"]) == (
        "found",
        True,
        "38",
    )


def test_a_guests_is_nobodys(store: Store, glass: HttpClient, ines: HttpClient) -> None:
    put(glass, "t1.a1", None)
    visit(glass, "t1", began=False)
    visit(glass, "t2")
    tap_2(glass, 1)
    assert (shown(store), read(ines, 2)["asides"], members(store)) == ([], [], [])


def test_it_outlives_a_restart_and_goes_with_her_data(hers: str, store: Store, clock: ManualClock) -> None:
    store.close()
    with build(store.settings, clock, {"till": InProcessTerminal()}) as again:
        assert [one.aside_id for one in again.asides.of_member(CLARA)] == ["t1.a1"]
        assert again.asides.of_member(ShopperId("s2")) == ()
        with again.resources.database.writing() as connection:
            forget_clues(connection, [CLARA])
        assert (members(again), len(again.asides.listed())) == ([], 1)


class Careless(AsideMembers):
    """The planted fault: the consent is not looked at."""

    def of(self, member: ShopperId) -> frozenset[str]:
        return frozenset(aside for aside, of_member in _rows(self.database) if of_member == member)


@pytest.mark.parametrize(("kind", "told"), [(AsideMembers, 0), pytest.param(Careless, 1, id="planted")])
def test_planted_fault_a_feed_that_lists_the_consent_no_more(
    hers: str, store: Store, kind: type[AsideMembers], told: int
) -> None:
    never_agreed(store)
    assert len(kind(store.resources.database).of(CLARA)) == told
