"""The catalogue with its stock: garments by article or item, and which pieces are sold.

Styles are cached, at most `MAX_CACHED_STYLES` of them and `MAX_CACHED_ARTICLES` articles. What changes the catalogue or
its stock (a sale, a return, a feed import) calls `changed` with what it changed; only that is read again.
"""

from __future__ import annotations

import logging
from collections import OrderedDict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from threading import Lock

from sqlalchemy import Connection, bindparam, or_, select
from sqlalchemy.exc import SQLAlchemyError

from kiosk.core.clues.dislikes import colour_value
from kiosk.core.domain.garment import Garment
from kiosk.core.domain.ids import (
    ArticleId,
    Gtin,
    ItemId,
    PieceId,
    StyleId,
    article_of_gtin,
    article_of_sku,
    gtin_of,
)
from kiosk.store.catalogue import stock_counts
from kiosk.store.catalogue.identified_pieces import IdentifiedPieces
from kiosk.store.catalogue.identity_rows import IdentityRows
from kiosk.store.catalogue.styles import CatalogueStyle, read_style, style_of_article, style_of_item
from kiosk.store.db.database import Database
from kiosk.store.db.json_columns import localized_from_json
from kiosk.store.db.tables import COLOURWAY, SKU, SOLD
from kiosk.store.db.upsert import insert_new
from kiosk.store.event_log.events import EventKind, PieceEvent
from kiosk.store.event_log.recording import record

log = logging.getLogger(__name__)
MAX_CACHED_STYLES, MAX_CACHED_ARTICLES = 1000, 15_000
"""Some 20 rooms with 12 pieces each, and what is suggested there. More would make garbage collections longer."""
_OF_CODE = (
    select(SKU.c.article)
    .where(or_(SKU.c.article == bindparam("article"), SKU.c.sku == bindparam("sku")))
    .limit(2)
)
_SOLD_AMONG = select(SOLD.c.piece).where(SOLD.c.piece.in_(bindparam("pieces", expanding=True)))
"""Made once: making it takes more time than the database needs, and each payment asks twice."""
_SOLD_IN = select(SOLD.c.order_id).where(SOLD.c.piece == bindparam("piece"))
_NO_STYLE = StyleId("")
Sale = tuple[str, Sequence[tuple[PieceId, ArticleId]]]
"""An order id and its pieces with their articles."""
Listener = Callable[[frozenset[StyleId], frozenset[ArticleId]], None]


@dataclass(frozen=True, slots=True)
class SoldNow:
    """What `Catalogue.sell` has done: how many pieces are newly sold, and those that another order has sold before,
    with that order."""

    fresh: int
    foreign: tuple[tuple[PieceId, str], ...]


