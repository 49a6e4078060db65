"""What is counted of the visits as they begin and end: time in the room, and the visits of a trial."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from kiosk.core.domain.ids import RoomId, Ticket
from kiosk.store.insights.room_times import RoomTimes
from kiosk.store.trials.running_trial import RunningTrial


class VisitWatch(Protocol):
    """Called under the writer's lock; neither call writes to the database."""

    def began(self, room: RoomId, ticket: Ticket, at_us: int) -> None:
        """A visit began, once for each."""

    def ended(self, began_us: int, at_us: int) -> None:
        """A visit ended that the store knew. `at_us`: its begin and its length, whatever the time of day is now."""


class UnwatchedVisits:
    """Counts nothing."""

    def began(self, room: RoomId, ticket: Ticket, at_us: int) -> None:
        """Counts nothing."""

    def ended(self, began_us: int, at_us: int) -> None:
        """Counts nothing."""


@dataclass(frozen=True, slots=True)
class CountedVisits:
    """Counts for the insights and for the trial that runs."""

    times: RoomTimes
    trial: RunningTrial

    def began(self, room: RoomId, ticket: Ticket, at_us: int) -> None:
        self.trial.began(room, ticket, at_us)

    def ended(self, began_us: int, at_us: int) -> None:
        self.times.add(began_us, at_us)
