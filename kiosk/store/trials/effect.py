"""The effect that a trial shows, with its interval: a randomisation test, inverted.

What is compared are cells (one room in one hour), not visits: what is on or off is the cell, and the visits of an
hour have much in common. The only assumption is the one that the store made itself, by drawing the design: had
another draw come out, how large would the difference have been? So busy hours, clustered visits, few but dear
baskets and hours that depend on each other make the interval wider, and do not make it wrong (Rosenbaum,
Observational Studies, 2002, section 2; Imbens and Rubin, Causal Inference, 2015, chapter 5).

The model of an effect: what is on sells (1 + effect) times as much per visit. For each supposed effect, the sales
of the cells that were on are divided by it; if the supposition is right, on and off differ by chance alone. The
interval has the effects that are not refused at the level. Numbers of visits are taken as given: what is on is seen
only in the room.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from math import inf
from typing import Final

import numpy as np
from numpy.typing import NDArray

from kiosk.core.domain.ids import RoomId
from kiosk.store.trials.design import Cell
from kiosk.store.trials.draws import Draws, draws

LEVEL: Final = 0.05
"""A true effect is outside of the interval in so many trials."""
_WIDEST: Final = 64.0
"""Effects from 1/64 to 64 times are looked at; an interval beyond is open."""
_STEPS: Final = 40
"""Halvings of the search for an end of the interval: 64 / 2**40."""
_Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Observed:
    """What was counted in one cell: visits that began there, and the result of these visits (sales, or minor
    units)."""

    cell: Cell
    on: bool
    visits: int
    result: float


@dataclass(frozen=True, slots=True)
class Effect:
    """A relative effect: .05 is five percent more per visit where it is on. `low`, `high`: the 95 % interval; -1 and
    infinity where it is open. `p_value`: how often chance alone shows as much; below .05 exactly if 0 is outside."""

    estimate: float
    low: float
    high: float
    p_value: float

    @property
    def shown(self) -> bool:
        """Whether an effect is shown at all: 0 is outside of the interval."""
        return self.p_value <= LEVEL


def effect_of(
    observed: Iterable[Observed], rooms: Sequence[RoomId], other_draws: Draws = draws
) -> Effect | None:
    """The effect on the `rooms` of the design, from those of their cells that had a visit; None where there is
    nothing to compare: no result on one of the sides. The estimate is the ratio of the results per visit."""
    counted = tuple(each for each in observed if each.visits > 0)
    on, off = (sum(o.result for o in counted if o.on is side) for side in (True, False))
    if on <= 0 or off <= 0:
        return None
    sums = _sums(counted, rooms, other_draws)
    factor = min(_WIDEST, max(1 / _WIDEST, -sums.on / sums.off))
    low = _end(lambda supposed: sums.p_value(supposed) > LEVEL, factor, 1 / _WIDEST)
    high = _end(lambda supposed: sums.p_value(supposed) > LEVEL, factor, _WIDEST)
    return Effect(
        estimate=factor - 1,
        low=low - 1 if low > 1 / _WIDEST else -1.0,
        high=high - 1 if high < _WIDEST else inf,
        p_value=sums.p_value(1.0),
    )


@dataclass(frozen=True, slots=True)
class _Sums:
    """What was sold on less what was sold off, as a linear function of c = 1 / (1 + effect): `on` c + `off`, as it
    was observed and in each of the other draws. Observed, `on` is above 0 and `off` below."""

    on: float
    off: float
    others: _Numbers
    """Shape (draws, 2)."""

    def p_value(self, factor: float) -> float:
        """How often a draw shows at least the observed difference if the effect is `factor` - 1. The observed draw
        counts as one of them, so that the test never refuses too often."""
        seen = abs(self.on / factor + self.off)
        others = np.abs(self.others @ np.array([1 / factor, 1.0]))
        rounding = 1e-6 * float(others.max(initial=seen))
        return float((1 + (others >= seen - rounding).sum()) / (1 + len(others)))


def _sums(counted: Sequence[Observed], rooms: Sequence[RoomId], other_draws: Draws) -> _Sums:
    """For each block and room: 1 or -1 as it was drawn, and first hour minus second hour of what the cell sold beyond
    its share by visits, apart for what was sold on and off."""
    visits = sum(o.visits for o in counted)
    share = {side: sum(o.result for o in counted if o.on is side) / visits for side in (True, False)}
    blocks = {block: n for n, block in enumerate(sorted({o.cell.block for o in counted}))}
    place = {room: n for n, room in enumerate(rooms)}
    signs, beyond = np.zeros((len(blocks), len(rooms))), np.zeros((2, len(blocks), len(rooms)))
    for each in counted:
        at = blocks[each.cell.block], place[each.cell.room]
        hour = 1 if each.cell.hour % 2 == 0 else -1
        signs[at] = hour if each.on else -hour
        for row, side in enumerate((True, False)):
            result = each.result if each.on is side else 0.0
            beyond[row][at] += hour * (result - share[side] * each.visits)
    columns = beyond.reshape(2, -1).T.astype(np.float32)
    parts = [part.reshape(len(part), -1) @ columns for part in other_draws(*signs.shape)]
    on, off = (float((signs * one).sum()) for one in beyond)
    return _Sums(on, off, np.concatenate(parts).astype(np.float64))


def _end(inside: Callable[[float], bool], start: float, bound: float) -> float:
    """The end of the interval between `start`, which is inside, and `bound`, by halving; `bound` if that is
    inside."""
    if inside(bound):
        return bound
    for _ in range(_STEPS):
        middle = (start * bound) ** 0.5
        if inside(middle):
            start = middle
        else:
            bound = middle
    return start
