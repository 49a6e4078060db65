"""Trees by what is known of a shopper: written and read again, and refused if they do not belong to the model."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from recommender.sizes.serving.fit_model import FitModel
from recommender.sizes.serving.outcomes.outcome_trees import GUEST_COLUMNS, MEASURED_COLUMNS, OutcomeTrees


@pytest.fixture(scope="module")
def model(six_thousand: Path) -> FitModel:
    return FitModel.open(six_thousand)


def test_trees_are_read_as_they_were_written(model: FitModel) -> None:
    shoppers = len(model.vocabulary.users)
    for trees in (model.trees, replace(model.trees, guests=None), replace(model.trees, measured=None)):
        again = OutcomeTrees.from_arrays(trees.to_arrays())
        assert again.consistent(shoppers)
        assert (again.guests is None, again.measured is None) == (
            trees.guests is None,
            trees.measured is None,
        )
    assert OutcomeTrees.from_arrays({}) == OutcomeTrees()


@pytest.mark.parametrize(("file", "columns"), [("guest_trees", GUEST_COLUMNS), ("trees", MEASURED_COLUMNS)])
def test_trees_that_ask_for_a_column_that_is_not_there_are_refused(
    model: FitModel, file: str, columns: int
) -> None:
    arrays = model.trees.to_arrays()
    for column, good in ((columns - 1, True), (columns, False)):
        feature = np.array(arrays[file]["feature"])
        feature[0] = column
        trees = OutcomeTrees.from_arrays({**arrays, file: {**arrays[file], "feature": feature}})
        assert trees.consistent(len(model.vocabulary.users)) is good


def test_a_history_of_other_shoppers_is_refused(model: FitModel) -> None:
    assert not model.trees.consistent(len(model.vocabulary.users) + 1)


def test_guest_trees_are_few(model: FitModel) -> None:
    """A request evaluates them for each lighter body."""
    assert model.trees.guests is not None
    assert model.trees.measured is not None
    assert model.trees.guests.root.size * 3 <= model.trees.measured.trees.root.size
