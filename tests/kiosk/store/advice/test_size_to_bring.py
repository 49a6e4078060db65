"""The size to bring: the usual one, else the one in the room, else the next one; a size not known is not named."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import update

from kiosk.core.domain.garment import Garment
from kiosk.core.domain.ids import ItemId, ShopperId
from kiosk.core.domain.shopper import CategorySize
from kiosk.store.advice.assortment.assortment import Assortment
from kiosk.store.advice.assortment.index import AssortmentIndex
from kiosk.store.advice.size_tables import SizeTables
from kiosk.store.advice.size_to_bring import SizesInStock, SizeToBring
from kiosk.store.catalogue.catalogue import Catalogue
from kiosk.store.customers.customers import Customer
from kiosk.store.db.database import Database
from kiosk.store.db.tables import STOCK
from tests.kiosk.store.sample_shop import gtin_of

TABLES = SizeTables.shipped()
COAT, SHIRT, LOAFERS = ItemId("C1-NVY"), ItemId("S1-WHI"), ItemId("F1-BLK")
Sell = Callable[..., None]


def customer(**sizes: str) -> Customer:
    worn = tuple(CategorySize(category, size) for category, size in sizes.items())
    return Customer(ShopperId("s1"), "Clara", "en", worn, (), "")


def piece(catalogue: Catalogue, style: str, colour: str, size: str) -> Garment:
    found = catalogue.garment(gtin_of(style, colour, size))
    assert found is not None
    return found


@pytest.fixture
def sell(sample_database: Database, sample_index: AssortmentIndex) -> Sell:
    """Sells all pieces of an article."""

    def sell_all(style: str, colour: str, size: str) -> None:
        article = gtin_of(style, colour, size)
        with sample_database.writing() as connection:
            connection.execute(update(STOCK).where(STOCK.c.article == article).values(count=0))
        sample_index.changed(articles=[article])

    return sell_all


def chosen(sizes: SizesInStock, assortment: Assortment, item: ItemId) -> SizeToBring | None:
    """The size to bring; the masks must say the same of it."""
    row = assortment.row(item)
    assert row is not None
    found, masks = sizes.choose(row), sizes.masks()
    assert (bool(masks.brings[row]), bool(masks.fits[row])) == (
        found is not None,
        found is not None and found.fits,
    )
    return found


def test_a_known_shopper_gets_her_usual_size_or_nothing(sample_assortment: Assortment, sell: Sell) -> None:
    sizes = SizesInStock(sample_assortment, (), customer(coats="38"), TABLES)
    assert chosen(sizes, sample_assortment, COAT) == SizeToBring("38", fits=True)
    sell("C1", "NVY", "38")
    assert chosen(sizes, sample_assortment, COAT) is None


def test_a_usual_size_outside_the_run_does_not_count(sample_assortment: Assortment) -> None:
    sizes = SizesInStock(sample_assortment, (), customer(coats="XL"), TABLES)
    assert chosen(sizes, sample_assortment, COAT) == SizeToBring("38", fits=True, named=False), (
        "the middle of the run"
    )


def test_the_size_of_a_piece_in_the_room_is_taken_in_the_same_size_system(
    sample_catalogue: Catalogue, sample_assortment: Assortment
) -> None:
    sizes = SizesInStock(sample_assortment, [piece(sample_catalogue, "C1", "CAM", "40")], None, TABLES)
    assert chosen(sizes, sample_assortment, COAT) == SizeToBring("40", fits=True)
    assert chosen(sizes, sample_assortment, LOAFERS) == SizeToBring("39", fits=True, named=False), (
        "another system"
    )


def test_another_size_than_the_one_in_the_room_does_not_fit(
    sample_catalogue: Catalogue, sample_assortment: Assortment, sell: Sell
) -> None:
    sell("S1", "WHI", "L")
    sizes = SizesInStock(sample_assortment, [piece(sample_catalogue, "S1", "BLU", "L")], None, TABLES)
    assert chosen(sizes, sample_assortment, SHIRT) == SizeToBring("M", fits=False)


def test_an_item_without_stock_is_not_brought(sample_assortment: Assortment, sell: Sell) -> None:
    for size in ("38", "39"):
        sell("F1", "BLK", size)
    assert chosen(SizesInStock(sample_assortment, (), None, TABLES), sample_assortment, LOAFERS) is None


def test_a_size_far_from_hers_stands_for_the_item_but_is_not_named(
    sample_catalogue: Catalogue, sample_assortment: Assortment, sell: Sell
) -> None:
    for size in ("36", "38"):
        sell("C1", "NVY", size)
    sizes = SizesInStock(sample_assortment, [piece(sample_catalogue, "C1", "CAM", "36")], None, TABLES)
    assert chosen(sizes, sample_assortment, COAT) == SizeToBring("40", fits=False, named=False)
