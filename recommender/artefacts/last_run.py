"""The last training run of a folder of published versions: when it began and ended, and its result.

    ROOT/last_run.json    {"began": seconds, "ended": seconds or null, "outcome": "published", "message": "…"}

It is written before a run begins, so that a run that was killed differs from one that never began. The sealed
models hold no time, since the same data give the same bytes.
"""

from __future__ import annotations

import errno
from dataclasses import dataclass
from enum import Enum, unique
from typing import TYPE_CHECKING

from recommender.artefacts.replaced_file import overwrite_file, replace_file

if TYPE_CHECKING:
    from pathlib import Path

LAST_RUN = "last_run.json"
_MAX_BYTES = 65_536
_MAX_MESSAGE = 2_000
_FULL = (errno.ENOSPC, errno.EDQUOT)


@unique
class RunOutcome(Enum):
    """Result of a run. The values are stored."""

    RUNNING = "running"
    """It began and has not ended: it still runs, or it was killed."""
    PUBLISHED = "published"
    UNCHANGED = "unchanged"
    """Too few new events to evaluate another model; the served one is as new as the data."""
    REFUSED = "refused"
    """The tables or the new model were refused; the served model stays."""
    FAILED = "failed"
    """It could not be done: configuration, database or disk."""


@dataclass(frozen=True, slots=True)
class LastRun:
    """`began`, `ended`: seconds since 1970; `ended` is None while it runs. `message`: one line for a technician."""

    began: int
    ended: int | None
    outcome: RunOutcome
    message: str = ""

    @property
    def good(self) -> bool:
        """Whether the served model is as new as the data were then."""
        return self.outcome in {RunOutcome.PUBLISHED, RunOutcome.UNCHANGED}


def read_last_run(root: Path) -> LastRun | None:
    """The last run; None if none was recorded, or the record cannot be read."""
    import json

    try:
        with (root / LAST_RUN).open("rb") as file:
            stored = json.loads(file.read(_MAX_BYTES))
        ended = stored["ended"]
        return LastRun(
            int(stored["began"]),
            None if ended is None else int(ended),
            RunOutcome(stored["outcome"]),
            str(stored["message"]),
        )
    except (OSError, ValueError, KeyError, TypeError, OverflowError, RecursionError):
        return None


def write_last_run(root: Path, run: LastRun) -> None:
    """Replaces the record atomically; on a full disk it is overwritten. Raises OSError."""
    import json

    root.mkdir(parents=True, exist_ok=True)
    content = {
        "began": run.began,
        "ended": run.ended,
        "outcome": run.outcome.value,
        "message": run.message[:_MAX_MESSAGE],
    }
    text = json.dumps(content) + "\n"
    try:
        replace_file(root / LAST_RUN, text)
    except OSError as error:
        if error.errno not in _FULL:
            raise
        overwrite_file(root / LAST_RUN, text)
