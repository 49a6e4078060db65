"""The steps of a survey, and the collector of its reads."""

from __future__ import annotations

import pytest

from hardware.ports import ReaderDown, ReaderUp, TagRead, TagReads
from hardware.rooms.site import parse_site
from hardware.survey.steps import ReadCollector, StepKind, SurveyError, survey_steps


def test_every_room_is_walked_and_checked_then_the_corridor() -> None:
    site = parse_site("rooms: {a: {antennas: [1]}, b: {antennas: [2]}}")
    assert [(step.kind, step.room) for step in survey_steps(site)] == [
        (StepKind.WALK, "a"),
        (StepKind.CHECK, "a"),
        (StepKind.WALK, "b"),
        (StepKind.CHECK, "b"),
        (StepKind.CORRIDOR, None),
        (StepKind.REFERENCE, None),
    ]
    assert all(step.text and step.seconds > 0 for step in survey_steps(site))
    assert StepKind.REFERENCE not in {step.kind for step in survey_steps(site, references=False)}


def test_reads_are_taken_once_with_their_reader() -> None:
    collector, read = ReadCollector(), TagRead("E1", 1, -50.0, 1)
    collector.post(TagReads("north", (read,)))
    collector.post(TagReads("south", (read, read)))
    assert collector.take() == [("north", read), ("south", read), ("south", read)]
    assert collector.take() == []


def test_reads_cannot_be_taken_while_a_reader_is_disconnected() -> None:
    collector = ReadCollector()
    collector.post(ReaderDown("north", "connection refused", 1))
    with pytest.raises(SurveyError, match="connection refused"):
        collector.take()
    collector.post(ReaderUp("north", 2))
    assert collector.take() == []
