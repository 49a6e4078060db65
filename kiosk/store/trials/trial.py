"""An on/off trial: what is switched, what is measured, on which days, in which rooms."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum, unique
from typing import Final

from kiosk.store.trials.design import Design

MAX_WEEKS: Final = 26


@unique
class Feature(Enum):
    """What is on or off. Their values are stored."""

    LOOKS = "looks"
    """Suggestions of what goes with the garments in the room."""
    SIZES = "sizes"
    """Size advice."""


@unique
class Measure(Enum):
    """The one result of a trial, chosen before it begins: with several, one of them soon looks like an effect."""

    SALES = "sales"
    """Visits with a sale, per visit."""
    PIECES = "pieces"
    MONEY = "money"


@unique
class TrialState(Enum):
    """How a trial stands. STOPPED: ended before its time, without a result for ever: whoever may stop when the
    figures look right finds an effect where there is none."""

    PLANNED = "planned"
    RUNNING = "running"
    FINISHED = "finished"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class Trial:
    """A trial of whole weeks, `first_day` to `last_day` of the shop's clock. `stopped_day`: None unless it was
    stopped."""

    trial_id: int
    feature: Feature
    measure: Measure
    design: Design
    first_day: date
    last_day: date
    currency: str
    stopped_day: date | None = None

    def state(self, today: date) -> TrialState:
        """Its state on a day."""
        if self.stopped_day is not None:
            return TrialState.STOPPED
        if today < self.first_day:
            return TrialState.PLANNED
        return TrialState.RUNNING if today <= self.last_day else TrialState.FINISHED
