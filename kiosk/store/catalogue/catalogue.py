"""The catalogue with its stock: garments by GTIN or item, and which pieces are sold.

The last `MAX_CACHED_STYLES` styles are cached until `invalidate` is called, after a sale or a feed import; nothing
else changes this stock.
"""

from __future__ import annotations

import json
from collections import OrderedDict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from threading import Lock

from sqlalchemy import Connection, func, select, update

from kiosk.core.domain.garment import Colourway, ElsewhereStock, Garment, SizeStock
from kiosk.core.domain.ids import Epc, Gtin, ItemId, StyleId, item_id, parse_gtin
from kiosk.core.domain.money import Money
from kiosk.store.db.cached_query import CachedQuery
from kiosk.store.db.database import Database
from kiosk.store.db.json_columns import localized_from_json
from kiosk.store.db.tables import COLOURWAY, SKU, SOLD, STOCK, STYLE
from kiosk.store.db.upsert import insert_new

MAX_CACHED_STYLES = 2000


@dataclass(frozen=True, slots=True)
class _Style:
    """A style: a garment without GTIN, colour and size; its size system; its GTINs with colour and size."""

    pattern: Garment
    size_system: str
    skus: Mapping[Gtin, tuple[str, str]]

    def garment(self, gtin: Gtin) -> Garment:
        colour, size = self.skus[gtin]
        return replace(self.pattern, gtin=gtin, colour=colour, size=size)


class Catalogue:
    """Garments by GTIN or item, and the sold pieces. Safe from any thread."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._styles: OrderedDict[StyleId, _Style] = OrderedDict()
        self._style_of: dict[Gtin, StyleId] = {}
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

    def garment(self, gtin: Gtin) -> Garment | None:
        """The garment of a GTIN with its stock; None if it is not in the catalogue."""
        with self._lock:
            style_id = self._style_of.get(gtin)
        if style_id is None:
            with self._database.reading() as connection:
                found = connection.scalar(select(SKU.c.style_id).where(SKU.c.gtin == gtin))
            style_id = None if found is None else StyleId(found)
        style = None if style_id is None else self._style(style_id)
        return style.garment(gtin) if style is not None and gtin in style.skus else None

    def garment_of_item(self, item: ItemId) -> Garment | None:
        """A garment of an item in any size; None if the item is not in the catalogue."""
        style_id, _, colour = item.rpartition("-")
        style = self._style(StyleId(style_id))
        gtin = next((g for g, (c, _) in style.skus.items() if c == colour), None) if style else None
        return style.garment(gtin) if style and gtin else None

    def size_system(self, style_id: StyleId) -> str:
        """Name of the style's size system, e.g. `eu-women`; empty if unknown."""
        style = self._style(style_id)
        return style.size_system if style else ""

    def shares_prefix(self, gtin: Gtin) -> bool:
        """Whether a GTIN of the catalogue has the same 7 digits after the indicator digit."""
        with self._database.reading() as connection:
            like = select(SKU.c.gtin).where(SKU.c.gtin.like(f"_{gtin[1:8]}%")).limit(1)
            return connection.scalar(like) is not None

    def in_stock(self) -> Mapping[ItemId, Mapping[str, Gtin]]:
        """Every item with at least one piece in this shop: the sizes in stock with their GTINs."""
        return self._in_stock.get()

    def _read_in_stock(self) -> Mapping[ItemId, Mapping[str, Gtin]]:
        found: dict[ItemId, dict[str, Gtin]] = {}
        here = (STOCK.c.gtin == SKU.c.gtin) & STOCK.c.place.in_(("floor", "stockroom")) & (STOCK.c.count > 0)
        query = select(SKU.c.style_id, SKU.c.colour, SKU.c.size, SKU.c.gtin).join(STOCK, here).distinct()
        with self._database.reading() as connection:
            for row in connection.execute(query):
                found.setdefault(item_id(StyleId(row.style_id), row.colour), {})[row.size] = Gtin(row.gtin)
        return found

    def sold(self, epcs: Iterable[Epc]) -> frozenset[Epc]:
        """Those of these pieces that are sold."""
        with self._database.reading() as connection:
            rows = connection.execute(select(SOLD.c.epc).where(SOLD.c.epc.in_(list(epcs))))
            return frozenset(Epc(row.epc) for row in rows)

    def sell(self, pieces: Iterable[tuple[Epc, Gtin]], order_id: str, at_us: int) -> int:
        """Marks pieces as sold and takes each from the stock; returns how many were new. Idempotent."""
        fresh = 0
        with self._database.writing() as connection:
            for epc, gtin in pieces:
                row = {"epc": epc, "gtin": gtin, "order_id": order_id, "at_us": at_us}
                if insert_new(connection, SOLD, row):
                    fresh += 1
                    _take_one(connection, gtin)
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
            for gtin in old.skus:
                self._style_of.pop(gtin, None)


def _take_one(connection: Connection, gtin: Gtin) -> None:
    """Takes one piece from the stock: from the floor, or else from the stockroom; never below zero."""
    for place in ("floor", "stockroom"):
        here = (STOCK.c.gtin == gtin) & (STOCK.c.place == place) & (STOCK.c.count > 0)
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
        gtin=Gtin(""), style_id=style_id, name=localized_from_json(row.name), category=row.category,
        price=Money(row.price_minor, row.currency), colour="", size="",
        colours=tuple(
            Colourway(c.code, localized_from_json(c.name), c.hex, c.picture,
                      tuple(SizeStock(s.size, parse_gtin(s.gtin)) for s in skus if s.colour == c.code))
            for c in colours
        ),
        story=localized_from_json(row.story), material=localized_from_json(row.material),
        care=localized_from_json(row.care), origin=localized_from_json(row.origin),
    )  # fmt: skip
    return _Style(
        _stocked(connection, pattern), row.size_system, {Gtin(s.gtin): (s.colour, s.size) for s in skus}
    )


def _stocked(connection: Connection, pattern: Garment) -> Garment:
    gtins = [offer.gtin for colour in pattern.colours for offer in colour.sizes]
    places: dict[str, dict[str, int]] = {}
    pieces = STOCK.c.count.label("pieces")
    query = select(STOCK.c.gtin, STOCK.c.place, pieces).where(STOCK.c.gtin.in_(gtins), pieces > 0)
    for row in connection.execute(query):
        places.setdefault(row.gtin, {})[row.place] = row.pieces
    colours = tuple(
        replace(colour, sizes=tuple(_offer(offer, places.get(offer.gtin, {})) for offer in colour.sizes))
        for colour in pattern.colours
    )
    counted = connection.scalar(select(func.max(STOCK.c.counted_us)).where(STOCK.c.gtin.in_(gtins)))
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
