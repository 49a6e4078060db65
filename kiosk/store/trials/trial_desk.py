"""What a manager does with trials: starts one, stops it, reads its result after its last day and not before."""

from __future__ import annotations

import secrets
import threading
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final

from kiosk.core.domain.ids import RoomId
from kiosk.store.disclosure.groups import SMALLEST_GROUP, shown_count
from kiosk.store.errors import NotFoundError, RefusedError
from kiosk.store.trials.design import Design
from kiosk.store.trials.effect import Effect, Observed, effect_of
from kiosk.store.trials.running_trial import RunningTrial
from kiosk.store.trials.trial import MAX_WEEKS, Feature, Measure, Trial, TrialState
from kiosk.store.trials.trial_book import CountedCell, Counts

FINAL_AFTER: Final = timedelta(hours=2)
"""After the end of the last day: no visit of the trial buys any more, and what was counted is written."""
DIGITS: Final = 3
"""Decimals of an effect. More would tell the exact counts."""


@dataclass(frozen=True, slots=True)
class SideCounts:
    """Visits of a side, and those with a sale, as they may be shown (`shown_count`)."""

    visits: int | None
    sales: int | None


@dataclass(frozen=True, slots=True)
class TrialResult:
    """The counts of both sides, and the effect; None where a side has fewer than 10 visits with a sale."""

    on: SideCounts
    off: SideCounts
    effect: Effect | None


@dataclass(frozen=True, slots=True)
class TrialReport:
    """A trial as it stands. `visits`: of both sides together, as they may be shown; `result`: None until it is
    finished and worked out."""

    trial: Trial
    state: TrialState
    visits: int | None
    result: TrialResult | None


@dataclass(frozen=True, slots=True)
class TrialDesk:
    """Methods raise SQLAlchemyError. `rooms`: those of the shop; `currency`: of its sales."""

    running: RunningTrial
    rooms: tuple[RoomId, ...]
    currency: str
    results: dict[int, TrialResult] = field(default_factory=dict)
    """Results that are worked out, by number of the trial."""
    _starting: threading.Lock = field(default_factory=threading.Lock)
    """Held from the look at the other trials until a new one is written."""

    def start(self, feature: Feature, measure: Measure, weeks: int) -> Trial:
        """Draws a trial that begins tomorrow. Raises RefusedError while another one is planned or runs."""
        if not 1 <= weeks <= MAX_WEEKS:
            raise RefusedError(f"a trial takes 1 to {MAX_WEEKS} weeks")
        with self._starting:
            return self._start(feature, measure, weeks)

    def _start(self, feature: Feature, measure: Measure, weeks: int) -> Trial:
        today = self.running.today()
        if any(t.state(today) in (TrialState.PLANNED, TrialState.RUNNING) for t in self.running.book.all()):
            raise RefusedError("another trial is planned or runs; there is one at a time")
        first = today + timedelta(days=1)
        design = Design(secrets.token_hex(16), self.rooms)
        made = self.running.book.add(
            Trial(0, feature, measure, design, first, first + timedelta(days=7 * weeks - 1), self.currency)
        )
        self.running.reload()
        return made

    def stop(self, trial_id: int) -> None:
        """Ends a trial before its time: it will have no result. Raises NotFoundError, RefusedError."""
        state = self._trial(trial_id).state(self.running.today())
        if state is TrialState.FINISHED:
            raise RefusedError("the trial is finished")
        self.running.book.stop(trial_id, self.running.today())
        self.running.reload()

    def work_out(self) -> int | None:
        """Works out the result of one finished trial; its number, or None if there is none to do. Called by
        housekeeping: a trial of half a year takes seconds."""
        final = self.running.local_now() - FINAL_AFTER
        for trial in self.running.book.all():
            if trial.trial_id not in self.results and trial.state(final.date()) is TrialState.FINISHED:
                self.results[trial.trial_id] = _result_of(trial, self.running.book.cells(trial.trial_id))
                return trial.trial_id
        return None

    def reports(self) -> tuple[TrialReport, ...]:
        """All trials, the latest first."""
        return tuple(self._report(trial) for trial in self.running.book.all())

    def _trial(self, trial_id: int) -> Trial:
        found = next((t for t in self.running.book.all() if t.trial_id == trial_id), None)
        if found is None:
            raise NotFoundError("there is no such trial")
        return found

    def _report(self, trial: Trial) -> TrialReport:
        state = trial.state(self.running.today())
        visits = shown_count(self.running.book.visits(trial.trial_id))
        return TrialReport(trial, state, visits, self.results.get(trial.trial_id))


def _result_of(trial: Trial, cells: tuple[CountedCell, ...]) -> TrialResult:
    on, off = (sum((c.counts for c in cells if c.on is side), Counts()) for side in (True, False))
    effect: Effect | None = None
    if min(on.sales, off.sales) >= SMALLEST_GROUP:
        observed = (Observed(c.cell, c.on, c.counts.visits, c.counts.result(trial.measure)) for c in cells)
        effect = effect_of(observed, trial.design.rooms)
    return TrialResult(_shown(on), _shown(off), _rounded(effect) if effect is not None else None)


def _shown(side: Counts) -> SideCounts:
    return SideCounts(shown_count(side.visits), shown_count(side.sales))


def _rounded(effect: Effect) -> Effect:
    """The effect with `DIGITS` decimals; whether one is shown stays as it was."""
    return Effect(
        round(effect.estimate, DIGITS), round(effect.low, DIGITS), round(effect.high, DIGITS), effect.p_value
    )
