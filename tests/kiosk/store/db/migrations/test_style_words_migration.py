"""Databases of the version without words of products get them from their catalogue; the way back removes them."""

from __future__ import annotations

from collections.abc import Callable

from alembic import command
from sqlalchemy import inspect, select

from kiosk.store.db.database import Database
from kiosk.store.db.table_groups.search import STYLE_WORDS

STYLE = (
    "INSERT INTO style (style_id, category, name, price_minor, currency)"
    """ VALUES ('S1', 'shirts', '{"en":"Linen shirt","de":"Größe"}', 12900, 'EUR')"""
)
COLOUR = (
    "INSERT INTO colourway (style_id, code, ordinal, name, item)"
    """ VALUES ('S1', 'WHI', 0, '{"en":"White"}', 'S1-WHI')"""
)


def test_words_of_the_catalogue_are_written(database_url: str, migrate: Callable[..., None]) -> None:
    migrate(command.upgrade, "0021", (STYLE, {}), (COLOUR, {}))
    database = Database(database_url)
    with database.reading() as connection:
        found = connection.scalar(select(STYLE_WORDS.c.words).where(STYLE_WORDS.c.style_id == "S1"))
    assert found == " linen shirt grosse shirts s1 white whi "
    database.close()


def test_the_way_back_removes_them(database_url: str, migrate: Callable[..., None]) -> None:
    migrate(command.upgrade, "0022", (STYLE, {}))
    migrate(command.downgrade, "0021")
    database = Database(database_url)
    assert "style_words" in inspect(database.engine).get_table_names(), "opening it migrates again"
    database.close()
