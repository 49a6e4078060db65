"""Housekeeping: a changed feed is imported once it is complete, old records are deleted."""

from __future__ import annotations

import json

from sqlalchemy import func, select

from hardware.rooms.changes import TagArrived
from kiosk.core.domain.ids import RoomId
from kiosk.store.db.tables import ITEM_EVENT
from kiosk.store.housekeeping import ITEM_EVENT_RETENTION_US, Housekeeping
from kiosk.store.insights.item_events import ItemEventKind, ItemEvents, new_basket_id
from kiosk.store.lifecycle import Store
from kiosk.store.settings import StoreSettings
from tests.kiosk.store.http_clients import mirror, read_stream
from tests.kiosk.store.sample_shop import START_US, ManualClock, gtin_of, piece_of
from tests.optional_values import present

SHIRT = piece_of("S1", "WHI", "M")


def reprice(settings: StoreSettings, minor: int) -> None:
    file = present(settings.feeds) / "styles.jsonl"
    rows = [json.loads(line) for line in file.read_text().splitlines()]
    for row in rows:
        row["price"]["minor"] = minor
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
        reprice(settings, 5_000)
        assert not store.housekeeping.check(), "the feed may still be written"
        assert store.housekeeping.check()
        assert not store.housekeeping.check()
        told = stream.named("GarmentArrived")
        assert (told["piece"], told["garment"]["price"]["minor"]) == (SHIRT, 5_000)
    assert price_in(store) == 5_000


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
    store.payments.settlement.settle(order)
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


def test_without_a_feed_nothing_is_imported() -> None:
    keeping = Housekeeping(
        None,
        import_feed=lambda _: None,
        delete_before=lambda *_: None,
        reload_models=lambda: None,
        now_us=lambda: START_US,
    )
    assert not keeping.check()
