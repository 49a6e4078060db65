"""What members with the consent `clues` have asked for at a mirror: what was not there is worth a word next time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from sqlalchemy import delete, select

from kiosk.core.clues.clue import ClueSource
from kiosk.core.clues.freshness import DAY_US, LIFETIMES
from kiosk.core.domain.ids import ItemId, ShopperId
from kiosk.store.customers.book.consents import CLUES, consents_of
from kiosk.store.db.database import Database
from kiosk.store.db.table_groups.clues import MEMBER_REQUEST
from kiosk.store.db.upsert import upsert

MAX_ASKED: Final = 50
"""Newest requests of a member that are used."""
KEPT_US: Final = LIFETIMES[ClueSource.REQUEST].days * DAY_US


@dataclass(frozen=True, slots=True)
class Asked:
    """An item in a size that a member asked for. `lacking`: it was not in the shop then."""

    item: ItemId
    size: str
    lacking: bool
    at_us: int


class AskedItems:
    """Reads and writes them. Safe from any thread; all methods raise SQLAlchemyError."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, member: ShopperId, asked: Asked) -> bool:
        """Stores what she asked for, one row for each item and size; False if she has not consented."""
        with self._database.writing() as connection:
            if CLUES not in consents_of(connection, member):
                return False
            row = {
                "shopper_id": member, "item": asked.item, "size": asked.size,
                "lacking": asked.lacking, "at_us": asked.at_us,
            }  # fmt: skip
            upsert(connection, MEMBER_REQUEST, [row])
        return True

    def of(self, member: ShopperId, since_us: int) -> tuple[Asked, ...]:
        """What she asked for since a time, the newest first."""
        table = MEMBER_REQUEST.c
        query = select(MEMBER_REQUEST).where(table.shopper_id == member, table.at_us >= since_us)
        with self._database.reading() as connection:
            rows = connection.execute(
                query.order_by(table.at_us.desc(), table.item, table.size).limit(MAX_ASKED)
            )
            return tuple(Asked(ItemId(r.item), r.size, r.lacking, r.at_us) for r in rows)

    def delete_before(self, before_us: int) -> int:
        """Deletes what was asked for before a time; the number of rows."""
        with self._database.writing() as connection:
            return int(
                connection.execute(delete(MEMBER_REQUEST).where(MEMBER_REQUEST.c.at_us < before_us)).rowcount
            )
