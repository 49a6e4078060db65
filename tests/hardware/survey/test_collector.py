"""The collector of a survey: reads are taken once, a lost reader ends the survey, notes are told once."""

from __future__ import annotations

import pytest

from hardware.ports import NoteKind, ReaderDown, ReaderNote, ReaderUp, TagRead, TagReads
from hardware.survey.collector import ReadCollector
from hardware.survey.steps import SurveyError

SECOND = 1_000_000


def collecting(*readers: str) -> ReadCollector:
    """A collector whose readers are connected."""
    collector = ReadCollector(readers)
    for reader in readers:
        collector.post(ReaderUp(reader, 1))
    return collector


def test_reads_are_taken_once_with_their_reader() -> None:
    collector, read = collecting("north", "south"), TagRead("E1", 1, -50.0, 1)
    collector.post(TagReads("north", (read,)))
    collector.post(TagReads("south", (read, read)))
    assert collector.take() == [("north", read), ("south", read), ("south", read)]
    assert collector.take() == []


def test_reads_cannot_be_taken_while_a_reader_is_disconnected() -> None:
    collector = collecting("north", "south")
    collector.post(ReaderDown("north", "connection refused", 1))
    collector.post(ReaderUp("south", 2))
    for taken in (collector.take, collector.clear):
        with pytest.raises(SurveyError, match="north was lost during the survey: connection refused"):
            taken()
    collector.post(ReaderUp("north", 2))
    assert collector.take() == []


def test_a_reader_that_never_answered_ends_the_first_step_and_not_the_time_before_it() -> None:
    collector = ReadCollector(("north", "south"))
    collector.post(ReaderUp("north", 1))
    collector.clear()
    with pytest.raises(SurveyError, match="south was lost during the survey: it has not answered"):
        collector.take()


def test_notes_are_told_once_with_their_reader() -> None:
    collector = collecting("north")
    for _ in range(3):
        collector.post(ReaderNote("north", NoteKind.ANTENNA, "antenna 2 is\ndisconnected", 1, antenna=2))
    assert collector.take_notes() == ["reader north: antenna 2 is disconnected"]
    assert collector.take_notes() == []


def test_slow_reads_are_noted() -> None:
    collector = collecting("north")
    for n in range(20):
        collector.post(TagReads("north", (TagRead("E1", 1, -50.0, n * 4 * SECOND),)))
    (note,) = collector.take_notes()
    assert note.startswith("reader north: tags are read only every 4 s")
