"""A trial as the page shows it: its state, and after its end the effect with its interval."""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite
from typing import Final

from kiosk.store.insights.table import Unit
from kiosk.store.pages.insights.cells import Words
from kiosk.store.trials.effect import Effect
from kiosk.store.trials.trial import TrialState
from kiosk.store.trials.trial_desk import TrialReport

WIDEST: Final = 0.5
"""Effects beyond plus or minus 50 % are drawn at the edge."""


@dataclass(frozen=True, slots=True)
class IntervalView:
    """The interval as a picture 200 wide, with no effect at 100."""

    low: int
    estimate: int
    high: int


@dataclass(frozen=True, slots=True)
class TrialView:
    """What is said of a trial, and the picture of its interval; None without one."""

    title: str
    days: str
    says: str
    interval: IntervalView | None


def trial_views(reports: tuple[TrialReport, ...], words: Words) -> list[TrialView]:
    """The trials, the latest first."""
    return [_view(report, words) for report in reports]


def _view(report: TrialReport, words: Words) -> TrialView:
    trial = report.trial
    effect = report.result.effect if report.result is not None else None
    title = (
        f"{words.texts[f'feature-{trial.feature.value}']} · {words.texts[f'measure-{trial.measure.value}']}"
    )
    return TrialView(
        title=title,
        days=f"{words.day(trial.first_day)} – {words.day(trial.last_day)}",
        says=_says(report, effect, words),
        interval=_interval(effect) if effect is not None else None,
    )


def _says(report: TrialReport, effect: Effect | None, words: Words) -> str:
    if report.state is not TrialState.FINISHED:
        text = words.texts[f"trial-{report.state.value}"]
        return text.replace("{n}", words.cell(report.visits, Unit.PIECES, ""))
    if report.result is None:
        return words.texts["trial-ended"]
    if effect is None:
        return words.texts["trial-too-little"]
    shown = words.texts["trial-shown" if effect.shown else "trial-not-shown"]
    return shown.format(
        estimate=words.percent(100 * effect.estimate, 1, signed=True),
        low=words.percent(100 * effect.low, 1, signed=True) if effect.low > -1 else "−∞",
        high=words.percent(100 * effect.high, 1, signed=True) if isfinite(effect.high) else "+∞",
    )


def _interval(effect: Effect) -> IntervalView:
    return IntervalView(_at(effect.low), _at(effect.estimate), _at(effect.high))


def _at(effect: float) -> int:
    return round(100 + 100 * max(-WIDEST, min(WIDEST, effect)) / WIDEST)
