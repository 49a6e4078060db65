"""Answers counted by the offset from the shopper's usual size, by hand."""

import numpy as np

from recommender.sizes.serving.fit_counts import OFFSETS
from recommender.sizes.serving.fit_table import FIT, LARGE, SMALL
from recommender.sizes.training.fit_rates import counts_of
from tests.recommender.fit_answers import answers

USUAL = OFFSETS.index(0)


def test_the_usual_size_comes_from_other_products_only() -> None:
    arrays, placed = counts_of(
        answers([("u", "a", "M", SMALL), ("u", "b", "L", FIT), ("u", "c", "L", FIT), ("v", "a", "M", FIT)])
    )
    assert placed == 3, "v has no answer about another product; b and c give each other the usual size"
    assert arrays["items"].tolist() == ["a", "b", "c"]
    assert arrays["total"].tolist() == [[1, 1, 0], [0, 1, 0], [0, 1, 0]]
    by_item = dict(zip(arrays["items"].tolist(), arrays["offsets"], strict=True))
    assert by_item["a"][USUAL - 1].tolist() == [1, 0, 0], "M is one below the usual L"
    assert by_item["b"][USUAL].tolist() == [0, 1, 0]
    assert arrays["offsets"].sum() == placed


def test_guests_and_sizes_without_a_position_are_counted_in_total_only() -> None:
    arrays, placed = counts_of(
        answers([("", "a", "M", FIT), ("u", "a", "one", FIT), ("u", "b", "one", LARGE)])
    )
    assert placed == 0
    assert arrays["total"].sum() == 3
    assert not arrays["offsets"].any()


def test_letters_and_numbers_are_scales_of_their_own() -> None:
    arrays, placed = counts_of(answers([("u", "a", "38", FIT), ("u", "b", "M", FIT)]))
    assert placed == 0
    assert np.array_equal(arrays["total"], [[0, 1, 0], [0, 1, 0]])
