"""Products by words, tag, label and code, with stock, in every script; SQLite and PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.epc import codec
from kiosk.core.domain.ids import ArticleId, piece_id
from kiosk.store.catalogue.catalogue import Catalogue
from kiosk.store.db.database import Database
from kiosk.store.db.search_words import MAX_CHARS, search_text, search_words
from kiosk.store.db.table_groups.search import STYLE_WORDS
from kiosk.store.lookup.product_search import MAX_PRODUCTS, FoundProducts, ProductSearch
from tests.kiosk.store import postgres
from tests.kiosk.store.feed_import.taking import FeedShop
from tests.kiosk.store.sample_shop import gtin_of

NAMES = {
    "N1": {"en": "Wool coat", "de": "Wollmantel", "ja": "ウールのロングコート", "ar": "مِعْطَف صوف"},
    "N2": {"en": "Größe & Rösti shirt", "zh": "白色长袖衬衫"},
    "N3": {"en": "100% linen_shirt", "fr": "Chemise à œillets"},
}


@pytest.fixture(scope="module", params=["sqlite", pytest.param("postgresql", marks=pytest.mark.full)])
def shop(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[FeedShop]:
    """The sample shop with further styles."""
    folder = tmp_path_factory.mktemp("lookup")
    url = (
        f"sqlite:///{folder / 'store.db'}" if request.param == "sqlite"
        else postgres.fresh_database(request.getfixturevalue("postgres_server"))
    )  # fmt: skip
    database = Database(url)
    opened = FeedShop(database, folder / "feed")
    coat = opened.lines("styles")[0]
    added = [{**coat, "style_id": key, "name": name} for key, name in NAMES.items()]
    opened.write("styles", [*opened.lines("styles"), *added])
    opened.take()
    yield opened
    database.close()


def find(shop: FeedShop, question: str) -> FoundProducts:
    return ProductSearch(shop.database, Catalogue(shop.database)).find(question)


def ids(shop: FeedShop, question: str) -> list[str]:
    return [product.style_id for product in find(shop, question).products]


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("wool", "N1"), ("WOOL COAT", "N1"), ("coat wool", "N1"), ("wollman", "N1"), ("mantel", "N1"),
        ("ロングコート", "N1"), ("ﾛﾝｸﾞｺｰﾄ", "N1"), ("معطف", "N1"), ("مِعْطَف", "N1"), ("معـطف", "N1"),
        ("grosse", "N2"), ("GRÖẞE", "N2"), ("rosti", "N2"), ("长袖", "N2"),
        ("100", "N3"), ("oeillets", "N3"), ("œillets", "N3"), ("n3", "N3"),
    ],
)  # fmt: skip
def test_a_product_is_found_by_its_words(shop: FeedShop, question: str, found: str) -> None:
    assert found in ids(shop, question)


@pytest.mark.parametrize(
    "question", ["%", "_", "100%x", "' OR 1=1 -- wool", "wool_", "\\", "  ", "\x00", "zzz", "wool zzz"]
)
def test_wildcards_and_what_is_not_there_find_nothing_else(shop: FeedShop, question: str) -> None:
    found = ids(shop, question)
    assert found == (["N1"] if question == "wool_" else [])


def test_beginnings_of_words_come_first(shop: FeedShop) -> None:
    assert ids(shop, "coat")[:1] != ["N2"]
    first = ids(shop, "shirt")
    assert {"N2", "N3"} <= set(first)


def test_a_tag_a_label_and_an_own_code_name_one_article_with_its_stock(shop: FeedShop) -> None:
    gtin = gtin_of("S1", "WHI", "M")
    for question in (
        gtin,
        codec.encode(gtin, "77", 7, 1),
        f"https://id.gs1.org/01/{gtin}/21/77",
        f" {gtin} ",
    ):
        found = find(shop, question)
        assert ([p.style_id for p in found.products], found.article, found.sold) == (["S1"], gtin, False)
        (size,) = (s for c in found.products[0].colours for s in c.sizes if s.article == gtin)
        assert (size.floor, size.stockroom) == (2, 2)


def test_a_sold_piece_is_told(shop: FeedShop) -> None:
    gtin = gtin_of("S1", "WHI", "L")
    catalogue = Catalogue(shop.database)
    label = f"https://id.gs1.org/01/{gtin}/21/sold-1"
    search = ProductSearch(shop.database, catalogue)
    catalogue.sell([(piece_id(ArticleId(gtin), "sold-1"), ArticleId(gtin))], "o1", shop.pass_s())
    assert (search.find(label).sold, search.find(gtin).sold) == (True, False)


def test_an_article_of_another_shop_is_not_found(shop: FeedShop) -> None:
    assert find(shop, "4006381333931") == FoundProducts()


def test_more_than_are_shown_are_told(shop: FeedShop) -> None:
    coat = shop.lines("styles")[0]
    many = [
        {**coat, "style_id": f"M{n}", "name": {"en": f"Mackintosh {n:02}"}} for n in range(MAX_PRODUCTS + 1)
    ]
    before = shop.lines("styles")
    shop.write("styles", [*before, *many])
    shop.take()
    found = find(shop, "mackint")
    assert ([p.style_id for p in found.products], found.more) == (
        [f"M{n}" for n in range(MAX_PRODUCTS)],
        True,
    )
    assert find(shop, "mackintosh 07").more is False
    shop.write("styles", before)
    shop.accept(shop.take().held[0])
    assert ids(shop, "mackint") == []
    with shop.database.reading() as connection:
        assert connection.execute(STYLE_WORDS.select().where(STYLE_WORDS.c.style_id.like("M%"))).all() == []


def test_a_changed_name_is_found_and_the_old_one_is_not(shop: FeedShop) -> None:
    shop.edit(
        "styles",
        lambda line: {**line, "name": {"en": "Quixotic parka"}} if line["style_id"] == "N1" else line,
    )
    shop.take()
    assert (ids(shop, "quixotic"), ids(shop, "wollmantel")) == (["N1"], [])
    shop.edit("styles", lambda line: {**line, "name": NAMES["N1"]} if line["style_id"] == "N1" else line)
    shop.take()


@given(st.text(), st.text())
def test_words_of_a_text_find_the_text(name: str, other: str) -> None:
    words = search_text([name, other])
    assert len(words) <= MAX_CHARS
    assert all(word in words for word in search_words(name[:100]))
    assert search_words(words) == tuple(dict.fromkeys(words.split()))


def test_planted_words_with_their_accents_are_not_found(shop: FeedShop) -> None:
    with shop.database.writing() as connection:
        kept = connection.execute(STYLE_WORDS.select().where(STYLE_WORDS.c.style_id == "N2")).one()
        this = STYLE_WORDS.update().where(STYLE_WORDS.c.style_id == "N2")
        connection.execute(this.values(words=" größe rösti ", spellings=" "))
    assert ids(shop, "rosti") == []
    with shop.database.writing() as connection:
        connection.execute(this.values(words=kept.words, spellings=kept.spellings))
