"""The steps of a survey, with their instructions."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, unique

from hardware.errors import HardwareError
from hardware.rooms.site import Site


class SurveyError(HardwareError):
    """A survey that could not be finished."""


@unique
class StepKind(Enum):
    """What a step measures."""

    WALK = "walk"
    CHECK = "check"
    CORRIDOR = "corridor"
    REFERENCE = "reference"


@dataclass(frozen=True, slots=True)
class SurveyStep:
    """One step: the instruction for the technician, and for how many seconds reads are collected.

    `room` is None for a step that belongs to no single room.
    """

    kind: StepKind
    room: str | None
    seconds: float
    text: str


def survey_steps(site: Site, references: bool = True) -> tuple[SurveyStep, ...]:
    """The steps of a site in their order; the last one, for reference tags, only with `references`."""
    steps = []
    for room in site.rooms:
        steps.append(
            SurveyStep(
                StepKind.WALK,
                room,
                60.0,
                f"Room {room}: take the survey tags in, draw the curtain, and carry them slowly through all of it: "
                "bench, hooks, floor, both side walls, worn against the body.",
            )
        )
        steps.append(
            SurveyStep(
                StepKind.CHECK,
                room,
                20.0,
                f"Room {room}: hang the tags on a hook at a side wall and stand still.",
            )
        )
    steps.append(
        SurveyStep(
            StepKind.CORRIDOR,
            None,
            60.0,
            "Corridor: walk past all doors with the tags, twice, pausing before each door.",
        )
    )
    if references:
        steps.append(
            SurveyStep(
                StepKind.REFERENCE,
                None,
                30.0,
                "Fix one reference tag to the back wall of each room, take the survey tags away, and leave the rooms.",
            )
        )
    return tuple(steps)
