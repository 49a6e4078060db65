"""Prices of what comes back to the catalogue, and of new variants; SQLite and PostgreSQL."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kiosk.core.domain.money import Money
from kiosk.store.db.table_groups.prices import LAST_PRICE
from kiosk.store.feed_import import Loss, PriceChange
from tests.kiosk.store.feed_import.taking import FeedShop, Line
from tests.kiosk.store.sample_shop import gtin_of

SHIRT = gtin_of("S1", "WHI", "M")
FULL, CENT = 12_900, 1


def euros(minor: int) -> Line:
    return {"currency": "EUR", "minor": minor}


def leave_and_return(shop: FeedShop, minor: int) -> None:
    """Style S1 leaves the feed, and is in the next one at another price."""
    styles = shop.lines("styles")
    shop.write("styles", [line for line in styles if line["style_id"] != "S1"])
    assert shop.take().held == ()
    shop.write("styles", [{**s, "price": euros(minor)} if s["style_id"] == "S1" else s for s in styles])


def colour_leaves(shop: FeedShop, minor: int) -> None:
    """Its colour leaves and comes back with a price of the variant's own."""
    styles, items = shop.lines("styles"), shop.lines("items")
    rest = [{**s, "colours": s["colours"][1:]} if s["style_id"] == "S1" else s for s in styles]
    shop.write("styles", rest)
    shop.write(
        "items", [line for line in items if not (line["style_id"] == "S1" and line["colour"] == "WHI")]
    )
    shop.take()
    shop.write("styles", styles)
    shop.write("items", [{**i, "price": euros(minor)} if i["gtin"] == SHIRT else i for i in items])


def variant_leaves(shop: FeedShop, minor: int) -> None:
    items = shop.lines("items")
    shop.write("items", [line for line in items if line["gtin"] != SHIRT])
    assert shop.take().held == ()
    shop.write("items", [{**i, "price": euros(minor)} if i["gtin"] == SHIRT else i for i in items])


def both_leave(shop: FeedShop, minor: int) -> None:
    """Style and variants leave, and come back together: the style as it was, the variant with a price of its own."""
    styles, items = shop.lines("styles"), shop.lines("items")
    shop.write("styles", [line for line in styles if line["style_id"] != "S1"])
    shop.write("items", [line for line in items if line["style_id"] != "S1"])
    shop.take()
    shop.write("styles", styles)
    shop.write("items", [{**i, "price": euros(minor)} if i["gtin"] == SHIRT else i for i in items])


AWAYS = (leave_and_return, colour_leaves, variant_leaves, both_leave)


@pytest.mark.parametrize(
    ("away", "kind", "key"),
    [(leave_and_return, "styles", "S1"), *((away, "items", SHIRT) for away in AWAYS[1:])],
)  # fmt: skip
def test_a_price_that_is_far_from_the_last_one_waits(
    shop: FeedShop, away: Callable[[FeedShop, int], None], kind: str, key: str
) -> None:
    away(shop, CENT)
    (held,) = shop.take().held
    assert (held.kind, held.what, held.prices) == (
        kind, Loss.PRICES, (PriceChange(key, Money(FULL, "EUR"), Money(CENT, "EUR")),),
    )  # fmt: skip
    assert shop.price(SHIRT) == FULL
    assert shop.accept(held).held == ()
    assert shop.price(SHIRT) == CENT


@pytest.mark.parametrize("away", AWAYS)
def test_a_price_near_the_last_one_is_taken(shop: FeedShop, away: Callable[[FeedShop, int], None]) -> None:
    away(shop, 9_900)
    assert shop.take().held == ()
    assert shop.price(SHIRT) == 9_900


def test_the_price_of_its_own_with_which_a_variant_left_counts(shop: FeedShop) -> None:
    items = shop.lines("items")
    shop.write("items", [{**i, "price": euros(9_900)} if i["gtin"] == SHIRT else i for i in items])
    shop.take()
    variant_leaves(shop, 6_500)
    assert shop.take().held == (), "within 40 % of 99.00, not of the style's 129.00"
    assert shop.price(SHIRT) == 6_500


def test_a_new_variant_of_a_known_style_is_compared_with_the_style(shop: FeedShop) -> None:
    new = {
        **shop.lines("items")[0],
        "gtin": "09521234999997",
        "style_id": "S1",
        "colour": "WHI",
        "size": "XXL",
    }
    shop.write("items", [*shop.lines("items"), {**new, "price": euros(CENT)}])
    (held,) = shop.take().held
    assert held.prices == (PriceChange("09521234999997", Money(FULL, "EUR"), Money(CENT, "EUR")),)
    assert shop.price("09521234999997") == FULL


def test_a_style_that_is_new_with_its_variants_may_cost_what_it_says(shop: FeedShop) -> None:
    style = {**shop.lines("styles")[0], "style_id": "N1", "price": euros(CENT)}
    colour = style["colours"][0]["code"]
    new = {"gtin": "09521234999997", "style_id": "N1", "colour": colour, "size": "M", "price": euros(FULL)}
    shop.write("styles", [*shop.lines("styles"), style])
    shop.write("items", [*shop.lines("items"), new])
    assert shop.take().held == ()


def test_planted_fault_without_the_last_price_the_cent_is_taken(shop: FeedShop) -> None:
    leave_and_return(shop, CENT)
    with shop.database.writing() as connection:
        connection.execute(LAST_PRICE.delete())
    assert shop.take().held == ()
    assert shop.price(SHIRT) == CENT
