"""The catalogue with the stock of a feed, on SQLite and on PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import select

from kiosk.core.domain.ids import ArticleId, ItemId, StyleId
from kiosk.store.catalogue.catalogue import Catalogue
from kiosk.store.db.database import Database, migrate
from kiosk.store.db.tables import CREDENTIAL, METADATA
from tests.kiosk.store.feed_import.taking import take
from tests.kiosk.store.sample_shop import START_US, gtin_of, piece_of, write_feed
from tests.optional_values import present


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    opened = Database(database_url)
    yield opened
    opened.close()


@pytest.fixture
def feed(tmp_path: Path) -> Path:
    return write_feed(tmp_path / "feed")


def test_migrations_create_exactly_the_tables_of_the_code(database: Database) -> None:
    with database.reading() as connection:
        assert compare_metadata(MigrationContext.configure(connection), METADATA) == []
    migrate(database.engine)


def test_a_garment_has_every_size_with_its_stock(database: Database, feed: Path) -> None:
    take(database, feed)
    garment = present(Catalogue(database).garment(gtin_of("S1", "WHI", "M")))
    assert garment.name.in_language("de") == "Linen <b>shirt</b> (de)"
    assert (
        garment.colour,
        garment.size,
        garment.price.minor,
        garment.category,
    ) == (
        "WHI",
        "M",
        12_900,
        "shirts",
    )
    assert [c.code for c in garment.colours] == ["WHI", "BLU"]
    assert [(o.size, o.floor, o.stockroom) for o in garment.colourway.sizes] == [
        ("S", 2, 2),
        ("M", 2, 2),
        ("L", 2, 2),
    ]
    assert garment.stock_at_us == START_US
    assert Catalogue(database).garment(gtin_of("S1", "WHI", "M")) == garment


def test_an_unknown_gtin_is_no_garment(database: Database, feed: Path) -> None:
    take(database, feed)
    assert Catalogue(database).garment(ArticleId("04012345000009")) is None
    assert Catalogue(database).garment_of_item(ItemId("S9-WHI")) is None
    assert Catalogue(database).size_system(StyleId("S9")) == ""


def test_a_feed_never_sets_a_cards_counter_back(database: Database, feed: Path) -> None:
    take(database, feed)
    with database.writing() as connection:
        connection.execute(CREDENTIAL.update().values(counter=17))
    take(database, feed)
    with database.reading() as connection:
        assert set(connection.scalars(select(CREDENTIAL.c.counter))) == {17}


def test_card_numbers_are_nowhere_in_the_database(database: Database, feed: Path) -> None:
    take(database, feed)
    with database.reading() as connection:
        kept = [tuple(row) for row in connection.execute(select(CREDENTIAL))]
    assert all(row[0].startswith("mac-") for row in kept)


def test_a_sold_piece_is_taken_from_stock_once(database: Database, feed: Path) -> None:
    take(database, feed)
    catalogue, piece = Catalogue(database), (piece_of("S1", "WHI", "M"), gtin_of("S1", "WHI", "M"))
    assert catalogue.sell([piece], "o1", START_US).fresh == 1
    assert catalogue.sell([piece], "o1", START_US).fresh == 0
    offer = present(present(catalogue.garment(piece[1])).stock_of(piece[1]))[1]
    assert (offer.floor, offer.stockroom) == (1, 2)
    assert catalogue.sold([piece[0], piece_of("S1", "WHI", "M", 2)]) == {piece[0]}


def test_stock_never_falls_below_nothing(database: Database, feed: Path) -> None:
    take(database, feed)
    catalogue, of = Catalogue(database), gtin_of("A1", "RED", "one")
    catalogue.sell([(piece_of("A1", "RED", "one", n), of) for n in range(1, 7)], "o1", START_US)
    offer = present(present(catalogue.garment(of)).stock_of(of))[1]
    assert offer.here == 0
    other = gtin_of("A1", "NVY", "one")
    assert present(present(catalogue.garment(of)).stock_of(other))[1].here > 0
