"""Softmax and multinomial logistic regression."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommender.sizes.serving.softmax import fit_softmax, softmax


@given(scores=st.lists(st.floats(-1e3, 1e3), min_size=3, max_size=3), shift=st.floats(-1e3, 1e3))
def test_rows_sum_to_one_whatever_is_added_to_all_scores(scores: list[float], shift: float) -> None:
    found = softmax(np.array([scores, [score + shift for score in scores]]))
    assert found.sum(axis=1).tolist() == pytest.approx([1, 1])
    assert found[0].tolist() == pytest.approx(found[1].tolist(), abs=1e-9)
    assert softmax(np.array([[0.0, np.log(2), np.log(5)]]))[0].tolist() == pytest.approx(
        [1 / 8, 2 / 8, 5 / 8]
    )


def test_with_a_constant_alone_the_fit_gives_the_shares_of_the_kinds() -> None:
    kind = np.array([0] * 20 + [1] * 70 + [2] * 10)
    weights = fit_softmax(np.ones((100, 1)), kind, 3, ridge=3.0)
    assert softmax(np.ones((1, 1)) @ weights)[0].tolist() == pytest.approx([0.2, 0.7, 0.1], abs=1e-3)


def test_a_column_that_separates_the_classes_gets_a_weight_and_a_ridge_reduces_it() -> None:
    rng = np.random.default_rng(3)
    kind = rng.integers(2, size=400)
    x = np.column_stack([np.ones(400), kind + rng.normal(0, 0.3, 400)])
    loose, tight = (fit_softmax(x, kind, 2, ridge) for ridge in (0.1, 1000.0))
    hits = softmax(x @ loose).argmax(axis=1) == kind
    assert hits.mean() > 0.9
    assert np.abs(tight[1]).max() < np.abs(loose[1]).max() / 3
