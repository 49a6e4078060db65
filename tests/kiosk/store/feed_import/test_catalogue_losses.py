"""Styles, items and prices of a feed: what is new is taken, what is lost waits for a yes; SQLite and PostgreSQL."""

from __future__ import annotations

import json
from typing import Any

import pytest

from kiosk.core.domain.money import Money
from kiosk.store.db.tables import COLOURWAY, SKU, STOCK, STYLE
from kiosk.store.errors import NotFoundError
from kiosk.store.feed_import import Loss, PriceChange
from tests.kiosk.store.feed_import.taking import FeedShop, Line
from tests.kiosk.store.sample_shop import gtin_of

SHIRT = gtin_of("S1", "WHI", "M")
LEAVING = ("S1", "T1", "F1")


def without(*styles: str) -> Any:
    return lambda line: None if line["style_id"] in styles else line


def styles_of(shop: FeedShop) -> set[str]:
    return {row["style_id"] for row in shop.rows(STYLE)}


def priced(minor: int, style: str = "S1") -> Any:
    def change(line: Line) -> Line:
        return {**line, "price": {**line["price"], "minor": minor}} if line["style_id"] == style else line

    return change


def test_a_season_change_waits_for_one_yes_and_the_rest_of_the_feed_is_taken(shop: FeedShop) -> None:
    coat = {**shop.lines("styles")[0], "style_id": "N1"}
    shop.edit("styles", without(*LEAVING))
    shop.write("styles", [*shop.lines("styles"), coat])
    shop.edit("styles", priced(90_000, "C1"))
    shop.edit("items", without(*LEAVING))
    gone = {gtin_of(s, c, z) for s, c, z in _articles() if s in LEAVING}
    shop.edit("stock", lambda line: None if line["gtin"] in gone else {**line, "count": 7})
    report = shop.take()
    (held,) = report.held
    assert (held.kind, held.what, held.count, held.known, held.sample) == (
        "styles", Loss.ROWS, 3, 5, ("F1", "S1", "T1"),
    )  # fmt: skip
    assert styles_of(shop) == {"C1", "S1", "T1", "A1", "F1", "N1"}
    assert shop.price(gtin_of("C1", "NVY", "36")) == 90_000
    assert shop.stock(SHIRT) == {"floor": 2, "stockroom": 2}, "its stock waits with the style"
    assert shop.stock(gtin_of("C1", "NVY", "36")) == {"floor": 7, "stockroom": 7}
    assert shop.take().held == (held,), "it waits over a restart, since the first import"
    report = shop.accept(held)
    assert report.held == ()
    assert styles_of(shop) == {"C1", "A1", "N1"}
    assert {row["article"] for row in shop.rows(SKU)} & gone == set()
    assert {row["article"] for row in shop.rows(STOCK)} & gone == set()
    assert shop.keys("items") == {row["article"] for row in shop.rows(SKU)}


def _articles() -> list[tuple[str, str, str]]:
    from tests.kiosk.store.sample_shop import STYLES

    return [(s, c, z) for s, _, _, _, colours, sizes in STYLES for c in colours for z in sizes]


def test_a_style_that_comes_back_has_its_items_and_stock_again(shop: FeedShop) -> None:
    before = (shop.rows(SKU), sorted(map(str, shop.rows(STOCK))))
    styles, items, stock = (shop.lines(kind) for kind in ("styles", "items", "stock"))
    shop.edit("styles", without("S1"))
    report = shop.take()
    assert report.held == ()
    assert "S1" not in styles_of(shop)
    assert len([m for m in report.mistakes if m.startswith("items.jsonl")]) == 6, "its items are named"
    shop.write("styles", styles)
    assert (shop.lines("items"), shop.lines("stock")) == (items, stock), "only the styles have changed"
    report = shop.take()
    assert report.mistakes == ()
    assert sorted(map(str, shop.rows(SKU))) == sorted(map(str, before[0]))
    assert sorted(map(str, shop.rows(STOCK))) == before[1]


