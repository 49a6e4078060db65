"""The catalogue with its stock: garments by article or item, and which pieces are sold.

The last `MAX_CACHED_STYLES` styles are cached until `invalidate` is called, after a sale or a feed import; nothing
else changes this stock.
"""

from __future__ import annotations

import json
import logging
from collections import OrderedDict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from threading import Lock

from sqlalchemy import Connection, func, select, update
from sqlalchemy.exc import SQLAlchemyError

from kiosk.core.domain.garment import Colourway, ElsewhereStock, Garment, SizeStock
from kiosk.core.domain.ids import ArticleId, Gtin, ItemId, PieceId, StyleId, article_of_gtin, gtin_of, item_id
from kiosk.core.domain.money import Money
from kiosk.store.catalogue.identified_pieces import IdentifiedPieces
from kiosk.store.db.cached_query import CachedQuery
from kiosk.store.db.database import Database
from kiosk.store.db.json_columns import localized_from_json
from kiosk.store.db.tables import COLOURWAY, SKU, SOLD, STOCK, STYLE
from kiosk.store.db.upsert import insert_new

log = logging.getLogger(__name__)
MAX_CACHED_STYLES = 2000


@dataclass(frozen=True, slots=True)
class _Style:
    """A style: a garment without article, colour and size; its size system; its articles with colour and size."""

    pattern: Garment
    size_system: str
    skus: Mapping[ArticleId, tuple[str, str]]

    def garment(self, article: ArticleId) -> Garment:
        colour, size = self.skus[article]
        return replace(self.pattern, article=article, colour=colour, size=size)


class Catalogue:
    """Garments by article or item, and the sold pieces. Safe from any thread."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._styles: OrderedDict[StyleId, _Style] = OrderedDict()
        self._style_of: dict[ArticleId, StyleId] = {}
        self._identified = IdentifiedPieces()
        self._in_stock = CachedQuery(self._read_in_stock)
        self._generation = 0
        self._lock = Lock()

    def invalidate(self) -> None:
        """Empties the caches; to be called after a feed was imported or a piece was sold."""
        self._in_stock.invalidate()
        with self._lock:
            self._generation += 1
            self._styles.clear()
            self._style_of.clear()

    def garment(self, article: ArticleId) -> Garment | None:
        """The garment of an article with its stock; None if it is not in the catalogue."""
        with self._lock:
            style_id = self._style_of.get(article)
        if style_id is None:
            with self._database.reading() as connection:
                found = connection.scalar(select(SKU.c.style_id).where(SKU.c.article == article))
            style_id = None if found is None else StyleId(found)
        style = None if style_id is None else self._style(style_id)
        return style.garment(article) if style is not None and article in style.skus else None

    def sold_here(self, gtins: Iterable[str]) -> tuple[str, ...]:
        """Those of the GTIN-14s that the shop sells; none if the database cannot be read.

        For labels whose digits can mean several articles."""
        try:
            return tuple(gtin for gtin in gtins if self.garment(article_of_gtin(Gtin(gtin))) is not None)
        except SQLAlchemyError as error:
            log.warning("the articles of a label cannot be looked up: %s", type(error).__name__)
            return ()

    def garment_of_item(self, item: ItemId) -> Garment | None:
        """A garment of an item in any size; None if the item is not in the catalogue."""
        style_id, _, colour = item.rpartition("-")
        style = self._style(StyleId(style_id))
        article = next((a for a, (c, _) in style.skus.items() if c == colour), None) if style else None
        return style.garment(article) if style and article else None

    def size_system(self, style_id: StyleId) -> str:
        """Name of the style's size system, e.g. `eu-women`; empty if unknown."""
        style = self._style(style_id)
        return style.size_system if style else ""

    def shares_prefix(self, article: ArticleId) -> bool:
        """Whether a GTIN of the catalogue has the same 7 digits after the indicator digit; False for a SKU."""
        gtin = gtin_of(article)
        if gtin is None:
            return False
        with self._database.reading() as connection:
            like = select(SKU.c.article).where(SKU.c.article.like(f"_{gtin[1:8]}%")).limit(1)
            return connection.scalar(like) is not None

    def in_stock(self) -> Mapping[ItemId, Mapping[str, ArticleId]]:
        """Every item with at least one piece in this shop: the sizes in stock with their articles."""
        return self._in_stock.get()

    def _read_in_stock(self) -> Mapping[ItemId, Mapping[str, ArticleId]]:
        found: dict[ItemId, dict[str, ArticleId]] = {}
        here = (
            (STOCK.c.article == SKU.c.article)
            & STOCK.c.place.in_(("floor", "stockroom"))
            & (STOCK.c.count > 0)
        )
        query = select(SKU.c.style_id, SKU.c.colour, SKU.c.size, SKU.c.article).join(STOCK, here).distinct()
        with self._database.reading() as connection:
            for row in connection.execute(query):
                found.setdefault(item_id(StyleId(row.style_id), row.colour), {})[row.size] = ArticleId(
                    row.article
                )
        return found

    def identity(self, piece: PieceId) -> PieceId:
        """The piece with its serial, if it was scanned without one and its tag was read later; else the same piece."""
        return self._identified.identity(piece)

    def identify(self, scanned: PieceId, piece: PieceId) -> None:
        """A piece that was scanned without a serial is this one: it is sold if the other is, and in the same order."""
        with self._database.writing() as connection:
            connection.execute(update(SOLD).where(SOLD.c.piece == scanned).values(piece=piece))
        self._identified.add(scanned, piece)

    def sold(self, pieces: Iterable[PieceId]) -> frozenset[PieceId]:
        """Those of these pieces that are sold."""
        wanted = {piece: self.identity(piece) for piece in pieces}
        with self._database.reading() as connection:
            rows = connection.execute(select(SOLD.c.piece).where(SOLD.c.piece.in_(set(wanted.values()))))
            found = {row.piece for row in rows}
        return frozenset(piece for piece, identity in wanted.items() if identity in found)

    def sell(self, pieces: Iterable[tuple[PieceId, ArticleId]], order_id: str, at_us: int) -> int:
        """Marks pieces as sold and takes each from the stock; returns how many were new. Idempotent."""
        fresh = 0
        with self._database.writing() as connection:
            for piece, article in pieces:
                row = {
                    "piece": self.identity(piece), "article": article, "ordered_as": piece, "order_id": order_id,
                    "at_us": at_us,
                }  # fmt: skip
                if insert_new(connection, SOLD, row):
                    fresh += 1
                    _take_one(connection, article)
        self.invalidate()
        return fresh

    def _style(self, style_id: StyleId) -> _Style | None:
        with self._lock:
            if style_id in self._styles:
                self._styles.move_to_end(style_id)
                return self._styles[style_id]
            generation = self._generation
        with self._database.reading() as connection:
            style = _read_style(connection, style_id)
        with self._lock:
            # A style that was read during an invalidation may be out of date: returned once, not cached.
            if style is not None and generation == self._generation:
                self._keep(style_id, style)
        return style

    def _keep(self, style_id: StyleId, style: _Style) -> None:
        self._styles[style_id] = style
        self._style_of.update(dict.fromkeys(style.skus, style_id))
        if len(self._styles) > MAX_CACHED_STYLES:
            _, old = self._styles.popitem(last=False)
            for article in old.skus:
                self._style_of.pop(article, None)


