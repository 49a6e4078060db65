"""Fixtures of the advice tests: the sample shop's catalogue in a database, without a running store."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.store.advice.assortment.assortment import Assortment
from kiosk.store.advice.assortment.index import AssortmentIndex
from kiosk.store.catalogue.catalogue import Catalogue
from kiosk.store.db.database import Database
from tests.kiosk.store.feed_import.taking import take
from tests.kiosk.store.sample_shop import write_feed


@pytest.fixture
def sample_database(tmp_path: Path) -> Iterator[Database]:
    """A database with the sample shop's feed."""
    database = Database(f"sqlite:///{tmp_path / 'sample.db'}")
    take(database, write_feed(tmp_path / "sample-feed"))
    yield database
    database.close()


@pytest.fixture
def sample_catalogue(sample_database: Database) -> Catalogue:
    return Catalogue(sample_database)


@pytest.fixture
def sample_index(sample_database: Database) -> AssortmentIndex:
    return AssortmentIndex(sample_database)


@pytest.fixture
def sample_assortment(sample_index: AssortmentIndex) -> Assortment:
    return sample_index.build()
