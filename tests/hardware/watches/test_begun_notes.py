"""Notes of a driver: each is posted when it begins and when it ends; a momentary one again while its cause occurs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.ports import NoteKind
from hardware.watches.begun_notes import BegunNotes
from hardware.watches.reader_notes import MOMENTARY, MOMENTARY_US, REPEAT_US, NoteChange, StandingNotes


def test_a_note_is_posted_once_when_it_begins_and_once_when_it_ends() -> None:
    notes = BegunNotes("r")
    (begun,) = notes.begin(NoteKind.SETTING, "power", 1)
    assert (begun.reader, begun.kind, begun.text, begun.over) == ("r", NoteKind.SETTING, "power", False)
    assert notes.begin(NoteKind.SETTING, "session", 10 * REPEAT_US) == ()
    assert NoteKind.SETTING in notes
    (ended,) = notes.end(NoteKind.SETTING, 3)
    assert (ended.text, ended.over) == ("power", True)
    assert notes.end(NoteKind.SETTING, 4) == ()
    assert NoteKind.SETTING not in notes


def test_antennas_are_noted_one_by_one() -> None:
    notes = BegunNotes("r")
    assert [len(notes.begin(NoteKind.ANTENNA, "cable", 1, port)) for port in (1, 2, 1)] == [1, 1, 0]
    assert [len(notes.end(NoteKind.ANTENNA, 2, port)) for port in (1, 3, 2)] == [1, 0, 1]


def test_after_a_new_connection_everything_begins_again() -> None:
    notes = BegunNotes("r")
    notes.begin(NoteKind.SIGNAL, "none", 1)
    notes.forget()
    assert notes.end(NoteKind.SIGNAL, 2) == ()
    assert len(notes.begin(NoteKind.SIGNAL, "none", 3)) == 1


@pytest.mark.parametrize("kind", [kind for kind in NoteKind if kind in MOMENTARY])
def test_a_note_whose_cause_goes_on_stands_for_days(kind: NoteKind) -> None:
    """The receiver ends a momentary note that is not posted again."""
    notes, receiver = BegunNotes("r"), StandingNotes()
    changes = []
    for at_us in range(0, 3 * MOMENTARY_US, REPEAT_US // 3):
        changes += [receiver.take(note) for note in notes.begin(kind, "lost", at_us)]
        assert receiver.expire(at_us) == ()
    assert changes.count(NoteChange.BEGAN) == 1
    assert len(receiver.of("r")) == 1


@given(st.lists(st.tuples(st.sampled_from(NoteKind), st.none() | st.integers(1, 3), st.booleans())))
def test_the_receiver_has_the_notes_that_have_begun(steps: list[tuple[NoteKind, int | None, bool]]) -> None:
    notes, receiver = BegunNotes("r"), StandingNotes()
    begun: set[tuple[NoteKind, int | None]] = set()
    for at_us, (kind, antenna, begins) in enumerate(steps):
        (begun.add if begins else begun.discard)((kind, antenna))
        for note in notes.begin(kind, "x", at_us, antenna) if begins else notes.end(kind, at_us, antenna):
            receiver.take(note)
    assert {(note.kind, note.antenna) for note in receiver.of("r")} == begun
