"""Databases without movements of stock get those of their sales, and what was counted is what it was before them."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from alembic import command
from sqlalchemy import select

from kiosk.core.domain.ids import ArticleId, piece_id
from kiosk.store.catalogue import stock_counts
from kiosk.store.db.database import Database
from kiosk.store.db.tables import STOCK, STOCK_MOVEMENT
from tests.kiosk.store.sample_shop import gtin_of

SHIRT, SCARF = gtin_of("S1", "WHI", "M"), gtin_of("A1", "RED", "one")
NOON = 1_000_000
Step = tuple[str, Mapping[str, object]]


def stock(article: ArticleId, place: str, count: int) -> Step:
    return "INSERT INTO stock (article, place, count, counted, counted_us) VALUES (:a, :p, :n, :n, :at)", {
        "a": article, "p": place, "n": count, "at": NOON,
    }  # fmt: skip


def sold(article: ArticleId, serial: int, at_us: int) -> Step:
    piece = piece_id(article, str(serial))
    return "INSERT INTO sold (piece, article, ordered_as, order_id, at_us) VALUES (:p, :a, :p, 'o', :at)", {
        "p": piece, "a": article, "at": at_us,
    }  # fmt: skip


def rows(database: Database) -> dict[tuple[str, str], tuple[int, int]]:
    query = select(STOCK.c.article, STOCK.c.place, STOCK.c.count.label("pieces"), STOCK.c.counted)
    with database.reading() as connection:
        return {(r.article, r.place): (r.pieces, r.counted) for r in connection.execute(query)}


def test_sales_since_the_count_become_movements(migrate: Callable[..., None], database_url: str) -> None:
    migrate(
        command.upgrade, "0007",
        stock(SHIRT, "floor", 1), stock(SHIRT, "stockroom", 2), stock(SCARF, "stockroom", 4),
        sold(SHIRT, 1, NOON - 1), sold(SHIRT, 2, NOON + 1), sold(SHIRT, 3, NOON + 2), sold(SCARF, 1, NOON + 3),
    )  # fmt: skip
    database = Database(database_url)
    before = rows(database)
    assert before == {
        (SHIRT, "floor"): (1, 3), (SHIRT, "stockroom"): (2, 2), (SCARF, "stockroom"): (4, 5),
    }  # fmt: skip
    with database.writing() as connection:
        assert len(connection.execute(select(STOCK_MOVEMENT)).all()) == 4
        assert stock_counts.recount(connection, [SHIRT, SCARF], NOON) == [], (
            "what can be sold stays as it was"
        )
    assert rows(database) == before
    database.close()


def test_the_way_back_dates_counts_by_the_file_again(migrate: Callable[..., None], database_url: str) -> None:
    file = "INSERT INTO feed_file (kind, as_of_us) VALUES ('stock', :at)"
    row = "INSERT INTO stock (article, place, count, counted, counted_us) VALUES ('x', 'floor', 1, 1, 0)"
    migrate(command.upgrade, "0008", (file, {"at": NOON}), (row, {}))
    migrate(command.downgrade, "0007", ("DELETE FROM stock WHERE counted_us <> :at", {"at": NOON}))
    database = Database(database_url)
    assert set(rows(database)) == {("x", "floor")}
    database.close()
