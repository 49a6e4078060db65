"""The client book where something happens in between: another editor, a shopper who leaves, a consent that ends, an
erasure. With the faults that these tests are to catch."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from typing import Final

import pytest
from sqlalchemy import Connection, delete, event, func, insert, select, update

from kiosk.core.clues.dislikes import Dislike, DislikeKind
from kiosk.core.clues.freshness import DAY_US
from kiosk.core.domain.ids import AssociateId, ShopperId
from kiosk.core.domain.shopper import Shopper, Tier
from kiosk.store.clues.book_desk import Written
from kiosk.store.clues.composing import ClueServices
from kiosk.store.customers.book import entries
from kiosk.store.customers.book.consents import OF_MEMBERS, forget_clues, refuse_clues
from kiosk.store.customers.book.entries import MAX_ENTRIES, ChangedMeanwhileError, ClientBook
from kiosk.store.customers.book.entry import KEPT_US, BookEntry, EntryKind, NewEntry
from kiosk.store.db.table_groups.clues import BOOK_ENTRY
from kiosk.store.errors import ForbiddenError, NotFoundError
from kiosk.store.lifecycle import Store
from kiosk.store.staff.associates import Associate
from tests.kiosk.store.clues.conftest import CLARA, ROOM, TICKET, seen
from tests.kiosk.store.sample_shop import START_US, gtin_of

Staff = dict[str, Associate]
INES, JONAS = AssociateId("a-ines"), AssociateId("a-jonas")
CALL: Final = NewEntry(EntryKind.FOLLOW_UP, "call", due_us=START_US + 3 * DAY_US)
NO_SCARVES: Final = Written(EntryKind.DISLIKE, about=DislikeKind.STYLE, article=gtin_of("A1", "NVY", "one"))
SCARVES: Final = Dislike(DislikeKind.STYLE, "A1")


class Unseeing(ClientBook):
    """Planted: takes a change, whatever its associate has seen."""

    def change(
        self, member: ShopperId, entry_id: str, seen_us: int, new: NewEntry, who: AssociateId, at_us: int
    ) -> BookEntry:
        del seen_us
        known = next(one for one in self.of(member, at_us) if one.entry_id == entry_id)
        return super().change(member, entry_id, known.last_us, new, who, at_us)


@pytest.mark.parametrize("between", ["changed", "done"])
@pytest.mark.parametrize("kind", [ClientBook, Unseeing])
def test_a_form_that_is_saved_late_undoes_nothing(
    store: Store, services: ClueServices, kind: type[ClientBook], between: str
) -> None:
    """Ines has the form open while Jonas changes the follow-up, or does it; in the same microsecond."""
    del services
    book = kind(store.resources.database)
    entry = book.add(CLARA, CALL, INES, START_US)
    if between == "done":
        book.done(CLARA, entry.entry_id, JONAS, START_US)
    else:
        book.change(CLARA, entry.entry_id, entry.last_us, replace(CALL, text="write"), JONAS, START_US)
    late = (CLARA, entry.entry_id, entry.last_us, replace(CALL, text="call at noon"), INES, START_US)
    if kind is Unseeing:
        book.change(*late)
    else:
        with pytest.raises(ChangedMeanwhileError):
            book.change(*late)
    (left,) = book.of(CLARA, START_US)
    undone = left.new.text == "call at noon" and not left.done_us
    assert undone is (kind is Unseeing)


def test_what_was_done_is_opened_again_by_who_has_seen_it(store: Store, services: ClueServices) -> None:
    del services
    book = ClientBook(store.resources.database)
    entry = book.add(CLARA, CALL, INES, START_US)
    book.done(CLARA, entry.entry_id, JONAS, START_US)
    (done,) = book.of(CLARA, START_US)
    again = book.change(CLARA, entry.entry_id, done.last_us, CALL, INES, START_US)
    assert (again.done_us, again.last_us > done.last_us) == (0, True)


def test_a_like_ends_the_dislike_of_this_visit(store: Store, services: ClueServices, staff: Staff) -> None:
    services.book.add(ROOM, seen(services), NO_SCARVES, staff["a-ines"])
    assert _unwanted(store) == (SCARVES,)
    like = replace(NO_SCARVES, kind=EntryKind.LIKE)
    services.book.add(ROOM, seen(services), like, staff["a-ines"])
    assert _unwanted(store) == ()


class _Meanwhile(ClientBook):
    """Something happens after an entry was written and before it counts at the glass."""

    happens: Callable[[], object] = staticmethod(lambda: None)

    def add(self, member: ShopperId, new: NewEntry, who: AssociateId, at_us: int) -> BookEntry:
        entry = super().add(member, new, who, at_us)
        self.happens()
        return entry


@pytest.mark.parametrize("planted", [False, True])
def test_a_dislike_is_no_dislike_of_the_next_shopper(
    store: Store, services: ClueServices, staff: Staff, planted: bool
) -> None:
    """Planted: it counts for whoever is in the room."""
    book = _Meanwhile(store.resources.database)
    desk = replace(services.book, book=book)
    henrik = Shopper(ShopperId("s2"), Tier.PROVED, "Henrik", "en")
    book.happens = lambda: store.service.visits.identify(ROOM, TICKET, henrik, "mac2")
    entry = desk.add(ROOM, seen(services), NO_SCARVES, staff["a-ines"])
    if planted:
        services.clues.state_dislike(ROOM, SCARVES)
    assert _unwanted(store) == ((SCARVES,) if planted else ())
    assert [one.entry_id for one in book.of(CLARA, store.clock())] == [entry.entry_id]


def test_what_has_expired_does_not_fill_the_book(store: Store, services: ClueServices) -> None:
    del services
    book = ClientBook(store.resources.database)
    note = NewEntry(EntryKind.NOTE, "likes linen")
    for _ in range(MAX_ENTRIES):
        book.add(CLARA, note, INES, START_US)
    late = START_US + KEPT_US[EntryKind.NOTE]
    assert len((book.add(CLARA, note, INES, late), *book.of(CLARA, late))) == 2


def test_a_size_with_blanks_is_the_same_size(services: ClueServices, staff: Staff) -> None:
    for category in ("coats", " coats "):
        written = Written(EntryKind.SIZE, category=category, size=" 38 ")
        services.book.add(ROOM, seen(services), written, staff["a-ines"])
    (size,) = services.book.entries(ROOM)
    assert (size.new.value, size.new.size) == ("coats", "38")


def _leave_changes(connection: Connection, member: ShopperId, at_us: int) -> None:
    """Planted: who changed her book stays when her consent ends."""
    del at_us
    connection.execute(delete(BOOK_ENTRY).where(BOOK_ENTRY.c.shopper_id == member))


@pytest.mark.parametrize(
    "end", [refuse_clues, lambda connection, who, _: forget_clues(connection, [who]), _leave_changes],
    ids=["withdrawn", "erased", "planted"],
)  # fmt: skip
def test_nothing_is_left_and_nothing_comes_back(
    store: Store, services: ClueServices, staff: Staff, end: Callable[[Connection, ShopperId, int], None]
) -> None:
    """Her consent ends, or she is erased, while two associates have her book open."""
    card, ines = seen(services), staff["a-ines"]
    entry = services.book.add(ROOM, card, Written(EntryKind.NOTE, "likes linen"), ines)
    with store.resources.database.writing() as connection:
        end(connection, CLARA, START_US)
    book = services.book.book
    for late in (
        lambda: book.change(CLARA, entry.entry_id, entry.last_us, entry.new, INES, START_US),
        lambda: book.done(CLARA, entry.entry_id, INES, START_US),
        lambda: book.delete(CLARA, entry.entry_id, INES, START_US),
    ):
        with pytest.raises(NotFoundError):
            late()
    with store.resources.database.reading() as connection:
        left = sum(connection.scalars(select(func.count()).select_from(one)).one() for one in OF_MEMBERS)
    assert (left > 0) is (end is _leave_changes)


class Unasking(ClientBook):
    """Planted: nobody asks again for the consent before an entry is written."""

    def add(self, member: ShopperId, new: NewEntry, who: AssociateId, at_us: int) -> BookEntry:
        entry = BookEntry("e1", member, new, at_us, new.expires_us(at_us), who, who)
        with self._database.writing() as connection:
            connection.execute(insert(BOOK_ENTRY).values(entries._row(entry)))
        return entry


@pytest.mark.parametrize("kind", [ClientBook, Unasking])
def test_nothing_is_written_after_the_consent_has_ended(
    store: Store, services: ClueServices, kind: type[ClientBook]
) -> None:
    """It ends after the page was asked and before the entry is written."""
    del services
    with store.resources.database.writing() as connection:
        refuse_clues(connection, CLARA, START_US)
    with suppress(ForbiddenError):
        kind(store.resources.database).add(CLARA, CALL, INES, START_US)
    with store.resources.database.reading() as connection:
        written = entries.entries_of(connection, CLARA, START_US)
    assert bool(written) is (kind is Unasking)


@pytest.mark.parametrize("planted", [False, True])
def test_rooms_are_served_while_much_is_handed_over(
    store: Store, services: ClueServices, planted: bool
) -> None:
    """Other writers get the database between the parts. Planted: all at once."""
    del services
    database = store.resources.database
    book = (AtOnce if planted else ClientBook)(database)
    for _ in range(MAX_ENTRIES):
        book.add(CLARA, CALL, INES, START_US)
    transactions = 0

    def begun(_: Connection) -> None:
        nonlocal transactions
        transactions += 1

    event.listen(database.engine, "begin", begun)
    assert book.hand_over(INES, JONAS, AssociateId("m-mei"), START_US) == MAX_ENTRIES
    event.remove(database.engine, "begin", begun)
    assert (transactions >= MAX_ENTRIES // entries.HANDED_OVER_AT_ONCE + 1) is not planted
    assert {one.holder for one in book.of(CLARA, START_US)} == {JONAS}
    assert book.hand_over(JONAS, JONAS, JONAS, START_US) == 0, "nothing changes"


class AtOnce(ClientBook):
    """Planted: a hand-over is one transaction."""

    def hand_over(self, old: AssociateId, new: AssociateId, who: AssociateId, at_us: int) -> int:
        del who, at_us
        with self._database.writing() as connection:
            this = update(BOOK_ENTRY).where(BOOK_ENTRY.c.holder == old)
            return connection.execute(this.values(holder=new)).rowcount if old != new else 0


def _unwanted(store: Store) -> tuple[Dislike, ...]:
    visit = store.service.floor.room(ROOM).visit
    assert visit is not None
    return visit.dislikes
