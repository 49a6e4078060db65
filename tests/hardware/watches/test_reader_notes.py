"""Standing notes: what begins, changes and ends, and that a reader's texts cannot fill the memory or a page."""

from __future__ import annotations

import pytest

from hardware.ports import NoteKind, RadioFact, ReaderDown, ReaderNote, ReaderUp, TagRead, TagReads
from hardware.watches.reader_notes import (
    MAX_NOTES,
    MOMENTARY,
    MOMENTARY_US,
    NoteChange,
    StandingNotes,
)


def note(
    text: str = "x", kind: NoteKind = NoteKind.FAULT, antenna: int | None = None, at_us: int = 1
) -> ReaderNote:
    return ReaderNote("r", kind, text, at_us, antenna)


def over(kind: NoteKind = NoteKind.FAULT, antenna: int | None = None) -> ReaderNote:
    return ReaderNote("r", kind, "", 9, antenna, over=True)


STORIES: dict[str, tuple[list[RadioFact], list[str]]] = {
    "begins": ([note()], ["x"]),
    "begins and ends": ([note(), over()], []),
    "another antenna ends": ([note(antenna=1), note("y", antenna=2), over(antenna=1)], ["y"]),
    "another kind ends": ([note(), over(NoteKind.SETTING)], ["x"]),
    "another text": ([note(), note("y")], ["y"]),
    "reads change nothing": ([note(), TagReads("r", (TagRead("30", 1, -50.0, 1),))], ["x"]),
    "the loss alone ends nothing": ([note(), ReaderDown("r", "cable", 2)], ["x"]),
    "a new connection": ([note(), ReaderDown("r", "cable", 2), ReaderUp("r", 3)], []),
    "another reader's connection": ([note(), ReaderDown("q", "cable", 2), ReaderUp("q", 3)], ["x"]),
    "posted while connecting for the first time": ([note(), ReaderUp("r", 3)], ["x"]),
    "posted while connecting again": ([ReaderDown("r", "cable", 2), note(), ReaderUp("r", 3)], ["x"]),
    "posted again while connecting": ([note(), ReaderDown("r", "", 2), note(), ReaderUp("r", 3)], ["x"]),
    "two losses": ([note(), ReaderDown("r", "", 2), ReaderDown("r", "", 2), ReaderUp("r", 3)], []),
}


@pytest.mark.parametrize("story", STORIES)
def test_what_stands(story: str) -> None:
    facts, texts = STORIES[story]
    notes = StandingNotes()
    for fact in facts:
        notes.take(fact)
    assert [found.text for found in notes.of("r")] == texts
    assert notes.all() == notes.of("r")


def test_each_fact_says_what_it_changes() -> None:
    notes = StandingNotes()
    facts: list[RadioFact] = [
        note(),
        note(),
        note("y"),
        over(),
        over(),
        note(),
        ReaderDown("r", "", 2),
        ReaderUp("r", 3),
    ]
    assert [notes.take(fact) for fact in facts] == [
        NoteChange.BEGAN,
        NoteChange.NONE,
        NoteChange.CHANGED,
        NoteChange.ENDED,
        NoteChange.NONE,
        NoteChange.BEGAN,
        NoteChange.NONE,
        NoteChange.CHANGED,
    ]


def test_a_changed_note_keeps_the_time_when_it_began() -> None:
    notes = StandingNotes()
    notes.take(note(at_us=5))
    notes.take(note("y", at_us=7))
    assert [found.at_us for found in notes.of("r")] == [5]


def test_a_reader_cannot_post_notes_without_end() -> None:
    notes = StandingNotes()
    for antenna in range(10_000):
        notes.take(note(antenna=antenna))
    assert len(notes.of("r")) == MAX_NOTES
    notes.take(over(antenna=0))
    assert notes.take(note(antenna=50_000)) is NoteChange.BEGAN


def test_what_happened_long_ago_and_not_again_is_over() -> None:
    notes = StandingNotes()
    for kind in NoteKind:
        notes.take(note(kind=kind, at_us=1))
    assert notes.expire(1 + MOMENTARY_US) == ()
    notes.take(note(kind=NoteKind.FAULT, at_us=500))
    assert {ended.kind for ended in notes.expire(2 + MOMENTARY_US)} == {NoteKind.REPORTS}
    assert {ended.kind for ended in notes.expire(501 + MOMENTARY_US)} == {NoteKind.FAULT}
    assert {found.kind for found in notes.of("r")} == set(NoteKind) - MOMENTARY