def _take_one(connection: Connection, article: ArticleId) -> None:
    """Takes one piece from the stock: from the floor, or else from the stockroom; never below zero."""
    for place in ("floor", "stockroom"):
        here = (STOCK.c.article == article) & (STOCK.c.place == place) & (STOCK.c.count > 0)
        if connection.execute(update(STOCK).where(here).values(count=STOCK.c.count - 1)).rowcount:
            return


def _read_style(connection: Connection, style_id: StyleId) -> _Style | None:
    row = connection.execute(select(STYLE).where(STYLE.c.style_id == style_id)).one_or_none()
    if row is None:
        return None
    order = {size: i for i, size in enumerate(json.loads(row.sizes))}
    found = connection.execute(select(SKU).where(SKU.c.style_id == style_id)).all()
    skus = sorted(found, key=lambda s: (order.get(s.size, len(order)), s.size))
    colours = connection.execute(
        select(COLOURWAY).where(COLOURWAY.c.style_id == style_id).order_by(COLOURWAY.c.ordinal)
    ).all()
    pattern = Garment(
        article=ArticleId(""), style_id=style_id, name=localized_from_json(row.name), category=row.category,
        price=Money(row.price_minor, row.currency), colour="", size="",
        colours=tuple(
            Colourway(c.code, localized_from_json(c.name), c.hex, c.picture,
                      tuple(SizeStock(s.size, ArticleId(s.article)) for s in skus if s.colour == c.code))
            for c in colours
        ),
        story=localized_from_json(row.story), material=localized_from_json(row.material),
        care=localized_from_json(row.care), origin=localized_from_json(row.origin),
    )  # fmt: skip
    return _Style(
        _stocked(connection, pattern),
        row.size_system,
        {ArticleId(s.article): (s.colour, s.size) for s in skus},
    )


def _stocked(connection: Connection, pattern: Garment) -> Garment:
    articles = [offer.article for colour in pattern.colours for offer in colour.sizes]
    places: dict[str, dict[str, int]] = {}
    pieces = STOCK.c.count.label("pieces")
    query = select(STOCK.c.article, STOCK.c.place, pieces).where(STOCK.c.article.in_(articles), pieces > 0)
    for row in connection.execute(query):
        places.setdefault(row.article, {})[row.place] = row.pieces
    colours = tuple(
        replace(colour, sizes=tuple(_offer(offer, places.get(offer.article, {})) for offer in colour.sizes))
        for colour in pattern.colours
    )
    counted = connection.scalar(select(func.max(STOCK.c.counted_us)).where(STOCK.c.article.in_(articles)))
    return replace(pattern, colours=colours, stock_at_us=counted or 0)


def _offer(offer: SizeStock, places: Mapping[str, int]) -> SizeStock:
    elsewhere = tuple(
        ElsewhereStock(place.removeprefix("other:"), count)
        for place, count in sorted(places.items())
        if place.startswith("other:")
    )
    return replace(
        offer, floor=places.get("floor", 0), stockroom=places.get("stockroom", 0), elsewhere=elsewhere
    )
