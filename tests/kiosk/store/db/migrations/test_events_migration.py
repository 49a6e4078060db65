"""Databases of the version without events for other systems get empty tables; the way back removes them."""

from __future__ import annotations

from collections.abc import Callable

from alembic import command
from sqlalchemy import func, inspect, select

from kiosk.store.db.database import Database
from kiosk.store.db.table_groups.events import EVENT, EVENT_STREAM, INTEGRATOR, ROOM_PIECE
from kiosk.store.db.tables import SOLD

TABLES = (EVENT, EVENT_STREAM, INTEGRATOR, ROOM_PIECE)
ROW = "INSERT INTO sold (piece, article, ordered_as, order_id, at_us) VALUES ('a/1', 'a', 'a/1', 'o1', 1)"


def test_the_tables_are_added_and_sales_stay(database_url: str, migrate: Callable[..., None]) -> None:
    migrate(command.upgrade, "0020", (ROW, {}))
    database = Database(database_url)
    with database.reading() as connection:
        assert connection.execute(select(SOLD.c.order_id)).scalars().all() == ["o1"]
        assert [connection.scalar(select(func.count()).select_from(table)) for table in TABLES] == [0] * 4
    database.close()


def test_the_way_back_removes_them(database_url: str, migrate: Callable[..., None]) -> None:
    migrate(command.upgrade, "0021", (ROW, {}))
    migrate(command.downgrade, "0020")
    migrate(command.upgrade, "0020")
    database = Database(database_url)
    assert {table.name for table in TABLES} <= set(inspect(database.engine).get_table_names()), (
        "opening it migrates again"
    )
    database.close()
