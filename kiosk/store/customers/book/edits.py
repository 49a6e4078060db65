"""The changes of client books: who changed which entry and when, never what it said."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from enum import Enum, unique
from typing import Final

from sqlalchemy import Connection, delete, insert, select

from kiosk.core.clues.freshness import DAY_US
from kiosk.core.domain.ids import AssociateId, ShopperId
from kiosk.store.customers.book.entry import EntryKind
from kiosk.store.db.table_groups.book_edits import BOOK_EDIT

KEPT_US: Final = 360 * DAY_US
MAX_EDITS: Final = 200
"""Kept of one member; the oldest go first."""
MAX_SHOWN: Final = 50


@unique
class EditKind(Enum):
    """What was done to an entry. The values are stored."""

    ADDED = "added"
    CHANGED = "changed"
    DONE = "done"
    DELETED = "deleted"
    HANDED_OVER = "handed-over"


@dataclass(frozen=True, slots=True)
class Edit:
    """A change of an entry. `kind`: of the entry, which may be deleted by now."""

    shopper_id: ShopperId = field(repr=False)
    entry_id: str
    kind: EntryKind
    what: EditKind
    who: AssociateId
    at_us: int


def record_edit(connection: Connection, edit: Edit) -> None:
    """Stores a change, in the transaction of the change."""
    table = BOOK_EDIT.c
    connection.execute(
        insert(BOOK_EDIT).values(
            edit_id=secrets.token_hex(12), shopper_id=edit.shopper_id, entry_id=edit.entry_id, kind=edit.kind.value,
            what=edit.what.value, who=edit.who, at_us=edit.at_us,
        )
    )  # fmt: skip
    newest = select(table.edit_id).where(table.shopper_id == edit.shopper_id)
    over = connection.scalars(newest.order_by(table.at_us.desc(), table.edit_id).offset(MAX_EDITS)).all()
    if over:
        connection.execute(delete(BOOK_EDIT).where(table.edit_id.in_(over)))


def edits_of(connection: Connection, member: ShopperId, now_us: int) -> tuple[Edit, ...]:
    """The newest changes of her book, the newest first."""
    table = BOOK_EDIT.c
    query = select(BOOK_EDIT).where(table.shopper_id == member, table.at_us > now_us - KEPT_US)
    rows = connection.execute(query.order_by(table.at_us.desc(), table.edit_id).limit(MAX_SHOWN))
    return tuple(
        Edit(
            ShopperId(row.shopper_id), row.entry_id, EntryKind(row.kind), EditKind(row.what), AssociateId(row.who),
            row.at_us,
        )
        for row in rows
    )  # fmt: skip


def delete_old_edits(connection: Connection, now_us: int) -> None:
    """Deletes the changes that are kept no longer."""
    connection.execute(delete(BOOK_EDIT).where(BOOK_EDIT.c.at_us <= now_us - KEPT_US))
