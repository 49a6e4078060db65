"""Looks for small groups that follow from all tables together: what a reader with a computer could find.

The tables of each week and of all weeks together show styles, colours, sizes and articles. Each shown number bounds
the counts that it can stand for, one that is not shown is 0 to 9; integer programming finds the least and the
greatest count of each group under 10 that fits all of them (`scipy.optimize.milp`). A group is computed if the two
are the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp

Shown = Callable[[int], int | None]
MEAN = 12
"""Pieces of an article in a week, around which small groups lie."""


class Shape(NamedTuple):
    """A small shop: one cell for each week and article."""

    weeks: int
    styles: int
    colours: int
    sizes: int

    def __str__(self) -> str:
        return "x".join(map(str, self))


def computed_groups(shape: Shape, shown: Shown, random: Generator, shops: int) -> int:
    """How many groups of 1 to 9 can be computed in so many shops."""
    stands_for = {count: _stands_for(count, shown) for count in range(2000)}
    return sum(_computed(shape, stands_for, random) for _ in range(shops))


def _stands_for(count: int, shown: Shown) -> tuple[int, int]:
    """The least and the greatest count that are shown as this one is."""
    alike = [other for other in range(max(0, count - 20), count + 20) if shown(other) == shown(count)]
    return min(alike), max(alike)


def _computed(shape: Shape, stands_for: dict[int, tuple[int, int]], random: Generator) -> int:
    pieces = random.poisson(random.gamma(1.5, MEAN / 1.5, shape)).reshape(-1)
    groups = np.array(list(_groups(shape)))
    sums = [int(total) for total in groups @ pieces]
    low, high = zip(*(stands_for[total] for total in sums), strict=True)
    known = LinearConstraint(groups, np.array(low), np.array(high))
    small = [group for group, total in zip(groups, sums, strict=True) if 0 < total < 10]
    return sum(_least(group, known) == -_least(-group, known) for group in small)


def _least(group: NDArray[Any], known: LinearConstraint) -> int:
    found = milp(group, constraints=known, integrality=np.ones(group.size), bounds=Bounds(0, np.inf))
    return round(found.fun)


def _groups(shape: Shape) -> Iterator[NDArray[Any]]:
    """What the rows of the tables add up."""
    cells = np.arange(np.prod(shape)).reshape(shape)
    weeks = [slice(week, week + 1) for week in range(shape.weeks)]
    for period in [*weeks, slice(None)] if shape.weeks > 1 else weeks:
        found = [cells[period, style] for style in range(shape.styles)]
        found += [cells[period, :, colour] for colour in range(shape.colours)]
        found += [cells[period, :, :, size] for size in range(shape.sizes)]
        found += [cells[(period, *article)] for article in np.ndindex(*shape[1:])]
        for group in found:
            row = np.zeros(cells.size)
            row[group.reshape(-1)] = 1
            yield row
