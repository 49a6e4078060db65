"""The disk of the database is full for a while: health says so, and the log has a line for begin and end."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event
from typing import Any

import pytest
from sqlalchemy import Connection, event

from hardware.threads.supervised import Condition
from kiosk.store.insights.item_events import ItemEventKind
from kiosk.store.lifecycle import Store
from kiosk.store.settings import StoreSettings
from tests.kiosk.store.sample_shop import START_US, ManualClock, sample_store


class Disk:
    """SQLite's own limit of pages: beyond it every change ends with SQLITE_FULL, as on a full disk."""

    def __init__(self, engine: Any) -> None:
        self.full = False
        event.listen(engine, "begin", self._limit, insert=True)

    def _limit(self, connection: Connection) -> None:
        # below the present size it limits to that size
        connection.exec_driver_sql(f"PRAGMA max_page_count = {1 if self.full else 2**30}")


def until(true: Callable[[], bool]) -> None:
    pause = Event()
    while not true():
        pause.wait(0.02)


@pytest.fixture
def store(settings: StoreSettings, clock: ManualClock) -> Any:
    with sample_store(settings, clock) as opened:
        yield opened


def write(store: Store, count: int) -> None:
    store.service.item_events.add(ItemEventKind.OPENED, [(f"S1-{n}", "M") for n in range(count)], START_US)


def test_health_and_log_while_the_disk_is_full(store: Store, caplog: pytest.LogCaptureFixture) -> None:
    disk = Disk(store.resources.database.engine)
    store.open()
    until(lambda: store.health().ok)
    disk.full = True
    write(store, 20_000)
    until(lambda: "disk" in store.health().failing)
    assert not store.health().ok
    with store.resources.database.reading() as connection:
        assert connection.exec_driver_sql("SELECT 1").scalar() == 1, (
            "planted: to read is not enough to notice it"
        )
    rounds = store.clock_loop.heartbeat.count
    until(lambda: store.clock_loop.heartbeat.count > rounds + 5)
    assert store.health().threads["store-clock"] is Condition.OK, "it goes on"
    disk.full = False
    until(lambda: store.health().ok)
    store.close()
    lines = [r.getMessage() for r in caplog.records if r.name.startswith("kiosk.store.clock")]
    assert lines == [
        "periodic work is paused (disk): the disk is full; it is tried again",
        "periodic work goes on: no longer so: the disk is full",
    ]
