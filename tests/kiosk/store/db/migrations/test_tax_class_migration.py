"""Databases of the version without tax classes: existing styles and articles have none, and keep the rest."""

from __future__ import annotations

from collections.abc import Callable

from alembic import command
from sqlalchemy import select

from kiosk.store.db.database import Database
from kiosk.store.db.tables import SKU, STYLE

ROWS = (
    "INSERT INTO style (style_id, category, name, price_minor, currency) VALUES ('S1', 'c', '{}', 7, 'EUR')",
    "INSERT INTO sku (article, style_id, colour, size) VALUES ('a', 'S1', 'WHI', 'M')",
)


def test_rows_get_the_default_class(database_url: str, migrate: Callable[..., None]) -> None:
    migrate(command.upgrade, "0009", *((row, {}) for row in ROWS))
    database = Database(database_url)
    with database.reading() as connection:
        style, sku = connection.execute(select(STYLE)).one(), connection.execute(select(SKU)).one()
    assert (style.tax_class, style.price_minor) == ("", 7)
    assert (sku.tax_class, sku.style_id) == ("", "S1")
    database.close()


def test_the_way_back_leaves_the_articles(database_url: str, migrate: Callable[..., None]) -> None:
    migrate(command.upgrade, "0010", *((row, {}) for row in ROWS))
    check: tuple[str, dict[str, object]] = ("DELETE FROM sku WHERE article <> 'a'", {})
    migrate(command.downgrade, "0009", check)
    database = Database(database_url)
    with database.reading() as connection:
        assert connection.execute(select(SKU.c.article)).scalars().all() == ["a"]
    database.close()
