"""Databases of the version before get an empty table of the addresses of parcels."""

from __future__ import annotations

from collections.abc import Callable

from alembic import command
from sqlalchemy import inspect, select

from kiosk.store.db.database import Database
from kiosk.store.db.table_groups.parcels import PARCEL_ADDRESS

BEFORE = "0044"


def test_the_table_is_added_and_the_way_back_removes_it(
    database_url: str, migrate: Callable[..., None]
) -> None:
    migrate(command.upgrade, BEFORE)
    database = Database(database_url)
    with database.reading() as connection:
        assert connection.execute(select(PARCEL_ADDRESS)).all() == []
    database.close()
    migrate(command.downgrade, BEFORE)
    database = Database(database_url)
    assert "parcel_address" in inspect(database.engine).get_table_names(), "opening it migrates again"
    database.close()
