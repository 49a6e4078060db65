"""Price bands of a shop: fifths of a category with enough items, else of the whole shop; and days of arrival."""

from __future__ import annotations

import statistics
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.core.domain.garment import Garment
from kiosk.core.domain.ids import StyleId
from kiosk.core.domain.money import Money
from kiosk.store.advice.assortment.assortment import Assortment
from kiosk.store.advice.assortment.index import AssortmentIndex
from kiosk.store.advice.assortment.price_edges import MIN_CATEGORY_ITEMS, band_of_each, price_edges
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


def built(database: Database) -> Assortment:
    return AssortmentIndex(database).build()


def priced(category: str, minor: int) -> Garment:
    return replace(garment("T1"), category=category, price=Money(minor, "EUR"))


@pytest.fixture
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    made = Database(f"sqlite:///{tmp_path_factory.mktemp('bands') / 's.db'}")
    yield made
    made.close()


def test_a_category_with_enough_items_has_bands_of_its_own(database: Database) -> None:
    add_styles(database, "coats", [100_000 * n for n in range(1, MIN_CATEGORY_ITEMS + 1)])
    add_styles(database, "scarves", [100 * n for n in range(1, MIN_CATEGORY_ITEMS + 1)])
    bands = built(database)
    assert [bands.band(priced("coats", 100_000 * n)) for n in (1, 6, 13, 20, 25)] == [0, 1, 2, 3, 4]
    assert [bands.band(priced("scarves", 100 * n)) for n in (1, 25)] == [0, 4]


def test_a_small_category_is_compared_with_the_whole_shop(database: Database) -> None:
    add_styles(database, "scarves", [100 * n for n in range(1, MIN_CATEGORY_ITEMS)])
    add_styles(database, "coats", [100_000] * 30)
    bands = built(database)
    assert bands.band(priced("scarves", 2_400)) <= 2, "expensive for a scarf, but not in this shop"


def test_a_shop_without_prices_has_one_band(database: Database) -> None:
    assert built(database).band(priced("coats", 5)) == 0


def test_the_day_of_arrival_is_the_feeds_or_none(database: Database) -> None:
    add_styles(database, "coats", [1], since="2026-09-18")
    add_styles(database, "shirts", [1], since="spring")
    bands = built(database)
    assert bands.arrived(StyleId("coats-0")) == date(2026, 9, 18)
    assert bands.arrived(StyleId("shirts-0")) is None
    assert bands.arrived(StyleId("unknown")) is None


prices_of_items = st.lists(st.tuples(st.integers(0, 3), st.integers(1, 30)), max_size=150)


@given(items=prices_of_items)
def test_edges_are_those_of_the_standard_library_and_bands_those_of_the_edges(
    items: list[tuple[int, int]],
) -> None:
    categories = np.array([category for category, _ in items], np.int32)
    prices = np.array([price for _, price in items], np.int64)
    of_shop, of_category = price_edges(prices, categories, np.ones(len(items), np.bool_))
    bands = band_of_each(prices, categories, of_shop, of_category)
    for (category, price), band in zip(items, bands.tolist(), strict=True):
        own = [p for c, p in items if c == category]
        rivals = own if len(own) >= MIN_CATEGORY_ITEMS else [p for _, p in items]
        edges = statistics.quantiles(rivals, n=5, method="inclusive") if len(rivals) > 1 else []
        assert list(of_category.get(category, of_shop)) == edges
        assert band == bisect_left(edges, price)
