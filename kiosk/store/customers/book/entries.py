"""Entries of the client book: notes, likes and dislikes, sizes, dates and follow-ups of one member."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

from sqlalchemy import Connection, delete, func, insert, select, update

from kiosk.core.clues.dislikes import Dislike, DislikeKind
from kiosk.core.domain.ids import AssociateId, ShopperId
from kiosk.store.customers.book.consents import CLUES, agreed_to, consents_of
from kiosk.store.customers.book.edits import Edit, EditKind, delete_old_edits, edits_of, record_edit
from kiosk.store.customers.book.entry import BookEntry, EntryKind, NewEntry
from kiosk.store.db.database import Database
from kiosk.store.db.table_groups.clues import BOOK_ENTRY
from kiosk.store.db.tables import SHOPPER
from kiosk.store.errors import ForbiddenError, NotFoundError, RefusedError

MAX_ENTRIES: Final = 60
"""Of one member; so that a book stays a book, and one member costs no more than that."""


HANDED_OVER_AT_ONCE: Final = 50
"""Entries in one transaction: some 25 ms, while requests of rooms wait."""


class BookFullError(RefusedError):
    """The book of a member has as many entries as it may have."""

    code = "book-full"

    def __init__(self) -> None:
        super().__init__(f"a client book has at most {MAX_ENTRIES} entries")


class ChangedMeanwhileError(RefusedError):
    """Somebody else has changed the entry since it was read."""

    code = "book-changed"

    def __init__(self) -> None:
        super().__init__("the entry was changed meanwhile")


@dataclass(frozen=True, slots=True)
class BookRecord:
    """What belongs to a book beside its entries: her consents, her sizes as the feed lists them (with the consent
    `sizes`), and the newest changes."""

    consents: frozenset[str]
    sizes: tuple[tuple[str, str], ...] = field(repr=False)
    edits: tuple[Edit, ...]


class ClientBook:
    """Reads and writes entries. Without the consent `clues` there are none. Safe from any thread.

    All methods raise SQLAlchemyError.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, member: ShopperId, new: NewEntry, who: AssociateId, at_us: int) -> BookEntry:
        """Writes an entry; `who` looks after it. Raises ForbiddenError without her consent, BookFullError. The same
        like, dislike, size, birthday or next visit again replaces the earlier entry."""
        entry = BookEntry(secrets.token_hex(12), member, new, at_us, new.expires_us(at_us), who, who)
        with self._database.writing() as connection:
            if CLUES not in consents_of(connection, member):
                raise ForbiddenError("she has not agreed to a client book")
            if new.value:
                connection.execute(delete(BOOK_ENTRY).where(_same(member, new)))
            count = (
                select(func.count())
                .select_from(BOOK_ENTRY)
                .where(BOOK_ENTRY.c.shopper_id == member, BOOK_ENTRY.c.expires_us > at_us)
            )
            if connection.scalars(count).one() >= MAX_ENTRIES:
                raise BookFullError
            connection.execute(insert(BOOK_ENTRY).values(_row(entry)))
            record_edit(connection, _edit(entry, EditKind.ADDED, who, at_us))
        return entry

    def change(
        self, member: ShopperId, entry_id: str, seen_us: int, new: NewEntry, who: AssociateId, at_us: int
    ) -> BookEntry:
        """Changes what an entry says; a follow-up that was done is to be done again. `seen_us`: `last_us` of
        the entry as the associate saw it.

        Raises NotFoundError, ChangedMeanwhileError if it was changed since, RefusedError for another kind."""
        with self._database.writing() as connection:
            known = _known(connection, member, entry_id)
            if known.last_us != seen_us:
                raise ChangedMeanwhileError
            if (known.new.kind, known.new.value) != (new.kind, new.value):
                raise RefusedError("an entry stays of its kind")
            made_us = max(at_us, known.last_us + 1)
            changed = replace(known, new=new, made_us=made_us, expires_us=new.expires_us(made_us), done_us=0)
            connection.execute(update(BOOK_ENTRY).where(_this(member, entry_id)).values(_row(changed)))
            record_edit(connection, _edit(changed, EditKind.CHANGED, who, at_us))
        return changed

    def record(self, member: ShopperId, now_us: int) -> BookRecord:
        """Her consents, sizes and the changes of her book; nothing without the consent `clues`."""
        with self._database.reading() as connection:
            consents = consents_of(connection, member)
            if CLUES not in consents:
                return BookRecord(frozenset(), (), ())
            sizes = connection.scalar(select(SHOPPER.c.sizes).where(SHOPPER.c.shopper_id == member))
            listed = json.loads(sizes or "{}") if "sizes" in consents else {}
            return BookRecord(consents, tuple(sorted(listed.items())), edits_of(connection, member, now_us))

    def of(self, member: ShopperId, now_us: int) -> tuple[BookEntry, ...]:
        """Her entries that have not expired, the newest first."""
        with self._database.reading() as connection:
            if CLUES not in consents_of(connection, member):
                return ()
            return entries_of(connection, member, now_us)

    def done(self, member: ShopperId, entry_id: str, who: AssociateId, at_us: int) -> None:
        """Marks a follow-up as done; once. Raises NotFoundError."""
        with self._database.writing() as connection:
            known = _known(connection, member, entry_id)
            if known.new.kind is not EntryKind.FOLLOW_UP:
                raise NotFoundError("there is no such follow-up")
            if known.done_us:
                return
            done_us = max(at_us, known.made_us + 1)
            connection.execute(update(BOOK_ENTRY).where(_this(member, entry_id)).values(done_us=done_us))
            record_edit(connection, _edit(known, EditKind.DONE, who, at_us))

    def delete(self, member: ShopperId, entry_id: str, who: AssociateId, at_us: int) -> None:
        """Deletes an entry. Raises NotFoundError."""
        with self._database.writing() as connection:
            known = _known(connection, member, entry_id)
            connection.execute(delete(BOOK_ENTRY).where(_this(member, entry_id)))
            record_edit(connection, _edit(known, EditKind.DELETED, who, at_us))

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
            agreed = agreed_to(connection, {row["shopper_id"] for row in rows}, frozenset({CLUES}))
            return tuple(_entry(row) for row in rows if row["shopper_id"] in agreed)

    def hand_over(self, old: AssociateId, new: AssociateId, who: AssociateId, at_us: int) -> int:
        """Gives everything that one associate looks after to another, or to nobody (""); the number of entries.
        `who`: the manager who did it, or the associate who left. In parts, so that rooms are not kept waiting: what
        fails in between is done again for the rest."""
        number = 0
        while old != new and (done := self._hand_over_part(old, new, who, at_us)):
            number += done
        return number

    def _hand_over_part(self, old: AssociateId, new: AssociateId, who: AssociateId, at_us: int) -> int:
        query = select(BOOK_ENTRY).where(BOOK_ENTRY.c.holder == old).limit(HANDED_OVER_AT_ONCE)
        with self._database.writing() as connection:
            rows = connection.execute(query).mappings().all()
            ids = [row["entry_id"] for row in rows]
            connection.execute(update(BOOK_ENTRY).where(BOOK_ENTRY.c.entry_id.in_(ids)).values(holder=new))
            for row in rows:
                record_edit(connection, _edit(_entry(row), EditKind.HANDED_OVER, who, at_us))
        return len(rows)

    def holders(self) -> tuple[str, ...]:
        """Everybody who looks after an entry; "" if one has nobody."""
        with self._database.reading() as connection:
            return tuple(
                connection.scalars(select(BOOK_ENTRY.c.holder).distinct().order_by(BOOK_ENTRY.c.holder))
            )

    def delete_expired(self, now_us: int) -> int:
        """Deletes what has expired, and old changes; the number of entries."""
        with self._database.writing() as connection:
            delete_old_edits(connection, now_us)
            return int(
                connection.execute(delete(BOOK_ENTRY).where(BOOK_ENTRY.c.expires_us <= now_us)).rowcount
            )


