"""A database that tests migrate step by step."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.config import Config

from kiosk.store.db.revisions import migration_config
from tests.kiosk.store import postgres


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A database of either kind without tables: here they are made."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'store.db'}"
    return postgres.fresh_database(request.getfixturevalue("postgres_server"))


@pytest.fixture
def migrate(database_url: str) -> Iterator[Callable[..., None]]:
    """Migrates the database to a revision, then runs statements of that revision's schema."""
    engine = sa.create_engine(database_url.replace("postgresql://", "postgresql+psycopg://"))
    config = migration_config()

    def run(
        step: Callable[[Config, str], None], revision: str, *rows: tuple[str, Mapping[str, object]]
    ) -> None:
        with engine.begin() as connection:
            config.attributes["connection"] = connection
            step(config, revision)
            for statement, values in rows:
                connection.execute(sa.text(statement), values)

    yield run
    engine.dispose()
