"""Shops with a known effect, whose sales are as uneven as those of real ones: for the trials' error rates.

Uneven are: hours (a peak in the afternoon), days (Saturdays), rooms (near the door, at the back), the luck of a
day, of an hour of the whole shop and of a room's hour (gamma distributed), the number of visits, whether a visit
buys, and how much (log-normal: few dear baskets). The figures are assumptions.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from kiosk.core.domain.ids import RoomId
from kiosk.store.trials.design import Cell, Design
from kiosk.store.trials.draws import draws
from kiosk.store.trials.effect import Effect, Observed, effect_of

HOURS = tuple(range(9, 20))
FIRST_DAY = date(2026, 3, 2)
IsOn = Callable[[Design, Cell], bool]
_PARTS: dict[tuple[int, int], tuple[NDArray[np.int8], ...]] = {}


@dataclass(frozen=True, slots=True)
class ShopSize:
    """How many rooms and days a trial has, and visits of a room in an hour."""

    rooms: int
    days: int
    visits: float


def as_designed(design: Design, cell: Cell) -> bool:
    """The trial as the store makes it."""
    return design.is_on(cell)


def trial(size: ShopSize, effect: float, seed: int, is_on: IsOn = as_designed) -> tuple[Observed, ...]:
    """The cells of one trial, with the money of each in minor units. `effect`: the true one, .05 is five percent."""
    random = np.random.default_rng(seed)
    rooms = tuple(RoomId(str(n)) for n in range(size.rooms))
    design = Design(f"shop {seed}", rooms)
    return tuple(_cells(size, design, random, effect, is_on))


def _cells(
    size: ShopSize, design: Design, random: Generator, effect: float, is_on: IsOn
) -> Iterator[Observed]:
    room_luck = random.gamma(20, 1 / 20, size.rooms)
    for number in range(size.days):
        day = FIRST_DAY + timedelta(days=number)
        if day.weekday() == 6:
            continue
        busy = random.gamma(10, 1 / 10) * (1.8 if day.weekday() == 5 else 1.0)
        for hour in HOURS:
            crowd = busy * (1.5 if 14 <= hour <= 18 else 0.8)
            mood = random.gamma(8, 1 / 8)  # of all that buy in this hour
            for place, room in enumerate(design.rooms):
                cell = Cell(room, day, hour)
                on = is_on(design, cell)
                visits = int(random.poisson(size.visits * crowd * random.gamma(3, 1 / 3)))
                buys = min(0.9, 0.35 * mood * room_luck[place] * random.gamma(6, 1 / 6))
                buyers = int(random.binomial(visits, buys))
                money = float(random.lognormal(8.8, 0.8, buyers).sum())
                yield Observed(cell, on, visits, money * (1 + effect if on else 1.0))


def measured(observed: tuple[Observed, ...]) -> Effect:
    """The effect as the store measures it, with the same other draws for all shops of one size."""
    rooms = sorted({o.cell.room for o in observed}, key=int)
    found = effect_of(observed, rooms, _kept_draws)
    assert found is not None
    return found


def _kept_draws(blocks: int, rooms: int) -> Iterator[NDArray[np.int8]]:
    key = blocks, rooms
    if key not in _PARTS:
        if len(_PARTS) > 8:
            _PARTS.clear()
        _PARTS[key] = tuple(draws(blocks, rooms))
    return iter(_PARTS[key])
