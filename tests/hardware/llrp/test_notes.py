"""Notes about a reader on one connection: each is reported once, and all of a kind together."""

from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from hardware.llrp.description import describe_identity
from hardware.llrp.encoding.constants import ConnectionStatus
from hardware.llrp.encoding.messages import Capabilities, LlrpStatus, ReaderEventNotification, TagReportData
from hardware.llrp.encoding.status import describe_status
from hardware.llrp.notes import ConnectionNotes
from hardware.llrp.outputs import Noted
from hardware.ports import NoteKind


def test_settings_are_told_together_after_the_setup() -> None:
    notes = ConnectionNotes()
    assert list(notes.settings()) == []
    for text in ("one", "two", "one"):
        notes.setting(text)
    notes.missing_antenna(9, 4)
    assert list(notes.settings()) == [
        Noted(NoteKind.ANTENNA, "antenna 9 does not exist; it has 4 antennas", 9),
        Noted(NoteKind.SETTING, "one; two"),
    ]


@given(st.lists(st.tuples(st.integers(1, 3), st.booleans()), max_size=30))
def test_an_antenna_is_told_when_it_changes_and_never_twice(events: list[tuple[int, bool]]) -> None:
    notes = ConnectionNotes()
    told = list(
        itertools.chain.from_iterable(notes.antenna(port, connected, 0.0) for port, connected in events)
    )
    # a loose connector is no flood of notes: further changes wait
    assert len(told) <= 3
    told += notes.due(0.9)
    assert len(told) <= 3
    told += notes.due(1.0)
    assert not notes.waiting
    for port in (1, 2, 3):
        states = [note.over for note in told if note.antenna == port]
        # connected at first; then disconnected and connected in turn
        assert states == [bool(turn % 2) for turn in range(len(states))]
        last = [connected for number, connected in events if number == port][-1:]
        assert bool(len(states) % 2) == (last == [False])


def test_antennas_without_end_are_no_flood_of_notes() -> None:
    """A reader may send any port number; port 0 does not exist."""
    notes = ConnectionNotes()
    told = [
        note.antenna
        for turn in range(10)
        for port in range(1000)
        for note in notes.antenna(port, connected=bool(turn % 2), now=0.0)
    ]
    assert told == list(range(1, 65))


def test_a_reader_without_region_reads_nothing_until_it_reads() -> None:
    notes = ConnectionNotes()
    notes.no_region("it has no region set")
    assert list(notes.settings()) == [Noted(NoteKind.NO_READS, "it has no region set")]
    assert list(notes.reads((), 1.0)) == []
    tags = (TagReportData("30" * 12, 2, -50, 1),)
    assert [(note.kind, note.over) for note in notes.reads(tags, 2.0)] == [(NoteKind.NO_READS, True)]
    assert list(notes.reads(tags, 3.0)) == []


def test_an_antenna_that_is_not_in_use_is_not_told() -> None:
    notes = ConnectionNotes((1, 2))
    assert list(notes.antenna(3, connected=False, now=0.0)) == []
    assert [note.antenna for note in notes.antenna(2, connected=False, now=0.0)] == [2]


def test_reads_of_an_antenna_that_is_called_disconnected_end_its_note() -> None:
    """Some readers cannot detect their antennas. Reports of earlier reads, which are still under way, do not count."""
    notes, tags = (
        ConnectionNotes(),
        (TagReportData("30" * 12, 2, -50, 1), TagReportData("30" * 12, None, -50, 1)),
    )
    assert len(list(notes.antenna(2, connected=False, now=10.0))) == 1
    assert list(notes.reads(tags, 11.9)) == []
    assert [(note.antenna, note.over) for note in notes.reads(tags, 12.1)] == [(2, True)]
    assert list(notes.reads(tags, 12.2)) == []


def test_faults_of_one_kind_are_told_together_and_the_last_five_are_kept() -> None:
    notes = ConnectionNotes()
    texts = [
        note.text
        for number in range(8)
        for note in notes.event(ReaderEventNotification(exception=f"fault {number}"), 0.0)
    ]
    assert len(texts) == 8
    assert texts[1] == "it reports a fault: fault 0; it reports a fault: fault 1"
    assert texts[-1].count("fault ") == 5
    other = list(notes.event(ReaderEventNotification(connection=ConnectionStatus.ANOTHER_ATTEMPTED), 0.0))
    assert "another client tried to connect" in other[0].text


def test_ever_new_faults_are_no_flood_of_notes() -> None:
    notes = ConnectionNotes()
    events = (ReaderEventNotification(exception=f"fault {number}") for number in range(10_000))
    assert sum(1 for event in events for _ in notes.event(event, 0.0)) == 20


def test_reports_that_are_left_out_are_counted_and_told_once() -> None:
    notes = ConnectionNotes()
    told = [note for _ in range(100) for note in notes.reports_left_out(2, "no EPC")]
    assert [note.kind for note in told] == [NoteKind.REPORTS]
    assert notes.left_out == 200


def test_a_readers_own_texts_stay_on_one_short_line() -> None:
    """They go into the log, the associates' page and a terminal."""
    hostile = "hot\n2026-01-01 ERROR forged \x1b[2J\u202e" + "x" * 60_000
    (note,) = ConnectionNotes().event(ReaderEventNotification(exception=hostile), 0.0)
    refusal = describe_status(LlrpStatus(401, hostile))
    identity = describe_identity(Capabilities(4, True, 161, 1, hostile))
    for text in (note.text, refusal, identity):
        assert text.isprintable()
        assert len(text) < 400
        assert "hot 2026-01-01 ERROR forged" in text


def test_a_fault_that_occurs_again_is_told_again_after_ten_minutes() -> None:
    notes = ConnectionNotes()
    event = ReaderEventNotification(0, exception="too hot")
    told = [len(list(notes.event(event, float(second)))) for second in range(0, 1_900, 100)]
    assert [n * 100 for n, count in enumerate(told) if count] == [0, 600, 1200, 1800]
