"""Stock of a feed by deltas, by the shop's own SKUs, and under clocks that are wrong; SQLite and PostgreSQL."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from kiosk.clock import US
from kiosk.core.domain.ids import article_of_sku, check_digit, piece_id
from tests.kiosk.store.feed_import.taking import FeedShop, Line
from tests.kiosk.store.feed_import.test_stock import OTHER, PIECE, SHIRT, count_of
from tests.kiosk.store.sample_shop import piece_of

PIECE_2 = piece_of("S1", "WHI", "M", 2)


def delta(shop: FeedShop, name: str, article: str, count: int) -> None:
    """Writes a delta of the stock with one line, a minute later."""
    line = {"gtin": article, "place": "floor", "count": count}
    (shop.folder / name).write_text(json.dumps(line) + "\n", encoding="utf-8")
    shop.pass_s(60)
    shop.date(name)


@pytest.mark.parametrize("full", [True, False])
def test_a_delta_counts_at_its_own_time(shop: FeedShop, full: bool) -> None:
    """The time of an earlier file or delta would subtract a sale that the delta's count contains."""
    if not full:
        (shop.folder / "stock.jsonl").unlink()
    delta(shop, "stock.delta-1.jsonl", OTHER, 7)
    shop.take()
    shop.sell(PIECE, SHIRT)
    delta(shop, "stock.delta-2.jsonl", SHIRT, 5)
    shop.take()
    assert (shop.stock(SHIRT)["floor"], shop.stock(OTHER)["floor"]) == (5, 7)
    shop.sell(PIECE_2, SHIRT)
    shop.take()
    assert shop.stock(SHIRT)["floor"] == 4
    delta(shop, "stock.delta-3.jsonl", SHIRT, 5)
    shop.take()
    assert shop.stock(SHIRT)["floor"] == 5, "the same count as before the sale, counted after it"


def test_a_full_file_after_a_delta_counts_again_although_its_line_is_the_same(shop: FeedShop) -> None:
    delta(shop, "stock.delta.jsonl", SHIRT, 5)
    shop.take()
    shop.sell(PIECE, SHIRT)
    shop.edit("stock", lambda line: {"gtin": SHIRT, "place": "floor", "count": 5} if is_floor(line) else line)
    shop.take()
    assert shop.stock(SHIRT)["floor"] == 5


def is_floor(line: Line) -> bool:
    return (line["gtin"], line["place"]) == (SHIRT, "floor")


def add_item_without_gtin(shop: FeedShop) -> None:
    item = {"sku": "N-1", "style_id": "S1", "colour": "WHI", "size": "XL"}
    shop.write("items", [*shop.lines("items"), item])


def test_a_file_of_the_future_that_is_read_again_is_no_later_count(shop: FeedShop) -> None:
    shop.write("stock", [*shop.lines("stock"), {"sku": "N-1", "place": "floor", "count": 1}])
    shop.date("stock.jsonl", shop.now_us + 10**6 * US)
    shop.take()
    shop.sell(PIECE, SHIRT)
    add_item_without_gtin(shop)
    assert shop.take().kind("stock").read, "a line waited for the item"
    assert shop.stock(SHIRT)["floor"] == 1


@pytest.mark.parametrize("sale_first", [True, False])
def test_a_clock_that_is_far_behind_neither_sells_twice_nor_brings_back(
    shop: FeedShop, sale_first: bool
) -> None:
    """A computer without a clock of its own begins in 1970, until its network is there."""
    now = shop.now_us
    if sale_first:
        shop.sell(PIECE, SHIRT)
        shop.edit("stock", count_of(SHIRT, 4))
    shop.now_us = 10**9
    shop.take()
    if not sale_first:
        shop.sell(PIECE, SHIRT)
    assert shop.stock(SHIRT)["floor"] == (4 if sale_first else 1)
    shop.now_us = now + 60 * US
    shop.take()
    assert shop.stock(SHIRT)["floor"] == (4 if sale_first else 1)


def counted(count: int) -> Callable[[Line], Line]:
    return lambda line: {**line, "count": count} if line.get("gtin") == SHIRT else line


def test_one_article_by_gtin_and_by_sku_is_a_mistake_of_the_second(shop: FeedShop) -> None:
    shop.edit("items", lambda line: {**line, "sku": "N-1"} if line["gtin"] == SHIRT else line)
    shop.write("stock", [{"sku": "N-1", "place": "floor", "count": 9}, *shop.lines("stock")])
    for count in (3, 4):
        shop.edit("stock", counted(count))
        assert [m for m in shop.take().mistakes if "stock.jsonl:1: repeats line 16" in m]
        assert shop.stock(SHIRT) == {"floor": count, "stockroom": count}


