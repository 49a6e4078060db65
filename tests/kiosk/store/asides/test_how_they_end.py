"""How pieces that are put aside end where something is wrong: a clock that is set, nobody who says that one is hung
back, a row that cannot be read, two associates at once."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import replace

import pytest
from sqlalchemy import event

from kiosk.clock import US
from kiosk.store.app import build_store
from kiosk.store.asides.aside_desk import MAX_ENDED, TIDY_US
from kiosk.store.asides.aside_rows import AsideRows
from kiosk.store.db.table_groups.asides import ASIDE
from kiosk.store.housekeeping import REQUEST_RETENTION_US
from kiosk.store.lifecycle import Store
from kiosk.store.settings import StoreSettings
from tests.kiosk.store.asides.conftest import ROOT, SCARF, put
from tests.kiosk.store.http_clients import HttpClient, associate
from tests.kiosk.store.sample_shop import (
    CHEAP,
    MANAGER_PIN,
    InProcessTerminal,
    ManualClock,
    build,
)

DAY_S = 24 * 3600


def states(store: Store) -> list[str]:
    return [one.state.value for one in store.asides.listed()]


def rows(store: Store) -> int:
    with store.resources.database.reading() as connection:
        return len(connection.execute(ASIDE.select()).all())


@pytest.fixture
def two_clocks(
    settings: StoreSettings, clock: ManualClock, glass: HttpClient, store: Store
) -> Iterator[Store]:
    """The store, started again, with a clock that can be set beside one that cannot."""
    put(glass)
    store.close()
    again = build_store(
        store.settings, clock=clock, steady=ManualClock(), terminals={"till": InProcessTerminal()}, hasher=CHEAP,
        with_http=False,
    )  # fmt: skip
    yield again
    again.close()


def test_a_clock_that_is_set_ahead_ends_nothing(two_clocks: Store, clock: ManualClock) -> None:
    steady = two_clocks.steady
    assert isinstance(steady, ManualClock)
    clock.pass_s(3650 * DAY_S)
    steady.pass_s(2)
    two_clocks.tick(clock())
    assert states(two_clocks) == ["asked"], "planted: by the clock on the wall its time is long over"
    clock.pass_s(-3650 * DAY_S)
    for step in (12 * 3600, 16 * 3600):
        clock.pass_s(step)
        steady.pass_s(step)
        two_clocks.tick(clock())
    assert states(two_clocks) == [], "its time has come"


def test_what_nobody_hangs_back_counts_as_hung_after_a_week(
    store: Store, clock: ManualClock, glass: HttpClient, ines: HttpClient
) -> None:
    until_us = put(glass)["until_us"]
    ines.ask("POST", f"{ROOT}/t1.a1/take")
    clock.pass_s((until_us - clock()) / US + 1)
    store.tick(clock())
    assert states(store) == ["hang-back"]
    clock.pass_s(TIDY_US / US - 10)
    store.tick(clock())
    assert states(store) == ["hang-back"]
    clock.pass_s(10)
    store.tick(clock())
    assert states(store) == []
    clock.pass_s(REQUEST_RETENTION_US / US + 1)
    AsideRows(store.resources.database).delete_before(clock() - REQUEST_RETENTION_US)
    assert rows(store) == 0, "planted: what was never hung back stayed for ever, with an associate's name"


@pytest.mark.parametrize("body", ['{"is": "Aside", "state": "of a later version"}', "no JSON", "{}", "[]"])
def test_a_row_that_cannot_be_read_keeps_no_store_from_its_start(
    settings: StoreSettings, clock: ManualClock, store: Store, glass: HttpClient, caplog: pytest.LogCaptureFixture,
    body: str,
) -> None:  # fmt: skip
    put(glass)
    put(glass, "t1.a2", None, SCARF)
    with store.resources.database.writing() as connection:
        connection.execute(ASIDE.update().where(ASIDE.c.aside_id == "t1.a1").values(body=body))
    assert put(glass)["state"] == "asked", "the one in memory is written again only when it changes"
    store.close()
    with (
        caplog.at_level(logging.ERROR),
        build(store.settings, clock, {"till": InProcessTerminal()}) as again,
    ):
        assert [one.aside_id for one in again.asides.listed()] == ["t1.a2"]
        assert "1 pieces that are put aside cannot be read" in caplog.text
        clock.pass_s(REQUEST_RETENTION_US / US + 3 * DAY_S)
        again.tick(clock())
        AsideRows(again.resources.database).delete_before(clock() - REQUEST_RETENTION_US)
        assert rows(again) == 1, "that of the other one, which ended now"


def test_released_twice_it_is_released_once(
    url: str, store: Store, glass: HttpClient, ines: HttpClient
) -> None:
    put(glass)
    ines.ask("POST", f"{ROOT}/t1.a1/take")
    with associate(url, "m-mei", MANAGER_PIN) as mei:
        for who in (ines, mei, ines):
            assert who.ask("POST", f"{ROOT}/t1.a1/release")[0] == 200
        assert states(store) == ["hang-back"]
        assert mei.ask("POST", f"{ROOT}/t1.a1/take")[0] == 409


def test_hundreds_end_in_parts(store: Store, clock: ManualClock, glass: HttpClient) -> None:
    """At the end of a day all end in the same second; each is a transaction, while the rooms' requests wait."""
    put(glass)
    (one,) = store.asides.listed()
    kept = AsideRows(store.resources.database)
    for number in range(40):
        kept.save(replace(one, aside_id=f"v{number}", piece=None), clock())
    store.close()
    with build(store.settings, clock, {"till": InProcessTerminal()}) as again:
        clock.pass_s(60 * 3600)
        left = []
        while states(again):
            again.asides.tick()
            left.append(len(states(again)))
            clock.pass_s(1)
    assert left == [41 - MAX_ENDED, 41 - 2 * MAX_ENDED, 0], (
        "planted: all in one look kept the rooms waiting for half a second"
    )


def test_a_code_is_on_the_disk_before_it_is_shown(store: Store, glass: HttpClient) -> None:
    engine = store.resources.database.engine
    if engine.dialect.name != "sqlite":
        return
    said: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if statement.startswith(("PRAGMA synchronous", "INSERT INTO aside")):
            said.append(statement.partition("(")[0].strip())

    event.listen(engine, "before_cursor_execute", note)
    put(glass)
    at = said.index("INSERT INTO aside")
    # planted fault: with NORMAL a power cut forgets what was written since the last sale
    assert said[at - 1] == "PRAGMA synchronous=FULL"
    event.remove(engine, "before_cursor_execute", note)
