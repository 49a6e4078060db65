"""Databases of the version before get an empty table of tailor's notes, and what they had stays."""

from __future__ import annotations

from collections.abc import Callable

from alembic import command
from sqlalchemy import inspect, select

from kiosk.store.db.database import Database
from kiosk.store.db.table_groups.alterations import ALTERATION
from kiosk.store.db.tables import SHOPPER

BEFORE = "0039"
ROW = (
    "INSERT INTO shopper (shopper_id, member, consents) VALUES ('s1', :member, '[]')",
    {"member": True},
)


def test_the_table_is_added_and_the_way_back_removes_it(
    database_url: str, migrate: Callable[..., None]
) -> None:
    migrate(command.upgrade, BEFORE, ROW)
    database = Database(database_url)
    with database.reading() as connection:
        assert connection.execute(select(ALTERATION)).all() == []
        assert connection.scalars(select(SHOPPER.c.shopper_id)).all() == ["s1"]
    database.close()
    migrate(command.downgrade, BEFORE)
    database = Database(database_url)
    assert "alteration" in inspect(database.engine).get_table_names(), "opening it migrates again"
    database.close()
