"""The size to bring: the usual one, else the one in the room, else the next one; a size not known is not named."""

from __future__ import annotations

import pytest

from kiosk.core.domain.garment import Garment
from kiosk.core.domain.ids import ArticleId, ItemId, ShopperId
from kiosk.core.domain.shopper import CategorySize
from kiosk.store.advice.size_tables import SizeTables
from kiosk.store.advice.size_to_bring import EligibleItems, SizesInStock
from kiosk.store.catalogue.catalogue import Catalogue
from kiosk.store.customers.customers import Customer
from tests.kiosk.store.sample_shop import gtin_of

TABLES = SizeTables.shipped()
COAT, SHIRT, LOAFERS = ItemId("C1-NVY"), ItemId("S1-WHI"), ItemId("F1-BLK")


def customer(**sizes: str) -> Customer:
    worn = tuple(CategorySize(category, size) for category, size in sizes.items())
    return Customer(ShopperId("s1"), "Clara", "en", worn, (), "")


def piece(catalogue: Catalogue, style: str, colour: str, size: str) -> Garment:
    found = catalogue.garment(gtin_of(style, colour, size))
    assert found is not None
    return found


def without(catalogue: Catalogue, item: ItemId, *sizes: str) -> dict[ItemId, dict[str, ArticleId]]:
    """The stock without these sizes of an item."""
    stock = {one: dict(found) for one, found in catalogue.in_stock().items()}
    for size in sizes:
        del stock[item][size]
    return stock


def test_a_known_shopper_gets_her_usual_size_or_nothing(sample_catalogue: Catalogue) -> None:
    known = customer(coats="38")
    found = SizesInStock(sample_catalogue, sample_catalogue.in_stock(), (), known, TABLES).choose(COAT)
    assert found is not None
    assert (found.garment.size, found.fits) == ("38", True)
    gone = SizesInStock(sample_catalogue, without(sample_catalogue, COAT, "38"), (), known, TABLES)
    assert gone.choose(COAT) is None


def test_a_usual_size_outside_the_run_does_not_count(sample_catalogue: Catalogue) -> None:
    sizes = SizesInStock(sample_catalogue, sample_catalogue.in_stock(), (), customer(coats="XL"), TABLES)
    found = sizes.choose(COAT)
    assert found is not None
    assert (found.garment.size, found.fits, found.named) == ("38", True, False), "the middle of the run"


def test_the_size_of_a_piece_in_the_room_is_taken_in_the_same_size_system(
    sample_catalogue: Catalogue,
) -> None:
    coat = piece(sample_catalogue, "C1", "CAM", "40")
    sizes = SizesInStock(sample_catalogue, sample_catalogue.in_stock(), [coat], None, TABLES)
    brought = sizes.choose(COAT)
    assert brought is not None
    assert (brought.garment.size, brought.fits) == ("40", True)
    other_system = sizes.choose(LOAFERS)
    assert other_system is not None
    assert (other_system.garment.size, other_system.fits, other_system.named) == ("39", True, False)


def test_another_size_than_the_one_in_the_room_does_not_fit(sample_catalogue: Catalogue) -> None:
    shirt = piece(sample_catalogue, "S1", "BLU", "L")
    stock = without(sample_catalogue, SHIRT, "L")
    found = SizesInStock(sample_catalogue, stock, [shirt], None, TABLES).choose(SHIRT)
    assert found is not None
    assert (found.garment.size, found.fits) == ("M", False)


@pytest.mark.parametrize("item", [ItemId("C1-RED"), ItemId("X9-NVY")])
def test_an_item_without_stock_is_not_brought(sample_catalogue: Catalogue, item: ItemId) -> None:
    assert SizesInStock(sample_catalogue, sample_catalogue.in_stock(), (), None, TABLES).choose(item) is None


def test_eligible_items_are_those_of_the_stock_that_pass_the_condition(sample_catalogue: Catalogue) -> None:
    sizes = SizesInStock(sample_catalogue, sample_catalogue.in_stock(), (), None, TABLES)
    shirts = EligibleItems(sizes, lambda sized: sized.garment.category == "shirts")
    assert set(shirts) == {"S1-WHI", "S1-BLU"}
    assert (len(shirts), SHIRT in shirts, COAT in shirts, "unknown" in shirts, 3 in shirts) == (
        2,
        True,
        False,
        False,
        False,
    )


def test_a_size_far_from_hers_stands_for_the_item_but_is_not_named(sample_catalogue: Catalogue) -> None:
    coat = piece(sample_catalogue, "C1", "CAM", "36")
    stock = without(sample_catalogue, COAT, "36", "38")
    found = SizesInStock(sample_catalogue, stock, [coat], None, TABLES).choose(COAT)
    assert found is not None
    assert (found.garment.size, found.fits, found.named) == ("40", False, False)
