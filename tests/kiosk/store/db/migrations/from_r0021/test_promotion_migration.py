"""Databases of the version before get an empty table of promotions, and their members have no level."""

from __future__ import annotations

from collections.abc import Callable

from alembic import command
from sqlalchemy import inspect, select

from kiosk.store.db.database import Database
from kiosk.store.db.table_groups.promotions import PROMOTION
from kiosk.store.db.tables import SHOPPER

BEFORE = "0033"
ROW = (
    "INSERT INTO shopper (shopper_id, member, consents) VALUES ('s1', :member, '[]')",
    {"member": True},
)


def test_the_table_and_the_column_are_added_and_the_way_back_removes_them(
    database_url: str, migrate: Callable[..., None]
) -> None:
    migrate(command.upgrade, BEFORE, ROW)
    database = Database(database_url)
    with database.reading() as connection:
        assert connection.execute(select(PROMOTION)).all() == []
        rows = connection.execute(select(SHOPPER.c.shopper_id, SHOPPER.c.level)).all()
        assert [tuple(row) for row in rows] == [("s1", "")]
    database.close()
    migrate(command.downgrade, BEFORE)
    database = Database(database_url)
    assert "promotion" in inspect(database.engine).get_table_names(), "opening it migrates again"
    database.close()
