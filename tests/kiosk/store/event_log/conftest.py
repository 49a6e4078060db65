"""A log of events that one program may read."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.store.db.database import Database
from kiosk.store.event_log.events import Scope
from kiosk.store.event_log.feed import EventFeed
from kiosk.store.integrators.accounts import Integrators
from tests.kiosk.store import postgres
from tests.kiosk.store.event_log.event_places import Place
from tests.kiosk.store.sample_shop import empty_tables


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.full)])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A database without rows; of PostgreSQL in the long tests alone, and where a test names it."""
    if request.param == "sqlite":
        (tmp_path / "store.db").write_bytes(empty_tables())
        return f"sqlite:///{tmp_path / 'store.db'}"
    return postgres.fresh_database(request.getfixturevalue("postgres_server"))


@pytest.fixture
def place(database_url: str, tmp_path: Path) -> Iterator[Place]:
    state = tmp_path / "state"
    state.mkdir()
    database = Database(database_url)
    Integrators(database, lambda: 0).add("erp", tuple(Scope), "test")
    found = Place(database_url, state, database, EventFeed(database, state))
    yield found
    found.database.close()
