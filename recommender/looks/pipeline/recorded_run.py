"""Runs a training run alone in its folder and records when it began, when it ended and its result.

The record is what the store's health and `cheval doctor` report, so that a run that was refused, failed or killed is
noticed although the served model stays.
"""

from collections.abc import Callable
from pathlib import Path

from recommender.artefacts.last_run import LastRun, RunOutcome, write_last_run
from recommender.artefacts.single_run import only_run
from recommender.errors import (
    LossError,
    PublishError,
    RecommenderError,
    TableError,
    TableMissingError,
    TrainingError,
)
from recommender.looks.pipeline.nightly import NightlyResult

ACCEPT = "correct the tables, or accept the loss if it is intended: --accept-loss"


def is_refusal(error: Exception) -> bool:
    """Whether the data were refused, not the way in which the command was called or set up."""
    if isinstance(error, TableMissingError):
        return False
    return isinstance(error, (LossError, TableError, TrainingError, PublishError))


def refusal_text(error: Exception) -> str:
    """One line: what was refused and what to do."""
    advice = f"; {ACCEPT}" if isinstance(error, LossError) else ""
    return f"refused, the served model stays: {error}{advice}"


def recorded_run(root: Path, run: Callable[[], NightlyResult], now: Callable[[], int]) -> NightlyResult:
    """The result of `run`, which reads the tables and trains; it is recorded in `root` (see `artefacts.last_run`).

    `now`: seconds since 1970. Raises what `run` raises, and `BusyError` without a record if another run works there.
    """
    with only_run(root):
        began = now()
        write_last_run(root, LastRun(began, None, RunOutcome.RUNNING))
        outcome, message = RunOutcome.FAILED, "it was interrupted"
        try:
            result = run()
            outcome, message = result.outcome, result.message
        except RecommenderError as error:
            outcome = RunOutcome.REFUSED if is_refusal(error) else RunOutcome.FAILED
            message = refusal_text(error) if is_refusal(error) else str(error)
            raise
        except Exception as error:
            message = _without_addresses(error)
            raise
        finally:
            write_last_run(root, LastRun(began, now(), outcome, message))
    return result


def _without_addresses(error: Exception) -> str:
    """The type, and the reason of the operating system if there is one: messages of a database name its address."""
    reason = error.strerror if isinstance(error, OSError) else None
    return f"{type(error).__name__}: {reason}" if reason else type(error).__name__
