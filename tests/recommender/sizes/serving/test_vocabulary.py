"""Encoding of trials: rows of known values, -1 for unknown ones, size scales and digests of shoppers."""

import numpy as np

from recommender.sizes.serving.fit_table import FIT, SMALL
from recommender.sizes.serving.vocabulary import MIN_SCALE_ANSWERS, Vocabulary, concat_trials, digests
from tests.recommender.fit_answers import answers


def test_known_values_get_their_row_and_unknown_ones_none() -> None:
    vocabulary = Vocabulary.of(answers([("u1", "a", "M", FIT), ("", "b", "38", SMALL)]))
    coded = vocabulary.code(answers([("u1", "b", "38", FIT), ("u2", "c", "M", FIT), ("", "a", "38", FIT)]))
    assert coded.item.tolist() == [1, -1, 0]
    assert (coded.pair >= 0).tolist() == [True, False, False], "the pair (a, 38) was never seen"
    assert (coded.user >= 0).tolist() == [True, False, False]
    assert coded.position.tolist() == [38, 4, 38]


def test_shoppers_are_stored_as_digests_alone() -> None:
    vocabulary = Vocabulary.of(
        answers([("anna", "a", "M", FIT), ("anna", "b", "M", FIT), ("ben", "a", "M", FIT)])
    )
    assert vocabulary.users.dtype == np.uint64
    assert vocabulary.users.tolist() == sorted(digests(["anna", "ben"]).tolist())


def test_a_category_has_a_size_scale_of_its_own_from_three_hundred_answers_on() -> None:
    few, enough = ([("", "a", "M", FIT)] * count for count in (MIN_SCALE_ANSWERS - 1, MIN_SCALE_ANSWERS))
    assert len(Vocabulary.of(answers(few)).size_scales) == 2
    vocabulary = Vocabulary.of(answers(enough))
    assert len(vocabulary.size_scales) == 3
    coded = vocabulary.code(answers([("", "a", "M", FIT), ("", "a", "38", FIT)]))
    assert coded.size_scale[0] != coded.size_scale[1]
    assert vocabulary.size_scales[coded.size_scale[0]].endswith("tops")


def test_tables_are_joined_in_order() -> None:
    vocabulary = Vocabulary.of(answers([("", "a", "M", FIT), ("", "b", "M", FIT)]))
    coded = vocabulary.code(answers([("", "a", "M", FIT), ("", "b", "M", FIT)]))
    both = concat_trials(coded.where(np.array([1])), coded)
    assert both.item.tolist() == [1, 0, 1]
    assert len(both) == 3
