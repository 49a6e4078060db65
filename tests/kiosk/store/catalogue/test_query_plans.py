"""No look-up of the catalogue walks a whole table: the plans of all its statements use an index, on both databases."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from sqlalchemy import Connection, event, select, text

from kiosk.core.domain.ids import ItemId, OrderId, piece_id
from kiosk.store.catalogue.catalogue import Catalogue
from kiosk.store.db.database import Database
from kiosk.store.db.tables import SKU
from kiosk.store.errors import NotFoundError
from kiosk.store.payments.order_book import OrderBook
from kiosk.store.payments.refund_book import RefundBook
from kiosk.store.payments.sold_pieces import SoldPieces
from tests.kiosk.store import postgres
from tests.kiosk.store.catalogue.shop_rows import add_article, add_colour, add_stock, add_style, article
from tests.kiosk.store.payments.ledgers import memory_ledger

LOOK_UPS: dict[str, Callable[[Catalogue], object]] = {
    "garment": lambda catalogue: catalogue.garment(article(1)),
    "unknown": lambda catalogue: catalogue.garment(article(99)),
    "item": lambda catalogue: catalogue.garment_of_item(ItemId("A-W")),
    "code": lambda catalogue: catalogue.article_of_code("own code"),
    "prefix": lambda catalogue: catalogue.shares_prefix(article(99)),
    "sold": lambda catalogue: catalogue.sold([piece_id(article(1), str(n)) for n in range(3)]),
    "sell": lambda catalogue: catalogue.sell([(piece_id(article(1), "1"), article(1))], "o", 1),
}
_WALK = {
    "sqlite": re.compile(r"SCAN (?!CONSTANT ROW)"),
    "postgresql": re.compile(r"Seq Scan|Scan using[^\n]*\n(?! *Index Cond)"),
}
"""A table or a whole index is read."""
_WITHOUT_PLAN = ("BEGIN", "PRAGMA", "SET LOCAL")
"""Statements that read no table: the database has no plan of them."""


def walks(database: Database, look_up: Callable[[], object]) -> list[str]:
    """The plans of a look-up's statements in which a table is walked."""
    found: list[tuple[str, Any]] = []

    def note(_connection: object, _cursor: object, statement: str, parameters: Any, *_: object) -> None:
        found.append((statement, parameters))

    event.listen(database.engine, "before_cursor_execute", note)
    look_up()
    event.remove(database.engine, "before_cursor_execute", note)
    kind = database.engine.dialect.name
    with database.reading() as connection:
        if kind == "postgresql":
            # The tables are small: without this the planner would walk them with reason.
            connection.execute(text("SET LOCAL enable_seqscan = off"))
        plans = [_plan(connection, kind, *one) for one in found if not one[0].startswith(_WITHOUT_PLAN)]
    return [plan for plan in plans if _WALK[kind].search(plan)]


def _plan(connection: Connection, kind: str, statement: str, parameters: Any) -> str:
    explain = "EXPLAIN QUERY PLAN " if kind == "sqlite" else "EXPLAIN "
    rows = connection.exec_driver_sql(explain + statement, parameters)
    return "".join(f"{row[-1]}\n" for row in rows)


DESK: dict[str, Callable[[SoldPieces], object]] = {
    "piece": lambda sold: sold.find(piece_id(article(1), "1")),
    "article": lambda sold: sold.find(article(1)),
    "of an order": lambda sold: sold.piece(OrderId("o"), piece_id(article(1), "1")),
}


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """A small shop in a database of either kind."""
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path_factory.mktemp('plans') / 'store.db'}"
    else:
        url = postgres.fresh_database(request.getfixturevalue("postgres_server"))
    opened = Database(url)
    add_style(opened, "A")
    add_colour(opened, "A", "W", "A-W")
    add_stock(opened, add_article(opened, 1, "A", "W"), "floor", 2)
    yield opened
    opened.close()


@pytest.mark.parametrize("name", DESK)
def test_the_desk_finds_a_sale_by_an_index(database: Database, name: str) -> None:
    ledger = memory_ledger()
    sold = SoldPieces(database, Catalogue(database), OrderBook(ledger), RefundBook(ledger))

    def find() -> None:
        with contextlib.suppress(NotFoundError):
            DESK[name](sold)

    assert walks(database, find) == []
    ledger.close()


@pytest.mark.parametrize("name", LOOK_UPS)
def test_every_statement_uses_an_index(database: Database, name: str) -> None:
    assert walks(database, lambda: LOOK_UPS[name](Catalogue(database))) == []


def everything(database: Database) -> int:
    """The planted fault: counts the articles."""
    with database.reading() as connection:
        return len(connection.execute(select(SKU)).all())


def test_a_walk_is_found(database: Database) -> None:
    assert walks(database, lambda: everything(database))