def test_a_yes_holds_for_a_smaller_loss_but_not_for_a_larger_one(shop: FeedShop) -> None:
    styles = shop.lines("styles")
    shop.edit("styles", without(*LEAVING))
    (held,) = shop.take().held
    shop.importer.accept(held.kind, held.digest, "m-mei", shop.pass_s())
    shop.write("styles", [s for s in styles if s["style_id"] not in (*LEAVING, "A1")])
    (larger,) = shop.take().held
    assert larger.count == 4
    assert larger.digest != held.digest
    shop.importer.accept(larger.kind, larger.digest, "m-mei", shop.pass_s())
    shop.write("styles", [s for s in styles if s["style_id"] not in LEAVING])
    assert shop.take().held == ()
    assert styles_of(shop) == {"C1", "A1"}


def test_a_yes_is_used_up_and_deletes_nothing_that_came_back(shop: FeedShop) -> None:
    styles = shop.lines("styles")
    shop.edit("styles", without(*LEAVING))
    (held,) = shop.take().held
    shop.accept(held)
    shop.write("styles", styles)
    shop.take()
    shop.edit("styles", without(*LEAVING))
    assert [loss.count for loss in shop.take().held] == [3]
    with pytest.raises(NotFoundError):
        shop.importer.accept("styles", "0" * 32, "m-mei", shop.pass_s())


@pytest.mark.parametrize("kind", ["styles", "items", "stock", "looks", "associates", "shoppers"])
@pytest.mark.parametrize(("text", "what"), [("", Loss.EMPTY), ("cut", Loss.TRUNCATED)])
def test_an_empty_or_a_truncated_file_loses_nothing_without_a_yes(
    shop: FeedShop, kind: str, text: str, what: Loss
) -> None:
    whole = (shop.folder / f"{kind}.jsonl").read_text(encoding="utf-8")
    before = {table.name: shop.rows(table) for table in (STYLE, SKU, STOCK)}
    shop.write(kind, whole[:60] if text else "")
    held = [loss for loss in shop.take().held if loss.kind == kind]
    assert [loss.what for loss in held] == [what]
    assert {table.name: shop.rows(table) for table in (STYLE, SKU, STOCK)} == before
    assert held[0].sample == () if kind == "shoppers" else held[0].sample
    shop.write(kind, whole)
    assert shop.take().held == (), "the whole file ends it"


def test_a_price_that_moves_too_far_waits_and_everything_else_of_its_line_is_taken(shop: FeedShop) -> None:
    shop.edit("styles", lambda line: {**priced(129)(line), "since": "2026-11-01"})
    shop.edit("styles", priced(100_000, "C1"))
    report = shop.take()
    (held,) = report.held
    assert (held.what, held.count, held.prices) == (
        Loss.PRICES, 1, (PriceChange("S1", Money(12_900, "EUR"), Money(129, "EUR")),),
    )  # fmt: skip
    assert shop.price(SHIRT) == 12_900
    assert shop.price(gtin_of("C1", "NVY", "36")) == 100_000
    assert {row["since"] for row in shop.rows(STYLE)} == {"2026-11-01"}
    shop.edit("stock", lambda line: line)
    assert shop.take().held == (held,)
    assert shop.accept(held).held == ()
    assert shop.price(SHIRT) == 129


def test_a_price_that_is_corrected_needs_no_yes(shop: FeedShop) -> None:
    shop.edit("styles", priced(129))
    assert shop.take().held
    shop.edit("styles", priced(12_000))
    assert shop.take().held == ()
    assert shop.price(SHIRT) == 12_000
    assert shop.importer.held() == ()


def test_the_price_of_a_variant_waits_alone(shop: FeedShop) -> None:
    def variant(line: Line) -> Line:
        money = {"currency": "EUR", "minor": 1_290}
        return {**line, "price": money} if line["gtin"] == SHIRT else line

    shop.edit("items", variant)
    (held,) = shop.take().held
    assert (held.kind, held.prices) == (
        "items", (PriceChange(SHIRT, Money(12_900, "EUR"), Money(1_290, "EUR")),),
    )  # fmt: skip
    assert shop.price(SHIRT) == 12_900
    shop.accept(held)
    assert shop.price(SHIRT) == 1_290
    assert shop.price(gtin_of("S1", "WHI", "L")) == 12_900


