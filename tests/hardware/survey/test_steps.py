"""The steps of a survey."""

from __future__ import annotations

from hardware.rooms.site import parse_site
from hardware.survey.steps import StepKind, survey_steps


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