def test_stock_by_sku_waits_until_an_article_has_the_sku(shop: FeedShop) -> None:
    shop.edit("stock", lambda line: {"sku": "N-1", "place": "floor", "count": 7} if is_floor(line) else line)
    shop.take()
    shop.edit("items", lambda line: {**line, "sku": "N-1"} if line["gtin"] == SHIRT else line)
    shop.take()
    assert shop.stock(SHIRT)["floor"] == 7


@pytest.mark.parametrize("number", [1, 12])
def test_articles_that_get_a_gtin_keep_their_stock_and_their_sales(shop: FeedShop, number: int) -> None:
    """However many they are: they are the same articles, so nothing is lost."""
    by_sku = {line["gtin"]: f"N-{i}" for i, line in enumerate(shop.lines("items")[:number])}

    def plain(line: Line) -> Line:
        rest = {name: value for name, value in line.items() if name != "gtin"}
        return {"sku": by_sku[line["gtin"]], **rest} if line["gtin"] in by_sku else line

    before = shop.lines("items")
    shop.edit("items", plain)
    shop.edit("stock", plain)
    report = shop.take()
    while report.held:
        report = shop.accept(report.held[0])
    first = article_of_sku("N-0")
    assert shop.stock(first) == {"floor": 2, "stockroom": 2}
    shop.sell(piece_id(first, "1"), first)
    shop.write("items", [{**line, "sku": by_sku.get(line["gtin"], "")} for line in before])
    report = shop.take()
    assert (report.held, report.mistakes) == ((), ())
    assert shop.stock(first) == {}
    assert shop.stock(before[0]["gtin"]) == {"floor": 1, "stockroom": 2}


def test_a_sku_that_goes_to_another_article_takes_its_stock_with_it(shop: FeedShop) -> None:
    shop.edit("items", lambda line: {**line, "sku": "N-1"} if line["gtin"] == SHIRT else line)
    shop.edit("stock", lambda line: {"sku": "N-1", "place": "floor", "count": 7} if is_floor(line) else line)
    shop.take()
    names = {OTHER: {"sku": "N-1"}, SHIRT: {"sku": ""}}
    shop.edit("items", lambda line: {**line, **names.get(line["gtin"], {})})
    shop.edit("stock", lambda line: None if (line.get("gtin"), line["place"]) == (OTHER, "floor") else line)
    shop.take()
    assert shop.stock(OTHER) == {"floor": 7, "stockroom": 2}
    assert shop.stock(SHIRT) == {"stockroom": 2}


def test_stock_by_a_sku_of_several_items_is_a_mistake_until_one_has_it(shop: FeedShop) -> None:
    shop.write("stock", [*shop.lines("stock"), {"sku": "N-1", "place": "other:Lyon", "count": 3}])
    for owners, stock in (((SHIRT,), {SHIRT}), ((SHIRT, OTHER), set()), ((OTHER,), {OTHER})):
        names = dict.fromkeys(owners, "N-1")
        shop.edit("items", lambda line, names=names: {**line, "sku": names.get(line["gtin"], "")})  # type: ignore[misc]
        told = [m for m in shop.take().mistakes if "several items have this sku" in m]
        assert len(told) == (len(owners) > 1)
        assert {article for article in (SHIRT, OTHER) if "other:Lyon" in shop.stock(article)} == stock
        assert shop.stock(SHIRT)["floor"] == 2, "its own lines count as before"


def test_stock_by_sku_is_that_of_the_new_gtin_while_the_former_one_waits(shop: FeedShop) -> None:
    """A supplier gives new GTINs to articles of which the shop keeps the SKUs."""
    body = "0952123500"
    numbered = {line["gtin"]: f"N-{i}" for i, line in enumerate(shop.lines("items"))}
    shop.edit("items", lambda line: {**line, "sku": numbered[line["gtin"]]})
    by_sku = [
        {"sku": numbered[line["gtin"]], "place": line["place"], "count": 3} for line in shop.lines("stock")
    ]
    shop.write("stock", by_sku)
    shop.take()
    fresh = {gtin: f"{body}{i:03d}" for i, gtin in enumerate(numbered)}
    fresh = {gtin: number + str(check_digit(number)) for gtin, number in fresh.items()}
    shop.edit("items", lambda line: {**line, "gtin": fresh[line["gtin"]]})
    assert shop.take().held
    assert shop.stock(fresh[SHIRT]) == {"floor": 3, "stockroom": 3}
    for held in shop.importer.held():
        shop.accept(held)
    shop.take()
    assert shop.stock(fresh[SHIRT]) == {"floor": 3, "stockroom": 3}
