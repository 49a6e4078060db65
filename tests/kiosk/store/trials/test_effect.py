"""The effect of a trial: the ratio of the results per visit, a p-value that counts all draws, and its interval."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations, product
from math import inf

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.stats import permutation_test

from kiosk.core.domain.ids import RoomId
from kiosk.store.trials.design import Cell, Design
from kiosk.store.trials.effect import Effect, Observed, effect_of
from tests.kiosk.store.trials.simulated_shops import ShopSize, trial

DAY = date(2026, 3, 2)
ROOMS = tuple(RoomId(str(n)) for n in range(8))


def observed_of(results: list[list[float]], seed: str = "s") -> tuple[Observed, ...]:
    """One visit in each cell of one day's first pairs of hours: `results[block][2 * room + hour]`."""
    rooms = ROOMS[: len(results[0]) // 2]
    design, found = Design(seed, rooms), []
    for pair, row in enumerate(results):
        for (place, room), hour in product(enumerate(rooms), (0, 1)):
            cell = Cell(room, DAY, 2 * pair + hour)
            found.append(Observed(cell, design.is_on(cell), 1, row[2 * place + hour]))
    return tuple(found)


def every_draw(_blocks: int, rooms: int) -> Iterator[NDArray[np.int8]]:
    """Each way to draw one block, once."""
    ways = combinations(range(rooms), rooms // 2)
    yield np.array([[[1 if n in way else -1 for n in range(rooms)]] for way in ways], np.int8)


def effect(observed: tuple[Observed, ...]) -> Effect:
    found = effect_of(observed, sorted({o.cell.room for o in observed}))
    assert found is not None
    return found


@settings(max_examples=30)
@given(st.lists(st.integers(1, 50), min_size=16, max_size=16))
def test_the_p_value_is_that_of_a_permutation_test_of_scipy(results: list[int]) -> None:
    observed = observed_of([[float(each) for each in results]])
    found = effect_of(observed, ROOMS, every_draw)
    assert found is not None
    # the mean is the same in every draw, so the differences of a room's hours are permuted between the two halves
    halves: dict[bool, list[float]] = {True: [], False: []}
    for first, second in zip(observed[::2], observed[1::2], strict=True):
        halves[first.on].append(first.result - second.result)
    peer = permutation_test(
        (halves[True], halves[False]), lambda a, b: abs(sum(a) - sum(b)), permutation_type="independent",
        n_resamples=np.inf, alternative="greater", vectorized=False,
    )  # fmt: skip
    # ours counts the observed draw once more: (1 + k) / (1 + 70)
    assert found.p_value == pytest.approx((1 + peer.pvalue * 70) / 71)


@given(st.floats(-0.6, 2.0))
@settings(max_examples=20, deadline=None)
def test_an_effect_without_noise_is_found_exactly(true: float) -> None:
    observed = observed_of([[1.0, 1.0] * 8] * 6)
    changed = tuple(replace(o, result=1 + true if o.on else 1.0) for o in observed)
    found = effect(changed)
    assert found.estimate == pytest.approx(true)
    assert found.low == pytest.approx(true, abs=1e-3)
    assert found.high == pytest.approx(true, abs=1e-3)


@pytest.mark.parametrize("seed", range(5))
def test_zero_is_inside_exactly_if_no_effect_is_shown(seed: int) -> None:
    found = effect(trial(ShopSize(4, 7, 2.0), (seed - 2) * 0.3, seed))
    assert (found.low <= 0 <= found.high) is not found.shown
    assert found.low <= found.estimate <= found.high


def test_more_visits_where_it_is_on_are_no_effect() -> None:
    observed = trial(ShopSize(2, 7, 2.0), 0.0, 1)
    twice = tuple(replace(o, visits=2 * o.visits, result=2 * o.result) if o.on else o for o in observed)
    assert effect(twice).estimate == pytest.approx(effect(observed).estimate)


def test_two_blocks_show_no_effect_however_large_it_looks() -> None:
    observed = observed_of([[1.0, 1.0] * 2] * 2)
    found = effect(tuple(replace(o, result=50.0 if o.on else 1.0) for o in observed))
    assert not found.shown
    assert (found.low, found.high) == (-1.0, inf)


@pytest.mark.parametrize("side", [True, False])
def test_a_side_without_results_gives_no_effect(side: bool) -> None:
    observed = observed_of([[1.0, 1.0] * 2] * 3)
    assert effect_of([replace(o, result=0.0) if o.on is side else o for o in observed], ROOMS[:2]) is None
    assert effect_of([o for o in observed if o.on is side], ROOMS[:2]) is None


def test_no_cell_gives_no_effect() -> None:
    assert effect_of((), ROOMS) is None


def test_days_and_rooms_without_visits_change_nothing() -> None:
    observed = trial(ShopSize(4, 7, 2.0), 0.2, 3)
    quiet = [
        Observed(Cell(RoomId("0"), DAY + timedelta(days=100 + n), 9), n % 2 == 0, 0, 0.0) for n in range(9)
    ]
    assert effect((*observed, *quiet)) == effect(observed)
