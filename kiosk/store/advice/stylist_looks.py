"""Looks that stylists have put together: from the feed, and from a YAML file that stylists write."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from pathlib import Path

from sqlalchemy import select

from kiosk.core.domain.ids import ItemId, StyleId
from kiosk.store.db.cached_query import CachedQuery
from kiosk.store.db.database import Database
from kiosk.store.db.tables import LOOK
from kiosk.store.file_stamp import ChangeDetector
from recommender.errors import TableError
from recommender.inputs.stylist_looks import StylistLook, read_stylist_looks

log = logging.getLogger(__name__)
StyleOf = Callable[[ItemId], StyleId | None]
"""Looks the style of an item up; None if the item is not in the catalogue."""


class StylistLooks:
    """The looks of the feed, kept until `invalidate`, and those of `file`, read again by `reload_if_changed`."""

    def __init__(self, database: Database, style_of: StyleOf, file: Path | None = None) -> None:
        self._database, self.style_of = database, style_of
        self._file = ChangeDetector(file) if file else None
        self._from_feed = CachedQuery(self._read_feed)
        self._from_file: tuple[StylistLook, ...] = ()
        self.reload_if_changed()

    def invalidate(self) -> None:
        """Reads the feed's looks again at their next use; to be called after a feed was imported."""
        self._from_feed.invalidate()

    def reload_if_changed(self) -> None:
        """Reads the file if it has changed. If it has mistakes, the looks from before stay, with one warning."""
        if self._file is None or not self._file.changed():
            return
        file = self._file.file
        try:
            self._from_file = read_stylist_looks(file)
            log.info("%d stylists' looks read from %s", len(self._from_file), file.name)
        except TableError as error:
            log.warning("stylists' looks: %s; the looks from before stay in use", error)

    def all(self) -> tuple[StylistLook, ...]:
        """Every look, those of the file first."""
        return self._from_file + self._from_feed.get()

    def _read_feed(self) -> tuple[StylistLook, ...]:
        with self._database.reading() as connection:
            rows = connection.execute(select(LOOK).order_by(LOOK.c.look_id)).all()
        return tuple(StylistLook(r.look_id, r.stylist, tuple(json.loads(r.items))) for r in rows)

    def stylist_of(self, item: ItemId, room: Collection[ItemId]) -> str:
        """The name of a stylist whose look joins the item with a style of the room; empty if there is none."""
        styles = self.styles_of(room)
        for look in self.all():
            if look.by and item in look.pieces and styles & self.styles_of(map(ItemId, look.pieces)):
                return look.by
        return ""

    def items_beside(self, room: Sequence[ItemId]) -> Iterator[ItemId]:
        """Items that a look joins with the room's styles, in the order in which they should be shown."""
        styles = self.styles_of(room)
        for look in self.all():
            pieces = [ItemId(piece) for piece in look.pieces]
            if styles & self.styles_of(pieces):
                yield from (piece for piece in pieces if self.style_of(piece) not in styles)

    def styles_of(self, items: Iterable[ItemId]) -> frozenset[StyleId]:
        """The styles of these items, without the items that are not in the catalogue."""
        return frozenset(style for style in map(self.style_of, items) if style is not None)
