"""One name written in several ways finds the same styles; SQLite and PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.store.catalogue.catalogue import Catalogue
from kiosk.store.db.database import Database
from kiosk.store.db.search_words import MAX_CHARS, asked_words, search_spellings, search_words
from kiosk.store.db.table_groups.search import STYLE_WORDS
from kiosk.store.lookup.product_search import MAX_PRODUCTS, ProductSearch
from tests.kiosk.store import postgres
from tests.kiosk.store.feed_import.taking import FeedShop

NAMES = {
    "VT1": {"en": "T-Shirt"}, "VT2": {"en": "Tshirt"}, "VT3": {"en": "t shirt"}, "VT4": {"en": "Ｔ‑Ｓｈｉｒｔ"},
    "VP1": {"de": "Pullover"}, "VP2": {"de": "Pull-over"}, "VP3": {"de": "Pull Over"}, "VP4": {"de": "Pull\u00adover"},
    "VW1": {"en": "Women's blazer"}, "VW2": {"en": "Womens blazer"}, "VW3": {"en": "Women’s blazer"},
    "VF1": {"fr": "L'été indien"}, "VF2": {"fr": "l’ete indien"},
    "VG1": {"de": "Grüner Rock"}, "VG2": {"de": "Gruener Rock"}, "VG3": {"de": "GRÜNER ROCK"},
    "VK1": {"en": "ΦΌΡΕΜΑ ΔΎΟ ΌΨΕΙΣ"}, "VK2": {"en": "φορεμα δυο οψεις"},
    "VI1": {"en": "KIRMIZI TİŞÖRT"}, "VI2": {"en": "kırmızı tişört"},
    "VA1": {"ar": "مِعْطَف كحلى"}, "VA2": {"ar": "المعطف الكحلي"},
    "VB1": {"ar": "عباءة طويلة"}, "VB2": {"ar": "عباءه طويله"},
    "VN1": {"en": "3-in-1 parka"}, "VN2": {"en": "3in1 parka"}, "VN3": {"en": "٣ in ١ parka"},
    "VJ1": {"ja": "ロング・コート"}, "VJ2": {"ja": "ロングコート"}, "VJ3": {"ja": "ﾛﾝｸﾞ ｺｰﾄ"},
}  # fmt: skip
QUESTIONS = {
    "T": ("tshirt", "t shirt", "T-Shirt", "T‑shirt", "T-SHIRT", "ｔ－ｓｈｉｒｔ", "T–Shirt", "t.shirt", "T\u00adshirt"),
    "P": ("pullover", "pull over", "Pull-over", "PULL OVER", "pullove", "pull ov"),
    "W": ("women's blazer", "womens blazer", "women’s blaz", "WOMENS"),
    "F": ("l'été", "l’ete", "lete", "L ETE indien", "été"),
    "G": ("grüner rock", "gruener", "GRÜNER ROCK"),
    "K": ("φόρεμα", "ΦΟΡΕΜΑ", "όψεις", "οψεισ"),
    "I": ("kırmızı", "KIRMIZI", "kirmizi", "tişört", "TİŞÖRT", "tisort"),
    "A": ("معطف", "المعطف", "مِعْطَف كحلي", "كحلى"),
    "B": ("عباءة", "عباءه", "عباءة طويلة"),
    "N": ("3in1", "3-in-1", "3 in 1 parka", "٣in١"),
    "J": ("ロングコート", "ロング コート", "ﾛﾝｸﾞ・ｺｰﾄ"),
}  # fmt: skip


@pytest.fixture(scope="module", params=["sqlite", pytest.param("postgresql", marks=pytest.mark.full)])
def shop(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[FeedShop]:
    """The sample shop with styles whose names are written in several ways."""
    folder = tmp_path_factory.mktemp("spellings")
    url = (
        f"sqlite:///{folder / 'store.db'}" if request.param == "sqlite"
        else postgres.fresh_database(request.getfixturevalue("postgres_server"))
    )  # fmt: skip
    database = Database(url)
    opened = FeedShop(database, folder / "feed")
    coat = opened.lines("styles")[0]
    added = [{**coat, "style_id": key, "name": {"en": key, **name}} for key, name in NAMES.items()]
    shirts = [
        {**coat, "style_id": f"Z{n}", "name": {"en": f"A shirt, teal {n:02}"}}
        for n in range(MAX_PRODUCTS + 1)
    ]
    opened.write("styles", [*opened.lines("styles"), *added, *shirts])
    opened.take()
    yield opened
    database.close()


def ids(shop: FeedShop, question: str) -> list[str]:
    found = ProductSearch(shop.database, Catalogue(shop.database)).find(question)
    return [product.style_id for product in found.products]


@pytest.mark.parametrize(("kind", "question"), [(k, q) for k, asked in QUESTIONS.items() for q in asked])
def test_each_way_to_write_it_finds_all_of_them(shop: FeedShop, kind: str, question: str) -> None:
    wanted = {key for key in NAMES if key.startswith(f"V{kind}")}
    found = ids(shop, question)
    assert wanted <= set(found[: len(wanted)]), f"{question}: {found}"


def test_a_short_word_is_looked_for_with_its_neighbour_first(shop: FeedShop) -> None:
    """More shirts than are shown have a word that begins with t."""
    assert set(ids(shop, "t shirt")[:4]) == {"VT1", "VT2", "VT3", "VT4"}
    assert ids(shop, "a shirt t")[0].startswith("Z")


def test_planted_fault_without_other_spellings_one_word_does_not_find_two(shop: FeedShop) -> None:
    with shop.database.writing() as connection:
        kept = connection.execute(STYLE_WORDS.select().where(STYLE_WORDS.c.style_id.like("VT%"))).all()
        connection.execute(
            STYLE_WORDS.update().where(STYLE_WORDS.c.style_id.like("VT%")).values(spellings=" ")
        )
    assert ids(shop, "tshirt") == ["VT2"]
    with shop.database.writing() as connection:
        for row in kept:
            this = STYLE_WORDS.update().where(STYLE_WORDS.c.style_id == row.style_id)
            connection.execute(this.values(spellings=row.spellings))


@given(st.text())
def test_any_text_has_spellings_and_words_of_the_same_number(text: str) -> None:
    asked = asked_words(text, 8)
    assert len(asked) == len(search_words(text)[:8])
    assert all(word.alone and all(word.all) for word in asked)
    found = search_spellings([text])
    assert len(found) <= MAX_CHARS
    assert all(spelling.isalnum() for spelling in found.split())
