"""How old a model is, and whether that, or the last training run, should worry anybody.

The time at which a model was learned is that of its manifest file: the sealed content holds no time, since the same
data give the same bytes.
"""

from __future__ import annotations

from enum import Enum, unique
from typing import TYPE_CHECKING, Any

from recommender.artefacts.last_run import LastRun, RunOutcome
from recommender.artefacts.replaced_folder import MANIFEST
from recommender.artefacts.sealed_arrays import MAX_MANIFEST_BYTES

if TYPE_CHECKING:
    from pathlib import Path

_DAY = 86_400
# A run that has not ended after this time was killed: the nightly service ends it after four hours.
MAX_RUN_SECONDS = 6 * 3600
# By how much the clocks of two machines may differ, and a clock may be corrected.
MAX_CLOCK_DIFFERENCE = 3600


@unique
class ModelWarning(Enum):
    """What is wrong with a model's freshness. The values are part of the API."""

    NONE_PUBLISHED = "none-published"
    STALE = "stale"
    """It was learned longer ago than expected, and no run since found it up to date."""
    REFUSED = "refused"
    """The last run refused the data or the new model."""
    FAILED = "failed"
    """The last run could not be done."""
    KILLED = "killed"
    """The last run began and never ended."""


def learned_at(folder: Path) -> int | None:
    """When the model in `folder` was written, seconds since 1970; None if there is none."""
    try:
        return int((folder / MANIFEST).stat().st_mtime)
    except OSError:
        return None


def stated_metadata(folder: Path) -> dict[str, Any]:
    """The metadata in the manifest of `folder`, not verified; empty if it cannot be read."""
    import json

    try:
        with (folder / MANIFEST).open("rb") as file:
            stated = json.loads(file.read(MAX_MANIFEST_BYTES))["facts"]
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return {}
    return stated if isinstance(stated, dict) else {}


def model_warnings(
    learned: int | None, run: LastRun | None, stale_after_days: int, now: int
) -> tuple[ModelWarning, ...]:
    """What to warn of. `learned`: when the served model was learned; `stale_after_days` 0: age is never warned of.

    All times in seconds since 1970. A time that lies in the future, by a clock that was set back since, states no age:
    the model counts as stale, and a run that has not ended as killed, until the next run.
    """
    found = []
    if learned is None:
        found.append(ModelWarning.NONE_PUBLISHED)
    elif stale_after_days and now - _good_at(learned, run, now) > stale_after_days * _DAY:
        found.append(ModelWarning.STALE)
    if run is not None and run.outcome is RunOutcome.RUNNING:
        if now - run.began > MAX_RUN_SECONDS or run.began > now + MAX_CLOCK_DIFFERENCE:
            found.append(ModelWarning.KILLED)
    elif run is not None and run.outcome in _BAD:
        found.append(_BAD[run.outcome])
    return tuple(found)


_BAD = {RunOutcome.REFUSED: ModelWarning.REFUSED, RunOutcome.FAILED: ModelWarning.FAILED}


def _good_at(learned: int, run: LastRun | None, now: int) -> int:
    """The last time at which the served model was as new as the data; 0 if no time is known."""
    good = run.ended if run is not None and run.good and run.ended is not None else 0
    return max((at for at in (learned, good) if at <= now + MAX_CLOCK_DIFFERENCE), default=0)
