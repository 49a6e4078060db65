"""The sample shop's database and feed, whose lines can be changed."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.store.db.database import Database
from tests.kiosk.store import postgres
from tests.kiosk.store.feed_import.taking import FeedShop


@pytest.fixture(scope="session")
def imported_shop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the SQLite database of the sample shop after its first import, and the feed."""
    folder = tmp_path_factory.mktemp("imported")
    shop = FeedShop(Database(f"sqlite:///{folder / 'store.db'}"), folder / "feed")
    shop.take()
    shop.database.close()
    return folder


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.full)])
def shop(request: pytest.FixtureRequest, imported_shop: Path, tmp_path: Path) -> Iterator[FeedShop]:
    """The sample shop after its first import. On PostgreSQL as well with `--full`."""
    if request.param == "postgresql":
        url = postgres.fresh_database(request.getfixturevalue("postgres_server"))
    else:
        shutil.copy(imported_shop / "store.db", tmp_path / "store.db")
        url = f"sqlite:///{tmp_path / 'store.db'}"
    database = Database(url)
    opened = FeedShop(database, tmp_path / "feed")
    opened.take()
    yield opened
    database.close()
