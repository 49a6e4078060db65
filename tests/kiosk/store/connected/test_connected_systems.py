"""A store that reads a system by itself: the catalogue, its age, a system that is down, and restarts."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from sqlalchemy import func, select

from kiosk.clock import US
from kiosk.config.connectors.connector import Connector
from kiosk.store.connected.connected_systems import FIRST_RETRY_S, is_failing, wait_s
from kiosk.store.connected.pull_record import PullRecord, pull_lock, read_record
from kiosk.store.db.tables import SKU, STOCK
from kiosk.store.fleet.problems import FleetProblem
from kiosk.store.lifecycle import Store
from kiosk.store.settings import StoreSettings
from tests.house.test_retention import undeclared
from tests.kiosk.connectors.commerce.faults import breaks, status
from tests.kiosk.connectors.commerce.shop_system import (
    ShopSystem,
    description,
    key_file,
    product,
    shop_system,
)
from tests.kiosk.store.http_clients import associate
from tests.kiosk.store.integrators.hooks.test_web_hooks_of_a_store import soon
from tests.kiosk.store.sample_shop import MANAGER_PIN, ManualClock, sample_store, served, settings_in
from tests.optional_values import present

MINUTE_US = 60 * US


@dataclass
class Place:
    """A shop without a feed of its own, which reads the system `erp`."""

    settings: StoreSettings
    shop: ShopSystem
    clock: ManualClock

    @contextmanager
    def store(self) -> Iterator[Store]:
        with sample_store(self.settings, self.clock) as store:
            yield store

    def read(self, store: Store) -> bool:
        """A reading, and the import that housekeeping makes of it."""
        good = store.connected.read("erp")
        store.housekeeping.check()
        store.housekeeping.check()
        return good

    @property
    def record(self) -> PullRecord:
        return read_record(self.settings.state, "erp")


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    with shop_system() as shop:
        shop.sell(4)
        settings = settings_in(tmp_path)
        described = tmp_path / "erp.yaml"
        described.write_text(description("page"), "utf-8")
        connector = Connector(
            uri=f"mapped+http://127.0.0.1:{shop.port}/api", description=described, key_file=key_file(tmp_path),
            network="this-computer", every_minutes=10,
        )  # fmt: skip
        changed = replace(
            settings, feeds=settings.state / "mapped", connectors={"erp": connector}, company_prefixes=()
        )
        yield Place(changed, shop, ManualClock())


def count(store: Store) -> tuple[int, int]:
    """Articles, and the sum of all counts."""
    with store.resources.database.reading() as connection:
        articles = connection.scalar(select(func.count()).select_from(SKU))
        pieces = connection.scalar(select(func.sum(STOCK.c.count)).select_from(STOCK))
    return articles or 0, int(pieces or 0)


def test_what_the_system_sells_is_in_the_store(place: Place) -> None:
    with place.store() as store:
        assert count(store) == (0, 0)
        assert place.read(store)
        assert count(store) == (12, 48)
        place.shop.products[0]["variants"][0]["stock"] = 1
        place.shop.sell(1, 20)
        place.clock.pass_s(600)
        assert place.read(store)
        assert count(store) == (15, 57)


def test_a_system_that_is_down_changes_nothing_and_its_age_grows(place: Place) -> None:
    with place.store() as store:
        assert place.read(store)
        began_us = place.clock.now_us
        for fault in (status(500), breaks, status(401), status(302, Location="/")):
            place.clock.pass_s(900)
            place.shop.always = fault
            assert not place.read(store)
            assert count(store) == (12, 48)
        (health,) = store.health().connectors
        assert (health.pulled_us, health.tries, health.failing) == (began_us, 4, True)
        place.shop.always = None
        assert place.read(store)
        (health,) = store.health().connectors
        assert (health.pulled_us, health.tries, health.failing) == (place.clock.now_us, 0, False)


def test_what_fails_is_on_the_page_and_among_the_faults(place: Place) -> None:
    with place.store() as store:
        place.shop.always = status(403)
        assert not place.read(store)
        assert FleetProblem.CONNECTOR_FAILING in {fault.problem for fault in store.faults()}
        assert {fault.room for fault in store.faults()} >= {"connectors.erp"}
        assert store.health().ok, "the shop goes on"


def test_managers_see_how_old_it_is(place: Place, tmp_path: Path) -> None:
    settings = replace(place.settings, feeds=settings_in(tmp_path / "other").feeds)
    # the configured feed has people only
    for kind in ("styles", "items", "stock", "looks"):
        (Path(str(settings.feeds)) / f"{kind}.jsonl").unlink()
    place.settings = settings
    with place.store() as store, served(store) as url, associate(url, "m-mei", MANAGER_PIN) as mei:
        assert place.read(store)
        page = mei.ask("GET", "/api/v1/fleet")[1]["store"]
        assert [(one["name"], one["pulled_us"], one["failing"]) for one in page["connectors"]] == [
            ("erp", place.clock.now_us, False)
        ]
        assert count(store) == (12, 48)


def test_files_of_the_feed_that_something_else_has_written_stay(place: Place, tmp_path: Path) -> None:
    """The retailer's own files and a system that both give the articles: nothing is replaced, and it is said."""
    place.settings = replace(place.settings, feeds=settings_in(tmp_path / "other").feeds)
    with place.store() as store:
        before = count(store)
        assert not place.read(store)
        assert (count(store), "something else has written" in place.record.why) == (before, True)
        assert store.health().connectors[0].failing


