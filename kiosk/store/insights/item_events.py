"""Records what happened to items (tried, bought, asked for, ...) for statistics and training, without persons.

While the database cannot be written, events are kept in memory: no shopper waits for statistics.
"""

from __future__ import annotations

import logging
import secrets
from collections import deque
from collections.abc import Iterable
from enum import Enum, unique
from itertools import islice
from typing import Final

from sqlalchemy import delete
from sqlalchemy.exc import SQLAlchemyError

from kiosk.store.db.database import Database
from kiosk.store.db.tables import ITEM_EVENT

log = logging.getLogger(__name__)
MAX_WAITING: Final = 20_000
"""Events that are kept while the database is away; of more, the oldest are lost."""
MAX_AT_ONCE: Final = 500


@unique
class ItemEventKind(Enum):
    """Kinds of item events. Their values are stored."""

    TRIED = "tried"
    BOUGHT = "bought"
    ASKED = "asked"
    LACKING = "lacking"
    NOT_THIS = "not-this"
    OPENED = "opened"
    RETURNED = "returned"
    SUGGESTED = "suggested"
    """Sent to the mirror of a visit as a suggestion."""
    ADVISED = "advised"
    """This one size was advised in a visit."""


def new_basket_id() -> str:
    """A random id that groups the item events of one visit; it is stored nowhere else."""
    return secrets.token_hex(8)


class ItemEvents:
    """Adds item events, and deletes old ones. Safe from any thread."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._waiting: deque[dict[str, object]] = deque(maxlen=MAX_WAITING)
        self._lock = database.new_lock()
        self._failing = False

    def add(
        self, kind: ItemEventKind, items: Iterable[tuple[str, str]], at_us: int, basket_id: str = "", *,
        later: bool = False,
    ) -> None:  # fmt: skip
        """Adds an event for each (item, size); size may be empty. `basket_id` groups events (`new_basket_id`).

        The time is stored by the hour, so that no person can be recognised from it. `later`: written by the next tick,
        so that the caller does not wait for the database.
        """
        hour = at_us - at_us % 3_600_000_000
        rows: list[dict[str, object]] = [
            {"at_us": hour, "kind": kind.value, "item": item, "size": size, "basket": basket_id}
            for item, size in items
        ]
        with self._lock:
            self._waiting.extend(rows)
            if not later:
                self.write()

    def write(self) -> None:
        """Writes the events that wait for the database; called again at every tick."""
        with self._lock:
            while self._waiting:
                rows = list(islice(self._waiting, MAX_AT_ONCE))
                try:
                    with self._database.writing() as connection:
                        connection.execute(ITEM_EVENT.insert(), rows)
                except SQLAlchemyError as error:
                    self._fail(error)
                    return
                for _ in rows:
                    self._waiting.popleft()
                self._failing = False

    def _fail(self, error: SQLAlchemyError) -> None:
        if not self._failing:
            log.error("item events are kept until the database accepts them (%s)", type(error).__name__)
        self._failing = True

    def delete_before(self, before_us: int) -> int:
        """Deletes events before this time; returns how many."""
        with self._database.writing() as connection:
            return int(connection.execute(delete(ITEM_EVENT).where(ITEM_EVENT.c.at_us < before_us)).rowcount)
