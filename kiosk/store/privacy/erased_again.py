"""Erasures and back-ups: keeps the list of erased members, and erases them again in a restored database."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from threading import Lock

from sqlalchemy import select

from kiosk.core.domain.ids import ShopperId
from kiosk.store.customers.tombstones import Tombstones
from kiosk.store.db.database import Database
from kiosk.store.db.table_groups.alterations import ALTERATION
from kiosk.store.db.table_groups.appointments import APPOINTMENT
from kiosk.store.db.table_groups.asides import ASIDE_MEMBER
from kiosk.store.db.table_groups.book_edits import BOOK_EDIT
from kiosk.store.db.table_groups.clues import BOOK_ENTRY, CLUE_REFUSAL, CLUE_VERDICT, MEMBER_REQUEST
from kiosk.store.db.tables import CREDENTIAL, ERASED_MEMBER, FEED_LINE, FIT_FEEDBACK, PURCHASE, SHOPPER
from kiosk.store.db.upsert import upsert
from kiosk.store.privacy.database_rows import DatabaseRows
from kiosk.store.privacy.ended_rights import one_writer
from kiosk.store.privacy.erasure_list import OWN_FILE, ErasedMember, ErasureList
from kiosk.store.privacy.port import Held


class ListOfErased:
    """Implements `PersonalData`: holds nothing of a member, and notes her erasure in the store's own list."""

    def __init__(
        self, state: Path, erasures: ErasureList, tombstones: Tombstones, now_us: Callable[[], int]
    ) -> None:
        self._file, self._erasures, self._tombstones, self._now = (
            state / OWN_FILE,
            erasures,
            tombstones,
            now_us,
        )
        self._lock = Lock()

    def held(self, member: ShopperId) -> tuple[Held, ...]:
        del member
        return ()

    def erase(self, member: ShopperId) -> Mapping[str, int]:
        """Raises OSError."""
        with self._lock, one_writer(self._file.parent):
            self._erasures.add(self._file, [ErasedMember(self._tombstones.mac(member), self._now())])
        return {}


def erase_again(
    database: Database, tombstones: Tombstones, erased: Iterable[ErasedMember], now_us: Callable[[], int]
) -> int:
    """Erases the listed members in a database that was restored, and keeps feeds from bringing them back.

    The number of members that were there. Raises SQLAlchemyError, OSError.
    """
    listed = {one.member_mac: one for one in erased}
    if not listed:
        return 0
    with database.writing(durable=True) as connection:
        rows = [{"member_mac": one.member_mac, "erased_us": one.erased_us} for one in listed.values()]
        upsert(connection, ERASED_MEMBER, rows)
    place = DatabaseRows(database, tombstones, now_us)
    found = sorted(member for member in _members(database) if tombstones.mac(member) in listed)
    for member in found:
        place.erase(ShopperId(member))
    return len(found)


def _members(database: Database) -> set[str]:
    """The ids of all members of whom the database holds something."""
    tables = (
        SHOPPER,
        PURCHASE,
        FIT_FEEDBACK,
        CREDENTIAL,
        BOOK_ENTRY,
        BOOK_EDIT,
        CLUE_VERDICT,
        MEMBER_REQUEST,
        CLUE_REFUSAL,
        APPOINTMENT,
        ASIDE_MEMBER,
        ALTERATION,
    )
    columns = [table.c.shopper_id for table in tables]
    queries = [select(column).distinct().where(column.is_not(None)) for column in columns]
    queries.append(select(FEED_LINE.c.key).where(FEED_LINE.c.kind == "shoppers"))
    with database.reading() as connection:
        return {str(member) for query in queries for member in connection.scalars(query) if member}
