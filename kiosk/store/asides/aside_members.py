"""For which members pieces are put aside: of those alone who agreed to be known by associates (the consent `clues`).

A piece is hers where it was put aside in a visit in which she proved her card. It goes with her consent and her data;
the piece stays put aside, for whoever knows its code.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import select

from kiosk.core.domain.ids import ShopperId
from kiosk.store.customers.book.consents import CLUES, consents_of
from kiosk.store.db.database import Database
from kiosk.store.db.table_groups.asides import ASIDE_MEMBER
from kiosk.store.db.upsert import upsert


@dataclass(frozen=True, slots=True)
class AsideMembers:
    """Safe from any thread. Methods raise SQLAlchemyError."""

    database: Database

    def add(self, member: ShopperId, asides: Collection[str]) -> None:
        """These pieces are hers; nothing is kept without her consent."""
        with self.database.writing() as connection:
            if CLUES in consents_of(connection, member):
                rows = [{"aside_id": one, "shopper_id": member} for one in asides]
                upsert(connection, ASIDE_MEMBER, rows)

    def of(self, member: ShopperId) -> frozenset[str]:
        """The ids of hers; none without her consent."""
        with self.database.reading() as connection:
            if CLUES not in consents_of(connection, member):
                return frozenset()
            query = select(ASIDE_MEMBER.c.aside_id).where(ASIDE_MEMBER.c.shopper_id == member)
            return frozenset(connection.scalars(query))
