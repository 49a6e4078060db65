"""Compressed sparse rows."""

import numpy as np

from recommender.arrays import SparseRows


def test_the_count_of_a_pair_without_baskets_is_zero() -> None:
    rows = SparseRows(
        np.array([0, 2, 2]),
        np.array([1, 4], np.int32),
        np.ones(2, np.float32),
        np.zeros(2, np.float32),
        np.array([3, 9], np.int32),
    )
    assert [rows.count(0, column) for column in range(6)] == [0, 3, 0, 0, 9, 0]
    assert rows.count(1, 1) == 0
