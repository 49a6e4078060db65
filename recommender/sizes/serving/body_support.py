"""Which bodies a model has learned from: counts of answers by height and weight; and the bodies that a request covers.

A model may suggest a smaller size for a heavier body of the same height, mostly where it has few answers. So a request
is answered for all lighter bodies too, and no answer is smaller than theirs (`lighter_bodies`).
"""

from dataclasses import dataclass
from math import isfinite
from typing import Any

import numpy as np

from recommender.arrays import AnyInts, Doubles, Longs
from recommender.sizes.serving.body_measures import HEIGHT, INCH_CM, POUND_KG, WEIGHT
from recommender.sizes.serving.size_answer import Body

HEIGHT_STEP_CM, WEIGHT_STEP_KG = 5.0, 5.0
HEIGHT_CM = (HEIGHT.low * INCH_CM, HEIGHT.high * INCH_CM)
WEIGHT_KG = (WEIGHT.low * POUND_KG, WEIGHT.high * POUND_KG)
SHAPE = (
    int(np.ceil((HEIGHT_CM[1] - HEIGHT_CM[0]) / HEIGHT_STEP_CM)),
    int(np.ceil((WEIGHT_KG[1] - WEIGHT_KG[0]) / WEIGHT_STEP_KG)),
)
"""Cells of height and of weight."""
MIN_LIKE_ANSWERS = 30
"""Answers by people within one cell of a body, from which it counts as learned: a share of them has a standard error of
less than a tenth."""
_GRID_KG = 2.0
"""Bodies are compared in steps of 2 kg: a quarter of a size at most."""
_LIGHTEST_KG = 40.0
_OLD_DEVIATIONS = 2.0


@dataclass(frozen=True)
class BodySupport:
    """`counts`: answers by cell of height and weight."""

    counts: Longs

    @staticmethod
    def of(body: Doubles) -> "BodySupport":
        """From bodies of answers, whose first columns are weight (pounds) and height (inches)."""
        known = ~np.isnan(body[:, :2]).any(axis=1)
        rows = _cells(body[known, 1] * INCH_CM, HEIGHT_CM[0], HEIGHT_STEP_CM, SHAPE[0])
        columns = _cells(body[known, 0] * POUND_KG, WEIGHT_KG[0], WEIGHT_STEP_KG, SHAPE[1])
        counts = np.bincount(rows * SHAPE[1] + columns, minlength=SHAPE[0] * SHAPE[1])
        return BodySupport(counts.reshape(SHAPE).astype(np.int64))

    @staticmethod
    def of_scale(scale: Doubles) -> "BodySupport":
        """An estimate for a model without counts: up to two standard deviations from the mean of each measure."""
        height = _near(scale[:, 1] * INCH_CM, HEIGHT_CM[0], HEIGHT_STEP_CM, SHAPE[0])
        weight = _near(scale[:, 0] * POUND_KG, WEIGHT_KG[0], WEIGHT_STEP_KG, SHAPE[1])
        return BodySupport((np.outer(height, weight) * MIN_LIKE_ANSWERS).astype(np.int64))

    @property
    def has_bodies(self) -> bool:
        """Whether any body was learned; else height and weight say nothing."""
        return int(self.counts.sum()) >= MIN_LIKE_ANSWERS

    def knows(self, body: Body) -> bool:
        """Whether enough answers were given by people of like height and weight, as far as they are stated."""
        stated = sane(body)
        rows = _around(stated.height_cm, HEIGHT_CM[0], HEIGHT_STEP_CM, SHAPE[0])
        columns = _around(stated.weight_kg, WEIGHT_KG[0], WEIGHT_STEP_KG, SHAPE[1])
        return int(self.counts[rows, columns].sum()) >= MIN_LIKE_ANSWERS


def sane(body: Body) -> Body:
    """The body without values that are none; a weight outside the plausible range is its nearest end."""
    height, weight = _number(body.height_cm), _number(body.weight_kg)
    return Body(
        height if height and HEIGHT_CM[0] <= height <= HEIGHT_CM[1] else None,
        min(max(weight, WEIGHT_KG[0]), WEIGHT_KG[1]) if weight and weight > 0 else None,
        _number(body.age) or None,
    )


def lighter_bodies(body: Body) -> tuple[Body, ...]:
    """This body, its weight rounded to the grid, after all lighter ones of the grid; itself alone without a weight."""
    if body.weight_kg is None:
        return (body,)
    steps = max(round((body.weight_kg - _LIGHTEST_KG) / _GRID_KG), 0)
    return tuple(Body(body.height_cm, _LIGHTEST_KG + _GRID_KG * step, body.age) for step in range(steps + 1))


def largest_so_far(chances: Doubles) -> int:
    """Of bodies (rows, ascending weight) x sizes, the heaviest row with the largest best size: the last one, unless a
    lighter body has a larger size. What it says of a heavier body is never smaller than of a lighter one."""
    best = chances.argmax(axis=1)
    return int(np.flatnonzero(best == best.max())[-1])


def _number(value: float | None) -> float | None:
    return float(value) if value is not None and isfinite(value) else None


def _cells(values: Doubles, low: float, step: float, count: int) -> AnyInts:
    found: AnyInts = np.clip(((values - low) / step).astype(np.int64), 0, count - 1)
    return found


def _around(value: float | None, low: float, step: float, count: int) -> Any:
    if value is None:
        return slice(None)
    cell = int(min(max((value - low) / step, 0), count - 1))
    return slice(max(cell - 1, 0), cell + 2)


def _near(scale: Doubles, low: float, step: float, count: int) -> Any:
    middles = low + (np.arange(count) + 0.5) * step
    return np.abs(middles - scale[0]) <= _OLD_DEVIATIONS * scale[1]
