"""Databases of the version before know no lowest prices; their styles stay."""

from __future__ import annotations

from collections.abc import Callable

from alembic import command
from sqlalchemy import inspect, select

from kiosk.store.db.database import Database
from kiosk.store.db.tables import STYLE

BEFORE = "0038"
ROW: tuple[str, dict[str, object]] = (
    "INSERT INTO style (style_id, category, name, price_minor, currency) VALUES ('C1', 'coats', '{}', 98000, 'EUR')",
    {},
)


def test_the_columns_are_added_and_the_way_back_removes_them(
    database_url: str, migrate: Callable[..., None]
) -> None:
    migrate(command.upgrade, BEFORE, ROW)
    database = Database(database_url)
    with database.reading() as connection:
        rows = connection.execute(
            select(STYLE.c.style_id, STYLE.c.price_minor, STYLE.c.lowest_price_minor)
        ).all()
        assert [tuple(row) for row in rows] == [("C1", 98_000, None)]
    database.close()
    migrate(command.downgrade, BEFORE)
    database = Database(database_url)
    columns = {column["name"] for column in inspect(database.engine).get_columns("sku")}
    assert "lowest_price_minor" in columns, "opening it migrates again"
    database.close()
