"""The store's tests run on SQLite and on PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.store.lifecycle import Store
from kiosk.store.settings import StoreSettings
from tests.kiosk.store import postgres
from tests.kiosk.store.http_hands import Ears, Hands, ears, mirror
from tests.kiosk.store.small_shop import DrawerTerminal, HandClock, served, settings_in, small_store


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    if postgres.binaries() is None:
        pytest.skip("Debian's postgresql is not installed")
    with postgres.server() as running:
        yield running.url


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty database of either kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'store.db'}"
    return postgres.fresh_database(request.getfixturevalue("postgres_server"))


@pytest.fixture
def settings(tmp_path: Path) -> StoreSettings:
    return settings_in(tmp_path)


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def terminal() -> DrawerTerminal:
    return DrawerTerminal()


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.full)])
def store(
    request: pytest.FixtureRequest, settings: StoreSettings, clock: HandClock, terminal: DrawerTerminal
) -> Iterator[Store]:
    """The small shop; no thread of its own runs. On PostgreSQL as well with `--full`."""
    if request.param == "postgresql":
        settings = replace(
            settings, database=postgres.fresh_database(request.getfixturevalue("postgres_server"))
        )
    with small_store(settings, clock, terminal) as opened:
        yield opened


@pytest.fixture
def url(store: Store) -> Iterator[str]:
    """The small shop's address."""
    with served(store) as address:
        yield address


@pytest.fixture
def room(url: str, settings: StoreSettings) -> Iterator[Hands]:
    """The mirror of room 1, paired."""
    with mirror(url, settings.state, "1") as hands:
        yield hands


@pytest.fixture
def stream(room: Hands) -> Iterator[Ears]:
    """What the store tells room 1, from the first snapshot on."""
    with ears(room, "/api/v1/rooms/1/stream") as listening:
        listening.named("Snapshot")
        yield listening
