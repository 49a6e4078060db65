"""Pieces that are put aside, over HTTP: what the mirror gets, what associates do, and how each ends."""

from __future__ import annotations

import logging
from collections.abc import Iterator

import pytest

from hardware.rooms.changes import TagArrived
from kiosk.core.domain.ids import ArticleId, PieceId, Ticket
from kiosk.core.visit.effects import PutAside, ReportVisit
from kiosk.store.lifecycle import Store
from kiosk.store.settings import StoreSettings
from tests.kiosk.store.asides.conftest import COAT, PIECE, ROOT, SCARF, listed, put
from tests.kiosk.store.http_clients import HttpClient, associate, mirror, read_stream
from tests.kiosk.store.sample_shop import (
    MANAGER_PIN,
    PIN,
    START_US,
    InProcessTerminal,
    ManualClock,
    build,
)


@pytest.fixture
def mei(url: str) -> Iterator[HttpClient]:
    with associate(url, "m-mei", MANAGER_PIN) as client:
        yield client


def states(store: Store) -> list[str]:
    return [one.state.value for one in store.asides.listed()]


def move(client: HttpClient, move: str, name: str = "t1.a1") -> int:
    return client.ask("POST", f"{ROOT}/{name}/{move}")[0]


def test_the_mirror_gets_a_code_and_until_when_and_the_page_a_task(
    glass: HttpClient, ines: HttpClient
) -> None:
    with read_stream(ines, "/api/v1/floor/stream") as told:
        told.named("Floor")
        aside = put(glass)
        assert told.named("AsidesChanged")["rings"] is True
    assert (aside["state"], aside["until"], aside["lies"]) == ("asked", "2026-09-22T19:00", "room")
    assert len(aside["code"]) == 4
    assert put(glass) == aside, "asked again"
    (task,) = listed(ines)
    assert (task["code"], task["room"], task["size"]) == (aside["code"], "1", "38")


def test_of_the_shops_stock_it_says_where_it_hangs(glass: HttpClient, ines: HttpClient) -> None:
    put(glass, "t1.a1", None)
    put(glass, "t1.a2", None, SCARF)
    assert [(one["lies"], one["rail"]) for one in listed(ines)] == [("floor", "coats rail"), ("floor", "")]


def test_who_took_it_is_shown_also_on_the_glass(glass: HttpClient, ines: HttpClient, mei: HttpClient) -> None:
    put(glass)
    with read_stream(glass, "/api/v1/rooms/1/stream?visit=t1&at_us=1") as told:
        told.named("Snapshot")
        assert move(ines, "take") == 200
        shown = told.named("AsideChanged")["aside"]
    assert (shown["state"], shown["by"]) == ("taken", "Inès")
    assert move(ines, "take") == 200, "a second tap"
    assert move(mei, "take") == 409
    assert listed(mei)[0]["by"] == "Inès"


@pytest.mark.parametrize("taken", [False, True])
@pytest.mark.parametrize("how", ["release", "withdraw", "expire"])
def test_what_was_put_aside_is_to_be_hung_back(
    url: str, store: Store, clock: ManualClock, glass: HttpClient, ines: HttpClient, how: str, taken: bool
) -> None:
    put(glass)
    if taken:
        move(ines, "take")
    if how == "release":
        assert move(ines, "release") == 200
    elif how == "withdraw":
        assert glass.of_room("DELETE", "/asides/t1.a1")[0] == 200
        assert glass.of_room("DELETE", "/asides/t1.a1")[0] == 200, "sent again"
    else:
        clock.pass_s(26 * 3600)
        store.tick(clock())
        assert states(store) == (["taken"] if taken else ["asked"]), "not yet"
        clock.pass_s(3600)
        store.tick(clock())
    assert states(store) == (["hang-back"] if taken else []), "what nobody took hangs where it hung"
    with associate(url, "a-ines", PIN) as later:
        if taken:
            assert move(later, "hung") == 200
        assert (states(store), move(later, "hung")) == ([], 404)


def test_handed_over_it_is_done(store: Store, glass: HttpClient, ines: HttpClient) -> None:
    put(glass)
    move(ines, "take")
    assert (move(ines, "hand-over"), states(store)) == (200, [])


@pytest.mark.parametrize("taken", [False, True])
def test_a_sold_piece_ends_it(
    store: Store, clock: ManualClock, glass: HttpClient, ines: HttpClient, taken: bool
) -> None:
    put(glass)
    put(glass, "t1.a2", None, SCARF)
    if taken:
        move(ines, "take")
    store.service.catalogue.sell([(PIECE, COAT)], "o1", START_US)
    clock.pass_s(1)
    store.tick(clock())
    assert [one["aside_id"] for one in listed(ines)] == ["t1.a2"], "another one stays"


def test_a_restart_loses_none(
    settings: StoreSettings, clock: ManualClock, store: Store, glass: HttpClient, ines: HttpClient
) -> None:
    code = put(glass)["code"]
    move(ines, "take")
    put(glass, "t1.a2", None, SCARF)
    store.close()
    with build(store.settings, clock, {"till": InProcessTerminal()}) as again:
        kept = again.asides.listed()
        assert [(one.state.value, one.by) for one in kept] == [("taken", "Inès"), ("asked", "")]
        assert kept[0].code == code
        clock.pass_s(48 * 3600)
        again.tick(clock())
        assert [one.state.value for one in again.asides.listed()] == ["hang-back"], "its time ended meanwhile"


def test_what_cannot_be_put_aside_is_refused(store: Store, glass: HttpClient, ines: HttpClient) -> None:
    assert put(glass, "t1.a1", None, ArticleId("95212340999999")) == 409
    assert put(glass, "t1.a2", PieceId("95212340000099.1")) == 409
    store.service.catalogue.sell([(PIECE, COAT)], "o1", START_US)
    assert put(glass, "t1.a3") == 409
    status, _ = glass.of_room("PUT", "/asides/other", PutAside(Ticket("t1"), "t1.a4", COAT))
    assert status in (400, 422)
    glass.of_room("PUT", "/visit", ReportVisit(Ticket("t1"), began=False, at_us=2))
    assert put(glass, "t1.a5", None) == 409, "she has left and would never see the code"
    assert listed(ines) == []


def test_another_rooms_mirror_may_not_touch_it(
    url: str, store: Store, glass: HttpClient, settings: StoreSettings
) -> None:
    put(glass)
    with mirror(url, settings.state, "2") as other:
        assert other.of_room("DELETE", "/asides/t1.a1")[0] == 409
        assert other.of_room("PUT", "/asides/t1.a1", PutAside(Ticket("t1"), "t1.a1", COAT, PIECE))[0] == 409


def test_no_code_is_in_a_log(glass: HttpClient, ines: HttpClient, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        code = put(glass)["code"]
        move(ines, "take")
        move(ines, "hand-over")
    assert code not in caplog.text
    assert "Inès" not in caplog.text


def test_a_piece_that_came_back_to_its_room_is_the_same(store: Store, glass: HttpClient) -> None:
    first = put(glass)
    store.service.floor.rooms_changed([TagArrived("1", PIECE, True, 0.99, START_US)])
    assert put(glass) == first
