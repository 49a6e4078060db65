"""The assortment stays that of the database: whatever changes, it equals one that is built anew."""

from __future__ import annotations

from collections.abc import Iterator
from threading import Event, Thread
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, update

from kiosk.core.domain.ids import ArticleId, ItemId, StyleId, article_of_sku
from kiosk.store.advice.assortment.assortment import Assortment
from kiosk.store.advice.assortment.index import AssortmentIndex
from kiosk.store.db.database import Database
from kiosk.store.db.json_columns import compact_json
from kiosk.store.db.tables import COLOURWAY, SKU, STOCK, STYLE

STYLES = [StyleId(f"S-{n}") for n in range(6)]
SIZES = ("S", "M", "L", "XL")


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    found = Database(database_url)
    yield found
    found.close()


def article(style: str, colour: int, size: str) -> ArticleId:
    return article_of_sku(f"{style} {colour} {size}")


def put(database: Database, style: StyleId, **facts: Any) -> None:
    """Writes a style anew. Facts: category, system, price, since, colours, sizes, here (sizes in stock)."""
    sizes = facts.get("sizes", SIZES[:3])
    with database.writing() as connection:
        connection.execute(delete(STYLE).where(STYLE.c.style_id == style))
        row = {
            "style_id": style, "category": facts.get("category", "shirts"), "name": "{}",
            "price_minor": facts.get("price", 100), "currency": "EUR", "since": facts.get("since", ""),
            "size_system": facts.get("system", "alpha"), "sizes": compact_json(SIZES),
        }  # fmt: skip
        connection.execute(STYLE.insert(), [row])
        for colour in range(facts.get("colours", 2)):
            shade = {"style_id": style, "code": f"{colour}", "ordinal": colour, "name": "{}"}
            connection.execute(COLOURWAY.insert(), [{**shade, "item": f"{style}/{colour}"}])
            for size in sizes:
                sku = {"article": article(style, colour, size), "style_id": style, "colour": f"{colour}"}
                connection.execute(SKU.insert(), [{**sku, "size": size}])
                set_stock(connection, article(style, colour, size), int(size in facts.get("here", "SM")))


def set_stock(connection: Any, of: ArticleId, count: int) -> None:
    connection.execute(delete(STOCK).where(STOCK.c.article == of))
    row = {"article": of, "place": "stockroom", "count": count, "counted_us": 1}
    connection.execute(STOCK.insert(), [row, {**row, "place": "other:Lyon", "count": 5}])


def content(assortment: Assortment) -> dict[str, Any]:
    """What an assortment says of each item in the catalogue."""
    return {
        assortment.item(row): (
            assortment.garment(row).style_id,
            assortment.garment(row).category,
            assortment.garment(row).price,
            assortment.group(row).system,
            assortment.sizes(row),
            bool(assortment.stocked[row]),
            assortment.bands.item(row),
            assortment.arrived(assortment.garment(row).style_id),
        )
        for row in assortment.in_catalogue.nonzero()[0].tolist()
    }


def test_a_built_assortment_says_what_the_database_says(database: Database) -> None:
    put(database, STYLES[0], here="M", since="2026-09-18", price=700)
    found = AssortmentIndex(database).build()
    row = found.row(ItemId("S-0/1"))
    assert row is not None
    assert found.sizes(row) == {"S": False, "M": True, "L": False}
    assert found.garment(row).price.minor == 700
    assert (found.size_system(STYLES[0]), found.stocked.tolist()) == ("alpha", [True, True])
    assert found.row(ItemId("S-0/7")) is None


def test_a_sale_is_written_into_the_present_arrays(database: Database) -> None:
    put(database, STYLES[0], here="M", colours=1)
    index = AssortmentIndex(database)
    before = index.build()
    with database.writing() as connection:
        set_stock(connection, article(STYLES[0], 0, "M"), 0)
    index.changed(articles=[article(STYLES[0], 0, "M"), ArticleId("unknown")])
    assert index.present() is before
    assert not before.stocked.any()


def test_a_size_of_two_articles_is_in_stock_while_one_of_them_is(database: Database) -> None:
    put(database, STYLES[0], here="M", colours=1)
    second = article_of_sku("second M")
    with database.writing() as connection:
        sku = {"article": second, "style_id": STYLES[0], "colour": "0", "size": "M"}
        connection.execute(SKU.insert(), [sku])
        set_stock(connection, second, 1)
    index = AssortmentIndex(database)
    index.build()
    for of, stocked in ((article(STYLES[0], 0, "M"), True), (second, False)):
        with database.writing() as connection:
            set_stock(connection, of, 0)
        index.changed(articles=[of])
        assert content(index.present()) == content(AssortmentIndex(database).build())
        assert index.present().stocked.tolist() == [stocked]


