"""What the store's database holds of a member, and its erasure in one transaction with her tombstone."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Table, delete, func, select

from kiosk.core.domain.ids import ShopperId
from kiosk.store.customers.book.consents import forget_clues
from kiosk.store.customers.card_import import unlink_cards
from kiosk.store.customers.tombstones import Tombstones
from kiosk.store.db.database import Database
from kiosk.store.db.overwriting import overwrite_deleted
from kiosk.store.db.salvage import EVER, delete_old_copies
from kiosk.store.db.table_groups.alterations import ALTERATION
from kiosk.store.db.table_groups.appointments import APPOINTMENT
from kiosk.store.db.table_groups.asides import ASIDE_MEMBER
from kiosk.store.db.table_groups.book_edits import BOOK_EDIT
from kiosk.store.db.table_groups.clues import BOOK_ENTRY, CLUE_REFUSAL, CLUE_VERDICT, MEMBER_REQUEST
from kiosk.store.db.tables import CREDENTIAL, FEED_LINE, FIT_FEEDBACK, HELD_LOSS, PURCHASE, SHOPPER
from kiosk.store.privacy.port import Held

_ROWS: Final[tuple[tuple[str, Table], ...]] = (
    ("profile", SHOPPER),
    ("cards", CREDENTIAL),
    ("purchases", PURCHASE),
    ("fit-feedback", FIT_FEEDBACK),
    ("client-book", BOOK_ENTRY),
    ("client-book-changes", BOOK_EDIT),
    ("clue-verdicts", CLUE_VERDICT),
    ("asked-for", MEMBER_REQUEST),
    ("clue-refusal", CLUE_REFUSAL),
    ("appointments", APPOINTMENT),
    ("put-aside", ASIDE_MEMBER),
    ("alterations", ALTERATION),
)
_JSON: Final = ("sizes", "consents", "pieces")


class DatabaseRows:
    """Implements `PersonalData` for the database, and for copies of it that were kept because they were damaged.

    `now_us`: the time of day.
    """

    def __init__(self, database: Database, tombstones: Tombstones, now_us: Callable[[], int]) -> None:
        self._database, self._tombstones, self._now = database, tombstones, now_us

    def held(self, member: ShopperId) -> tuple[Held, ...]:
        with self._database.reading() as connection:
            found = [
                Held(place, tuple(_plain(row) for row in rows))
                for place, table in _ROWS
                if (
                    rows := connection.execute(select(table).where(table.c.shopper_id == member))
                    .mappings()
                    .all()
                )
            ]
            lines = connection.scalar(select(func.count()).select_from(FEED_LINE).where(_line(member)))
            if lines:
                found.append(Held("feed-line", ({"key": member},)))
            found += [Held("waiting-loss", ({"key": member},)) for _ in _losses(connection, member)[:1]]
        return tuple(found)

    def erase(self, member: ShopperId) -> Mapping[str, int]:
        with self._database.writing(durable=True) as connection:
            counts = {
                place: connection.scalar(
                    select(func.count()).select_from(table).where(table.c.shopper_id == member)
                )
                or 0
                for place, table in _ROWS
            }
            self._tombstones.add(connection, member, self._now())
            for table in (PURCHASE, FIT_FEEDBACK, SHOPPER, ALTERATION):
                connection.execute(delete(table).where(table.c.shopper_id == member))
            forget_clues(connection, [member])
            unlink_cards(connection, [member])
            counts["feed-line"] = connection.execute(delete(FEED_LINE).where(_line(member))).rowcount
            losses = _losses(connection, member)
            for what in losses:
                this = (HELD_LOSS.c.kind == "shoppers") & (HELD_LOSS.c.what == what)
                connection.execute(delete(HELD_LOSS).where(this))
            counts["waiting-loss"] = len(losses)
        url = self._database.engine.url.render_as_string(hide_password=False)
        counts["damaged-copies"] = delete_old_copies(url, EVER)
        overwrite_deleted(self._database.engine)
        return counts


def _line(member: ShopperId) -> ColumnElement[bool]:
    return (FEED_LINE.c.kind == "shoppers") & (FEED_LINE.c.key == member)


def _losses(connection: Connection, member: ShopperId) -> list[str]:
    """Losses of a feed that wait for a yes and name the member; the next import finds them again, without her."""
    rows = connection.execute(select(HELD_LOSS).where(HELD_LOSS.c.kind == "shoppers"))
    return [row.what for row in rows if member in json.loads(row.entries)]


def _plain(row: Mapping[Any, Any]) -> dict[str, Any]:
    return {str(name): json.loads(value) if name in _JSON else value for name, value in row.items()}
