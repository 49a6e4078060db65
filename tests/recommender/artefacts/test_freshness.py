"""The record of the last run, and what is warned of."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommender.artefacts.freshness import (
    MAX_RUN_SECONDS,
    ModelWarning,
    learned_at,
    model_warnings,
    stated_metadata,
)
from recommender.artefacts.last_run import LAST_RUN, LastRun, RunOutcome, read_last_run, write_last_run

DAY = 86_400
NOW = 1_800_000_000


@given(
    st.builds(
        LastRun,
        st.integers(0, NOW),
        st.none() | st.integers(0, NOW),
        st.sampled_from(RunOutcome),
        st.text(max_size=50),
    )
)
def test_what_was_recorded_is_read_back(tmp_path_factory: pytest.TempPathFactory, run: LastRun) -> None:
    root = tmp_path_factory.mktemp("root")
    write_last_run(root, run)
    assert read_last_run(root) == run


@pytest.mark.parametrize(
    "text",
    ["", "[", "{}", "[]", '{"began": "x"}', '{"began":1,"ended":2,"outcome":"odd","message":""}', "[" * 9999],
)
def test_a_broken_record_is_none(tmp_path: Path, text: str) -> None:
    assert read_last_run(tmp_path) is None
    (tmp_path / LAST_RUN).write_text(text)
    assert read_last_run(tmp_path) is None


def run(outcome: RunOutcome, days_ago: float, *, ended: bool = True) -> LastRun:
    at = int(NOW - days_ago * DAY)
    return LastRun(at, at if ended else None, outcome)


STALE, NONE = ModelWarning.STALE, ModelWarning.NONE_PUBLISHED
CASES: list[tuple[float | None, LastRun | None, tuple[ModelWarning, ...]]] = [
    (None, None, (NONE,)),
    (None, run(RunOutcome.FAILED, 0), (NONE, ModelWarning.FAILED)),
    (0.5, None, ()),
    (3.5, None, (STALE,)),
    (3.5, run(RunOutcome.UNCHANGED, 0.5), ()),
    (9.5, run(RunOutcome.UNCHANGED, 4), (STALE,)),
    (0.5, run(RunOutcome.REFUSED, 0), (ModelWarning.REFUSED,)),
    (3.5, run(RunOutcome.REFUSED, 0), (STALE, ModelWarning.REFUSED)),
    (0.5, run(RunOutcome.RUNNING, 0.1, ended=False), ()),
    (0.5, run(RunOutcome.RUNNING, 0.4, ended=False), (ModelWarning.KILLED,)),
    # a clock that was set back: a time in the future states no age
    (-2, None, (STALE,)),
    (-2, run(RunOutcome.UNCHANGED, -2), (STALE,)),
    (-2, run(RunOutcome.UNCHANGED, 0.5), ()),
    (0.5, run(RunOutcome.RUNNING, -2, ended=False), (ModelWarning.KILLED,)),
    (-0.01, run(RunOutcome.RUNNING, -0.01, ended=False), ()),
]


@pytest.mark.parametrize(("learned_days_ago", "last", "expected"), CASES)
def test_what_is_warned_of(
    learned_days_ago: float | None, last: LastRun | None, expected: tuple[ModelWarning, ...]
) -> None:
    learned = None if learned_days_ago is None else int(NOW - learned_days_ago * DAY)
    assert model_warnings(learned, last, 3, NOW) == expected


def test_without_a_limit_age_is_not_warned_of() -> None:
    assert model_warnings(0, None, 0, NOW) == ()


def test_a_run_that_still_runs_is_no_fault() -> None:
    began = NOW - MAX_RUN_SECONDS
    assert model_warnings(NOW, LastRun(began, None, RunOutcome.RUNNING), 3, NOW) == ()


def test_a_folder_without_a_model_states_nothing(tmp_path: Path, model_folder: Path) -> None:
    assert (learned_at(tmp_path), stated_metadata(tmp_path)) == (None, {})
    assert learned_at(model_folder)
    assert stated_metadata(model_folder)["matched"] == 1.0
    (tmp_path / "manifest.json").write_text('{"facts": 3}')
    assert stated_metadata(tmp_path) == {}
