"""Fixtures of the store's tests: databases (SQLite, PostgreSQL), the sample shop, its HTTP clients."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.store.lifecycle import Store
from kiosk.store.settings import StoreSettings
from tests.kiosk.store import postgres
from tests.kiosk.store.http_clients import EventStreamReader, HttpClient, associate, mirror, read_stream
from tests.kiosk.store.sample_shop import (
    PIN,
    InProcessTerminal,
    ManualClock,
    empty_tables,
    sample_store,
    served,
    settings_in,
)
from tests.peers.environment import axe_source


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A database of either kind without rows."""
    if request.param == "sqlite":
        (tmp_path / "store.db").write_bytes(empty_tables())
        return f"sqlite:///{tmp_path / 'store.db'}"
    return postgres.fresh_database(request.getfixturevalue("postgres_server"))


@pytest.fixture(scope="session")
def axe() -> str:
    """The source of axe-core, which examines pages."""
    source = axe_source()
    if source is None:
        pytest.skip("axe-core could not be installed (npm and its registry are needed)")
    return source


@pytest.fixture
def settings(tmp_path: Path) -> StoreSettings:
    return settings_in(tmp_path)


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


@pytest.fixture
def terminal() -> InProcessTerminal:
    return InProcessTerminal()


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.full)])
def store(
    request: pytest.FixtureRequest, settings: StoreSettings, clock: ManualClock, terminal: InProcessTerminal
) -> Iterator[Store]:
    """The sample shop; no thread of its own runs. On PostgreSQL as well with `--full`."""
    if request.param == "postgresql":
        settings = replace(
            settings, database=postgres.fresh_database(request.getfixturevalue("postgres_server"))
        )
    with sample_store(settings, clock, terminal) as opened:
        yield opened


@pytest.fixture
def url(store: Store) -> Iterator[str]:
    """The sample shop's address."""
    with served(store) as address:
        yield address


@pytest.fixture
def room(url: str, settings: StoreSettings) -> Iterator[HttpClient]:
    """The mirror of room 1, paired."""
    with mirror(url, settings.state, "1") as client:
        yield client


@pytest.fixture
def stream(room: HttpClient) -> Iterator[EventStreamReader]:
    """The event stream of room 1, after its first snapshot."""
    with read_stream(room, "/api/v1/rooms/1/stream") as listening:
        listening.named("Snapshot")
        yield listening


@pytest.fixture
def ines(url: str) -> Iterator[HttpClient]:
    """The associate Inès, signed in."""
    with associate(url, "a-ines", PIN) as client:
        yield client
