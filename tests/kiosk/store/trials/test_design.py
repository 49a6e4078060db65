"""The design of a trial: half of the rooms in each hour, each room in half of its hours, the same from the same
seed."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.core.domain.ids import RoomId
from kiosk.store.trials.design import Cell, Design
from kiosk.store.trials.draws import DRAWS, draws

DAY = date(2026, 3, 29)
seeds = st.integers(0, 2**64).map(str)
days = st.dates(date(2020, 1, 1), date(2099, 12, 31))


def rooms_of(count: int) -> tuple[RoomId, ...]:
    return tuple(RoomId(f"room {n}") for n in range(count))


@given(seed=seeds, count=st.integers(1, 21), day=days, pair=st.integers(0, 11))
def test_a_block_is_balanced(seed: str, count: int, day: date, pair: int) -> None:
    design = Design(seed, rooms_of(count))
    first, second = ([design.is_on(Cell(room, day, 2 * pair + n)) for room in design.rooms] for n in (0, 1))
    assert [not each for each in first] == second
    assert sum(first) in {count // 2, (count + 1) // 2}


@given(seed=seeds, count=st.integers(1, 8), day=days, hour=st.integers(0, 23))
def test_the_order_of_the_rooms_does_not_matter(seed: str, count: int, day: date, hour: int) -> None:
    rooms = rooms_of(count)
    cell = Cell(rooms[0], day, hour)
    assert Design(seed, rooms).is_on(cell) == Design(seed, rooms[::-1]).is_on(cell)


def test_a_seed_gives_the_same_design_in_every_version() -> None:
    # written down: a running trial must not be drawn again by an update
    design = Design("seed", rooms_of(5))
    drawn = ["".join("x" if design.is_on(Cell(r, DAY, h)) else "-" for h in range(24)) for r in design.rooms]
    assert drawn == WRITTEN_DOWN


def test_a_room_that_takes_no_part_is_on() -> None:
    design = Design("seed", rooms_of(1))
    assert all(design.is_on(Cell(RoomId("other"), DAY, hour)) for hour in range(24))


def test_draws_of_the_store_are_as_frequent_as_those_that_it_is_compared_with() -> None:
    # each of the 6 ways to halve 4 rooms comes up in a sixth of the blocks: chi-squared, 5 degrees of freedom
    design, ways = Design("seed", rooms_of(4)), dict[tuple[bool, ...], int]()
    for number in range(600):
        cells = [Cell(room, DAY + timedelta(days=number), 10) for room in design.rooms]
        way = tuple(design.is_on(cell) for cell in cells)
        ways[way] = ways.get(way, 0) + 1
    assert len(ways) == 6
    assert sum((found - 100) ** 2 / 100 for found in ways.values()) < 20.5  # .999


@pytest.mark.parametrize("rooms", [1, 2, 3, 4, 7])
def test_other_draws_follow_the_rules_of_the_design(rooms: int) -> None:
    parts = list(draws(3, rooms))
    found = np.concatenate(parts)
    assert found.shape == (DRAWS, 3, rooms)
    assert set(np.abs(found.sum(axis=2)).ravel().tolist()) == {rooms % 2}
    # in half of the draws: 4.5 standard errors
    assert np.abs(found.mean(axis=0)).max() < 4.5 / DRAWS**0.5
    assert np.array_equal(found, np.concatenate(list(draws(3, rooms))))


WRITTEN_DOWN = [
    "x-x--xx-x--xx--xx-x-x--x",
    "-xx--x-xx--x-xx--x-x-x-x",
    "-x-xx--x-xx-x-x-x--xx--x",
    "x--x-xx-x-x-x-x--xx--xx-",
    "-x-xx--x-x-x-x-x-x-xx-x-",
]
