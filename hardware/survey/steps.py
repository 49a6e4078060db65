"""The steps of a survey, with their instructions, and the collector of the reads during a step."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from enum import Enum, unique
from threading import Lock

from hardware.errors import HardwareError
from hardware.ports import RadioFact, ReaderDown, ReaderUp, TagRead, TagReads
from hardware.rooms.site import Site

MAX_READS = 2_000_000


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


class ReadCollector:
    """Collects the reads of all readers, the last MAX_READS of them; `post` may be called from any thread."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._reads: deque[tuple[str, TagRead]] = deque(maxlen=MAX_READS)
        self._down: str | None = None

    def post(self, fact: RadioFact) -> None:
        """The callback for `TagReader.start`."""
        with self._lock:
            match fact:
                case TagReads():
                    self._reads.extend((fact.reader, read) for read in fact.reads)
                case ReaderDown():
                    self._down = fact.why
                case ReaderUp():
                    self._down = None

    def take(self) -> list[tuple[str, TagRead]]:
        """The reads since the last call, with their reader. Raises SurveyError while a reader is disconnected."""
        with self._lock:
            if self._down is not None:
                raise SurveyError(f"the reader was lost during the survey: {self._down}")
            taken = list(self._reads)
            self._reads.clear()
            return taken
