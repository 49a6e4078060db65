"""Item ids and articles that move between styles, and what waits for a colour; SQLite and PostgreSQL."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kiosk.store.db.tables import COLOURWAY, SKU
from kiosk.store.feed_import import Loss
from tests.kiosk.store.feed_import.taking import FeedShop, Line
from tests.kiosk.store.sample_shop import gtin_of

SHIRT = gtin_of("S1", "WHI", "M")


def items_of(shop: FeedShop) -> dict[str, str]:
    """Style and colour code by item id."""
    return {row["item"]: f"{row['style_id']} {row['code']}" for row in shop.rows(COLOURWAY)}


def renamed(*styles: str, minor: int = 0) -> Callable[[Line], Line]:
    """New ids of styles, with their items' ids as they were."""

    def change(line: Line) -> Line:
        style_id = line["style_id"]
        if style_id not in styles:
            return line
        found = {**line, "style_id": f"{style_id}-26"}
        if "colours" in line:
            found["colours"] = [{**c, "item_id": f"{style_id}-{c['code']}"} for c in line["colours"]]
            found["price"] = {"currency": "EUR", "minor": minor or line["price"]["minor"]}
        return found

    return change


@pytest.mark.parametrize("styles", [("S1",), ("C1", "S1", "T1")])
def test_styles_with_new_ids_keep_their_items_articles_and_stock(
    shop: FeedShop, styles: tuple[str, ...]
) -> None:
    articles, items = len(shop.rows(SKU)), set(items_of(shop))
    for kind in ("styles", "items"):
        shop.edit(kind, renamed(*styles))
    report = shop.take()
    assert report.mistakes == ()
    while report.held:
        report = shop.accept(report.held[0])
    found = items_of(shop)
    assert (set(found), len(shop.rows(SKU))) == (items, articles)
    assert found["S1-WHI"] == "S1-26 WHI"
    assert shop.stock(SHIRT) == {"floor": 2, "stockroom": 2}


def test_styles_that_get_their_former_ids_back_while_the_loss_waits_are_as_before(shop: FeedShop) -> None:
    before = {kind: shop.lines(kind) for kind in ("styles", "items")}
    for kind in before:
        shop.edit(kind, renamed("C1", "S1", "T1"))
    assert [loss.what for loss in shop.take().held] == [Loss.ROWS]
    for kind, lines in before.items():
        shop.write(kind, lines)
    report = shop.take()
    while report.held:
        report = shop.accept(report.held[0])
    found = items_of(shop)
    assert (found["S1-WHI"], len(found)) == ("S1 WHI", 8)
    assert shop.stock(SHIRT) == {"floor": 2, "stockroom": 2}


def test_two_styles_exchange_their_items(shop: FeedShop) -> None:
    given = {"C1": "S1-WHI", "S1": "C1-NVY"}

    def change(line: Line) -> Line:
        if line["style_id"] in given:
            line["colours"][0]["item_id"] = given[line["style_id"]]
        return line

    shop.edit("styles", change)
    assert shop.take().mistakes == ()
    assert (items_of(shop)["S1-WHI"], items_of(shop)["C1-NVY"]) == ("C1 NVY", "S1 WHI")


def test_an_item_of_an_unchanged_line_cannot_be_taken(shop: FeedShop) -> None:
    colours = [{"code": "X", "name": "x", "item_id": "S1-WHI"}]
    shop.write(
        "styles", [*shop.lines("styles"), {**shop.lines("styles")[0], "style_id": "Z9", "colours": colours}]
    )
    assert shop.take().mistakes == (
        "styles.jsonl:6: the item S1-WHI is also in style S1; give one of them an item_id of its own",
    )
    assert items_of(shop)["S1-WHI"] == "S1 WHI"


@pytest.mark.parametrize(
    ("minor", "own", "waits"), [(7_740, 0, False), (7_740, 4_644, True), (199, 0, True), (7_740, 7_000, True)]
)
def test_what_an_article_costs_is_compared_with_what_it_cost_before_the_import(
    shop: FeedShop, minor: int, own: int, waits: bool
) -> None:
    """Two steps that are small by themselves, the style's and the variant's; another style with another price."""
    shop.edit("styles", renamed("S1", minor=minor))
    shop.edit("items", renamed("S1"))
    if own:
        shop.edit("items", lambda line: {**line, "price_minor": own} if line["gtin"] == SHIRT else line)
    held = [loss for loss in shop.take().held if loss.what is Loss.PRICES]
    assert bool(held) == waits
    assert shop.price(SHIRT) == (12_900 if waits else own or minor)
    assert [loss.what for loss in shop.take().held] == [loss.what for loss in held], (
        "it waits also the next time"
    )
    if held:
        shop.accept(held[0])
        assert shop.price(SHIRT) == (own or minor)


def test_a_variant_whose_style_gets_cheaper_as_well_is_compared_with_its_former_price(shop: FeedShop) -> None:
    shop.edit(
        "styles",
        lambda line: {**line, "price": {"currency": "EUR", "minor": line["price"]["minor"] * 6 // 10}},
    )
    shop.edit("items", lambda line: {**line, "price_minor": 4_644} if line["gtin"] == SHIRT else line)
    for _ in range(2):
        (held,) = shop.take().held
        assert (held.kind, shop.price(SHIRT)) == ("items", 12_900)
        shop.edit("items", lambda line: line)
    shop.accept(held)
    assert shop.price(SHIRT) == 4_644


def test_an_item_waits_for_its_colour_and_is_taken_when_it_comes(shop: FeedShop) -> None:
    shop.edit("items", lambda line: {**line, "colour": "RED"} if line["gtin"] == SHIRT else line)
    assert [m for m in shop.take().mistakes if "style S1 has no colour RED" in m]
    red = {"code": "RED", "name": {"en": "Red"}}
    shop.edit(
        "styles",
        lambda line: {**line, "colours": [*line["colours"], red]} if line["style_id"] == "S1" else line,
    )
    assert shop.take().mistakes == ()
    assert [row["colour"] for row in shop.rows(SKU) if row["article"] == SHIRT] == ["RED"]


def test_what_waits_is_shown_again_when_its_folder_was_empty_for_a_time(shop: FeedShop) -> None:
    """An empty mount point: the network drive of the feed is away."""
    shop.edit("styles", lambda line: line if line["style_id"] in ("C1", "S1") else None)
    (before,) = shop.take().held
    away = shop.folder.rename(shop.folder.with_name("away"))
    shop.folder.mkdir()
    assert shop.take().held == ()
    shop.folder.rmdir()
    away.rename(shop.folder)
    assert [loss.digest for loss in shop.take().held] == [before.digest]
