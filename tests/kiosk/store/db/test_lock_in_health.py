"""Health says when another program keeps the database locked for long, and when it has ended."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

import pytest
from sqlalchemy.exc import SQLAlchemyError

from kiosk.store.db.database import Database
from kiosk.store.db.waits import LOCKED_FOR_S, DatabaseBusyError, Waits


@contextmanager
def locked_store(folder: Path) -> Iterator[tuple[Database, sqlite3.Connection]]:
    """A database, and the connection of another program that keeps it locked until `rollback`."""
    database = Database(f"sqlite:///{folder / 'store.db'}")
    with closing(sqlite3.connect(folder / "store.db", isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        yield database, other
    database.close()


def test_a_lock_counts_from_the_first_change_that_failed_until_one_succeeds() -> None:
    now_s = [100.0]
    waits = Waits(lambda: now_s[0])
    assert waits.locked_s == 0
    for _ in range(3):
        waits.note(DatabaseBusyError())
        now_s[0] += LOCKED_FOR_S / 2
    assert waits.locked_s == 1.5 * LOCKED_FOR_S, "further failures do not begin it anew"
    waits.written()
    assert waits.locked_s == 0
    waits.note(SQLAlchemyError())
    assert waits.locked_s == 0, "another failure is no lock"


def test_a_short_lock_is_no_fault_of_the_store(tmp_path: Path) -> None:
    with locked_store(tmp_path) as (database, other):
        with suppress(SQLAlchemyError), database.writing():
            pass
        assert database.reachable()
        other.rollback()


@pytest.mark.full
def test_a_long_lock_is_told_and_its_end_too(tmp_path: Path) -> None:
    with locked_store(tmp_path) as (database, other):
        end_s = time.monotonic() + 4 * LOCKED_FOR_S
        while database.reachable() and time.monotonic() < end_s:
            with suppress(SQLAlchemyError), database.writing(1.0):
                pass
        assert not database.reachable()
        other.rollback()
        assert database.reachable(), "nobody else has to write first"
