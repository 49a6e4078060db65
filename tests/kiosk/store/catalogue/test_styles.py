"""A style as it is read: prices of its articles, stock by place, the age of each count, pictures, order of sizes."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from kiosk.core.domain.garment import ElsewhereStock, Garment, SizeStock
from kiosk.core.domain.ids import ArticleId
from kiosk.core.domain.money import Money, Price
from kiosk.store.advice.assortment.index import AssortmentIndex
from kiosk.store.catalogue.catalogue import Catalogue
from kiosk.store.db.database import Database
from tests.kiosk.store.catalogue.shop_rows import add_article, add_colour, add_stock, add_style
from tests.optional_values import present


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    found = Database(database_url)
    yield found
    found.close()


def garment(database: Database, article: ArticleId) -> Garment:
    return present(Catalogue(database).garment(article))


def offer(database: Database, article: ArticleId) -> SizeStock:
    return present(garment(database, article).stock_of(article))[1]


def price(now: int, before: int | None = None) -> Price:
    return Price(Money(now, "EUR"), None if before is None else Money(before, "EUR"))


PRICES: list[tuple[dict[str, int], dict[str, int], Price]] = [
    ({}, {}, price(10_000)),
    ({"price_before_minor": 15_000}, {}, price(10_000, 15_000)),
    ({"price_before_minor": 15_000}, {"price_minor": 12_000}, price(12_000)),
    ({}, {"price_minor": 8_000, "price_before_minor": 12_000}, price(8_000, 12_000)),
    ({}, {"price_before_minor": 12_000}, price(10_000, 12_000)),
    ({"price_before_minor": 10_000}, {}, price(10_000)),
    ({}, {"price_minor": 9_000, "price_before_minor": 8_000}, price(9_000)),
    ({}, {"price_minor": 0}, price(0)),
]
"""Prices of a style that costs 10,000 and of one of its articles, and what that article costs."""


def test_the_price_of_an_article_is_its_own_or_that_of_its_style(database: Database) -> None:
    for number, (of_style, own, expected) in enumerate(PRICES):
        style = f"S{number}"
        add_style(database, style, **of_style)
        add_colour(database, style, "W", f"{style}-W")
        one = add_article(database, 2 * number, style, "W", "M", **own)
        other = add_article(database, 2 * number + 1, style, "W", "L", price_minor=20_000)
        found = garment(database, one)
        assert Price(found.price, found.price_before) == found.price_of(one) == expected, (of_style, own)
        assert found.price_of(other) == price(20_000), "from the garment of any article"
        assert garment(database, other).price_of(one) == expected


def test_where_all_articles_cost_the_same_no_size_has_a_price(database: Database) -> None:
    add_style(database, "S")
    add_colour(database, "S", "W", "S-W")
    articles = [add_article(database, n, "S", "W", size, price_minor=7_000) for n, size in enumerate("SML")]
    for article in articles:
        assert garment(database, article).price == Money(7_000, "EUR")
        assert offer(database, article).price is None
        assert garment(database, articles[0]).price_of(article) == price(7_000)


def test_stock_by_place_and_what_is_on_its_way(database: Database) -> None:
    add_style(database, "S")
    add_colour(database, "S", "W", "S-W")
    article = add_article(database, 1, "S", "W")
    add_stock(database, article, "floor", 2, 500, incoming=1)
    add_stock(database, article, "stockroom", 3, 400, counted=9, reserved=6, incoming=4)
    add_stock(database, article, "other:Lyon", 5, 100, incoming=50)
    add_stock(database, article, "other:Bern", 0, 50)
    found = offer(database, article)
    assert (found.floor, found.stockroom, found.here) == (2, 3, 5), "without what is reserved"
    assert found.elsewhere == (ElsewhereStock("Lyon", 5),)
    assert found.incoming == 5, "to this shop"
    assert found.counted_us == garment(database, article).stock_at_us == 400, "the oldest count in this shop"


def test_the_age_is_that_of_what_is_said(database: Database) -> None:
    add_style(database, "S")
    add_colour(database, "S", "W", "S-W")
    gone, here, never = (add_article(database, n, "S", "W", size) for n, size in enumerate("SML"))
    add_stock(database, gone, "floor", 0, 500)
    add_stock(database, gone, "other:Lyon", 5, 100)
    add_stock(database, gone, "other:Bern", 0, 50)
    add_stock(database, here, "floor", 1, 700)
    ages = [offer(database, article).counted_us for article in (gone, here, never)]
    assert ages == [100, 700, 0], "Lyon's count where Lyon is named, this shop's own, none"
    assert garment(database, here).stock_at_us == 700, "another size's count does not make it older"


def test_pictures_and_item_of_each_colour(database: Database) -> None:
    add_style(database, "S")
    add_colour(database, "S", "W", "first", picture="a.png", pictures='["a.png","b.png"]')
    add_colour(database, "S", "B", "second", ordinal=1)
    article = add_article(database, 1, "S", "B")
    white, blue = garment(database, article).colours
    assert (white.pictures, white.item) == (("a.png", "b.png"), "first")
    assert (blue.pictures, blue.item) == ((), "second")
    assert garment(database, article).item == "second"


def test_an_article_in_a_colour_that_its_style_has_not_is_unknown(database: Database) -> None:
    add_style(database, "S")
    add_colour(database, "S", "W", "S-W")
    add_article(database, 1, "S", "W")
    stray = add_article(database, 2, "S", "gone")
    assert Catalogue(database).garment(stray) is None


@pytest.mark.parametrize(
    ("listed", "expected"),
    [("[]", ["XS", "S", "M", "L", "XXL"]), ('["XXL","s"]', ["XXL", "S", "XS", "M", "L"])],
)
def test_sizes_are_in_the_order_of_the_feed_and_else_of_sizes(
    database: Database, listed: str, expected: list[str]
) -> None:
    add_style(database, "S", sizes=listed)
    item = add_colour(database, "S", "W", "S-W")
    articles = [
        add_article(database, n, "S", "W", size) for n, size in enumerate(["L", "XXL", "M", "XS", "S"])
    ]
    assert [offer.size for offer in garment(database, articles[0]).colourway.sizes] == expected
    assortment = AssortmentIndex(database).build()
    assert list(assortment.sizes(assortment.rows([item])[0])) == expected, "as suggestions use them"
