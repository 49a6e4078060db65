"""The client book: consent, what replaces what, hand-over, expiry; and that nothing is left without consent."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Final

import pytest
from sqlalchemy import func, select

from kiosk.clock import US
from kiosk.core.clues.clue import ClueSource, Why
from kiosk.core.clues.dislikes import Dislike, DislikeKind
from kiosk.core.clues.freshness import DAY_US
from kiosk.core.clues.trust import Counts, Verdict
from kiosk.core.domain.ids import AssociateId, ItemId, ShopperId
from kiosk.store.customers.book.asked import Asked, AskedItems
from kiosk.store.customers.book.consents import OF_MEMBERS, consents_of, forget_clues, refuse_clues
from kiosk.store.customers.book.edits import KEPT_US as EDITS_KEPT_US
from kiosk.store.customers.book.edits import MAX_EDITS, EditKind
from kiosk.store.customers.book.entries import MAX_ENTRIES, ChangedMeanwhileError, ClientBook
from kiosk.store.customers.book.entry import KEPT_US, EntryKind, NewEntry, Occasion, next_yearly
from kiosk.store.customers.book.verdicts import Answer, Verdicts
from kiosk.store.db.database import Database
from kiosk.store.db.tables import SHOPPER
from kiosk.store.errors import ForbiddenError, NotFoundError, RefusedError

NOW: Final = 1_790_000_000_000_000
CLARA, HENRIK = ShopperId("s1"), ShopperId("s2")
INES, JONAS, MEI = AssociateId("a-ines"), AssociateId("a-jonas"), AssociateId("m-mei")
NOTE: Final = NewEntry(EntryKind.NOTE, "likes linen")
NO_COATS: Final = NewEntry(EntryKind.DISLIKE, about=DislikeKind.CATEGORY, value="coats")


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    opened = Database(database_url)
    with opened.writing() as connection:
        for who, consents in ((CLARA, '["clues","history"]'), (HENRIK, '["history"]')):
            row = {"shopper_id": who, "member": True, "consents": consents}
            connection.execute(SHOPPER.insert().values(row))
    yield opened
    opened.close()


def rows(database: Database) -> int:
    with database.reading() as connection:
        return sum(connection.scalars(select(func.count()).select_from(t)).one() for t in OF_MEMBERS)


def test_without_consent_nothing_is_written_or_read(database: Database) -> None:
    book = ClientBook(database)
    with pytest.raises(ForbiddenError):
        book.add(HENRIK, NOTE, INES, NOW)
    with pytest.raises(ForbiddenError):
        book.add(ShopperId("nobody"), NOTE, INES, NOW)
    assert not AskedItems(database).add(HENRIK, Asked(ItemId("i"), "M", lacking=True, at_us=NOW))
    assert (book.of(HENRIK, NOW), rows(database)) == ((), 0)


def test_a_consent_that_is_withdrawn_deletes_everything_and_beats_the_feed(database: Database) -> None:
    book = ClientBook(database)
    book.add(CLARA, NOTE, INES, NOW)
    AskedItems(database).add(CLARA, Asked(ItemId("i"), "M", lacking=True, at_us=NOW))
    Verdicts(database).save(answer("c1", Verdict.WRONG), NOW)
    assert rows(database) == 4
    with database.writing() as connection:
        refuse_clues(connection, CLARA, NOW)
    assert rows(database) == 0
    with pytest.raises(ForbiddenError):
        book.add(CLARA, NOTE, INES, NOW)
    with pytest.raises(ForbiddenError):
        Verdicts(database).save(answer("c1", Verdict.WRONG), NOW)
    with database.writing() as connection:
        assert consents_of(connection, CLARA) == {"history"}
        forget_clues(connection, [CLARA])
        assert consents_of(connection, CLARA) == {"clues", "history"}, "given anew, by a later feed"


def test_a_like_replaces_the_dislike_of_the_same_subject(database: Database) -> None:
    book = ClientBook(database)
    disliked = book.add(CLARA, NO_COATS, INES, NOW)
    assert disliked.as_dislike() == Dislike(DislikeKind.CATEGORY, "coats")
    liked = book.add(CLARA, replace(NO_COATS, kind=EntryKind.LIKE), JONAS, NOW + 1)
    assert [entry.entry_id for entry in book.of(CLARA, NOW)] == [liked.entry_id]
    assert liked.as_dislike() is None


def test_the_newest_entries_come_first_and_expired_ones_go(database: Database) -> None:
    book = ClientBook(database)
    first = book.add(CLARA, NOTE, INES, NOW)
    second = book.add(CLARA, replace(NOTE, text="prefers mornings"), INES, NOW + DAY_US)
    assert [entry.entry_id for entry in book.of(CLARA, NOW)] == [second.entry_id, first.entry_id]
    end_us = NOW + KEPT_US[EntryKind.NOTE]
    assert [entry.entry_id for entry in book.of(CLARA, end_us)] == [second.entry_id]
    assert (book.delete_expired(end_us), rows(database)) == (1, 3), "the changes stay"


def test_a_book_has_an_end(database: Database) -> None:
    book = ClientBook(database)
    for number in range(MAX_ENTRIES):
        book.add(CLARA, replace(NOTE, text=f"note {number}"), INES, NOW)
    with pytest.raises(RefusedError):
        book.add(CLARA, NOTE, INES, NOW)


def test_an_entry_belongs_to_one_member(database: Database) -> None:
    book = ClientBook(database)
    entry = book.add(CLARA, NOTE, INES, NOW)
    with pytest.raises(NotFoundError):
        book.delete(HENRIK, entry.entry_id, INES, NOW)
    with pytest.raises(NotFoundError):
        book.done(HENRIK, entry.entry_id, INES, NOW)
    book.delete(CLARA, entry.entry_id, INES, NOW)
    assert book.of(CLARA, NOW) == ()


def test_follow_ups_are_due_and_handed_over(database: Database) -> None:
    book = ClientBook(database)
    call = NewEntry(EntryKind.FOLLOW_UP, "the coat in 38 comes on Friday", due_us=NOW + DAY_US)
    entry = book.add(CLARA, call, INES, NOW)
    later = NOW + 2 * DAY_US
    assert book.due((INES,), NOW, NOW) == ()
    assert [one.entry_id for one in book.due((INES,), later, NOW)] == [entry.entry_id]
    assert [book.hand_over(INES, JONAS, MEI, NOW) for _ in range(2)] == [1, 0]
    assert book.due((INES,), later, NOW) == ()
    (his,) = book.due((JONAS, ""), later, NOW)
    assert (his.author, his.holder) == (INES, JONAS)
    book.done(CLARA, entry.entry_id, JONAS, NOW)
    assert book.due((JONAS,), later, NOW) == ()


def test_a_change_needs_the_entry_as_it_is_now(database: Database) -> None:
    book = ClientBook(database)
    entry = book.add(CLARA, NOTE, INES, NOW)
    changed = book.change(CLARA, entry.entry_id, entry.made_us, replace(NOTE, text="likes silk"), JONAS, NOW)
    assert [(one.new.text, one.author) for one in book.of(CLARA, NOW)] == [("likes silk", INES)]
    with pytest.raises(ChangedMeanwhileError):
        book.change(CLARA, entry.entry_id, entry.made_us, NOTE, INES, NOW)
    with pytest.raises(RefusedError):
        book.change(CLARA, entry.entry_id, changed.made_us, NO_COATS, INES, NOW)
    with pytest.raises(NotFoundError):
        book.change(HENRIK, entry.entry_id, changed.made_us, NOTE, INES, NOW)


def test_each_change_is_recorded_with_who_made_it_and_without_what_was_written(database: Database) -> None:
    book = ClientBook(database)
    call = book.add(CLARA, NewEntry(EntryKind.FOLLOW_UP, "call", due_us=NOW + DAY_US), INES, NOW)
    note = book.add(CLARA, NOTE, INES, NOW + 1)
    book.change(CLARA, note.entry_id, note.made_us, replace(NOTE, text="likes silk"), JONAS, NOW + 2)
    book.hand_over(INES, JONAS, MEI, NOW + 3)
    for _ in range(2):
        book.done(CLARA, call.entry_id, JONAS, NOW + 4)
    book.delete(CLARA, note.entry_id, MEI, NOW + 5)
    record = book.record(CLARA, NOW + 6)
    said = [
        (one.what, one.kind.value, one.who) for one in record.edits if one.what is not EditKind.HANDED_OVER
    ]
    assert said == [
        (EditKind.DELETED, "note", MEI), (EditKind.DONE, "follow-up", JONAS), (EditKind.CHANGED, "note", JONAS),
        (EditKind.ADDED, "note", INES), (EditKind.ADDED, "follow-up", INES),
    ]  # fmt: skip
    assert len(record.edits) == len(said) + 2
    assert record.consents == {"clues", "history"}
    with database.reading() as connection:
        assert "silk" not in repr(connection.exec_driver_sql("SELECT * FROM book_edit").all())
    assert book.record(HENRIK, NOW).edits == ()


def test_changes_have_an_end_and_a_number(database: Database) -> None:
    book = ClientBook(database)
    entry = book.add(CLARA, NOTE, INES, NOW)
    for _ in range(MAX_EDITS):
        entry = book.change(CLARA, entry.entry_id, entry.made_us, NOTE, INES, NOW + 1)
    assert rows(database) == MAX_EDITS + 1
    book.delete_expired(NOW + 1 + EDITS_KEPT_US)
    assert rows(database) == 0


@pytest.mark.parametrize(
    ("day", "now", "expected"),
    [
        ("1990-06-01", "2026-06-01", "2026-06-01"),
        ("1990-06-01", "2026-06-02", "2027-06-01"),
        ("2024-02-29", "2026-01-01", "2026-02-28"),
        ("2024-02-29", "2027-03-01", "2028-02-29"),
        ("2027-01-05", "2026-06-01", "2027-01-05"),
    ],
)
def test_a_birthday_comes_again(day: str, now: str, expected: str) -> None:
    assert next_yearly(noon(day), noon(now)) == noon(expected)


def test_a_book_has_one_birthday_and_one_next_visit_and_many_occasions(database: Database) -> None:
    book = ClientBook(database)
    for number in range(2):
        for occasion in Occasion:
            day = NewEntry(EntryKind.DATE, f"day {number}", value=occasion.value, due_us=NOW + DAY_US)
            book.add(CLARA, day, INES, NOW + number)
    held = [(one.new.occasion, one.new.text) for one in book.of(CLARA, NOW)]
    assert sorted(held, key=repr) == sorted(
        [
            (Occasion.OTHER, "day 0"), (Occasion.OTHER, "day 1"), (Occasion.BIRTHDAY, "day 1"),
            (Occasion.VISIT, "day 1"),
        ],
        key=repr,
    )  # fmt: skip
    (birthday,) = book.of(CLARA, NOW + 100 * DAY_US)
    assert (birthday.new.occasion, birthday.new.due_us > NOW + 300 * DAY_US) == (Occasion.BIRTHDAY, True)


def noon(day: str) -> int:
    return int(datetime.fromisoformat(f"{day}T12:00:00+00:00").timestamp()) * US


def answer(clue_id: str, verdict: Verdict, who: ShopperId = CLARA) -> Answer:
    return Answer(who, clue_id, verdict, ClueSource.WEB, Why.RECENT, INES)


def test_an_answer_counts_once_and_may_be_changed(database: Database) -> None:
    verdicts = Verdicts(database)
    for _ in range(3):
        verdicts.save(answer("c1", Verdict.WRONG), NOW)
    verdicts.save(answer("c2", Verdict.USEFUL), NOW)
    assert verdicts.wrong(CLARA) == {"c1"}
    assert verdicts.trust(CLARA).shop == {(ClueSource.WEB, Why.RECENT): Counts(1, 1)}
    verdicts.save(answer("c1", Verdict.USEFUL), NOW)
    assert verdicts.wrong(CLARA) == frozenset()
    assert verdicts.trust(CLARA).member == {ClueSource.WEB: Counts(2, 0)}
    assert verdicts.trust(HENRIK) == replace(verdicts.trust(CLARA), member={})


def test_what_a_shop_has_learned_stays_without_the_member(database: Database) -> None:
    verdicts = Verdicts(database)
    verdicts.save(answer("c1", Verdict.WRONG), NOW)
    with database.writing() as connection:
        refuse_clues(connection, CLARA, NOW)
    assert verdicts.trust(CLARA).shop == {(ClueSource.WEB, Why.RECENT): Counts(0, 1)}
    assert verdicts.trust(CLARA).member == {}


def test_what_was_asked_for_is_kept_for_a_while(database: Database) -> None:
    asked = AskedItems(database)
    asked.add(CLARA, Asked(ItemId("i1"), "M", lacking=True, at_us=NOW))
    asked.add(CLARA, Asked(ItemId("i1"), "M", lacking=False, at_us=NOW + 1))
    asked.add(CLARA, Asked(ItemId("i2"), "S", lacking=True, at_us=NOW + 2))
    assert [(one.item, one.lacking) for one in asked.of(CLARA, 0)] == [("i2", True), ("i1", False)]
    assert asked.delete_before(NOW + 2) == 1
    assert [one.item for one in asked.of(CLARA, 0)] == ["i2"]
