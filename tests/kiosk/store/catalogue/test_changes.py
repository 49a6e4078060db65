"""What changes is read again, and nothing else: styles, articles, stock, items; caches stay within their limits."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import delete, event, update

from kiosk.core.domain.ids import ArticleId, ItemId, StyleId, piece_id
from kiosk.core.domain.money import Money
from kiosk.store.catalogue.catalogue import Catalogue
from kiosk.store.db.database import Database
from kiosk.store.db.tables import COLOURWAY, SKU, STYLE
from tests.kiosk.store.catalogue.shop_rows import add_article, add_colour, add_stock, add_style, article
from tests.optional_values import present


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """Two styles with one article each: A of 1, B of 2."""
    found = Database(database_url)
    for number, style in enumerate("AB", 1):
        add_style(found, style)
        add_colour(found, style, "W", f"{style}-W")
        add_stock(found, add_article(found, number, style, "W"), "floor", 3)
    yield found
    found.close()


class Queries:
    """Counts the statements that a database executes."""

    def __init__(self, database: Database) -> None:
        self.count = 0
        event.listen(database.engine, "before_cursor_execute", self._add)

    def _add(self, *_: object) -> None:
        self.count += 1


def here(catalogue: Catalogue, of: ArticleId) -> int:
    return present(present(catalogue.garment(of)).stock_of(of))[1].here


def set_price(database: Database, style: str, minor: int) -> None:
    with database.writing() as connection:
        connection.execute(update(STYLE).where(STYLE.c.style_id == style).values(price_minor=minor))


def test_a_sale_reads_only_its_own_style_again(database: Database) -> None:
    catalogue = Catalogue(database)
    assert (here(catalogue, article(1)), here(catalogue, article(2))) == (3, 3)
    catalogue.sell([(piece_id(article(1), "1"), article(1))], "o", 1)
    queries = Queries(database)
    assert here(catalogue, article(2)) == 3
    assert queries.count == 0
    assert here(catalogue, article(1)) == 2
    assert queries.count > 0


def test_a_changed_style_is_read_again_and_others_are_not(database: Database) -> None:
    catalogue = Catalogue(database)
    before = {n: present(catalogue.garment(article(n))).price for n in (1, 2)}
    for style in "AB":
        set_price(database, style, 500)
    catalogue.changed(styles=[StyleId("A")])
    assert present(catalogue.garment(article(1))).price == Money(500, "EUR")
    assert present(catalogue.garment(article(2))).price == before[2], "nobody said that it changed"


def test_new_moved_and_deleted_articles_are_found(database: Database) -> None:
    catalogue = Catalogue(database)
    assert catalogue.garment(article(1)) is not None
    assert catalogue.garment(article(9)) is None
    add_article(database, 9, "A", "W", "L")
    with database.writing() as connection:
        connection.execute(update(SKU).where(SKU.c.article == article(1)).values(style_id="B"))
        connection.execute(delete(SKU).where(SKU.c.article == article(2)))
    catalogue.changed(styles=[StyleId("A"), StyleId("B")])
    assert present(catalogue.garment(article(9))).style_id == "A"
    assert present(catalogue.garment(article(1))).style_id == "B"
    assert catalogue.garment(article(2)) is None


def test_items_follow_their_styles(database: Database) -> None:
    catalogue = Catalogue(database)
    assert present(catalogue.garment_of_item(ItemId("A-W"))).style_id == "A"
    queries = Queries(database)
    assert present(catalogue.garment_of_item(ItemId("A-W"))).style_id == "A"
    assert queries.count == 0
    assert catalogue.garment_of_item(ItemId("gone")) is None
    with database.writing() as connection:
        connection.execute(update(COLOURWAY).where(COLOURWAY.c.item == "A-W").values(item="new"))
        connection.execute(delete(STYLE).where(STYLE.c.style_id == "B"))
    catalogue.changed(styles=[StyleId("A"), StyleId("B")])
    assert catalogue.garment_of_item(ItemId("A-W")) is None
    assert catalogue.garment_of_item(ItemId("B-W")) is None
    assert present(catalogue.garment_of_item(ItemId("new"))).style_id == "A"


def test_listeners_get_what_changed(database: Database) -> None:
    catalogue = Catalogue(database)
    heard: list[tuple[set[str], set[str]]] = []
    catalogue.listen(lambda styles, articles: heard.append((set(styles), set(articles))))
    catalogue.changed(styles=[StyleId("A")], articles=[article(2)])
    catalogue.sell([(piece_id(article(1), "1"), article(1))], "o", 1)
    assert heard == [({"A"}, {article(2)}), (set(), {article(1)})]


@pytest.mark.parametrize("query", ["FROM sku", "FROM style", "FROM colourway"])
def test_a_style_that_was_read_during_a_change_is_not_kept(database: Database, query: str) -> None:
    """The change is made between a query of the look-up and the caching of its result, by a listener of the engine."""
    catalogue, changes = Catalogue(database), [True]

    def change(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if query in statement and changes:
            changes.clear()
            set_price(database, "A", 500)
            catalogue.changed(styles=[StyleId("A")])

    event.listen(database.engine, "after_cursor_execute", change)
    catalogue.garment(article(1))
    assert not changes
    assert present(catalogue.garment(article(1))).price == Money(500, "EUR")


@pytest.mark.parametrize("limits", [{"max_styles": 1}, {"max_articles": 1}])
def test_the_cache_has_limits(database: Database, limits: dict[str, int]) -> None:
    catalogue, roomy = Catalogue(database, **limits), Catalogue(database)
    queries = Queries(database)
    for found, again in ((catalogue, True), (roomy, False)):
        for of in (article(1), article(2)):
            found.garment(of)
        before = queries.count
        found.garment(article(1))
        assert (queries.count > before) is again
        before = queries.count
        found.garment(article(1))
        assert queries.count == before, "the last one is always kept"
