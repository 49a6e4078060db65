"""The client book at the page: what may be written, what becomes a clue, follow-ups, and who leaves."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import pytest

from kiosk.core.clues.clue import ClueKind, Why
from kiosk.core.clues.dislikes import DislikeKind
from kiosk.core.clues.freshness import DAY_US
from kiosk.core.clues.trust import Verdict
from kiosk.core.domain.ids import AssociateId
from kiosk.store.clues.book_desk import NoteRefusedError, Written
from kiosk.store.clues.composing import ClueServices
from kiosk.store.customers.book.entry import EntryKind
from kiosk.store.errors import NotFoundError, RefusedError
from kiosk.store.staff.associates import Associate
from tests.kiosk.store.clues.conftest import ROOM, seen
from tests.kiosk.store.sample_shop import START_US, gtin_of

NOTE: Final = Written(EntryKind.NOTE, "prefers <b>linen</b>")
CALL: Final = Written(EntryKind.FOLLOW_UP, "the coat comes on Friday", due_us=START_US + 3 * DAY_US)
NO_SCARVES: Final = Written(
    EntryKind.DISLIKE, about=DislikeKind.CATEGORY, article=gtin_of("A1", "RED", "one")
)
Staff = dict[str, Associate]


def kinds(services: ClueServices) -> list[ClueKind]:
    return [clue.kind for clue in services.clues.card(ROOM).clues]


def test_a_note_is_shown_as_it_was_written_and_deleted_where_it_is_wrong(
    services: ClueServices, staff: Staff
) -> None:
    services.book.add(ROOM, seen(services), NOTE, staff["a-ines"])
    (note,) = (clue for clue in services.clues.card(ROOM).clues if clue.kind is ClueKind.NOTE)
    assert note.values[0].text.in_language("en") == "prefers <b>linen</b>"
    services.clues.answer(ROOM, seen(services), note.clue_id, Verdict.WRONG, AssociateId("a-ines"))
    assert services.book.entries(ROOM) == ()
    assert ClueKind.NOTE not in kinds(services)


def test_a_sensitive_note_is_refused_with_the_reason(services: ClueServices, staff: Staff) -> None:
    with pytest.raises(NoteRefusedError) as refused:
        services.book.add(ROOM, seen(services), replace(NOTE, text="is pregnant"), staff["a-ines"])
    assert refused.value.code == "note-sensitive"
    assert "pregnant" not in str(refused.value)
    assert services.book.entries(ROOM) == ()


def test_a_dislike_in_the_book_counts_in_every_visit(services: ClueServices, staff: Staff) -> None:
    entry = services.book.add(ROOM, seen(services), NO_SCARVES, staff["a-ines"])
    assert ClueKind.DISLIKES in kinds(services)
    assert services.clues.member(ROOM) == entry.shopper_id
    services.book.delete(ROOM, entry.entry_id, staff["a-ines"])
    assert ClueKind.DISLIKES not in kinds(services)


def test_a_size_that_was_wrong_is_corrected_by_another_one(services: ClueServices, staff: Staff) -> None:
    (size,) = (clue for clue in services.clues.card(ROOM).clues if clue.kind is ClueKind.USUAL_SIZE)
    category = size.values[0].text.in_language("en")
    services.clues.answer(ROOM, seen(services), size.clue_id, Verdict.WRONG, AssociateId("a-ines"))
    services.book.add(
        ROOM, seen(services), Written(EntryKind.SIZE, category=category, size="44"), staff["a-ines"]
    )
    shown = [
        clue for clue in services.clues.card(ROOM).clues if clue.values[1].text.in_language("en") == "44"
    ]
    assert [clue.kind for clue in shown] == [ClueKind.USUAL_SIZE]


@pytest.mark.parametrize(
    "written",
    [
        replace(CALL, due_us=START_US - 2 * DAY_US),
        replace(CALL, due_us=START_US + 500 * DAY_US),
        replace(CALL, due_us=0),
        Written(EntryKind.SIZE, size="38"),
        Written(EntryKind.SIZE, category="coats"),
        Written(EntryKind.SIZE, category="coats", size="pregnant"),
    ],
)
def test_what_makes_no_sense_is_refused(services: ClueServices, staff: Staff, written: Written) -> None:
    with pytest.raises(RefusedError):
        services.book.add(ROOM, seen(services), written, staff["a-ines"])


def test_an_unknown_article_is_not_liked(services: ClueServices, staff: Staff) -> None:
    with pytest.raises(NotFoundError):
        services.book.add(ROOM, seen(services), replace(NO_SCARVES, article=None), staff["a-ines"])


def test_follow_ups_are_on_the_card_and_in_the_list_of_who_looks_after_them(
    services: ClueServices, staff: Staff
) -> None:
    entry = services.book.add(ROOM, seen(services), CALL, staff["a-ines"])
    shown = {clue.kind: clue.why for clue in services.clues.card(ROOM).clues}
    assert shown[ClueKind.FOLLOW_UP] is Why.DUE
    assert [(one.first_name, one.entry.new.text) for one in services.book.due(staff["a-ines"])] == [
        ("Clara", CALL.text)
    ]
    assert services.book.due(staff["a-jonas"]) == ()
    with pytest.raises(NotFoundError):
        services.book.follow_up_done(entry.entry_id, staff["a-jonas"])
    services.book.follow_up_done(entry.entry_id, staff["a-ines"])
    assert services.book.due(staff["a-ines"]) == ()
    assert ClueKind.FOLLOW_UP not in kinds(services)


def test_what_an_associate_who_has_left_looked_after_is_seen_by_managers(
    services: ClueServices, staff: Staff
) -> None:
    services.book.add(ROOM, seen(services), CALL, staff["a-ines"])
    assert services.book.due(staff["m-mei"]) == ()
    services.book.left(AssociateId("a-ines"))
    assert services.book.due(staff["a-ines"]) == ()
    assert len(services.book.due(staff["m-mei"])) == 1
    assert services.book.hand_over(AssociateId(""), AssociateId("a-jonas"), staff["m-mei"]) == 1
    assert len(services.book.due(staff["a-jonas"])) == 1
    with pytest.raises(NotFoundError):
        services.book.hand_over(AssociateId("a-jonas"), AssociateId("nobody"), staff["m-mei"])
