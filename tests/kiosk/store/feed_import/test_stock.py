"""Stock of a feed: own sales, returns, times of counts, lines that are gone or wrong; SQLite and PostgreSQL."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from kiosk.clock import US
from kiosk.core.domain.ids import ArticleId
from kiosk.store.catalogue import stock_counts
from kiosk.store.catalogue.stock_counts import recount
from kiosk.store.db.tables import STOCK, STOCK_MOVEMENT
from kiosk.store.feed_import import Loss
from kiosk.store.feed_imports import FeedImports
from tests.kiosk.store.feed_import.taking import FeedShop, Line
from tests.kiosk.store.sample_shop import gtin_of, piece_of
from tests.optional_values import present

SHIRT, PIECE = gtin_of("S1", "WHI", "M"), piece_of("S1", "WHI", "M")
OTHER = gtin_of("S1", "BLU", "M")


def count_of(article: str, count: int, **more: object) -> Callable[[Line], Line]:
    def change(line: Line) -> Line:
        return {**line, "count": count, **more} if line["gtin"] == article else line

    return change


def iso(at_us: int) -> str:
    return datetime.fromtimestamp(at_us / US, UTC).isoformat()


def counted_us(shop: FeedShop, article: str) -> int:
    shop.catalogue.invalidate()
    return present(shop.catalogue.garment(ArticleId(article))).stock_at_us


def test_a_sold_piece_stays_sold_when_the_same_file_is_read_again(shop: FeedShop) -> None:
    shop.sell(PIECE, SHIRT)
    assert shop.stock(SHIRT) == {"floor": 1, "stockroom": 2}
    shop.take()
    shop.pass_s()
    shop.date("stock.jsonl")
    shop.take()
    assert shop.stock(SHIRT) == {"floor": 1, "stockroom": 2}, "a touched file is the same count"


def test_a_sold_piece_stays_sold_until_a_later_count(shop: FeedShop) -> None:
    before = shop.now_us
    shop.sell(PIECE, SHIRT)
    shop.edit("stock", count_of(OTHER, 5))
    shop.date("stock.jsonl", before)
    shop.take()
    assert shop.stock(OTHER) == {"floor": 5, "stockroom": 5}
    assert shop.stock(SHIRT) == {"floor": 1, "stockroom": 2}, "another file, written before the sale"
    shop.edit("stock", count_of(OTHER, 4))
    shop.take()
    assert shop.stock(SHIRT) == {"floor": 2, "stockroom": 2}, (
        "written after the sale, so it contains the sale"
    )
    assert [c for c in shop.changes if SHIRT in c[1]], "its readers are told, although its line is the same"


def test_only_a_time_in_its_lines_makes_the_same_numbers_a_new_count(shop: FeedShop) -> None:
    """A whole export that is written again, byte by byte the same, brings nothing back; with `counted_at` it counts."""
    feed = FeedImports(
        shop.importer, shop.database, shop.folder, shop.folder, changed=print, now_us=lambda: shop.now_us
    )

    def dated() -> None:
        shop.edit("stock", lambda line: {**line, "counted_at": iso(shop.now_us)})

    assert feed.state().sold_since_count == 0
    shop.sell(PIECE, SHIRT)
    assert feed.state().sold_since_count == 1
    shop.write("stock", (shop.folder / "stock.jsonl").read_text("utf-8"))
    feed.imported(shop.take())
    assert shop.stock(SHIRT) == {"floor": 1, "stockroom": 2}
    assert feed.state().sold_since_count == 1, "the count is older than the sale, and it is said"
    shop.pass_s(60)
    dated()
    feed.imported(shop.take())
    assert shop.stock(SHIRT) == {"floor": 2, "stockroom": 2}
    assert feed.state().sold_since_count == 0


def test_planted_fault_counts_that_forget_the_movements_are_caught(shop: FeedShop) -> None:
    """Planted fault for the tests above: counts are computed as if there were no movements."""
    shop.sell(PIECE, SHIRT)
    with shop.database.writing() as connection:
        connection.execute(STOCK_MOVEMENT.delete())
        recount(connection, [SHIRT], 0)
    with pytest.raises(AssertionError):
        assert shop.stock(SHIRT) == {"floor": 1, "stockroom": 2}


@pytest.mark.parametrize(("counted_s", "floor"), [(-60, 5), (60, 6)])
def test_the_time_of_a_line_decides_before_that_of_the_file(
    shop: FeedShop, counted_s: int, floor: int
) -> None:
    shop.sell(PIECE, SHIRT)
    sold_us = shop.now_us
    shop.pass_s(120)
    shop.edit("stock", count_of(SHIRT, 6, counted_at=iso(sold_us + counted_s * US)))
    shop.take()
    assert shop.stock(SHIRT)["floor"] == floor
    assert counted_us(shop, SHIRT) == sold_us + counted_s * US
    assert counted_us(shop, OTHER) > sold_us, "the others have the file's time"


def test_an_earlier_count_does_not_replace_a_later_one(shop: FeedShop) -> None:
    noon = shop.pass_s(3600)
    shop.edit("stock", count_of(SHIRT, 6, counted_at=iso(noon)))
    shop.take()
    shop.edit("stock", count_of(SHIRT, 9, counted_at=iso(noon - US)))
    report = shop.take()
    assert shop.stock(SHIRT) == {"floor": 6, "stockroom": 6}
    assert any("older than those that are known" in note for note in report.kind("stock").notes)


def test_a_count_of_the_future_counts_as_now_with_a_note(shop: FeedShop) -> None:
    shop.edit("stock", count_of(SHIRT, 6, counted_at=iso(shop.now_us + 10**6 * US)))
    shop.date("stock.jsonl", shop.now_us + 10**6 * US)
    report = shop.take()
    assert len([note for note in report.kind("stock").notes if "future" in note]) == 2
    assert counted_us(shop, SHIRT) == counted_us(shop, OTHER) == shop.now_us
    shop.sell(PIECE, SHIRT)
    assert shop.stock(SHIRT)["floor"] == 5, "a sale after it counts"


def test_below_zero_is_none_and_gone_is_none_whatever_other_lines_say(shop: FeedShop) -> None:
    lines = [line for line in shop.lines("stock") if line["gtin"] != OTHER]
    for line in lines:
        if line["gtin"] == SHIRT:
            line["count"] = -1
    shop.write("stock", [*lines, {"gtin": "broken", "place": "floor", "count": 1}])
    report = shop.take()
    assert shop.stock(SHIRT) == {"floor": 0, "stockroom": 0}
    assert shop.stock(OTHER) == {"floor": 0, "stockroom": 0}
    assert len(report.mistakes) == 1
    assert report.kind("stock").notes
    shop.write("stock", [*lines, {"gtin": OTHER, "place": "floor", "count": 4}])
    shop.take()
    assert shop.stock(OTHER) == {"floor": 4, "stockroom": 0}


def test_a_mistake_concerns_its_article_alone(shop: FeedShop) -> None:
    shop.edit("stock", lambda line: {**line, "count": "many" if line["gtin"] == SHIRT else 9})
    shop.take()
    assert shop.stock(SHIRT) == {"floor": 2, "stockroom": 2}
    assert shop.stock(OTHER) == {"floor": 9, "stockroom": 9}


def test_half_of_the_stock_gone_waits_unless_it_was_sold_here(shop: FeedShop) -> None:
    shop.write("stock", shop.lines("stock")[:19])
    (held,) = shop.take().held
    assert (held.kind, held.what, held.count, held.known) == ("stock", Loss.ROWS, 19, 38)
    with shop.database.writing() as connection:
        connection.execute(STOCK.update().where(STOCK.c.article != SHIRT).values(count=0))
    shop.write("stock", shop.lines("stock")[:18])
    assert shop.take().held == (), "what is sold out already is no loss"


def test_reserved_pieces_are_not_for_sale(shop: FeedShop) -> None:
    shop.edit("stock", count_of(SHIRT, 3, reserved=2, incoming=4))
    shop.take()
    assert shop.stock(SHIRT) == {"floor": 1, "stockroom": 1}


@pytest.mark.parametrize("sold_before_count", [True, False])
def test_a_returned_piece_is_there_until_the_next_count(shop: FeedShop, sold_before_count: bool) -> None:
    if sold_before_count:
        shop.sell(PIECE, SHIRT)
        shop.edit("stock", count_of(SHIRT, 1))
        shop.take()
    else:
        shop.edit("stock", count_of(SHIRT, 1))
        shop.take()
        shop.sell(PIECE, SHIRT)
    with shop.database.writing() as connection:
        stock_counts.record(connection, SHIRT, 1, shop.pass_s())
    back = 2 if sold_before_count else 1
    assert shop.stock(SHIRT)["floor"] == back
    shop.take()
    assert shop.stock(SHIRT)["floor"] == back
    shop.edit("stock", count_of(OTHER, 3))
    shop.take()
    assert shop.stock(SHIRT)["floor"] == 1, "the next count contains it"


def test_stock_by_the_shops_own_sku_finds_the_article(shop: FeedShop) -> None:
    shop.edit("items", lambda line: {**line, "sku": "OWN-1"} if line["gtin"] == SHIRT else line)
    lines = [line for line in shop.lines("stock") if line["gtin"] != SHIRT]
    shop.write("stock", [*lines, {"sku": "OWN-1", "place": "floor", "count": 8}])
    assert shop.take().mistakes == ()
    assert shop.stock(SHIRT) == {"floor": 8, "stockroom": 0}
