"""Catalogue and feed import on SQLite and on PostgreSQL."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Table, func, select

from kiosk.connectors.feeds import read_folder
from kiosk.core.domain.ids import ArticleId, ItemId, StyleId
from kiosk.store.catalogue.catalogue import Catalogue
from kiosk.store.catalogue.feed_import import ImportResult, import_feed
from kiosk.store.db.database import Database, migrate
from kiosk.store.db.tables import CREDENTIAL, METADATA, SKU, STYLE
from kiosk.store.errors import ImportRefusedError
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


def taken(database: Database, folder: Path, now_us: int = START_US) -> ImportResult:
    return import_feed(database, read_folder(folder), lambda uid: f"mac-{uid}", now_us)


def count(database: Database, table: Table) -> int:
    with database.reading() as connection:
        return connection.execute(select(func.count()).select_from(table)).scalar_one()


def test_migrations_create_exactly_the_tables_of_the_code(database: Database) -> None:
    with database.reading() as connection:
        assert compare_metadata(MigrationContext.configure(connection), METADATA) == []
    migrate(database.engine)


def test_a_garment_has_every_size_with_its_stock(database: Database, feed: Path) -> None:
    taken(database, feed)
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
    taken(database, feed)
    assert Catalogue(database).garment(ArticleId("04012345000009")) is None
    assert Catalogue(database).garment_of_item(ItemId("S9-WHI")) is None
    assert Catalogue(database).size_system(StyleId("S9")) == ""


def test_importing_the_same_feed_twice_changes_nothing(database: Database, feed: Path) -> None:
    first = taken(database, feed)
    rows = count(database, SKU)
    second = taken(database, feed)
    assert (second.imported, count(database, SKU)) == (first.imported, rows)


def test_bad_lines_are_reported_and_good_ones_imported(database: Database, feed: Path) -> None:
    taken(database, feed)
    lines = (feed / "styles.jsonl").read_text().splitlines()
    lines[0] = "{broken"
    (feed / "styles.jsonl").write_text("\n".join([*lines, '{"style_id": "X1"}']))
    intake = taken(database, feed)
    told = [str(m) for m in intake.mistakes if m.file == "styles.jsonl"]
    assert told[0].startswith("styles.jsonl:1: not JSON")
    assert {t.partition(": ")[2] for t in told[1:]} >= {
        "name is missing",
        "category is missing",
        "price is missing",
    }
    assert all(t.startswith("styles.jsonl:6:") for t in told[1:])
    assert count(database, STYLE) == 5, "the style of the broken line is still there"


def test_a_feed_that_would_lose_a_fifth_is_refused_and_changes_nothing(
    database: Database, feed: Path
) -> None:
    taken(database, feed)
    before = count(database, SKU)
    lines = (feed / "styles.jsonl").read_text().splitlines()
    (feed / "styles.jsonl").write_text("\n".join(lines[:3]))
    items = [
        i for i in (feed / "items.jsonl").read_text().splitlines() if json.loads(i)["style_id"] in "C1S1T1"
    ]
    (feed / "items.jsonl").write_text("\n".join(items))
    with pytest.raises(ImportRefusedError) as refused:
        taken(database, feed)
    assert (refused.value.known, refused.value.kept) == (5, 3)
    assert count(database, SKU) == before
    assert count(database, STYLE) == 5


def test_a_small_loss_is_accepted(database: Database, feed: Path) -> None:
    taken(database, feed)
    for name in ("styles", "items", "stock"):
        kept = [x for x in (feed / f"{name}.jsonl").read_text().splitlines() if '"F1"' not in x]
        (feed / f"{name}.jsonl").write_text("\n".join(kept))
    gone = {gtin_of("F1", "BLK", "38"), gtin_of("F1", "BLK", "39")}
    stock = [x for x in (feed / "stock.jsonl").read_text().splitlines() if json.loads(x)["gtin"] not in gone]
    (feed / "stock.jsonl").write_text("\n".join(stock))
    assert taken(database, feed).mistakes == ()
    assert Catalogue(database).garment(gtin_of("F1", "BLK", "38")) is None


def test_a_feed_never_sets_a_cards_counter_back(database: Database, feed: Path) -> None:
    taken(database, feed)
    with database.writing() as connection:
        connection.execute(CREDENTIAL.update().values(counter=17))
    taken(database, feed)
    with database.reading() as connection:
        assert set(connection.scalars(select(CREDENTIAL.c.counter))) == {17}


def test_card_numbers_are_nowhere_in_the_database(database: Database, feed: Path) -> None:
    taken(database, feed)
    with database.reading() as connection:
        kept = [tuple(row) for row in connection.execute(select(CREDENTIAL))]
    assert all(row[0].startswith("mac-") for row in kept)


def test_a_sold_piece_is_taken_from_stock_once(database: Database, feed: Path) -> None:
    taken(database, feed)
    catalogue, piece = Catalogue(database), (piece_of("S1", "WHI", "M"), gtin_of("S1", "WHI", "M"))
    assert catalogue.sell([piece], "o1", START_US) == 1
    assert catalogue.sell([piece], "o1", START_US) == 0
    offer = present(present(catalogue.garment(piece[1])).stock_of(piece[1]))[1]
    assert (offer.floor, offer.stockroom) == (1, 2)
    assert catalogue.sold([piece[0], piece_of("S1", "WHI", "M", 2)]) == {piece[0]}


def test_stock_never_falls_below_nothing(database: Database, feed: Path) -> None:
    taken(database, feed)
    catalogue, of = Catalogue(database), gtin_of("A1", "RED", "one")
    catalogue.sell([(piece_of("A1", "RED", "one", n), of) for n in range(1, 7)], "o1", START_US)
    offer = present(present(catalogue.garment(of)).stock_of(of))[1]
    assert offer.here == 0
    assert ItemId("A1-RED") not in catalogue.in_stock()
    assert ItemId("A1-NVY") in catalogue.in_stock()
