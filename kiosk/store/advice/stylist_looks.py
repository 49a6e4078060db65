"""Looks that a person has put together: those of the feed, and those of a YAML file that stylists write by hand."""

from __future__ import annotations

import json
import logging
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

from sqlalchemy import select

from kiosk.core.domain.ids import ItemId
from kiosk.store.db.database import Database
from kiosk.store.db.tables import LOOK
from recommender.errors import TableError
from recommender.inputs.stylist_looks import StylistLook, read_stylist_looks

log = logging.getLogger(__name__)


class StylistLooks:
    """Who put which items together. Those of the feed are read once, until `changed` after a feed was taken in; the
    file whenever it is another than before (`reload_if_changed`). A file with mistakes leaves the looks of before."""

    def __init__(self, database: Database, file: Path | None = None) -> None:
        self._database, self._file = database, file
        self._fed: tuple[StylistLook, ...] | None = None
        self._times_changed = 0
        self._stamp: tuple[int, int] | None = None
        self._written: tuple[StylistLook, ...] = ()
        self.reload_if_changed()

    def changed(self) -> None:
        """A feed was taken in."""
        self._times_changed += 1
        self._fed = None

    def reload_if_changed(self) -> None:
        """Takes a changed file over; one clear line where it cannot be."""
        stamp = _stamp(self._file)
        if self._file is None or stamp == self._stamp:
            return
        self._stamp = stamp
        try:
            self._written = read_stylist_looks(self._file)
            log.info("%d looks of stylists taken from %s", len(self._written), self._file.name)
        except TableError as wrong:
            log.warning("stylists' looks: %s; the looks of before stay", wrong)

    def all(self) -> tuple[StylistLook, ...]:
        """Every look, those of the file first."""
        fed = self._fed
        if fed is None:
            before = self._times_changed
            with self._database.reading() as connection:
                rows = connection.execute(select(LOOK).order_by(LOOK.c.look_id)).all()
            fed = tuple(StylistLook(r.look_id, r.stylist, tuple(json.loads(r.items))) for r in rows)
            # what was read while a feed came in may be of before it: used now, but not kept
            self._fed = fed if before == self._times_changed else None
        return self._written + fed

    def stylist_of(self, item: ItemId, room: Collection[ItemId]) -> str:
        """The name of a stylist who put the item beside a style of the room; empty where nobody did."""
        styles = {style_of(hanging) for hanging in room}
        for look in self.all():
            if look.by and item in look.pieces and any(style_of(ItemId(p)) in styles for p in look.pieces):
                return look.by
        return ""

    def items_beside(self, room: Sequence[ItemId]) -> Iterator[ItemId]:
        """Items that a stylist put beside the room's styles, in the order in which they should be shown."""
        styles = {style_of(hanging) for hanging in room}
        for look in self.all():
            pieces = [ItemId(piece) for piece in look.pieces]
            if any(style_of(piece) in styles for piece in pieces):
                yield from (piece for piece in pieces if style_of(piece) not in styles)


def style_of(item: ItemId) -> str:
    """The style an item belongs to; items are made by `kiosk.core.domain.ids.item_id`."""
    return item.rpartition("-")[0]


def _stamp(file: Path | None) -> tuple[int, int] | None:
    if file is None:
        return None
    try:
        told = file.stat()
    except OSError:
        return (0, 0)
    return told.st_mtime_ns, told.st_size
