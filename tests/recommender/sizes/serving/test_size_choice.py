"""The choice among sizes: softmax within a case, steps of the run, kept sizes, and runs of products."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommender.sizes.serving.fit_table import FIT
from recommender.sizes.serving.size_choice import PastFits, SizeRuns, _steps, shares_within, size_chances
from recommender.sizes.serving.vocabulary import Vocabulary
from tests.recommender.fit_answers import answers


@given(scores=st.lists(st.floats(-700, 700), min_size=4, max_size=4))
def test_chances_sum_to_one_within_each_case_and_keep_the_order(scores: list[float]) -> None:
    case = np.array([0, 0, 0, 1])
    found = shares_within(np.array(scores), case, 2)
    assert found[:3].sum() == pytest.approx(1)
    assert found[3] == 1
    assert found[:3].max() == found[int(np.argmax(scores[:3]))]


def test_each_state_of_knowledge_has_weights_of_its_own() -> None:
    columns = np.array([[1.0], [0.0], [1.0], [0.0]])
    found = size_chances(columns, np.array([0, 0, 1, 1]), np.array([0, 1]), np.array([[np.log(3)], [0.0]]))
    assert found.tolist() == pytest.approx([0.75, 0.25, 0.5, 0.5])


def test_steps_are_counted_in_the_run_s_own_width() -> None:
    found = _steps(np.array([36.0, 38, 40, 3, 4]), np.array([0, 0, 0, 1, 1]), np.array([38.0, np.nan]))
    assert found[:3].tolist() == [-1, 0, 1]
    assert np.isnan(found[3:]).all()


def test_the_share_of_kept_sizes_is_per_shopper() -> None:
    past = PastFits(
        np.zeros(2),
        np.ones(2),
        np.full(2, np.nan),
        np.array([0, -1]),
        np.array([1, 2, 5]),
        np.array([3.0, 1, 9]),
    )
    found = past.share_kept(np.array([1, 2, 0, 1]), np.array([0, 0, 0, 1]), 4)
    assert found.tolist() == [0.75, 0.25, 0, 0]
    assert past.of(np.array([1])).shopper.tolist() == [-1]


def test_a_case_is_expanded_into_the_sizes_in_which_its_product_was_seen() -> None:
    fits = answers([("", "a", "L", FIT), ("", "a", "S", FIT), ("", "b", "M", FIT), ("", "a", "S", FIT)])
    vocabulary = Vocabulary.of(fits)
    coded = vocabulary.code(fits)
    sizes, case, tried = SizeRuns.of(coded).unroll(coded.where(np.array([0, 2, 3])))
    assert [vocabulary.sizes[at] for at in sizes.size] == ["S", "L", "M", "S", "L"]
    assert case.tolist() == [0, 0, 1, 2, 2]
    assert tried.tolist() == [1, 2, 3]
    assert sizes.position.tolist() == [3, 5, 4, 3, 5]
