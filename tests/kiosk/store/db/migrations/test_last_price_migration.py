"""Databases of the version without last prices get an empty table; the way back removes it."""

from __future__ import annotations

from collections.abc import Callable

from alembic import command
from sqlalchemy import inspect, select

from kiosk.store.db.database import Database
from kiosk.store.db.table_groups.prices import LAST_PRICE
from kiosk.store.db.tables import STYLE

ROW = "INSERT INTO style (style_id, category, name, price_minor, currency) VALUES ('S1', 'shirts', '{}', 12900, 'EUR')"


def test_the_table_is_added_and_styles_stay(database_url: str, migrate: Callable[..., None]) -> None:
    migrate(command.upgrade, "0018", (ROW, {}))
    database = Database(database_url)
    with database.reading() as connection:
        assert connection.execute(select(STYLE.c.style_id)).scalars().all() == ["S1"]
        assert connection.execute(select(LAST_PRICE)).all() == []
    database.close()


def test_the_way_back_removes_it(database_url: str, migrate: Callable[..., None]) -> None:
    migrate(command.upgrade, "0019", (ROW, {}))
    migrate(command.downgrade, "0018")
    database = Database(database_url)
    assert "last_price" in inspect(database.engine).get_table_names(), "opening it migrates again"
    database.close()