def entries_of(connection: Connection, member: ShopperId, now_us: int) -> tuple[BookEntry, ...]:
    """Her entries, whatever she has consented to."""
    query = select(BOOK_ENTRY).where(BOOK_ENTRY.c.shopper_id == member, BOOK_ENTRY.c.expires_us > now_us)
    rows = connection.execute(query.order_by(BOOK_ENTRY.c.made_us.desc(), BOOK_ENTRY.c.entry_id))
    return tuple(_entry(row).at(now_us) for row in rows.mappings())


def dislikes_in(connection: Connection, member: ShopperId) -> tuple[Dislike, ...]:
    """The dislikes of a member's book, whatever she has consented to."""
    table = BOOK_ENTRY.c
    query = select(table.about, table.value).where(
        table.shopper_id == member, table.kind == EntryKind.DISLIKE.value
    )
    rows = connection.execute(query.order_by(table.about, table.value))
    return tuple(Dislike(DislikeKind(row.about), row.value) for row in rows if row.about)


def _this(member: ShopperId, entry_id: str) -> Any:
    return (BOOK_ENTRY.c.entry_id == entry_id) & (BOOK_ENTRY.c.shopper_id == member)


def _known(connection: Connection, member: ShopperId, entry_id: str) -> BookEntry:
    row = connection.execute(select(BOOK_ENTRY).where(_this(member, entry_id))).mappings().one_or_none()
    if row is None:
        raise NotFoundError("there is no such entry")
    return _entry(row)


def _edit(entry: BookEntry, what: EditKind, who: AssociateId, at_us: int) -> Edit:
    return Edit(entry.shopper_id, entry.entry_id, entry.new.kind, what, who, at_us)


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