def test_many_articles_that_are_gone_wait_for_a_yes(place: Place) -> None:
    with place.store() as store:
        assert place.read(store)
        del place.shop.products[1:]
        place.clock.pass_s(600)
        assert place.read(store)
        assert count(store)[0] == 12, (
            "planted: without the feed's limit three quarters of the shop were deleted"
        )
        assert {loss.kind for loss in store.service.feed.state().held} == {"styles"}


def test_a_price_that_leaps_waits_for_a_yes(place: Place) -> None:
    with place.store() as store:
        assert place.read(store)
        place.shop.products[0] = product(0, price=5990)
        place.clock.pass_s(600)
        assert place.read(store)
        assert store.service.feed.state().held


def test_the_next_start_knows_what_was_read_and_when(place: Place) -> None:
    with place.store() as store:
        assert place.read(store)
    place.shop.always = status(503)
    with place.store() as store:
        assert count(store) == (12, 48)
        assert store.health().connectors[0].pulled_us == place.clock.now_us


def test_counts_are_as_old_as_the_system_is_behind(place: Place) -> None:
    late = place.settings.connectors["erp"].model_copy(update={"behind_minutes": 30})
    place.settings = replace(place.settings, connectors={"erp": late})
    with place.store() as store:
        assert place.read(store)
        assert store.service.feed.state().stock_file_us == place.clock.now_us - 30 * MINUTE_US


def test_stock_is_read_more_often_than_the_catalogue(place: Place) -> None:
    connector = place.settings.connectors["erp"]
    present(connector.description).write_text(description("cursor", stock="list"), "utf-8")
    often = connector.model_copy(update={"catalogue_every_minutes": 60})
    place.settings = replace(place.settings, connectors={"erp": often})
    with place.store() as store:
        for minute in range(0, 61, 10):
            place.shop.asked.clear()
            place.shop.products[0]["variants"][0]["stock"] = minute
            assert place.read(store)
            lists = {path.rpartition("/")[2] for path, _, _ in place.shop.asked}
            assert lists == ({"products", "levels"} if minute in (0, 60) else {"levels"})
            assert count(store) == (12, 11 * 4 + minute + 12 * 9)
            (health,) = store.health().connectors
            assert health.lists_us["stock"] == health.pulled_us == place.clock.now_us
            assert place.record.entries == {"catalogue": 4, "stock": 12}
            assert (place.record.lines["items"], place.record.lines["stock"]) == (12, 24)
            place.clock.pass_s(600)


