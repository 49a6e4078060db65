"""Databases of the version without other spellings of words get them from their catalogue, with the words anew."""

from __future__ import annotations

from collections.abc import Callable

from alembic import command
from sqlalchemy import select

from kiosk.store.catalogue.catalogue import Catalogue
from kiosk.store.db.database import Database
from kiosk.store.db.table_groups.search import STYLE_WORDS
from kiosk.store.lookup.product_search import ProductSearch

BEFORE = "0031"
STYLE = (
    "INSERT INTO style (style_id, category, name, price_minor, currency)"
    """ VALUES ('S1', 'shirts', '{"en":"T-Shirt","de":"Grünes Hemd"}', 12900, 'EUR')"""
)
COLOUR = (
    "INSERT INTO colourway (style_id, code, ordinal, name, item)"
    """ VALUES ('S1', 'WHI', 0, '{"en":"White","ar":"المعنى"}', 'S1-WHI')"""
)
OLD = "INSERT INTO style_words (style_id, words) VALUES ('S1', ' t shirt grunes hemd shirts s1 white المعنى whi ')"


def test_words_of_the_version_before_are_written_anew(
    database_url: str, migrate: Callable[..., None]
) -> None:
    migrate(command.upgrade, BEFORE, (STYLE, {}), (COLOUR, {}), (OLD, {}))
    database = Database(database_url)
    with database.reading() as connection:
        row = connection.execute(select(STYLE_WORDS)).one()
    assert row.words == " t shirt grunes hemd shirts s1 white المعني whi "
    assert row.spellings == " tshirt gruneshemd gruenes grueneshemd s1whi "
    found = ProductSearch(database, Catalogue(database))
    for question in ("tshirt", "T-SHIRT", "gruenes", "المعني"):
        assert [product.style_id for product in found.find(question).products] == ["S1"], question
    database.close()


def test_the_way_back_leaves_the_words(database_url: str, migrate: Callable[..., None]) -> None:
    migrate(command.upgrade, "0033", (STYLE, {}), (COLOUR, {}))
    migrate(command.downgrade, BEFORE, (OLD, {}))
    database = Database(database_url)
    with database.reading() as connection:
        spellings = connection.scalar(select(STYLE_WORDS.c.spellings))
    assert spellings == " tshirt gruneshemd gruenes grueneshemd s1whi ", "opening it migrates again"
    database.close()
