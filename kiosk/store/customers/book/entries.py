"""Entries of the client book: notes, likes and dislikes, sizes, dates and follow-ups of one member."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum, unique
from typing import Any, Final

from sqlalchemy import Connection, delete, func, insert, select, update

from kiosk.core.clues.dislikes import Dislike, DislikeKind
from kiosk.core.clues.freshness import DAY_US
from kiosk.core.domain.ids import AssociateId, ShopperId
from kiosk.store.customers.book.consents import CLUES, consents_of
from kiosk.store.db.database import Database
from kiosk.store.db.table_groups.clues import BOOK_ENTRY
from kiosk.store.errors import ForbiddenError, NotFoundError, RefusedError

MAX_ENTRIES: Final = 60
"""Of one member; so that a book stays a book, and one member costs no more than that."""


@unique
class EntryKind(Enum):
    """What an entry is. The values are stored."""

    NOTE = "note"
    LIKE = "like"
    DISLIKE = "dislike"
    SIZE = "size"
    DATE = "date"
    FOLLOW_UP = "follow-up"


KEPT_US: Final = {
    EntryKind.NOTE: 180 * DAY_US,
    EntryKind.LIKE: 720 * DAY_US,
    EntryKind.DISLIKE: 720 * DAY_US,
    EntryKind.SIZE: 1080 * DAY_US,
    EntryKind.DATE: 30 * DAY_US,
    EntryKind.FOLLOW_UP: 90 * DAY_US,
}
"""How long an entry is kept after it was written, or after its day."""


@dataclass(frozen=True, slots=True)
class NewEntry:
    """What an associate writes. `about` and `value`: of a like, dislike or size (there the category)."""

    kind: EntryKind
    text: str = field(default="", repr=False)
    about: DislikeKind | None = None
    value: str = field(default="", repr=False)
    size: str = field(default="", repr=False)
    due_us: int = 0


@dataclass(frozen=True, slots=True)
class BookEntry:
    """An entry as it is stored. Times are microseconds since 1970 UTC; 0: no day, not done."""

    entry_id: str
    shopper_id: ShopperId = field(repr=False)
    new: NewEntry
    made_us: int
    expires_us: int
    author: AssociateId
    holder: AssociateId
    done_us: int = 0

    def as_dislike(self) -> Dislike | None:
        """The dislike that it states; None for any other entry."""
        is_one = self.new.kind is EntryKind.DISLIKE and self.new.about is not None
        return Dislike(self.new.about, self.new.value) if is_one and self.new.about else None


class ClientBook:
    """Reads and writes entries. Without the consent `clues` there are none. Safe from any thread.

    All methods raise SQLAlchemyError.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, member: ShopperId, new: NewEntry, who: AssociateId, at_us: int) -> BookEntry:
        """Writes an entry; `who` looks after it. Raises ForbiddenError without her consent, RefusedError if the book is
        full. The same like, dislike or size again replaces the earlier entry."""
        kept_us = max(at_us, new.due_us) + KEPT_US[new.kind]
        entry = BookEntry(secrets.token_hex(12), member, new, at_us, kept_us, who, who)
        with self._database.writing() as connection:
            if CLUES not in consents_of(connection, member):
                raise ForbiddenError("she has not agreed to a client book")
            if new.value:
                connection.execute(delete(BOOK_ENTRY).where(_same(member, new)))
            count = select(func.count()).select_from(BOOK_ENTRY).where(BOOK_ENTRY.c.shopper_id == member)
            if connection.scalars(count).one() >= MAX_ENTRIES:
                raise RefusedError(f"a client book has at most {MAX_ENTRIES} entries")
            connection.execute(insert(BOOK_ENTRY).values(_row(entry)))
        return entry

    def of(self, member: ShopperId, now_us: int) -> tuple[BookEntry, ...]:
        """Her entries that have not expired, the newest first."""
        with self._database.reading() as connection:
            if CLUES not in consents_of(connection, member):
                return ()
            return entries_of(connection, member, now_us)

    def done(self, member: ShopperId, entry_id: str, at_us: int) -> None:
        """Marks a follow-up as done. Raises NotFoundError."""
        this = (BOOK_ENTRY.c.entry_id == entry_id) & (BOOK_ENTRY.c.shopper_id == member)
        with self._database.writing() as connection:
            if connection.execute(update(BOOK_ENTRY).where(this).values(done_us=at_us)).rowcount != 1:
                raise NotFoundError("there is no such entry")

    def delete(self, member: ShopperId, entry_id: str) -> None:
        """Deletes an entry. Raises NotFoundError."""
        this = (BOOK_ENTRY.c.entry_id == entry_id) & (BOOK_ENTRY.c.shopper_id == member)
        with self._database.writing() as connection:
            if connection.execute(delete(BOOK_ENTRY).where(this)).rowcount != 1:
                raise NotFoundError("there is no such entry")

    def due(self, holders: tuple[str, ...], before_us: int, now_us: int) -> tuple[BookEntry, ...]:
        """Follow-ups that are not done, of these holders, with a day before `before_us`, the earliest first.

        Those of members who withdrew their consent are deleted with it.
        """
        table = BOOK_ENTRY.c
        query = select(BOOK_ENTRY).where(
            table.holder.in_(holders), table.kind == EntryKind.FOLLOW_UP.value, table.done_us == 0,
            table.due_us < before_us, table.expires_us > now_us,
        )  # fmt: skip
        with self._database.reading() as connection:
            rows = connection.execute(query.order_by(table.due_us, table.entry_id)).mappings().all()
            return tuple(
                _entry(row) for row in rows if CLUES in consents_of(connection, ShopperId(row["shopper_id"]))
            )

    def hand_over(self, old: AssociateId, new: AssociateId) -> int:
        """Gives everything that one associate looks after to another, or to nobody (""); the number of entries."""
        with self._database.writing() as connection:
            these = update(BOOK_ENTRY).where(BOOK_ENTRY.c.holder == old)
            return int(connection.execute(these.values(holder=new)).rowcount)

    def holders(self) -> tuple[str, ...]:
        """Everybody who looks after an entry; "" if one has nobody."""
        with self._database.reading() as connection:
            return tuple(
                connection.scalars(select(BOOK_ENTRY.c.holder).distinct().order_by(BOOK_ENTRY.c.holder))
            )

    def delete_expired(self, now_us: int) -> int:
        """Deletes what has expired; the number of entries."""
        with self._database.writing() as connection:
            return int(
                connection.execute(delete(BOOK_ENTRY).where(BOOK_ENTRY.c.expires_us <= now_us)).rowcount
            )