class Catalogue:
    """Garments by article or item, and the sold pieces. Safe from any thread."""

    def __init__(
        self, database: Database, max_styles: int = MAX_CACHED_STYLES, max_articles: int = MAX_CACHED_ARTICLES
    ) -> None:
        self._database, self._max_styles, self._max_articles = database, max_styles, max_articles
        self._styles: OrderedDict[StyleId, CatalogueStyle] = OrderedDict()
        self._style_of: dict[ArticleId, StyleId] = {}
        self._style_of_item: dict[ItemId, StyleId] = {}
        self._identified, self._identity_rows = IdentifiedPieces(), IdentityRows(database)
        self._listeners: list[Listener] = []
        self._identity_listeners: list[Callable[[PieceId, PieceId], None]] = []
        self._generation = 0
        self._lock = Lock()

    def listen(self, listener: Listener) -> None:
        """Calls `listener` with the styles and articles of each `changed`, in the thread that changed them."""
        self._listeners.append(listener)

    def on_identified(self, listener: Callable[[PieceId, PieceId], None]) -> None:
        """Calls `listener` with the scanned piece and the piece of each `identify`, in the thread that called it."""
        self._identity_listeners.append(listener)

    def changed(self, styles: Collection[StyleId] = (), articles: Collection[ArticleId] = ()) -> None:
        """Reads again what changed; to be called after the change is committed.

        `styles`: those added or deleted, or with a change of anything but stock, in their colours and articles too.
        `articles`: those whose stock changed.
        """
        with self._lock:
            self._generation += 1
            of_articles = {self._style_of[a] for a in articles if a in self._style_of}
            for style_id in {*styles, *of_articles}:
                self._drop(style_id)
        for listener in self._listeners:
            listener(frozenset(styles), frozenset(articles))

    def invalidate(self) -> None:
        """Reads every garment again at its next use, where it is not known what changed."""
        with self._lock:
            self._generation += 1
            self._styles.clear()
            self._style_of.clear()
            self._style_of_item.clear()

    def garment(self, article: ArticleId) -> Garment | None:
        """The garment of an article with its stock; None if it is not in the catalogue."""
        with self._lock:
            style = self._styles.get(self._style_of.get(article, _NO_STYLE))
            if style is not None:
                self._styles.move_to_end(style.style_id)
            generation = self._generation
        if style is None:
            with self._database.reading() as connection:
                style_id = style_of_article(connection, article)
                style = None if style_id is None else self._read(connection, style_id, generation)
        return None if style is None else style.garment(article)

    def sold_here(self, gtins: Iterable[str]) -> tuple[str, ...]:
        """Those of the GTIN-14s that the shop sells; none if the database cannot be read.

        For labels whose digits can mean several articles."""
        try:
            return tuple(gtin for gtin in gtins if self.garment(article_of_gtin(Gtin(gtin))) is not None)
        except SQLAlchemyError as error:
            log.warning("the articles of a label cannot be looked up: %s", type(error).__name__)
            return ()

    def article_of_code(self, code: str) -> ArticleId | None:
        """The article of the shop's own SKU, as a label has it; None if no article, or more than one, has it, or if the
        database cannot be read."""
        try:
            wanted = article_of_sku(code)
        except ValueError:
            return None
        try:
            with self._database.reading() as connection:
                found = connection.scalars(_OF_CODE, {"article": wanted, "sku": code}).all()
        except SQLAlchemyError as error:
            log.warning("the code of a label cannot be looked up: %s", type(error).__name__)
            return None
        return ArticleId(found[0]) if len(found) == 1 else None

    def garment_of_item(self, item: ItemId) -> Garment | None:
        """A garment of an item in any size; None if the item is not in the catalogue."""
        with self._lock:
            style, generation = self._styles.get(self._style_of_item.get(item, _NO_STYLE)), self._generation
        if style is None:
            with self._database.reading() as connection:
                style_id = style_of_item(connection, item)
                style = None if style_id is None else self._read(connection, style_id, generation)
        article = style.item_articles.get(item) if style else None
        return style.garment(article) if style and article else None

    def items_in_colour(self, value: str) -> tuple[ItemId, ...]:
        """The items in a colour, given as its code and English name (`colour_value`). Raises SQLAlchemyError."""
        query = select(COLOURWAY.c.item, COLOURWAY.c.code, COLOURWAY.c.name).where(
            COLOURWAY.c.code == value.partition("\t")[0]
        )
        with self._database.reading() as connection:
            rows = connection.execute(query).all()
        names = ((row, localized_from_json(row.name).in_language("en")) for row in rows)
        return tuple(ItemId(row.item) for row, name in names if colour_value(row.code, name) == value)

    def pattern(self, style_id: StyleId) -> Garment | None:
        """A style with its colours, sizes and stock, as a garment without article, colour and size; None if there is
        none. Raises SQLAlchemyError."""
        style = self._style(style_id)
        return style.pattern if style else None

    def size_system(self, style_id: StyleId) -> str:
        """Name of the style's size system, e.g. `eu-women`; empty if unknown."""
        style = self._style(style_id)
        return style.size_system if style else ""

    def shares_prefix(self, article: ArticleId) -> bool:
        """Whether a GTIN of the catalogue has the same 7 digits after the indicator digit; False for a SKU."""
        gtin = gtin_of(article)
        if gtin is None:
            return False
        # Ranges, one for each indicator digit: the primary key's index answers them on both databases.
        starts = [f"{indicator}{gtin[1:8]}" for indicator in range(10)]
        ranges = [SKU.c.article.between(start + "0" * 6, start + "9" * 6) for start in starts]
        with self._database.reading() as connection:
            return connection.scalar(select(SKU.c.article).where(or_(*ranges)).limit(1)) is not None

    def identity(self, piece: PieceId) -> PieceId:
        """The piece with its serial, if it was scanned without one and its tag was read later; else the same piece."""
        return self._identified.identity(piece)

    def identify(self, scanned: PieceId, piece: PieceId) -> None:
        """A piece that was scanned without a serial is this one: it is sold if the other is, and in the same order.

        Where the database cannot be written, it learns so from `write_identities`.
        """
        self._identified.add(scanned, piece)
        for listener in self._identity_listeners:
            listener(scanned, piece)
        self._identity_rows.add(scanned, piece)

    def write_identities(self) -> None:
        """Writes identities that wait for the database; to be called at every tick."""
        self._identity_rows.write()

    def sold(self, pieces: Iterable[PieceId]) -> frozenset[PieceId]:
        """Those of these pieces that are sold."""
        wanted = {piece: self.identity(piece) for piece in pieces}
        scanned = self._identity_rows.scanned_as(frozenset(wanted.values()))
        names = {*wanted, *wanted.values(), *scanned.values()}
        with self._database.reading() as connection:
            found = set(connection.scalars(_SOLD_AMONG, {"pieces": list(names)}))
        found |= {piece for piece, before in scanned.items() if before in found}
        return frozenset(
            piece for piece, identity in wanted.items() if not found.isdisjoint((piece, identity))
        )

    def sell(self, pieces: Iterable[tuple[PieceId, ArticleId]], order_id: str, at_us: int) -> SoldNow:
        """Marks pieces as sold and takes each from the stock. Idempotent; a piece of another sale stays with that."""
        return self.sell_orders([(order_id, tuple(pieces))], at_us)[0]

    def sell_orders(self, orders: Sequence[Sale], at_us: int) -> list[SoldNow]:
        """`sell` for several orders in one transaction."""
        with self._database.writing(durable=True) as connection:
            found = [self._sell(connection, order_id, pieces, at_us) for order_id, pieces in orders]
        self.changed(articles={article for _, pieces in orders for _, article in pieces})
        return found

    def _sell(
        self, connection: Connection, order_id: str, pieces: Sequence[tuple[PieceId, ArticleId]], at_us: int
    ) -> SoldNow:
        fresh, foreign = 0, []
        for piece, article in pieces:
            own = self.identity(piece)
            row = {
                "piece": own, "article": article, "ordered_as": piece, "order_id": order_id,
                "at_us": at_us,
            }  # fmt: skip
            if insert_new(connection, SOLD, row):
                fresh += 1
                stock_counts.record(connection, article, -1, at_us)
                record(connection, [PieceEvent(EventKind.SOLD, own, at_us)])
            elif (other := connection.scalar(_SOLD_IN, {"piece": row["piece"]})) != order_id:
                foreign.append((piece, str(other)))
        return SoldNow(fresh, tuple(foreign))

    def _style(self, style_id: StyleId) -> CatalogueStyle | None:
        with self._lock:
            if style_id in self._styles:
                self._styles.move_to_end(style_id)
                return self._styles[style_id]
            generation = self._generation
        with self._database.reading() as connection:
            return self._read(connection, style_id, generation)

    def _read(self, connection: Connection, style_id: StyleId, generation: int) -> CatalogueStyle | None:
        """Reads a style. `generation` is that from before the connection's transaction began."""
        style = read_style(connection, style_id)
        with self._lock:
            # A style that was read during a change may be out of date: returned once, not cached.
            if style is not None and generation == self._generation:
                self._keep(style)
        return style

    def _keep(self, style: CatalogueStyle) -> None:
        self._styles[style.style_id] = style
        self._style_of.update(dict.fromkeys(style.articles, style.style_id))
        self._style_of_item.update(dict.fromkeys(style.item_articles, style.style_id))
        while len(self._styles) > self._max_styles or (
            len(self._style_of) > self._max_articles and len(self._styles) > 1
        ):
            self._drop(next(iter(self._styles)))

    def _drop(self, style_id: StyleId) -> None:
        style = self._styles.pop(style_id, None)
        if style is not None:
            for article in style.articles:
                self._style_of.pop(article, None)
            for item in style.item_articles:
                self._style_of_item.pop(item, None)
