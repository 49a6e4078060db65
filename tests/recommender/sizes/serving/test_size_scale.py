"""Positions of written sizes."""

import numpy as np
import pytest

from recommender.sizes.serving.size_scale import size_position


@pytest.mark.parametrize(
    ("size", "where"),
    [
        ("M", (True, 4.0)),
        ("2xl", (True, 7.0)),
        ("38", (False, 38.0)),
        ("W32/L34", (False, 32.0)),
        ("38,5", (False, 38.5)),
    ],
)
def test_positions_on_the_scale(size: str, where: tuple[bool, float]) -> None:
    assert size_position(size) == where


def test_other_texts_have_no_position() -> None:
    assert np.isnan([size_position(size)[1] for size in ("one", "petite", "", "-")]).all()
