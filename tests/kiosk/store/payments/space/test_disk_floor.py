"""A disk that fills up: new orders are refused before it is full, what was begun is finished, payments open again."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.store.lifecycle import Store
from kiosk.store.payments.space.disk_floor import DiskFloor, is_full
from tests.kiosk.store import postgres
from tests.kiosk.store.http_clients import EventStreamReader, HttpClient, mirror, read_stream
from tests.kiosk.store.payments.payment_steps import COAT, SHIRT, collect, price
from tests.kiosk.store.payments.space.small_disk import SmallDisk, small_disk
from tests.kiosk.store.payments.transactions.payment_waits import until
from tests.kiosk.store.sample_shop import InProcessTerminal, ManualClock, sample_store, served, settings_in

SIZE_MB, FLOOR_MB = 12, 6


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[SmallDisk]:
    with small_disk(tmp_path / "disk", SIZE_MB) as found:
        if found is None:
            pytest.skip("this user may not mount a tmpfs")
        yield found


@pytest.fixture(params=["file", "database"])
def shop(
    request: pytest.FixtureRequest, tmp_path: Path, disk: SmallDisk, terminal: InProcessTerminal
) -> Iterator[Store]:
    """A shop whose state folder is on the small disk; its ledger is there as well, or in PostgreSQL."""
    plain = settings_in(tmp_path, min_free_mb=FLOOR_MB)
    settings = replace(
        plain, state=disk.folder / "state", timeouts=replace(plain.timeouts, first_query_us=1000)
    )
    if request.param == "database":
        url = postgres.fresh_database(request.getfixturevalue("postgres_server"))
        settings = replace(settings, database=url, ledger_in_database=True)
    with sample_store(settings, ManualClock(), terminal) as store:
        yield store


@pytest.fixture
def mirror_of_shop(shop: Store) -> Iterator[tuple[HttpClient, EventStreamReader]]:
    with (
        served(shop) as url,
        mirror(url, shop.settings.state, "1") as room,
        read_stream(room, "/api/v1/rooms/1/stream") as stream,
    ):
        stream.named("Snapshot")
        yield room, stream


def paid(stream: EventStreamReader, order: str) -> None:
    stream.wait(lambda n, b: n == "PaymentMoved" and b["state"] == "paid" and b["order_id"] == order)


def test_new_orders_are_refused_before_the_disk_is_full_and_the_running_one_is_finished(
    shop: Store, disk: SmallDisk, terminal: InProcessTerminal, mirror_of_shop: tuple[HttpClient, EventStreamReader],
    caplog: pytest.LogCaptureFixture,
) -> None:  # fmt: skip
    room, stream = mirror_of_shop
    assert price(room, "o1", (SHIRT,))[0] == 200
    collect(room, "o1")
    stream.wait(lambda n, b: n == "PaymentMoved" and b["state"] == "sent")
    disk.fill(left_mb=FLOOR_MB / 2)
    shop.tick(1)
    status, problem = price(room, "o2", (COAT,))
    assert (status, problem["code"]) == (503, "no-space")
    health = shop.health()
    assert (health.ok, health.payments_closed, health.disk.low) == (False, True, True)
    assert health.disk.free_mb < health.disk.floor_mb == FLOOR_MB
    terminal.tap()
    paid(stream, "o1")
    disk.empty()
    shop.tick(2)
    assert price(room, "o3", (COAT,))[0] == 200, "payments open by themselves"
    assert shop.health().ok
    said = [record.message for record in caplog.records if "new orders are" in record.message]
    assert len(said) == 2, said
    assert "refused" in said[0]
    assert "taken again" in said[1]


@pytest.mark.parametrize("shop", ["file"], indirect=True)
def test_the_mirror_asks_for_no_card_once_the_charge_cannot_be_written(
    shop: Store, disk: SmallDisk, terminal: InProcessTerminal, mirror_of_shop: tuple[HttpClient, EventStreamReader],
) -> None:  # fmt: skip
    room, stream = mirror_of_shop
    assert price(room, "o1", (SHIRT,))[0] == 200
    assert price(room, "o2", (COAT,))[0] == 200
    collect(room, "o1")
    stream.wait(lambda n, b: n == "PaymentMoved" and b["state"] == "sent")
    fill_to_the_last_byte(shop, disk)
    terminal.tap()
    stream.wait(lambda n, b: n == "PaymentMoved" and b["state"] == "unsure" and b["order_id"] == "o1")
    states = [b["state"] for n, b in stream.messages if n == "PaymentMoved"]
    assert states[-1] != "sent"
    status, told = collect(room, "o2")
    assert (status, told["state"], told["why"]) == (202, "declined", "no-space")
    disk.empty()
    shop.payments.sweep.start()
    paid(stream, "o1")
    assert terminal.collected() == [1], "nothing is charged twice"
    until(shop, lambda: not shop.payments.book.open_attempts())
    assert collect(room, "o2", attempt=2)[1]["state"] in ("keyed", "sent")


def fill_to_the_last_byte(shop: Store, disk: SmallDisk) -> None:
    """Fills the disk, and what the ledger's journal file has in reserve, until the ledger cannot be written."""
    disk.fill()
    ledger = shop.resources.ledger
    for _ in range(10_000):
        try:
            ledger.append("filler", "", {"text": "x" * 4000}, 1)
        except sqlite3.OperationalError as error:
            if is_full(error):
                return
            raise
    raise AssertionError("the ledger can still be written")


def test_a_floor_of_zero_takes_orders_on_any_disk(disk: SmallDisk) -> None:
    disk.fill()
    DiskFloor(disk.folder, 0).check()
    assert DiskFloor(disk.folder, 1).look().low, "the planted fault: without a floor nothing is noticed"


def test_a_disk_at_its_floor_does_not_open_and_close(disk: SmallDisk) -> None:
    floor = DiskFloor(disk.folder, FLOOR_MB)
    disk.fill(left_mb=FLOOR_MB - 0.2)
    assert floor.look().low
    disk.empty()
    disk.fill(left_mb=FLOOR_MB + 0.2)
    assert floor.look().low
    disk.empty()
    assert not floor.look().low


def test_a_folder_that_cannot_be_asked_counts_as_full(tmp_path: Path) -> None:
    assert DiskFloor(tmp_path / "gone", 1).look().low
