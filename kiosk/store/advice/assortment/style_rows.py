"""Reads styles for the assortment: items, prices, sizes and which sizes are in stock, in one query for many styles."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection, Select, exists, func, select

from kiosk.core.domain.ids import ItemId, StyleId
from kiosk.core.domain.size_order import in_size_order
from kiosk.store.db.batches import batches
from kiosk.store.db.tables import COLOURWAY, SKU, STOCK, STYLE
from recommender.looks.serving.outfits.kinds import NO_WORDS, GarmentWords

MAX_STYLES_PER_QUERY = 500
"""Styles of one query of `read_styles`; SQLite allows 32,766 bound values."""
MAX_ARTICLES_PER_QUERY = 5000
_ROWS_AT_ONCE = 5000
_HERE = ("floor", "stockroom")
_ITEM, _SIZE, _PRICE, _HERE_AT = 10, 11, 12, 13
"""Places in a row of `_query`; before them stands what is of the style."""
MAX_REMEMBERED = 4096
"""Size runs in order, and texts, that are remembered: many styles have the same."""


@dataclass(frozen=True, slots=True)
class ItemRow:
    """One item. `sizes`: those it is made in, in the style's order; `here`: whether each of them is in stock."""

    item: ItemId
    price_minor: int
    """The lowest price of its articles."""
    sizes: tuple[str, ...]
    here: tuple[bool, ...]


@dataclass(frozen=True, slots=True)
class StyleRows:
    """One style with its items. `since`: the day of arrival as the feed gives it; `words`: what it is, for outfits."""

    style_id: StyleId
    category: str
    size_system: str
    currency: str
    since: str
    items: tuple[ItemRow, ...]
    words: GarmentWords = NO_WORDS


def read_all_styles(connection: Connection) -> Iterator[StyleRows]:
    """Every style, one after the other; the result is not held in memory as a whole."""
    streaming = connection.execution_options(yield_per=_ROWS_AT_ONCE)
    yield from _styles(streaming.execute(_query()))


def read_styles(connection: Connection, styles: Collection[StyleId]) -> Iterator[StyleRows]:
    """The styles of these ids that are in the catalogue and have a colour."""
    wanted = sorted(styles)
    for some in batches(wanted, MAX_STYLES_PER_QUERY):
        yield from _styles(connection.execute(_query().where(STYLE.c.style_id.in_(some))))


@dataclass(frozen=True, slots=True)
class SizeStockRow:
    """One size of an item, and whether it is in stock."""

    style_id: StyleId
    item: ItemId
    size: str
    here: bool


def read_stock(connection: Connection, articles: Collection[str]) -> Iterator[SizeStockRow]:
    """The sizes that these articles are, as far as they are in the catalogue. Another article may be the same size."""
    wanted = sorted(articles)
    for some in batches(wanted, MAX_ARTICLES_PER_QUERY):
        for row in connection.execute(_STOCK_OF.where(SKU.c.article.in_(some))):
            yield SizeStockRow(StyleId(row[0]), ItemId(row[1]), row[2], bool(row[3]))


_SAME = SKU.alias("same")
_STOCK_OF = (
    select(
        SKU.c.style_id, COLOURWAY.c.item, SKU.c.size,
        exists().where(
            _SAME.c.style_id == SKU.c.style_id, _SAME.c.colour == SKU.c.colour, _SAME.c.size == SKU.c.size,
            STOCK.c.article == _SAME.c.article, STOCK.c.place.in_(_HERE), STOCK.c.count > 0,
        ),
    )
    .join(COLOURWAY, (COLOURWAY.c.style_id == SKU.c.style_id) & (COLOURWAY.c.code == SKU.c.colour))
)  # fmt: skip


def _query() -> Select[Any]:
    in_stock = exists().where(STOCK.c.article == SKU.c.article, STOCK.c.place.in_(_HERE), STOCK.c.count > 0)
    same = (SKU.c.style_id == COLOURWAY.c.style_id) & (SKU.c.colour == COLOURWAY.c.code)
    return (
        select(
            STYLE.c.style_id, STYLE.c.category, STYLE.c.size_system, STYLE.c.currency, STYLE.c.since,
            STYLE.c.sizes, STYLE.c.name, STYLE.c.material, STYLE.c.season, STYLE.c.line,
            COLOURWAY.c.item, SKU.c.size,
            func.coalesce(SKU.c.price_minor, STYLE.c.price_minor).label("price_minor"),
            in_stock.label("here"),
        )
        .select_from(STYLE)
        .join(COLOURWAY, COLOURWAY.c.style_id == STYLE.c.style_id)
        .outerjoin(SKU, same)
        .order_by(STYLE.c.style_id, COLOURWAY.c.item)
    )  # fmt: skip


def _styles(rows: Iterable[Any]) -> Iterator[StyleRows]:
    # by position, which is much faster than by name for hundreds of thousands of rows
    for style_id, of_style in groupby(rows, itemgetter(0)):
        found = list(of_style)
        _, category, system, currency, since, listed, name, material, season, line, *_ = found[0]
        items = tuple(
            _item(ItemId(item), list(of_item), listed) for item, of_item in groupby(found, itemgetter(_ITEM))
        )
        words = GarmentWords(category, _text(name), _text(material), season, line)
        yield StyleRows(StyleId(style_id), category, system, currency, since, items, words)


@lru_cache(MAX_REMEMBERED)
def _text(stored: str) -> str:
    """A text in one language, English if there is one."""
    by_language: dict[str, str] = json.loads(stored)
    return by_language.get("en") or next(iter(by_language.values()), "")


def _item(item: ItemId, rows: list[Any], listed: str) -> ItemRow:
    here: dict[str, bool] = {}
    for row in rows:
        size = row[_SIZE]
        if size is not None:
            here[size] = here.get(size, False) or bool(row[_HERE_AT])
    sizes = _ordered(tuple(here), listed)
    return ItemRow(item, min([row[_PRICE] for row in rows]), sizes, tuple([here[size] for size in sizes]))


@lru_cache(MAX_REMEMBERED)
def _ordered(sizes: tuple[str, ...], listed: str) -> tuple[str, ...]:
    return in_size_order(sizes, json.loads(listed))