def test_stock_of_a_new_size_or_item_is_read_with_its_style(database: Database) -> None:
    put(database, STYLES[0], here="M", colours=1)
    index = AssortmentIndex(database)
    index.build()
    put(database, STYLES[0], here=("M", "XL"), colours=2, sizes=SIZES)
    index.changed(articles=[article(STYLES[0], 1, "XL"), article(STYLES[0], 0, "XL")])
    assert content(index.present()) == content(AssortmentIndex(database).build())


def test_an_articles_own_price_counts(database: Database) -> None:
    put(database, STYLES[0], colours=1, price=900)
    with database.writing() as connection:
        cheap = SKU.c.article == article(STYLES[0], 0, "S")
        connection.execute(update(SKU).where(cheap).values(price_minor=500))
    found = AssortmentIndex(database).build()
    assert found.prices.tolist() == [500], "the lowest of its articles"


style_facts = st.fixed_dictionaries(
    {
        "category": st.sampled_from(["shirts", "coats"]),
        "system": st.sampled_from(["alpha", "eu"]),
        "price": st.integers(1, 9),
        "since": st.sampled_from(["", "2026-01-01", "soon"]),
        "colours": st.integers(1, 3),
        "sizes": st.sampled_from([SIZES, SIZES[:2], ("M",), ()]),
        "here": st.sampled_from(["", "S", "SML"]),
    }
)
steps = st.lists(st.tuples(st.sampled_from(STYLES), st.none() | style_facts), max_size=12)


@settings(max_examples=12)
@given(steps=steps)
def test_after_any_changes_it_equals_one_built_anew(
    steps: list[tuple[StyleId, dict[str, Any] | None]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    database = shared(tmp_path_factory)
    with database.writing() as connection:
        connection.execute(delete(STYLE))
    put(database, STYLES[0])
    index = AssortmentIndex(database)
    first = index.build()
    row = first.row(ItemId("S-0/0"))
    for style, facts in steps:
        if facts is None:
            with database.writing() as connection:
                connection.execute(delete(STYLE).where(STYLE.c.style_id == style))
        else:
            put(database, style, **facts)
        index.changed([style])
        found = index.present()
        assert content(found) == content(AssortmentIndex(database).build())
        assert found.row(ItemId("S-0/0")) in (row, None), "a row is never moved"


_shared: list[Database] = []


def shared(tmp_path_factory: pytest.TempPathFactory) -> Database:
    """One database for all examples."""
    if not _shared:
        _shared.append(Database(f"sqlite:///{tmp_path_factory.mktemp('index') / 's.db'}"))
    return _shared[0]


def test_an_item_that_moves_to_another_style_belongs_to_that_one(database: Database) -> None:
    put(database, STYLES[0], colours=2)
    put(database, STYLES[1], colours=0, category="coats")
    index = AssortmentIndex(database)
    index.build()
    with database.writing() as connection:
        moved = COLOURWAY.c.item == "S-0/1"
        connection.execute(update(COLOURWAY).where(moved).values(style_id=STYLES[1]))
        connection.execute(update(SKU).where(SKU.c.colour == "1").values(style_id=STYLES[1]))
    index.changed([STYLES[1], STYLES[0]])
    assert content(index.present()) == content(AssortmentIndex(database).build())


def test_a_change_that_cannot_be_read_is_read_later(database: Database, caplog: Any) -> None:
    put(database, STYLES[0], here="M", colours=1)
    index = AssortmentIndex(database)
    index.build()
    with database.writing() as connection:
        set_stock(connection, article(STYLES[0], 0, "M"), 0)
    rename(database, "stock", "away")
    index.changed(articles=[article(STYLES[0], 0, "M")])
    assert index.present().stocked.any()
    assert "not up to date" in caplog.text
    rename(database, "away", "stock")
    index.catch_up()
    assert not index.present().stocked.any()


def rename(database: Database, table: str, to: str) -> None:
    with database.writing() as connection:
        connection.exec_driver_sql(f"ALTER TABLE {table} RENAME TO {to}")


def test_what_changes_while_another_thread_is_at_work_is_done_by_that_thread(database: Database) -> None:
    for style in STYLES[:2]:
        put(database, style, here="M")
    index = AssortmentIndex(database)
    index.build()
    inside, go_on = Event(), Event()

    def wait_once() -> None:
        inside.set()
        assert go_on.wait(20)

    index.listen(wait_once)
    put(database, STYLES[0], here="", category="coats")
    worker = Thread(target=index.changed, args=([STYLES[0]],))
    worker.start()
    assert inside.wait(20)
    put(database, STYLES[1], here="")
    index.changed([STYLES[1]])
    assert np.count_nonzero(index.present().stocked) == 2, "returned at once"
    go_on.set()
    worker.join(20)
    assert not index.present().stocked.any()