def test_lost_colours_take_their_items_with_them_and_many_wait(shop: FeedShop) -> None:
    def fewer(line: Line) -> Line:
        return {**line, "colours": line["colours"][:1]}

    styles = shop.lines("styles")
    shop.edit("styles", lambda line: fewer(line) if line["style_id"] == "S1" else line)
    report = shop.take()
    assert report.held == ()
    assert {row["colour"] for row in shop.rows(SKU) if row["style_id"] == "S1"} == {"WHI"}
    shop.write("styles", [*styles, *({**styles[0], "style_id": f"N{n}"} for n in range(3))])
    shop.take()
    shop.edit("styles", fewer)
    (held,) = shop.take().held
    assert (held.what, held.count) == (Loss.COLOURS, 6)
    assert len(shop.rows(COLOURWAY)) == 14
    shop.accept(held)
    assert len(shop.rows(COLOURWAY)) == 8


def test_a_line_that_cannot_be_read_keeps_what_it_may_be_about(shop: FeedShop) -> None:
    shop.write("styles", "{broken\n" + "".join(f"{json.dumps(line)}\n" for line in shop.lines("styles")[1:]))
    report = shop.take()
    assert styles_of(shop) >= {"C1"}
    assert any("stay until" in note for note in report.kind("styles").notes)
    assert report.held == ()


def test_an_item_waits_for_its_style_and_is_taken_when_it_comes(shop: FeedShop) -> None:
    coat = {**shop.lines("styles")[0], "style_id": "N1"}
    new = {"gtin": "09521234999997", "style_id": "N1", "colour": "NVY", "size": "38"}
    shop.write("items", [*shop.lines("items"), new])
    shop.write("stock", [*shop.lines("stock"), {"gtin": new["gtin"], "place": "floor", "count": 3}])
    report = shop.take()
    assert [m.partition(": ")[2] for m in report.mistakes] == [
        "there is no style N1", f"there is no item {new['gtin']}",
    ]  # fmt: skip
    shop.write("styles", [*shop.lines("styles"), coat])
    assert shop.take().mistakes == ()
    assert shop.stock(new["gtin"]) == {"floor": 3}


def test_a_dry_run_says_the_same_and_changes_nothing(shop: FeedShop) -> None:
    coat = {**shop.lines("styles")[0], "style_id": "N1"}
    shop.edit("styles", without(*LEAVING))
    shop.write("styles", [*shop.lines("styles"), coat])
    new = {"gtin": "09521234999997", "style_id": "N1", "colour": "NVY", "size": "38"}
    shop.write("items", [*(i for i in shop.lines("items") if i["style_id"] != "A1"), new])
    shop.write("stock", [*shop.lines("stock"), {"gtin": new["gtin"], "place": "floor", "count": 3}])
    shop.edit("associates", lambda line: line if line["associate_id"] != "a-ines" else None)
    shop.edit("shoppers", lambda line: line if line["shopper_id"] != "s1" else None)
    tables = (STYLE, COLOURWAY, SKU, STOCK)
    before = [shop.rows(table) for table in tables]
    told = shop.take(dry_run=True)
    assert [shop.rows(table) for table in tables] == before
    assert shop.importer.held() == ()
    done = shop.take()
    for kind in ("styles", "items", "stock", "shoppers", "associates"):
        dry, wet = told.kind(kind), done.kind(kind)
        assert (kind, dry.lines, dry.changed, dry.deleted, dry.mistakes) == (
            kind, wet.lines, wet.changed, wet.deleted, wet.mistakes,
        )  # fmt: skip
    assert [h.digest for h in told.held] == [h.digest for h in done.held]


def test_a_delta_loses_only_what_it_names(shop: FeedShop) -> None:
    (shop.folder / "items.jsonl").unlink()
    (shop.folder / "items.delta.jsonl").write_text(f'{{"gtin": "{SHIRT}", "deleted": true}}\n')
    shop.pass_s()
    shop.date("items.delta.jsonl")
    before = len(shop.rows(SKU))
    assert shop.take().held == ()
    assert len(shop.rows(SKU)) == before - 1
    assert SHIRT not in {row["article"] for row in shop.rows(SKU)}
