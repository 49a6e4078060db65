"""Rows of a catalogue for tests, written straight into the tables: any ids, prices and counts, without a feed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Table, insert

from kiosk.core.domain.ids import ArticleId, ItemId, StyleId, check_digit
from kiosk.store.db.database import Database
from kiosk.store.db.tables import COLOURWAY, SKU, STOCK, STYLE

NAME = '{"en":"Shirt"}'


def article(number: int) -> ArticleId:
    """The GTIN of that number of the sample prefix."""
    body = f"0952{number:09d}"
    return ArticleId(body + str(check_digit(body)))


def add_style(database: Database, style: str, **values: object) -> StyleId:
    row = {"style_id": style, "category": "shirts", "name": NAME, "price_minor": 10_000, "currency": "EUR"}
    _add(database, STYLE, [{**row, **values}])
    return StyleId(style)


def add_colour(database: Database, style: str, code: str, item: str, **values: object) -> ItemId:
    row = {"style_id": style, "code": code, "ordinal": 0, "name": NAME, "item": item}
    _add(database, COLOURWAY, [{**row, **values}])
    return ItemId(item)


def add_article(
    database: Database, number: int, style: str, colour: str, size: str = "M", **values: object
) -> ArticleId:
    row = {"article": article(number), "style_id": style, "colour": colour, "size": size}
    _add(database, SKU, [{**row, **values}])
    return article(number)


def add_stock(
    database: Database, of: ArticleId, place: str, count: int, counted_us: int = 1, **values: object
) -> None:
    row = {"article": of, "place": place, "count": count, "counted": count, "counted_us": counted_us}
    _add(database, STOCK, [{**row, **values}])


def _add(database: Database, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    with database.writing() as connection:
        connection.execute(insert(table), list(rows))
