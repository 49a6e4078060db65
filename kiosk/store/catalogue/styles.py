"""Reads one style from the database: its articles as garments, with colours, prices and stock."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import Connection, select

from kiosk.core.domain.garment import Colourway, ElsewhereStock, Garment, SizeStock
from kiosk.core.domain.ids import ArticleId, ItemId, StyleId
from kiosk.core.domain.money import Money, Price
from kiosk.store.catalogue.stock_counts import COUNTED_US
from kiosk.store.db.json_columns import localized_from_json
from kiosk.store.db.tables import COLOURWAY, SKU, STOCK, STYLE

_OTHER = "other:"
"""With what a place of stock in another shop begins; the rest is that shop's name."""
_ARTICLES = (
    select(SKU, STOCK.c.place, STOCK.c.count, STOCK.c.incoming, COUNTED_US)
    .outerjoin(STOCK, STOCK.c.article == SKU.c.article)
    .order_by(SKU.c.article)
)


@dataclass(frozen=True, slots=True)
class CatalogueStyle:
    """A style with its size system (e.g. `eu-women`, or empty), its articles and its items."""

    style_id: StyleId
    size_system: str
    garments: Mapping[ArticleId, Garment]
    item_articles: Mapping[ItemId, ArticleId]
    """The first article, in the order of sizes, of each item that has one."""


def read_style(connection: Connection, style_id: StyleId) -> CatalogueStyle | None:
    """The style of that id; None if there is none."""
    row = connection.execute(select(STYLE).where(STYLE.c.style_id == style_id)).one_or_none()
    if row is None:
        return None
    colours = connection.execute(
        select(COLOURWAY).where(COLOURWAY.c.style_id == style_id).order_by(COLOURWAY.c.ordinal)
    ).all()
    articles = _articles(connection.execute(_ARTICLES.where(SKU.c.style_id == style_id)), row)
    pattern = _pattern(row, colours, articles)
    prices = {ArticleId(article.row.article): article.price for article in articles}
    first = {colour.item: colour.sizes[0].article for colour in pattern.colours if colour.sizes}
    return CatalogueStyle(style_id, row.size_system, _garments(pattern, prices), first)


@dataclass(slots=True)
class _Article:
    """One row of `sku` with its rows of `stock`."""

    row: Any
    price: Price
    stock: list[Any] = field(default_factory=list)


def _articles(rows: Iterable[Any], style: Any) -> list[_Article]:
    """The articles in the order of the style's sizes."""
    found: dict[str, _Article] = {}
    for row in rows:
        article = found.get(row.article)
        if article is None:
            article = found[row.article] = _Article(row, _price(row, style))
        if row.place is not None:
            article.stock.append(row)
    order = {size: at for at, size in enumerate(json.loads(style.sizes))}
    return sorted(found.values(), key=lambda a: (order.get(a.row.size, len(order)), a.row.size))


def _price(row: Any, style: Any) -> Price:
    """The price of an article: its own, or that of its style.

    The style's price before a sale holds for an article with a price of its own only if the feed says so.
    """
    own = row.price_minor is not None
    now = row.price_minor if own else style.price_minor
    before = row.price_before_minor
    if before is None and not own:
        before = style.price_before_minor
    return Price(
        Money(now, style.currency),
        Money(before, style.currency) if before is not None and before > now else None,
    )


def _pattern(row: Any, colours: Iterable[Any], articles: list[_Article]) -> Garment:
    """The style as a garment without article, colour, size and price."""
    one_price = len({article.price for article in articles}) < 2
    return Garment(
        article=ArticleId(""), style_id=StyleId(row.style_id), name=localized_from_json(row.name),
        category=row.category, price=Money(row.price_minor, row.currency), colour="", size="",
        colours=tuple(
            Colourway(
                c.code, localized_from_json(c.name), c.hex, c.picture,
                tuple(_offer(a, one_price) for a in articles if a.row.colour == c.code),
                ItemId(c.item), tuple(json.loads(c.pictures)),
            )
            for c in colours
        ),
        story=localized_from_json(row.story), material=localized_from_json(row.material),
        care=localized_from_json(row.care), origin=localized_from_json(row.origin),
    )  # fmt: skip


def _offer(article: _Article, one_price: bool) -> SizeStock:
    counts = {row.place: row.count for row in article.stock}
    own = [row for row in article.stock if not row.place.startswith(_OTHER)]
    elsewhere = tuple(
        ElsewhereStock(place.removeprefix(_OTHER), count)
        for place, count in sorted(counts.items())
        if place.startswith(_OTHER) and count > 0
    )
    offer = SizeStock(
        article.row.size, ArticleId(article.row.article), counts.get("floor", 0), counts.get("stockroom", 0),
        elsewhere, sum(row.incoming for row in own), price=None if one_price else article.price,
    )  # fmt: skip
    return replace(offer, counted_us=_counted_us(article, offer))


def _counted_us(article: _Article, offer: SizeStock) -> int:
    """The earliest count of those places that the offer is about: this shop, and the others where it has none."""
    about = [
        row.counted_us
        for row in article.stock
        if not row.place.startswith(_OTHER) or (not offer.here and row.count > 0)
    ]
    return min(about, default=0)


def _garments(pattern: Garment, prices: Mapping[ArticleId, Price]) -> dict[ArticleId, Garment]:
    """An article of a colour that the style does not have is left out."""
    return {
        offer.article: replace(
            pattern, article=offer.article, colour=colour.code, size=offer.size, stock_at_us=offer.counted_us,
            price=prices[offer.article].now, price_before=prices[offer.article].before,
        )
        for colour in pattern.colours
        for offer in colour.sizes
    }  # fmt: skip
