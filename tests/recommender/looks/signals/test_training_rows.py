"""Training rows: each item of a basket is missing once, and described by the others."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommender.inputs.baskets import baskets_of
from recommender.looks.signals.training_rows import MAX_ROOM_ITEMS, training_rows
from tests.recommender.small_history import events


def test_a_basket_of_three_gives_three_rows() -> None:
    rows = training_rows(baskets_of(events([[0, 1, 2], [3]])), 4, seed=7)
    assert rows.missing.tolist() == [0, 1, 2]
    assert rows.others.toarray().tolist() == [[0, 0.5, 0.5, 0], [0.5, 0, 0.5, 0], [0.5, 0.5, 0, 0]]
    assert rows.weight.tolist() == pytest.approx([1 / np.sqrt(2)] * 3)


def test_baskets_of_one_give_no_rows() -> None:
    rows = training_rows(baskets_of(events([[0], [1]])), 2, seed=7)
    assert rows.others.shape == (0, 2)
    assert len(rows.missing) == 0


@given(sizes=st.lists(st.integers(1, 30), min_size=1, max_size=6), seed=st.integers(0, 9))
def test_no_row_holds_its_missing_item_and_every_row_sums_to_one(sizes: list[int], seed: int) -> None:
    held = [list(range(size)) for size in sizes]
    rows = training_rows(baskets_of(events(held)), 30, seed)
    assert len(rows.missing) == sum(size for size in sizes if size >= 2)
    assert np.allclose(rows.others.sum(axis=1), 1) or not len(rows.missing)
    assert np.diff(rows.others.indptr).max(initial=0) <= MAX_ROOM_ITEMS
    for at, missing in enumerate(rows.missing):
        assert rows.others[at, missing] == 0
