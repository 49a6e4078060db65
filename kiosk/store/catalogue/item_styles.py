"""Which style each item of the catalogue is a colour of. In memory, because a ranking asks for thousands of items."""

from __future__ import annotations

import sys
from collections.abc import Collection, Mapping
from threading import Lock
from typing import Any

from sqlalchemy import Select, select

from kiosk.core.domain.ids import ItemId, StyleId
from kiosk.store.db.database import Database
from kiosk.store.db.tables import COLOURWAY

_ALL = select(COLOURWAY.c.item, COLOURWAY.c.style_id)
_AT_ONCE = 5000


class ItemStyles:
    """The style of each item. Read at the first use, and in part again by `changed`. Safe from any thread."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._found: Mapping[ItemId, StyleId] | None = None
        self._generation = 0
        self._lock, self._changing = Lock(), Lock()

    def of(self, item: ItemId) -> StyleId | None:
        """The style of an item; None if the item is not in the catalogue."""
        return self._all().get(item)

    def changed(self, styles: Collection[StyleId]) -> None:
        """Reads these styles' items again; to be called after styles were added, changed or deleted."""
        wanted = list(styles)
        with self._changing:
            fresh: dict[ItemId, StyleId] = {}
            for start in range(0, len(wanted), _AT_ONCE):
                some = wanted[start : start + _AT_ONCE]
                fresh.update(self._read(_ALL.where(COLOURWAY.c.style_id.in_(some))))
            gone = frozenset(wanted)
            with self._lock:
                self._generation += 1
                if self._found is not None:
                    kept = {item: style for item, style in self._found.items() if style not in gone}
                    self._found = {**kept, **fresh}

    def clear(self) -> None:
        """Reads everything again at the next use."""
        with self._lock:
            self._generation += 1
            self._found = None

    def _all(self) -> Mapping[ItemId, StyleId]:
        with self._lock:
            if self._found is not None:
                return self._found
            generation = self._generation
        found = self._read(_ALL)
        with self._lock:
            # What was read during a change may be out of date: used once, not kept.
            if generation == self._generation:
                self._found = found
        return found

    def _read(self, query: Select[Any]) -> dict[ItemId, StyleId]:
        with self._database.reading() as connection:
            # An item's style id is one of few: one string for all of them.
            return {ItemId(row[0]): StyleId(sys.intern(row[1])) for row in connection.execute(query)}
