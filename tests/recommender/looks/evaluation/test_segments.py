"""Segments of the holdout cases, and their lines in the result."""

from dataclasses import replace

import numpy as np
import pytest

from recommender.inputs.leave_one_out import HoldoutCase
from recommender.looks.evaluation.evaluate import LooksEvaluation, evaluation_of
from recommender.looks.evaluation.report import evaluation_json, segment_table
from recommender.looks.evaluation.segments import segments_of

# Item 0 is new, items 1 to 18 were bought once, item 19 ninety times.
INTERACTIONS = np.array([0, *[1] * 18, 90])
CATEGORIES = np.array([0, 0, 1, 1, *[2] * 16])


def case(room: list[int], hidden: int, basket: int = 0) -> HoldoutCase:
    return HoldoutCase(np.array(room, np.int32), hidden, basket, 1.0)


CASES = [
    case([1], 0, 0),
    case([1, 2], 3, 1),
    case([1, 2, 3], 19, 2),
    case([1, 4, 5, 6], 7, 3),
    case(list(range(1, 9)), 9, 4),
    case(list(range(1, 10)), 19, 5),
]


def test_each_case_is_in_one_segment_of_each_kind() -> None:
    found = {
        name: rows.astype(int).tolist() for name, rows in segments_of(CASES, CATEGORIES, INTERACTIONS).items()
    }
    assert found == {
        "room of 1": [1, 0, 0, 0, 0, 0],
        "room of 2 to 3": [0, 1, 1, 0, 0, 0],
        "room of 4 to 8": [0, 0, 0, 1, 1, 0],
        "room of 9 or more": [0, 0, 0, 0, 0, 1],
        "same category": [1, 1, 0, 1, 1, 1],
        "other category": [0, 0, 1, 0, 0, 0],
        "new arrivals": [1, 0, 0, 0, 0, 0],
        "seldom sold": [0, 1, 0, 1, 1, 0],
        "often sold": [0, 0, 1, 0, 0, 1],
    }


def test_a_catalogue_without_categories_has_no_segments_of_them() -> None:
    assert "other category" not in segments_of(CASES, None, INTERACTIONS)
    assert not any(rows.any() for rows in segments_of([], None, np.zeros(3, np.int64)).values())


def evaluation() -> LooksEvaluation:
    ranks = {
        "co-purchase": np.array([np.inf, 3.0, 30.0, 3.0, 60.0, 60.0]),
        "model": np.array([20.0, 3.0, 3.0, 3.0, 3.0, 60.0]),
    }
    return evaluation_of(ranks, CASES, CATEGORIES, INTERACTIONS)


def test_recall_and_ratio_of_a_segment() -> None:
    found = evaluation_json(evaluation())["segments"]
    assert found["room of 4 to 8"]["ratio_at_10"] == 2
    assert found["room of 2 to 3"]["co-purchase"] == {"at_10": 0.5, "at_50": 1}
    assert found["new arrivals"] == {
        "questions": 1,
        "share": pytest.approx(1 / 6),
        "model": {"at_10": 0, "at_50": 1},
        "co-purchase": {"at_10": 0, "at_50": 0},
        "ratio_at_10": None,
        "ratio_at_50": None,
    }


def test_every_segment_has_a_line_and_nothing_is_divided_by_zero() -> None:
    lines = segment_table(evaluation())
    assert len(lines) == 1 + 9
    assert next(line for line in lines if line.startswith("room of 4 to 8")).endswith(
        "1.0000 / 0.5000 =  2.000"
    )
    assert next(line for line in lines if line.startswith("new arrivals")).endswith("=      -")


def test_the_ratio_has_a_paired_interval() -> None:
    many = replace(
        evaluation(),
        ranks={"a": np.tile([1.0, 1.0, 99.0], 2), "b": np.tile([1.0, 99.0, 99.0], 2)},
    )
    found = many.ratio("a", "b", 10)
    assert found.mean == 2
    assert 1 <= found.low <= 2 <= found.high
    assert many.ratio("a", "b", 10, "other category").mean == float("inf")
