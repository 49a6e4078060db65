"""A database that tests migrate step by step."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

import pytest
import sqlalchemy as sa
from alembic.config import Config

from kiosk.store.db.revisions import MIGRATIONS


@pytest.fixture
def migrate(database_url: str) -> Iterator[Callable[..., None]]:
    """Migrates the database to a revision, then runs statements of that revision's schema."""
    engine = sa.create_engine(database_url.replace("postgresql://", "postgresql+psycopg://"))
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))

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