def entries_of(connection: Connection, member: ShopperId, now_us: int) -> tuple[BookEntry, ...]:
    """Her entries, whatever she has consented to."""
    query = select(BOOK_ENTRY).where(BOOK_ENTRY.c.shopper_id == member, BOOK_ENTRY.c.expires_us > now_us)
    rows = connection.execute(query.order_by(BOOK_ENTRY.c.made_us.desc(), BOOK_ENTRY.c.entry_id))
    return tuple(_entry(row) for row in rows.mappings())


def dislikes_in(connection: Connection, member: ShopperId) -> tuple[Dislike, ...]:
    """The dislikes of a member's book, whatever she has consented to."""
    table = BOOK_ENTRY.c
    query = select(table.about, table.value).where(
        table.shopper_id == member, table.kind == EntryKind.DISLIKE.value
    )
    rows = connection.execute(query.order_by(table.about, table.value))
    return tuple(Dislike(DislikeKind(row.about), row.value) for row in rows if row.about)


def _same(member: ShopperId, new: NewEntry) -> Any:
    """The same subject: a like after a dislike replaces it."""
    table = BOOK_ENTRY.c
    opinions = (EntryKind.LIKE.value, EntryKind.DISLIKE.value)
    kinds = opinions if new.kind.value in opinions else (new.kind.value,)
    about = new.about.value if new.about else ""
    return (
        (table.shopper_id == member)
        & table.kind.in_(kinds)
        & (table.about == about)
        & (table.value == new.value)
    )


def _row(entry: BookEntry) -> dict[str, Any]:
    new = entry.new
    return {
        "entry_id": entry.entry_id, "shopper_id": entry.shopper_id, "kind": new.kind.value, "text": new.text,
        "about": new.about.value if new.about else "", "value": new.value, "size": new.size,
        "made_us": entry.made_us, "due_us": new.due_us, "done_us": entry.done_us,
        "expires_us": entry.expires_us, "author": entry.author, "holder": entry.holder,
    }  # fmt: skip


def _entry(row: Mapping[Any, Any]) -> BookEntry:
    about = DislikeKind(row["about"]) if row["about"] else None
    new = NewEntry(EntryKind(row["kind"]), row["text"], about, row["value"], row["size"], row["due_us"])
    return BookEntry(
        row["entry_id"], ShopperId(row["shopper_id"]), new, row["made_us"], row["expires_us"],
        AssociateId(row["author"]), AssociateId(row["holder"]), row["done_us"],
    )  # fmt: skip
