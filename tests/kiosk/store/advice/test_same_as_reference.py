"""Suggestions by arrays are those of the plain rules, in random shops: with and without a model, guests and members,
little in stock, few categories, after sales and changed feeds."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import delete, update

from kiosk.core.domain.garment import Garment
from kiosk.core.domain.ids import ArticleId, StyleId, Ticket
from kiosk.core.visit.effects import FindLooks
from kiosk.store.advice.assortment.index import AssortmentIndex
from kiosk.store.advice.model_ranking import open_ranking
from kiosk.store.advice.stylist_looks import StylistLooks
from kiosk.store.advice.suggestions import LookSuggestions
from kiosk.store.catalogue.catalogue import Catalogue
from kiosk.store.db.database import Database
from kiosk.store.db.tables import STOCK, STYLE
from recommender.looks.serving import artefact
from recommender.looks.serving.looks import LooksRecommender
from tests.kiosk.store.advice.random_shop import RandomShop, shop_database
from tests.kiosk.store.advice.reference_suggestions import TABLES, Reference, only_stylists

QUESTIONS = 10


class Advice:
    """The product's suggestions on one database."""

    def __init__(self, database: Database, model: Path | None) -> None:
        self.database, self.catalogue = database, Catalogue(database)
        self.index = AssortmentIndex(database)
        self.catalogue.listen(self.index.changed)
        looks = StylistLooks(database)
        ranking = open_ranking(model, database, self.index, looks)
        ranking.prepare()
        self.suggestions = LookSuggestions(self.catalogue, self.index, ranking, looks, lambda: 0, TABLES)


def compare(shop: RandomShop, advice: Advice, model: LooksRecommender | None) -> int:
    """Asks both some questions; returns how many suggestions were compared."""
    reference, compared = Reference(advice.database, shop.looks, model), 0
    for _ in range(QUESTIONS):
        room, without, customer = shop.some(4), shop.some(3), shop.customer()
        garments = [advice.catalogue.garment_of_item(item) for item in room]
        pieces = [in_a_size(advice.catalogue, shop, g) for g in garments if g is not None]
        question = FindLooks(Ticket("t"), 1, tuple(room), tuple(without), None)
        found = advice.suggestions.suggest(question, customer, pieces)
        ours = [(s.garment.article, s.reason) for s in found]
        plain = reference.suggest(room, without, customer, pieces)
        if model is None:
            assert ours == plain
        else:
            assert only_stylists(ours) == only_stylists(plain)
        compared += len(ours)
    return compared


def in_a_size(catalogue: Catalogue, shop: RandomShop, garment: Garment) -> Garment:
    offers = garment.colourway.sizes
    found = catalogue.garment(offers[int(shop.rng.integers(len(offers)))].article)
    assert found is not None
    return found


@pytest.mark.parametrize(
    "seed", [*range(4), *(pytest.param(n, marks=pytest.mark.full) for n in range(4, 40))]
)
def test_suggestions_are_those_of_the_plain_rules(seed: int, tmp_path: Path) -> None:
    shop = RandomShop(seed)
    with shop_database(shop, tmp_path) as database:
        model = shop.model()
        artefact.write(model, tmp_path / "model", {"golden": []})
        looks = LooksRecommender(artefact.read(tmp_path / "model"), shop.looks)
        compare(shop, Advice(database, None), None)
        compare(shop, Advice(database, tmp_path / "model"), looks)


@pytest.mark.parametrize("seed", [100, *(pytest.param(n, marks=pytest.mark.full) for n in range(101, 112))])
def test_they_stay_so_while_pieces_are_sold_and_styles_change(seed: int, tmp_path: Path) -> None:
    shop = RandomShop(seed)
    with shop_database(shop, tmp_path) as database:
        artefact.write(shop.model(), tmp_path / "model", {"golden": []})
        looks = LooksRecommender(artefact.read(tmp_path / "model"), shop.looks)
        advice = Advice(database, tmp_path / "model")
        for change in (sell_half, change_prices_and_categories, delete_a_style, restock):
            styles, articles = change(shop, database)
            advice.catalogue.changed(styles, articles)
            compare(shop, advice, looks)


def test_a_change_that_is_not_reported_is_caught(tmp_path: Path) -> None:
    shop = RandomShop(3)
    shop.density = 0.8
    with shop_database(shop, tmp_path) as database:
        advice = Advice(database, None)
        assert compare(shop, advice, None)
        sell_half(shop, database)
        advice.catalogue.invalidate()
        with pytest.raises(AssertionError):
            compare(shop, advice, None)


Changes = tuple[list[StyleId], list[ArticleId]]


def sell_half(shop: RandomShop, database: Database) -> Changes:
    sold = [
        shop.article(style, colour, size)
        for style in range(shop.styles)
        for colour in range(shop.colours)
        for size in shop.run(style)
        if shop.rng.random() < 0.5
    ]
    with database.writing() as connection:
        connection.execute(update(STOCK).where(STOCK.c.article.in_(sold)).values(count=0))
    return [], sold


def restock(shop: RandomShop, database: Database) -> Changes:
    with database.writing() as connection:
        connection.execute(update(STOCK).values(count=1))
    return [], [
        shop.article(style, colour, size)
        for style in range(shop.styles)
        for colour in range(shop.colours)
        for size in shop.run(style)
    ]


def change_prices_and_categories(shop: RandomShop, database: Database) -> Changes:
    changed = [StyleId(f"S{n}") for n in range(0, shop.styles, 3)]
    with database.writing() as connection:
        for style in changed:
            row = {
                "price_minor": int(shop.rng.integers(1, 90)) * 100,
                "category": f"category {shop.rng.integers(5)}",
            }
            connection.execute(update(STYLE).where(STYLE.c.style_id == style).values(row))
    return changed, []


def delete_a_style(shop: RandomShop, database: Database) -> Changes:
    gone = StyleId(f"S{shop.rng.integers(shop.styles)}")
    with database.writing() as connection:
        connection.execute(delete(STYLE).where(STYLE.c.style_id == gone))
    return [gone], []
