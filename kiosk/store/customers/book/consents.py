"""Which consents of a member hold: those of the feed, but not what she withdrew in the shop.

`clues`: associates see her first name and clues about her, keep a client book, and prepare her appointments.
`history`, `sizes`, `web` and `reviews` say which sources may be used for it.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from typing import Final

from sqlalchemy import Connection, Table, delete, select, update

from kiosk.core.domain.ids import ShopperId
from kiosk.store.db.table_groups.alterations import ALTERATION
from kiosk.store.db.table_groups.appointments import APPOINTMENT
from kiosk.store.db.table_groups.asides import ASIDE_MEMBER
from kiosk.store.db.table_groups.book_edits import BOOK_EDIT
from kiosk.store.db.table_groups.clues import BOOK_ENTRY, CLUE_REFUSAL, CLUE_VERDICT, MEMBER_REQUEST
from kiosk.store.db.tables import SHOPPER
from kiosk.store.db.upsert import upsert

CLUES: Final = "clues"
OF_MEMBERS: Final[tuple[Table, ...]] = (
    BOOK_ENTRY, BOOK_EDIT, CLUE_VERDICT, MEMBER_REQUEST, APPOINTMENT, ASIDE_MEMBER,
)  # fmt: skip
"""Tables whose rows go when the consent `clues` goes."""


def consents_of(connection: Connection, shopper_id: ShopperId) -> frozenset[str]:
    """The consents that hold now; none for an unknown shopper."""
    given = connection.scalar(select(SHOPPER.c.consents).where(SHOPPER.c.shopper_id == shopper_id))
    return consents_in(connection, shopper_id, given) if given is not None else frozenset()


def consents_in(connection: Connection, shopper_id: ShopperId, listed: str) -> frozenset[str]:
    """The consents that hold now, of those in the list of a shopper's row (JSON)."""
    consents = frozenset(json.loads(listed))
    if CLUES not in consents:
        return consents
    refused = select(CLUE_REFUSAL.c.at_us).where(CLUE_REFUSAL.c.shopper_id == shopper_id)
    return consents if connection.scalar(refused) is None else consents - {CLUES}


def agreed_to(connection: Connection, shoppers: Collection[str], needed: frozenset[str]) -> set[str]:
    """Those of these shoppers whose consents hold now, all of `needed`."""
    given = select(SHOPPER.c.shopper_id, SHOPPER.c.consents).where(SHOPPER.c.shopper_id.in_(shoppers))
    refused = set(
        connection.scalars(select(CLUE_REFUSAL.c.shopper_id).where(CLUE_REFUSAL.c.shopper_id.in_(shoppers)))
    )
    return {
        row.shopper_id for row in connection.execute(given)
        if needed <= frozenset(json.loads(row.consents)) - ({CLUES} if row.shopper_id in refused else set())
    }  # fmt: skip


def refuse_clues(connection: Connection, shopper_id: ShopperId, at_us: int) -> None:
    """She withdraws the consent `clues` in the shop: everything that was kept with it is deleted."""
    upsert(connection, CLUE_REFUSAL, [{"shopper_id": shopper_id, "at_us": at_us}])
    for table in OF_MEMBERS:
        connection.execute(delete(table).where(table.c.shopper_id == shopper_id))
    _unname(connection, [shopper_id])


def forget_clues(connection: Connection, shoppers: Collection[str]) -> None:
    """Deletes everything of clues of shoppers who are erased, or whose feed does not list the consent.

    The withdrawal goes too: where the feed lists the consent again later, she has given it anew."""
    for table in (*OF_MEMBERS, CLUE_REFUSAL):
        connection.execute(delete(table).where(table.c.shopper_id.in_(shoppers)))
    _unname(connection, shoppers)


def _unname(connection: Connection, shoppers: Collection[str]) -> None:
    """The shop has her garment: the tailor's notes stay, and do not say whose they are."""
    hers = ALTERATION.c.shopper_id.in_(shoppers)
    connection.execute(update(ALTERATION).where(hers).values(shopper_id=None))
