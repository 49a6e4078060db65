"""Trees written out as arrays predict what the library predicts; damaged ones are refused."""

from dataclasses import replace

import numpy as np
import pytest
from sklearn.ensemble import HistGradientBoostingClassifier
from threadpoolctl import threadpool_limits

from recommender.sizes.serving.outcomes.boosted_trees import BoostedTrees, trees_from_arrays, trees_to_arrays
from recommender.sizes.training.boosting import train_trees, trees_of

COLUMNS = 6


@pytest.fixture(scope="module")
def columns() -> np.ndarray:
    rng = np.random.default_rng(7)
    found = rng.normal(size=(5000, COLUMNS))
    found[rng.random(found.shape) < 0.2] = np.nan
    # known values that are all the same: the split is between known and unknown, its threshold infinite
    found[:, 5] = np.where(np.isnan(found[:, 5]), np.nan, 1.0)
    return found


@pytest.fixture(scope="module")
def outcome(columns: np.ndarray) -> np.ndarray:
    rng = np.random.default_rng(8)
    score = np.nan_to_num(columns[:, 0]) + 2.0 * np.isnan(columns[:, 5]) - np.isnan(columns[:, 1])
    return np.digitize(score + rng.normal(0, 0.5, len(score)), (-0.5, 1.5)).astype(np.int32)


@pytest.fixture(scope="module")
def trees(columns: np.ndarray, outcome: np.ndarray) -> BoostedTrees:
    found = train_trees(columns, outcome, 7)
    assert found is not None
    return found


def test_the_arrays_predict_as_the_library_does(columns: np.ndarray, outcome: np.ndarray) -> None:
    model = HistGradientBoostingClassifier(
        max_iter=40, max_leaf_nodes=31, early_stopping=False, random_state=7
    )
    new = np.random.default_rng(9).normal(size=(3000, COLUMNS)) * 3
    new[::7] = np.nan
    # threads of OpenMP wait for each other with the processor busy: many times as long on a shared machine
    with threadpool_limits(limits=1):
        model.fit(columns, outcome)
        expected = [model.predict_proba(rows) for rows in (columns, new)]
    written = trees_of(model)
    for rows, found in zip((columns, new), expected, strict=True):
        assert np.abs(written(rows) - found).max() < 1e-12
    # the planted fault: unknown values sent to the other side are noticed
    fault = replace(written, unknown_left=~written.unknown_left)
    assert np.abs(fault(columns) - expected[0]).max() > 0.01


def test_the_same_answers_and_seed_give_the_same_trees(
    trees: BoostedTrees, columns: np.ndarray, outcome: np.ndarray
) -> None:
    again = train_trees(columns, outcome, 7)
    assert again is not None
    for name, array in trees_to_arrays(again).items():
        assert np.array_equal(array, getattr(trees, name)), name
        assert np.isfinite(array).all(), "a model with values that are not finite is not served"


def test_a_column_that_nobody_states_is_never_asked_for(columns: np.ndarray, outcome: np.ndarray) -> None:
    empty = np.hstack([columns[:, :2], np.full((len(columns), 1), np.nan)])
    found = train_trees(empty, outcome, 7)
    assert found is not None
    assert not ((found.feature == 2) & (found.left != np.arange(len(found.left)))).any()


def test_few_answers_or_two_kinds_train_no_trees(columns: np.ndarray, outcome: np.ndarray) -> None:
    assert train_trees(columns[:500], outcome[:500], 7) is None
    assert train_trees(columns, np.minimum(outcome, 1), 7) is None


def test_no_row_is_an_empty_answer(trees: BoostedTrees) -> None:
    assert trees(np.zeros((0, COLUMNS))).shape == (0, 3)
    mixed = trees.mixed_with(np.array([[1.0, 0.0, 0.0]]), np.full((1, COLUMNS), np.nan))
    assert np.isfinite(mixed).all()
    assert mixed.sum() == pytest.approx(1.0)


@pytest.mark.parametrize(
    "damage",
    [
        {"left": -1}, {"left": 10**9}, {"right": 0}, {"feature": COLUMNS}, {"feature": -1}, {"root": 10**9},
        {"root": -1},
    ],
)  # fmt: skip
def test_trees_that_lead_nowhere_or_in_a_circle_are_refused(
    trees: BoostedTrees, damage: dict[str, int]
) -> None:
    assert trees.consistent(COLUMNS)
    arrays = {name: np.array(array) for name, array in trees_to_arrays(trees).items()}
    ((name, value),) = damage.items()
    arrays[name].flat[1] = value
    assert not trees_from_arrays(arrays).consistent(COLUMNS)


@pytest.mark.parametrize("name", ["feature", "value", "root", "base"])
def test_arrays_of_other_lengths_are_refused(trees: BoostedTrees, name: str) -> None:
    arrays = {**trees_to_arrays(trees), name: trees_to_arrays(trees)[name][:2]}
    if name == "root":
        arrays[name] = arrays[name][:, :2]
    assert not trees_from_arrays(arrays).consistent(COLUMNS)
