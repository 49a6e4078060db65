"""Price bands of a shop: fifths of a category with enough items, else of the whole shop; and days of arrival."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from kiosk.core.domain.garment import Garment
from kiosk.core.domain.ids import StyleId
from kiosk.core.domain.money import Money
from kiosk.store.advice.price_bands import MIN_CATEGORY_ITEMS, PriceBands
from kiosk.store.db.database import Database
from kiosk.store.db.tables import COLOURWAY, STYLE
from tests.kiosk.core.garments import garment


def add_styles(database: Database, category: str, prices: list[int], since: str = "") -> None:
    """Adds a style in one colour for each price."""
    with database.writing() as connection:
        for number, price in enumerate(prices):
            style = f"{category}-{number}"
            row = {
                "style_id": style,
                "category": category,
                "name": "{}",
                "price_minor": price,
                "currency": "EUR",
            }
            connection.execute(STYLE.insert(), [{**row, "since": since}])
            connection.execute(
                COLOURWAY.insert(),
                [{"style_id": style, "code": "c", "ordinal": 0, "name": "{}", "item": style}],
            )


def priced(category: str, minor: int) -> Garment:
    return replace(garment("T1"), category=category, price=Money(minor, "EUR"))


@pytest.fixture
def database(tmp_path_factory: pytest.TempPathFactory) -> Database:
    return Database(f"sqlite:///{tmp_path_factory.mktemp('bands') / 's.db'}")


def test_a_category_with_enough_items_has_bands_of_its_own(database: Database) -> None:
    add_styles(database, "coats", [100_000 * n for n in range(1, MIN_CATEGORY_ITEMS + 1)])
    add_styles(database, "scarves", [100 * n for n in range(1, MIN_CATEGORY_ITEMS + 1)])
    bands = PriceBands(database)
    assert [bands.band(priced("coats", 100_000 * n)) for n in (1, 6, 13, 20, 25)] == [0, 1, 2, 3, 4]
    assert [bands.band(priced("scarves", 100 * n)) for n in (1, 25)] == [0, 4]


def test_a_small_category_is_compared_with_the_whole_shop(database: Database) -> None:
    add_styles(database, "scarves", [100 * n for n in range(1, MIN_CATEGORY_ITEMS)])
    add_styles(database, "coats", [100_000] * 30)
    bands = PriceBands(database)
    assert bands.band(priced("scarves", 2_400)) <= 2, "expensive for a scarf, but not in this shop"


def test_a_shop_without_prices_has_one_band(database: Database) -> None:
    assert PriceBands(database).band(priced("coats", 5)) == 0


def test_the_day_of_arrival_is_the_feeds_or_none(database: Database) -> None:
    add_styles(database, "coats", [1], since="2026-09-18")
    add_styles(database, "shirts", [1], since="spring")
    bands = PriceBands(database)
    assert bands.arrived(StyleId("coats-0")) == date(2026, 9, 18)
    assert bands.arrived(StyleId("shirts-0")) is None
    assert bands.arrived(StyleId("unknown")) is None


def test_a_new_feed_counts_after_an_invalidation(database: Database) -> None:
    bands = PriceBands(database)
    assert bands.arrived(StyleId("coats-0")) is None
    add_styles(database, "coats", [1], since="2026-09-18")
    assert bands.arrived(StyleId("coats-0")) is None
    bands.invalidate()
    assert bands.arrived(StyleId("coats-0")) == date(2026, 9, 18)
