"""Records what happened to items (tried, bought, asked for, ...) for statistics and training, without persons."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from enum import Enum, unique

from sqlalchemy import delete

from kiosk.store.db.database import Database
from kiosk.store.db.tables import ITEM_EVENT


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


def new_basket_id() -> str:
    """A random id that groups the item events of one visit; it is stored nowhere else."""
    return secrets.token_hex(8)


class ItemEvents:
    """Adds item events, and deletes old ones."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(
        self, kind: ItemEventKind, items: Iterable[tuple[str, str]], at_us: int, basket_id: str = ""
    ) -> None:
        """Adds an event for each (item, size); size may be empty. `basket_id` groups events (`new_basket_id`).

        The time is stored by the hour, so that no person can be recognised from it.
        """
        hour = at_us - at_us % 3_600_000_000
        rows = [
            {"at_us": hour, "kind": kind.value, "item": item, "size": size, "basket": basket_id}
            for item, size in items
        ]
        if rows:
            with self._database.writing() as connection:
                connection.execute(ITEM_EVENT.insert(), rows)

    def delete_before(self, before_us: int) -> int:
        """Deletes events before this time; returns how many."""
        with self._database.writing() as connection:
            return int(connection.execute(delete(ITEM_EVENT).where(ITEM_EVENT.c.at_us < before_us)).rowcount)
