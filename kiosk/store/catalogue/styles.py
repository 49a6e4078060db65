"""Reads one style from the database: its articles as garments, with colours, prices and stock."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import BindParameter, Connection, bindparam, select

from kiosk.core.domain.garment import Colourway, ElsewhereStock, Garment, SizeStock
from kiosk.core.domain.ids import ArticleId, ItemId, StyleId
from kiosk.core.domain.money import Money, Price
from kiosk.core.domain.size_order import in_size_order
from kiosk.store.catalogue.stock_counts import COUNTED_US
from kiosk.store.db.json_columns import localized_from_json
from kiosk.store.db.tables import COLOURWAY, SKU, STOCK, STYLE

_OTHER = "other:"
"""With what a place of stock in another shop begins; the rest is that shop's name."""
# Made once, because SQLAlchemy compiles a statement that it knows much faster.
_STYLE_ID: BindParameter[str] = bindparam("style_id")
_OF_ARTICLE = select(SKU.c.style_id).where(SKU.c.article == bindparam("article"))
_OF_ITEM = select(COLOURWAY.c.style_id).where(COLOURWAY.c.item == bindparam("item"))
_STYLE = select(STYLE).where(STYLE.c.style_id == _STYLE_ID)
_COLOURS = select(COLOURWAY).where(COLOURWAY.c.style_id == _STYLE_ID).order_by(COLOURWAY.c.ordinal)
_ARTICLES = (
    select(
        SKU.c.article, SKU.c.colour, SKU.c.size, SKU.c.price_minor, SKU.c.price_before_minor,
        SKU.c.lowest_price_minor, SKU.c.tax_class,
        STOCK.c.place, STOCK.c.count.label("pieces"), STOCK.c.incoming, COUNTED_US,
    )
    .outerjoin(STOCK, STOCK.c.article == SKU.c.article)
    .where(SKU.c.style_id == _STYLE_ID)
    .order_by(SKU.c.article, STOCK.c.place)
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class CatalogueStyle:
    """A style with its size system (e.g. `eu-women`, or empty), its articles and its items."""

    style_id: StyleId
    size_system: str
    articles: Mapping[ArticleId, tuple[str, SizeStock, Price]]
    """Colour, size with stock, and price. An article of a colour that the style does not have is left out."""
    item_articles: Mapping[ItemId, ArticleId]
    """The first article, in the order of sizes, of each item that has one."""
    tax_classes: Mapping[ArticleId, str]
    """Tax classes of the articles that have one of their own."""
    pattern: Garment
    """The style without article, colour and size."""

    def garment(self, article: ArticleId) -> Garment | None:
        """The garment of an article of this style."""
        found = self.articles.get(article)
        if found is None:
            return None
        colour, offer, price = found
        return replace(
            self.pattern, article=article, colour=colour, size=offer.size, stock_at_us=offer.counted_us,
            price=price.now, price_before=price.before, lowest_price=price.lowest,
            tax_class=self.tax_classes.get(article, self.pattern.tax_class),
        )  # fmt: skip


def style_of_article(connection: Connection, article: ArticleId) -> StyleId | None:
    """The style of an article; None if it is not in the catalogue."""
    found = connection.scalar(_OF_ARTICLE, {"article": article})
    return None if found is None else StyleId(found)


def style_of_item(connection: Connection, item: ItemId) -> StyleId | None:
    """The style that an item is a colour of; None if the item is not in the catalogue."""
    found = connection.scalar(_OF_ITEM, {"item": item})
    return None if found is None else StyleId(found)


def read_style(connection: Connection, style_id: StyleId) -> CatalogueStyle | None:
    """The style of that id; None if there is none."""
    this = {"style_id": style_id}
    row = connection.execute(_STYLE, this).one_or_none()
    if row is None:
        return None
    prices: dict[ArticleId, Price] = {}
    tax_classes: dict[ArticleId, str] = {}
    offers: dict[str, list[SizeStock]] = {}
    for rows in _rows_of_articles(connection.execute(_ARTICLES, this), row):
        offer = _offer(rows)
        prices[offer.article] = _price(rows[0], row)
        if rows[0].tax_class:
            tax_classes[offer.article] = rows[0].tax_class
        offers.setdefault(rows[0].colour, []).append(offer)
    if len(set(prices.values())) > 1:
        offers = {code: [replace(o, price=prices[o.article]) for o in some] for code, some in offers.items()}
    colours = tuple(_colour(c, offers.get(c.code, ())) for c in connection.execute(_COLOURS, this))
    articles = {o.article: (c.code, o, prices[o.article]) for c in colours for o in c.sizes}
    first = {colour.item: colour.sizes[0].article for colour in colours if colour.sizes}
    return CatalogueStyle(style_id, row.size_system, articles, first, tax_classes, _pattern(row, colours))


def _rows_of_articles(rows: Iterable[Any], style: Any) -> list[list[Any]]:
    """The rows of each article, one for each place of stock, in the order of the style's sizes."""
    found: dict[str, list[Any]] = {}
    for row in rows:
        found.setdefault(row.article, []).append(row)
    sizes = in_size_order({some[0].size for some in found.values()}, json.loads(style.sizes))
    return sorted(found.values(), key=lambda some: sizes.index(some[0].size))


def _price(row: Any, style: Any) -> Price:
    """The price of an article: its own, or that of its style.

    The style's price before a sale, and its lowest one, hold for an article with a price of its own only if the feed
    says so.
    """
    own = row.price_minor is not None
    now = row.price_minor if own else style.price_minor
    before, lowest = row.price_before_minor, row.lowest_price_minor
    if before is None and not own:
        before = style.price_before_minor
    if lowest is None and not own:
        lowest = style.lowest_price_minor
    return Price(
        Money(now, style.currency),
        Money(before, style.currency) if before is not None and before > now else None,
        Money(lowest, style.currency) if lowest is not None else None,
    )


def _offer(rows: Sequence[Any]) -> SizeStock:
    """One size with its stock: a row for each place, or one without a place."""
    own = [row for row in rows if row.place is not None and not row.place.startswith(_OTHER)]
    others = [
        row for row in rows if row.place is not None and row.place.startswith(_OTHER) and row.pieces > 0
    ]
    counts = {row.place: row.pieces for row in own}
    here = any(row.pieces for row in own)
    return SizeStock(
        size=rows[0].size,
        article=ArticleId(rows[0].article),
        floor=counts.get("floor", 0),
        stockroom=counts.get("stockroom", 0),
        elsewhere=tuple(ElsewhereStock(row.place.removeprefix(_OTHER), row.pieces) for row in others),
        incoming=sum(row.incoming for row in own),
        # the places that the offer is about: this shop, and the others where it has none
        counted_us=min((row.counted_us for row in (own if here else [*own, *others])), default=0),
    )


def _colour(row: Any, offers: Iterable[SizeStock]) -> Colourway:
    return Colourway(
        row.code, localized_from_json(row.name), row.hex, row.picture, tuple(offers), ItemId(row.item),
        tuple(json.loads(row.pictures)),
    )  # fmt: skip


def _pattern(row: Any, colours: tuple[Colourway, ...]) -> Garment:
    return Garment(
        article=ArticleId(""),
        style_id=StyleId(row.style_id),
        name=localized_from_json(row.name),
        category=row.category,
        price=Money(row.price_minor, row.currency),
        colour="",
        size="",
        colours=colours,
        story=localized_from_json(row.story),
        material=localized_from_json(row.material),
        care=localized_from_json(row.care),
        origin=localized_from_json(row.origin),
        tax_class=row.tax_class,
    )
