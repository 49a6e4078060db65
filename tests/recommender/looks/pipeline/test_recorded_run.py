"""A run is recorded whatever its end."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from recommender.artefacts.last_run import RunOutcome, read_last_run
from recommender.errors import (
    BusyError,
    LossError,
    ModelMissingError,
    PublishError,
    TableError,
    TableMissingError,
    TrainingError,
)
from recommender.looks.pipeline.nightly import NightlyResult
from recommender.looks.pipeline.recorded_run import is_refusal, recorded_run, refusal_text
from tests.optional_values import present

REFUSED = (LossError(["a", "b"]), TableError("t.csv", ["x"]), TrainingError("few"), PublishError("worse"))
FAILED = (
    TableMissingError("t.csv", ["absent"]),
    ModelMissingError("m", "gone"),
    OSError("disk full"),
    KeyError("k"),
)


def clock() -> Iterator[int]:
    yield from (100, 160)


@pytest.mark.parametrize(
    ("result", "outcome"),
    [
        (NightlyResult("1", "learned", "published"), RunOutcome.PUBLISHED),
        (NightlyResult("1", "learned", "too few new events"), RunOutcome.UNCHANGED),
        (NightlyResult("1", "learned", "worse", {"passes": False}), RunOutcome.REFUSED),
    ],
)
def test_a_run_that_ends(tmp_path: Path, result: NightlyResult, outcome: RunOutcome) -> None:
    ticks = clock()
    seen = []

    def run() -> NightlyResult:
        seen.append(read_last_run(tmp_path))
        return result

    assert recorded_run(tmp_path, run, lambda: next(ticks)) == result
    during, after = present(seen[0]), present(read_last_run(tmp_path))
    assert (during.began, during.ended, during.outcome) == (100, None, RunOutcome.RUNNING)
    assert (after.began, after.ended, after.outcome) == (100, 160, outcome)
    assert after.message == result.message


@pytest.mark.parametrize("error", [*REFUSED, *FAILED], ids=lambda error: type(error).__name__)
def test_a_run_that_raises(tmp_path: Path, error: Exception) -> None:
    def run() -> NightlyResult:
        raise error

    with pytest.raises(type(error)):
        recorded_run(tmp_path, run, lambda: 100)
    after = present(read_last_run(tmp_path))
    assert is_refusal(error) == (error in REFUSED)
    assert after.outcome is (RunOutcome.REFUSED if error in REFUSED else RunOutcome.FAILED)
    assert "disk full" not in after.message
    assert after.message


def test_an_interrupted_run_is_recorded_as_failed(tmp_path: Path) -> None:
    def run() -> NightlyResult:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        recorded_run(tmp_path, run, lambda: 100)
    assert present(read_last_run(tmp_path)).outcome is RunOutcome.FAILED


def test_a_second_run_changes_nothing(tmp_path: Path) -> None:
    def run() -> NightlyResult:
        with pytest.raises(BusyError):
            recorded_run(tmp_path, run, lambda: 200)
        return NightlyResult("1", "learned", "published")

    recorded_run(tmp_path, run, lambda: 100)
    assert present(read_last_run(tmp_path)).began == 100


def test_what_to_do_about_a_loss_is_said() -> None:
    assert refusal_text(LossError(["a", "b"])).startswith("refused, the served model stays: a; b; ")
    assert "--accept-loss" in refusal_text(LossError(["a"]))
    assert "--accept-loss" not in refusal_text(PublishError("worse"))
