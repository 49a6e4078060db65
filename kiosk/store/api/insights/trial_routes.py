"""Routes of the on/off trials."""

from __future__ import annotations

from datetime import date
from math import isfinite
from typing import Annotated

from fastapi import APIRouter, Path
from pydantic import ConfigDict, Field

from kiosk.store.api.wire_types import JsonObject
from kiosk.store.trials.effect import Effect
from kiosk.store.trials.trial import MAX_WEEKS, Feature, Measure, Trial, TrialState
from kiosk.store.trials.trial_desk import SideCounts, TrialDesk, TrialReport


class TrialBody(JsonObject):
    """A trial to begin: what is switched, what is measured, for how many weeks."""

    model_config = ConfigDict(extra="forbid")
    feature: Feature
    measure: Measure = Measure.MONEY
    weeks: int = Field(4, ge=1, le=MAX_WEEKS)


class SideAnswer(JsonObject):
    """Visits of one side, and those with a sale, in tens as in the tables; null under 10."""

    visits: int | None
    sales: int | None


class EffectAnswer(JsonObject):
    """The relative effect per visit (.05: five percent more where it is on) with its 95 % interval; null where it is
    open. Rounded to .001. `shown`: 0 is outside of the interval."""

    estimate: float
    low: float | None
    high: float | None
    p_value: float
    shown: bool


class RoomTrialAnswer(JsonObject):
    """A trial. `visits`: of both sides, in tens, null under 10. Sides and effect are null until its result is worked
    out, some hours after its last day, and of a stopped one for ever."""

    trial_id: int
    feature: Feature
    measure: Measure
    state: TrialState
    first_day: date
    last_day: date
    rooms: int
    currency: str
    visits: int | None
    on: SideAnswer | None = None
    off: SideAnswer | None = None
    effect: EffectAnswer | None = None


class TrialsAnswer(JsonObject):
    """All trials, the latest first."""

    trials: tuple[RoomTrialAnswer, ...]


class StartedAnswer(JsonObject):
    """The trial that begins."""

    trial_id: int
    first_day: date
    last_day: date


def add_trials(router: APIRouter, desk: TrialDesk) -> None:
    """Adds the routes."""

    @router.get("/trials", summary="On/off trials")
    def trials() -> TrialsAnswer:
        """A result is given after the last day, not before: who looks and stops when it looks good is deceived."""
        return TrialsAnswer(trials=tuple(_trial(report) for report in desk.reports()))

    @router.post("/trials", summary="Begin a trial", status_code=201)
    def start(body: TrialBody) -> StartedAnswer:
        """Begins tomorrow. 409 while another one is planned or runs."""
        made: Trial = desk.start(body.feature, body.measure, body.weeks)
        return StartedAnswer(trial_id=made.trial_id, first_day=made.first_day, last_day=made.last_day)

    @router.post("/trials/{trial_id}/stop", summary="Stop a trial")
    def stop(trial_id: Annotated[int, Path(ge=1, lt=2**31)]) -> TrialsAnswer:
        """Everything is on again. It will have no result. 404, 409 if it is finished."""
        desk.stop(trial_id)
        return trials()


def _trial(report: TrialReport) -> RoomTrialAnswer:
    trial, result = report.trial, report.result
    return RoomTrialAnswer(
        trial_id=trial.trial_id, feature=trial.feature, measure=trial.measure, state=report.state,
        first_day=trial.first_day, last_day=trial.last_day, rooms=len(trial.design.rooms),
        currency=trial.currency, visits=report.visits,
        on=_side(result.on) if result else None,
        off=_side(result.off) if result else None,
        effect=_effect(result.effect) if result and result.effect else None,
    )  # fmt: skip


def _side(counts: SideCounts) -> SideAnswer:
    return SideAnswer(visits=counts.visits, sales=counts.sales)


def _effect(effect: Effect) -> EffectAnswer:
    return EffectAnswer(
        estimate=effect.estimate,
        low=effect.low if effect.low > -1 else None,
        high=effect.high if isfinite(effect.high) else None,
        p_value=effect.p_value,
        shown=effect.shown,
    )