def test_what_it_keeps_is_declared(place: Place) -> None:
    with place.store() as store:
        assert place.read(store)
        assert undeclared(file.name for file in place.settings.state.iterdir()) == []


def test_its_threads_read_at_the_start_and_end_at_once(place: Place) -> None:
    with place.store() as store:
        store.connected.start()
        soon(lambda: place.record.pulled_us > 0)
        assert [state.name for state in store.connected.thread_states()] == ["connector erp"]
        store.connected.close()
        store.connected.close()


def test_a_reading_under_way_is_cut_when_the_store_closes(place: Place) -> None:
    place.shop.always = lambda _: place.shop.ended.wait(20)
    with place.store() as store:
        store.connected.start()
        soon(lambda: bool(place.shop.asked))
        store.connected.close()
        assert place.record == PullRecord(), "an end is no fault of the system"
    place.shop.ended.set()


def test_one_reads_it_at_a_time(place: Place) -> None:
    with place.store() as store, pull_lock(place.settings.state, "erp") as free:
        assert free
        assert not store.connected.read("erp")
        assert not place.shop.asked


def test_a_description_that_is_damaged_meanwhile(place: Place) -> None:
    with place.store() as store:
        assert place.read(store)
        file = present(place.settings.connectors["erp"].description)
        file.write_text("catalogue: {path: [}", "utf-8")
        assert not place.read(store)
        assert (count(store), store.health().connectors[0].failing) == ((12, 48), True)
        file.unlink()
        assert not place.read(store)
        file.write_text(description("page"), "utf-8")
        assert place.read(store)


@pytest.mark.parametrize(
    ("record", "minutes", "wait"),
    [
        (PullRecord(), 0, 0), (PullRecord(pulled_us=1, tried_us=1), 0, 600),
        (PullRecord(pulled_us=1, tried_us=1), 4, 360),
        (PullRecord(pulled_us=1, tried_us=1), 11, 0), (PullRecord(tried_us=1).failed("down", 1), 0, FIRST_RETRY_S),
        (PullRecord(tried_us=1, tries=3).failed("down", 1), 0, 240), (PullRecord(tries=60).failed("down", 1), 0, 1800),
        (PullRecord().failed("busy", 1, 900), 0, 900), (PullRecord(pulled_us=10**15, tried_us=10**15), 0, 0),
    ],
    ids=["new", "just", "later", "due", "first", "fourth", "at most", "as it asks", "clock set back"],
)  # fmt: skip
def test_when_it_is_read_again(record: PullRecord, minutes: int, wait: float) -> None:
    assert wait_s(record, 600.0, 1 + minutes * MINUTE_US) == pytest.approx(wait)


@pytest.mark.parametrize(
    ("record", "minutes", "failing"),
    [
        (PullRecord(), 9999, False), (PullRecord(pulled_us=1, tried_us=1), 9999, False),
        (PullRecord(pulled_us=1, tries=1), 29, False), (PullRecord(pulled_us=1, tries=1), 30, True),
        (PullRecord().failed("down", 1), 29, False), (PullRecord().failed("down", 1), 31, True),
        (PullRecord().failed("key", 1, must_act=True), 0, True),
    ],
    ids=["new", "well", "a while", "long", "never, a while", "never, long", "key"],
)  # fmt: skip
def test_when_somebody_must_act(record: PullRecord, minutes: int, failing: bool) -> None:
    assert is_failing(record, 10, 1 + minutes * MINUTE_US) is failing


def test_a_record_of_another_version_is_read(tmp_path: Path) -> None:
    (tmp_path / "connectors").mkdir()
    file = tmp_path / "connectors" / "erp.json"
    file.write_text('{"pulled_us": 7, "something": "else"}')
    assert read_record(tmp_path, "erp") == PullRecord(pulled_us=7)
    for damaged in ("", "[]", "{", "null"):
        file.write_text(damaged)
        assert read_record(tmp_path, "erp") == PullRecord()
