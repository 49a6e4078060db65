"""After a restore, or with a damaged database, readers are told to begin anew; who has access has it still."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from kiosk.store.event_log.errors import EventsGoneError
from kiosk.store.event_log.events import EventKind, Scope
from kiosk.store.event_log.positions import Position
from kiosk.store.lifecycle import Store
from kiosk.store.settings import StoreSettings
from tests.kiosk.store.backup.backed_up import shop_in
from tests.kiosk.store.integrators.event_readers import sell
from tests.kiosk.store.sample_shop import sample_store

PAGE = 4096


def begun_anew(store: Store, at: Position, token: str) -> bool:
    """Whether a reader at this position is told so, and its token is accepted."""
    assert store.events.integrators.of_token(token) is not None
    with pytest.raises(EventsGoneError):
        store.events.feed.position(str(at))
    return store.events.feed.newest.stream_id != at.stream_id


def test_a_reader_that_has_more_than_the_back_up_is_told_so(tmp_path: Path) -> None:
    shop = shop_in(tmp_path)
    with sample_store(shop.settings) as store:
        token = store.events.integrators.add("erp", tuple(Scope), "test")
        sell(store, 1)
    made = shop.backup()
    with sample_store(shop.settings) as store:
        sell(store, 2)
        at = store.events.feed.newest
    shop.lose_machine()
    assert shop.restore(made.file, "--json") == 0
    with sample_store(shop.settings) as store:
        sell(store, 3, 4)
        assert begun_anew(store, at, token)


def test_a_damaged_table_of_events_is_told_to_its_readers(settings: StoreSettings) -> None:
    with sample_store(settings) as store:
        token = store.events.integrators.add("erp", tuple(Scope), "test")
        sell(store, *range(40))
        at = store.events.feed.newest
    file = settings.state / "store.db"
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        query = "SELECT max(pageno) FROM dbstat WHERE name = 'event' AND pagetype = 'leaf'"
        (page,) = connection.execute(query).fetchone()
    with file.open("r+b") as opened:
        opened.seek((page - 1) * PAGE)
        opened.write(b"\xa5" * PAGE)
    with sample_store(settings) as store:
        assert begun_anew(store, at, token)
        sell(store, 41)
        feed = store.events.feed
        assert len(feed.page(feed.position("oldest"), frozenset(EventKind)).events) == 1
