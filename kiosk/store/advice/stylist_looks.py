"""Looks that stylists have put together: from the feed, and from a YAML file that stylists write."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import select

from kiosk.core.domain.ids import ItemId
from kiosk.store.advice.assortment.assortment import Assortment
from kiosk.store.db.database import Database
from kiosk.store.db.tables import LOOK
from kiosk.store.file_stamp import ChangeDetector
from recommender.errors import TableError
from recommender.inputs.stylist_looks import StylistLook, read_stylist_looks

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class JoinedItems:
    """What looks join with the styles of a room: `rows` in the order in which they should be shown, without the room's
    styles; `stylists`: the name of the first named stylist whose look has the row."""

    rows: tuple[int, ...] = ()
    stylists: Mapping[int, str] = field(default_factory=dict)


NOTHING_JOINED = JoinedItems()


class _LookIndex:
    """The looks by item, so that a request reads only those that touch its room."""

    def __init__(self, looks: Iterable[StylistLook]) -> None:
        self.looks = tuple(looks)
        self._of_item: dict[str, list[int]] = {}
        for number, look in enumerate(self.looks):
            for piece in dict.fromkeys(look.pieces):
                self._of_item.setdefault(piece, []).append(number)

    def with_any(self, items: Iterable[ItemId]) -> list[StylistLook]:
        """The looks that have one of these items, in their order."""
        numbers = {number for item in items for number in self._of_item.get(item, ())}
        return [self.looks[number] for number in sorted(numbers)]


class StylistLooks:
    """The looks of the feed, read again by `invalidate`, and those of `file`, read again by `reload_if_changed`."""

    def __init__(self, database: Database, file: Path | None = None) -> None:
        self._database = database
        self._file = ChangeDetector(file) if file else None
        self._from_file: tuple[StylistLook, ...] = ()
        self._from_feed: tuple[StylistLook, ...] = ()
        self._index = _LookIndex(())
        self.reload_if_changed()
        self.invalidate()

    def invalidate(self) -> None:
        """Reads the feed's looks again, in the calling thread; to be called after a feed was imported."""
        with self._database.reading() as connection:
            rows = connection.execute(select(LOOK).order_by(LOOK.c.look_id)).all()
        self._from_feed = tuple(StylistLook(r.look_id, r.stylist, tuple(json.loads(r.items))) for r in rows)
        self._index = _LookIndex(self._from_file + self._from_feed)

    def reload_if_changed(self) -> None:
        """Reads the file if it has changed. If it has mistakes, the looks from before stay, with one warning."""
        if self._file is None or not self._file.changed():
            return
        file = self._file.file
        try:
            self._from_file = read_stylist_looks(file)
            self._index = _LookIndex(self._from_file + self._from_feed)
            log.info("%d stylists' looks read from %s", len(self._from_file), file.name)
        except TableError as error:
            log.warning("stylists' looks: %s; the looks from before stay in use", error)

    def all(self) -> tuple[StylistLook, ...]:
        """Every look, those of the file first."""
        return self._index.looks

    def joined(self, assortment: Assortment, room: Sequence[int]) -> JoinedItems:
        """What looks join with the styles of these rows, in any colour."""
        here = assortment.of_styles(room)
        rows: dict[int, None] = {}
        stylists: dict[int, str] = {}
        for look in self._index.with_any(assortment.item(row) for row in here.nonzero()[0].tolist()):
            for row in assortment.rows(map(ItemId, look.pieces)):
                if not here[row]:
                    rows.setdefault(row)
                    if look.by:
                        stylists.setdefault(row, look.by)
        return JoinedItems(tuple(rows), stylists)
