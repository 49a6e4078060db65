"""While another program writes to the database, no thread waits for it under a lock of the store's state."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path
from threading import Event, Thread

import psycopg
import pytest
from sqlalchemy import delete, select
from sqlalchemy.exc import SQLAlchemyError

from kiosk.store.db.database import Database
from kiosk.store.db.tables import ITEM_EVENT
from kiosk.store.db.waits import DatabaseBusyError, Waits, is_busy
from kiosk.store.insights.item_events import ItemEventKind, ItemEvents

PLANTED_S = 60.0
"""How long the planted fault waits under the lock."""


@contextmanager
def held(url: str) -> Iterator[None]:
    """Another connection writes; PostgreSQL's locks the table for readers too."""
    if url.startswith("sqlite"):
        with closing(sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            yield
        return
    with psycopg.connect(url) as other:
        other.execute(f"LOCK TABLE {ITEM_EVENT.name} IN ACCESS EXCLUSIVE MODE")
        yield
        other.rollback()


class PatientDatabase(Database):
    """The planted fault: waits for other writers although a lock of the store's state is held."""

    @property
    def _in_state(self) -> bool:
        return False

    def writing(self, wait_s: float = PLANTED_S) -> AbstractContextManager[object]:  # type: ignore[override]
        return super().writing(wait_s)


@pytest.fixture
def opened(database_url: str) -> Iterator[Database]:
    with closing(Database(database_url)) as database:
        yield database


def write(database: Database) -> None:
    with database.writing() as connection:
        connection.execute(delete(ITEM_EVENT))


def others_get_the_lock(database: Database, url: str, work: Callable[[], None], within_s: float) -> bool:
    """Whether another thread gets the lock while the database is held and one works under the lock."""
    begun, got, done = Event(), Event(), Event()

    def under_lock() -> None:
        with database.lock:
            begun.set()
            try:
                work()
            except SQLAlchemyError as error:
                if not is_busy(error):
                    raise

    def other() -> None:
        begun.wait(20)
        with database.lock:
            got.set()
        done.wait(20)

    threads = [Thread(target=under_lock), Thread(target=other)]
    with held(url):
        for thread in threads:
            thread.start()
        found = got.wait(within_s)
    done.set()
    for thread in threads:
        thread.join(PLANTED_S)
    return found


def test_a_writer_under_the_lock_gives_up_at_once(opened: Database, database_url: str) -> None:
    assert others_get_the_lock(opened, database_url, lambda: write(opened), 20)


def test_a_reader_under_the_lock_gives_up_at_once(opened: Database, database_url: str) -> None:
    def read() -> None:
        with opened.reading() as connection:
            connection.execute(select(ITEM_EVENT)).all()

    assert others_get_the_lock(opened, database_url, read, 20)


def test_the_planted_fault_is_caught(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'store.db'}"
    with closing(PatientDatabase(url)) as patient:
        assert not others_get_the_lock(patient, url, lambda: write(patient), 0.5)


def test_a_lock_of_other_state_counts_as_well(opened: Database, database_url: str) -> None:
    with held(database_url), opened.new_lock(), pytest.raises(SQLAlchemyError) as raised:
        write(opened)
    assert is_busy(raised.value)


def test_a_change_is_made_once_the_other_program_has_finished(tmp_path: Path) -> None:
    file = tmp_path / "store.db"
    with (
        closing(Database(f"sqlite:///{file}")) as database,
        closing(sqlite3.connect(file, isolation_level=None)) as other,
    ):
        other.execute("BEGIN IMMEDIATE")
        tries: list[int] = []

        def change() -> int:
            tries.append(1)
            if len(tries) == 2:
                write(database)
                return 7
            with database.lock:
                try:
                    write(database)
                finally:
                    other.execute("ROLLBACK")
            return 0

        assert database.once_free(change) == 7
        assert len(tries) == 2


def test_item_events_wait_for_the_database_and_none_is_lost(opened: Database, database_url: str) -> None:
    events = ItemEvents(opened)
    with held(database_url):
        for number in range(600):
            events.add(ItemEventKind.TRIED, [(f"item-{number}", "")], 1)
    events.write()
    with opened.reading() as connection:
        rows = connection.execute(select(ITEM_EVENT.c.item)).scalars().all()
    assert sorted(rows) == sorted(f"item-{number}" for number in range(600))


def test_after_a_wait_in_vain_the_next_ones_are_short() -> None:
    waits = Waits()
    assert waits.seconds(5.0, under_lock=True) < 0.1
    waits.note(DatabaseBusyError())
    assert waits.seconds(5.0, under_lock=True) < 0.01
    assert waits.seconds(0.12, under_lock=False) <= 0.05
    assert waits.seconds(5.0, under_lock=False) == 5.0, "imports and commands wait as before"
