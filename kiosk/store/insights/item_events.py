"""What happened to items: tried, bought, asked for, lacking, not wanted; for advice and insights, never for persons."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from enum import Enum, unique

from sqlalchemy import delete

from kiosk.store.db.database import Database
from kiosk.store.db.tables import ITEM_EVENT


@unique
class ItemEventKind(Enum):
    """What a mark says."""

    TRIED = "tried"
    BOUGHT = "bought"
    ASKED = "asked"
    LACKING = "lacking"
    NOT_THIS = "not-this"
    OPENED = "opened"
    RETURNED = "returned"


def new_basket_id() -> str:
    """A number for what one visit will try, ask for and buy; nothing but these marks bears it."""
    return secrets.token_hex(8)


class ItemEvents:
    """Adds marks and forgets old ones."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(
        self, kind: ItemEventKind, items: Iterable[tuple[str, str]], at_us: int, basket: str = ""
    ) -> None:
        """ItemEvents items, each with a size or an empty text; the time is kept to the hour, so that no person can be
        told from it. `basket` says what belongs together (`new_basket_id`)."""
        hour = at_us - at_us % 3_600_000_000
        rows = [
            {"at_us": hour, "kind": kind.value, "item": item, "size": size, "basket": basket}
            for item, size in items
        ]
        if rows:
            with self._database.writing() as connection:
                connection.execute(ITEM_EVENT.insert(), rows)

    def delete_before(self, before_us: int) -> int:
        """Deletes what is older; how many."""
        with self._database.writing() as connection:
            return int(connection.execute(delete(ITEM_EVENT).where(ITEM_EVENT.c.at_us < before_us)).rowcount)
