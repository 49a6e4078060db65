"""Counted answers: tendency, kept sizes and shrunk shares, by hand."""

from pathlib import Path

import numpy as np
import pytest

from recommender.errors import ModelMalformedError
from recommender.sizes.serving.fit_counts import OFFSETS, FitCounts, FitTendency

USUAL = OFFSETS.index(0)


def counts(at_usual: tuple[int, int, int], total: tuple[int, int, int] | None = None) -> FitCounts:
    offsets = np.zeros((1, len(OFFSETS), 3), np.int64)
    offsets[0, USUAL] = at_usual
    return FitCounts(["a"], np.array([total or at_usual]), offsets)


@pytest.mark.parametrize(
    ("answers", "tendency"),
    [
        ((3, 4, 0), FitTendency.UNKNOWN),
        ((5, 5, 0), FitTendency.SMALL),
        ((0, 5, 5), FitTendency.LARGE),
        ((2, 8, 2), FitTendency.TRUE),
    ],
)
def test_a_tendency_needs_eight_answers_and_a_fifth_of_them(
    answers: tuple[int, int, int], tendency: FitTendency
) -> None:
    assert counts(answers).tendency("a") is tendency
    assert counts(answers).tendency("unknown") is FitTendency.UNKNOWN


def test_kept_sizes_are_counted_from_five_answers_on() -> None:
    assert counts((0, 4, 1)).kept("a", 0) == (4, 5)
    assert counts((0, 3, 1)).kept("a", 0) == (0, 0)
    assert counts((0, 9, 1)).kept("a", 1) == (0, 0)
    assert counts((0, 9, 1)).kept("a", 7) == (0, 0)


def test_many_answers_outweigh_the_general_curve() -> None:
    few, many = counts((0, 2, 0)), counts((0, 2000, 0))
    assert many.share("a", 0) > few.share("a", 0)
    assert many.share("a", 0) == pytest.approx(1, abs=0.01)
    assert few.share("a", 0) > few.share("a", 2)


def test_tables_that_do_not_match_are_refused() -> None:
    good = {"items": np.array(["a"]), "total": np.zeros((1, 3)), "offsets": np.zeros((1, len(OFFSETS), 3))}
    assert "a" in FitCounts.of(good, Path("m"))
    for bad in (
        {"total": np.zeros((2, 3))},
        {"offsets": np.zeros((1, 2, 3))},
        {"total": np.full((1, 3), -1)},
    ):
        with pytest.raises(ModelMalformedError):
            FitCounts.of({**good, **bad}, Path("m"))
    with pytest.raises(ModelMalformedError):
        FitCounts.of({}, Path("m"))
