"""Housekeeping: a changed feed is imported once it is complete, old records are deleted."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import OperationalError

from hardware.rooms.changes import TagArrived
from hardware.threads.supervised import Condition
from kiosk.core.domain.ids import RoomId
from kiosk.store.db.tables import ITEM_EVENT
from kiosk.store.housekeeping import (
    ITEM_EVENT_RETENTION_US,
    MAX_RETRY_US,
    FeedTask,
    Housekeeping,
    feed_stamp,
)
from kiosk.store.insights.item_events import ItemEventKind, ItemEvents, new_basket_id
from kiosk.store.lifecycle import Store
from kiosk.store.settings import StoreSettings
from tests.kiosk.store.http_clients import mirror, read_stream
from tests.kiosk.store.sample_shop import START_US, ManualClock, gtin_of, piece_of, write_feed
from tests.optional_values import present

SHIRT = piece_of("S1", "WHI", "M")


def reprice(settings: StoreSettings, percent: int) -> None:
    file = present(settings.feeds) / "styles.jsonl"
    rows = [json.loads(line) for line in file.read_text().splitlines()]
    for row in rows:
        row["price"]["minor"] = row["price"]["minor"] * percent // 100
    file.write_text("".join(json.dumps(row) + "\n" for row in rows))


def price_in(store: Store) -> int:
    return present(store.service.floor.room(RoomId("1")).pieces[SHIRT].garment).price.minor


def test_a_changed_feed_is_imported_when_it_is_complete_and_the_mirror_shows_it(
    store: Store, url: str, settings: StoreSettings
) -> None:
    store.service.floor.rooms_changed([TagArrived("1", SHIRT, True, 1.0, START_US)])
    with mirror(url, settings.state, "1") as room, read_stream(room, "/api/v1/rooms/1/stream") as stream:
        stream.named("Snapshot")
        assert not store.housekeeping.check()
        reprice(settings, 90)
        assert not store.housekeeping.check(), "the feed may still be written"
        assert store.housekeeping.check()
        assert not store.housekeeping.check()
        told = stream.named("GarmentArrived")
        assert (told["piece"], told["garment"]["price"]["minor"]) == (SHIRT, 11_610)
    assert price_in(store) == 11_610


def test_a_broken_feed_changes_nothing(store: Store, settings: StoreSettings) -> None:
    store.service.floor.rooms_changed([TagArrived("1", SHIRT, True, 1.0, START_US)])
    (present(settings.feeds) / "styles.jsonl").write_text("")
    store.housekeeping.check()
    assert store.housekeeping.check()
    assert price_in(store) == 12_900


def test_stock_sold_in_another_room_is_no_longer_offered(store: Store) -> None:
    from kiosk.core.domain.ids import OrderId, Ticket
    from kiosk.core.visit.effects import PriceOrder

    store.service.floor.rooms_changed([TagArrived("1", SHIRT, True, 1.0, START_US)])
    other = (piece_of("S1", "WHI", "L"), gtin_of("S1", "WHI", "L"))
    order = store.service.price_order(RoomId("2"), PriceOrder(Ticket("t"), OrderId("o1"), (other,), None))
    lines = [(line.piece, line.article) for line in order.lines]
    store.resources.catalogue.sell_orders([(order.order_id, lines)], START_US)
    store.service.floor.catalogue_changed()
    here = store.service.floor.room(RoomId("1")).pieces[SHIRT].garment
    assert present(present(here).stock_of(other[1]))[1].floor == 1


def test_item_events_are_deleted_after_their_retention(store: Store, clock: ManualClock) -> None:
    item_events = ItemEvents(store.resources.database)
    item_events.add(ItemEventKind.TRIED, [("S1-WHI", "M")], clock() - ITEM_EVENT_RETENTION_US - 3_600_000_000)
    item_events.add(ItemEventKind.TRIED, [("S1-WHI", "M")], clock())
    store.housekeeping.check()
    with store.resources.database.reading() as connection:
        assert connection.scalar(select(func.count()).select_from(ITEM_EVENT)) == 1


def test_an_item_event_holds_the_hour_and_no_person(store: Store, clock: ManualClock) -> None:
    basket = new_basket_id()
    ItemEvents(store.resources.database).add(
        ItemEventKind.OPENED, [("S1-WHI", "")], clock() + 1_234_567, basket
    )
    with store.resources.database.reading() as connection:
        row = connection.execute(select(ITEM_EVENT)).one()
    assert row.at_us % 3_600_000_000 == 0
    assert set(row._mapping) == {"mark_id", "at_us", "kind", "item", "size", "basket"}
    assert row.basket == basket != new_basket_id()


def housekeeping(feed: FeedTask | None, clock: ManualClock, **tasks: Any) -> Housekeeping:
    return Housekeeping(
        feed, **{"delete_before": lambda *_: None, "reload_models": lambda: None, **tasks}, now_us=clock
    )


def test_without_a_feed_nothing_is_imported(clock: ManualClock) -> None:
    assert not housekeeping(None, clock).check()


class Failing:
    """A task that fails until `error` is taken away."""

    def __init__(self, error: Exception) -> None:
        self.error: Exception | None = error
        self.runs = 0

    def __call__(self, *_: object) -> bool:
        self.runs += 1
        if self.error is not None:
            raise self.error
        return True


@pytest.mark.parametrize(
    "error", [OSError(28, "disk full"), OperationalError("", {}, Exception()), KeyError("shopper Clara")]
)
@pytest.mark.parametrize("name", ["old records", "models", "feed"])
def test_a_task_that_fails_is_told_once_and_keeps_no_other_from_running(
    tmp_path: Path, clock: ManualClock, caplog: pytest.LogCaptureFixture, name: str, error: Exception
) -> None:
    failing, clean_up, models, feed = Failing(error), Failing(error), Failing(error), Failing(error)
    failing = {"old records": clean_up, "models": models, "feed": feed}[name]
    for other in {clean_up, models, feed} - {failing}:
        other.error = None
    folder = write_feed(tmp_path / "feed")
    task = FeedTask(folder, feed, lambda: False, feed_stamp(folder), complete=False)
    keeping = housekeeping(task, clock, delete_before=clean_up, reload_models=models)
    for _ in range(5):
        clock.pass_s(4_000)
        keeping.check()
    assert models.runs == 5
    assert clean_up.runs > 1
    assert feed.runs >= 1
    assert keeping.failing == (name,)
    told = [r for r in caplog.records if r.getMessage().startswith(f"housekeeping: {name} failed")]
    assert len(told) == 1
    assert "Clara" not in caplog.text
    runs, failing.error = failing.runs, None
    clock.pass_s(4_000)
    keeping.check()
    assert failing.runs == runs + 1
    assert keeping.failing == ()


def test_the_thread_outlives_a_fault(clock: ManualClock) -> None:
    reached = Event()

    def fail() -> None:
        reached.set()
        raise RuntimeError

    keeping = housekeeping(None, clock, reload_models=fail)
    assert keeping.state.condition is Condition.OK
    keeping.start()
    try:
        assert reached.wait(20)
        assert keeping.state.condition is Condition.OK
    finally:
        keeping.close()
    assert keeping.failing == ("models",)


@pytest.mark.parametrize("accepted", [False, True])
def test_an_import_that_failed_is_tried_again_after_longer_and_longer_waits(
    tmp_path: Path, clock: ManualClock, accepted: bool
) -> None:
    """Also if there is a yes for a file that cannot be read now."""
    folder = write_feed(tmp_path / "feed")
    runs: list[int] = []

    def run(_: Path) -> bool:
        runs.append(clock())
        return False

    keeping = housekeeping(FeedTask(folder, run, lambda: accepted, feed_stamp(folder), complete=False), clock)
    for _ in range(400):
        clock.pass_s(2)
        keeping.check()
    waits = [after - before for before, after in pairwise(runs)]
    assert waits == sorted(waits)
    assert 5 < len(waits) < 12
    assert max(waits) <= MAX_RETRY_US


def test_a_yes_starts_the_import_of_a_feed_that_has_not_changed(tmp_path: Path, clock: ManualClock) -> None:
    folder = write_feed(tmp_path / "feed")
    said: list[bool] = []
    keeping = housekeeping(FeedTask(folder, lambda _: True, lambda: bool(said), feed_stamp(folder)), clock)
    assert not keeping.check()
    said.append(True)
    assert keeping.check()
