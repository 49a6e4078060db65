"""When an alarm begins and ends. Pure: times come in, messages come out.

What fails together is one incident: faults that begin within half a minute are told in one message, so a switch that
dies takes 40 mirrors and costs one message. Between two first messages are at least ten minutes; what begins meanwhile
is collected. A fault that comes and goes stays in its incident until it has been gone for five minutes. An incident
ends, with one message, when all its faults are gone.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum, unique
from typing import Final

from kiosk.clock import US
from kiosk.store.fleet.problems import FleetProblem

COLLECT_US: Final = 30 * US
GAP_US: Final = 600 * US
GONE_US: Final = 300 * US
QUIET: Final = frozenset({FleetProblem.MIRROR_VERSION, FleetProblem.STAND_VERSION})
"""Shown on the page alone: it is so during every upgrade."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that is wrong: in a room or at a stand, by its id, or with the store (empty)."""

    problem: FleetProblem
    room: str = ""


@unique
class Turn(Enum):
    """What a message says of its faults."""

    BEGIN = "begin"
    END = "end"


@dataclass(frozen=True, slots=True)
class AlarmMessage:
    """One message. `at_us`: when it was decided, `began_us`: when the incident began; microseconds since 1970."""

    incident: str
    turn: Turn
    faults: tuple[Fault, ...]
    at_us: int
    began_us: int

    @property
    def message_id(self) -> str:
        """The same each time the message is sent."""
        return f"{self.incident}-{self.turn.value}"


@dataclass(slots=True)
class Incident:
    """Faults that were told together. `gone`: since when those that are not there now are away (steady clock)."""

    incident_id: str
    began_us: int
    told: tuple[Fault, ...]
    open: set[Fault]
    gone: dict[Fault, int] = field(default_factory=dict)


class Incidents:
    """All that stands. `after_us`: how long a fault must stand before it is told."""

    def __init__(self, after_us: int, known: tuple[Incident, ...] = ()) -> None:
        self._after_us = after_us
        self.open: list[Incident] = list(known)
        self._seen: dict[Fault, int] = {}
        self._told_us: int | None = None

    def look(
        self, faults: frozenset[Fault], *, steady_us: int, at_us: int, watching: bool, new_id: str
    ) -> tuple[AlarmMessage, ...]:
        """What is to be told now. `watching`: the shop is open, or opens soon; else nothing is told.

        `new_id`: the id of an incident that begins.
        """
        standing = {fault for fault in faults if fault.problem not in QUIET}
        self._seen = {fault: self._seen.get(fault, steady_us) for fault in standing}
        ended = self._ended(standing, steady_us, at_us) if watching else ()
        begun = self._begun(steady_us, at_us, new_id) if watching else None
        return ended if begun is None else (*ended, begun)

    def _ended(self, standing: set[Fault], steady_us: int, at_us: int) -> tuple[AlarmMessage, ...]:
        ended = []
        for incident in tuple(self.open):
            for fault in tuple(incident.open):
                if fault in standing:
                    incident.gone.pop(fault, None)
                elif steady_us - incident.gone.setdefault(fault, steady_us) >= GONE_US:
                    incident.open.discard(fault)
            if not incident.open:
                self.open.remove(incident)
                ended.append(
                    AlarmMessage(incident.incident_id, Turn.END, incident.told, at_us, incident.began_us)
                )
        return tuple(ended)

    def _begun(self, steady_us: int, at_us: int, new_id: str) -> AlarmMessage | None:
        told = {fault for incident in self.open for fault in incident.open}
        due_us = {
            fault: since_us + self._after_us
            for fault, since_us in self._seen.items()
            if fault not in told and steady_us - since_us >= self._after_us
        }
        if not due_us or steady_us - min(due_us.values()) < COLLECT_US:
            return None
        if self._told_us is not None and steady_us - self._told_us < GAP_US:
            return None
        faults = tuple(
            sorted(due_us, key=lambda fault: (list(FleetProblem).index(fault.problem), fault.room))
        )
        self.open.append(Incident(new_id, at_us, faults, set(faults)))
        self._told_us = steady_us
        return AlarmMessage(new_id, Turn.BEGIN, faults, at_us, at_us)
