"""Cards of a database of the first revision stay when it is opened; on SQLite and on PostgreSQL."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import command

from kiosk.store.customers.card_book import CardBook
from kiosk.store.customers.card_import import CardSource
from kiosk.store.db.database import Database
from kiosk.store.db.revisions import migration_config
from tests.kiosk.store.customers.test_card_book import CLARA, mac
from tests.optional_values import present


def test_the_migration_keeps_existing_cards(database_url: str) -> None:
    """A database of the first revision is migrated when it is opened."""
    config = migration_config()
    old = sa.create_engine(database_url.replace("postgresql://", "postgresql+psycopg://"))
    with old.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        connection.execute(sa.text("INSERT INTO shopper (shopper_id, member) VALUES ('s1', true)"))
        card = {"m": mac(CLARA)}
        connection.execute(sa.text("INSERT INTO credential VALUES (:m, 's1', 'ring', 61)"), card)
    old.dispose()
    database = Database(database_url)
    found = present(CardBook(database, mac).card(CLARA))
    assert (
        found.counter,
        found.blocked,
        found.source,
        found.shopper_id,
    ) == (
        61,
        False,
        CardSource.FEED,
        "s1",
    )
    with database.writing() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "0001")
    database.close()
