"""How often a trial is wrong: it shows an effect where there is none, or its interval misses the true effect.

The long variant has the required 1,000 shops; it prints its figures (`pytest -s`).
"""

from __future__ import annotations

import pytest

from kiosk.store.trials.design import Cell, Design
from tests.kiosk.store.trials.simulated_shops import IsOn, ShopSize, as_designed, measured, trial

SMALL = ShopSize(rooms=2, days=7, visits=2.0)
SIZES = (ShopSize(1, 28, 2.0), ShopSize(3, 14, 2.0), ShopSize(6, 14, 2.0), ShopSize(8, 7, 2.0))
TRUE = 0.05


def false_alarms(seeds: range, sizes: tuple[ShopSize, ...], is_on: IsOn = as_designed) -> float:
    """Share of trials without an effect that show one."""
    shown = [measured(trial(sizes[n % len(sizes)], 0.0, seed, is_on)).shown for n, seed in enumerate(seeds)]
    return sum(shown) / len(shown)


def coverage(seeds: range, sizes: tuple[ShopSize, ...]) -> float:
    """Share of trials whose interval has the true effect of five percent."""
    found = [measured(trial(sizes[n % len(sizes)], TRUE, seed)) for n, seed in enumerate(seeds)]
    return sum(each.low <= TRUE <= each.high for each in found) / len(found)


def by_hour(_design: Design, cell: Cell) -> bool:
    """A planted fault: all rooms are on in one hour and off in the next one, so that the mood of an hour looks like
    an effect."""
    return cell.hour % 2 == 0


def test_few_trials_without_an_effect_show_one() -> None:
    # of 60 trials with 5 % each: more than 9 in one of 1,000 runs; the seeds are fixed
    assert false_alarms(range(60), (SMALL,)) <= 9 / 60


def test_the_interval_has_the_true_effect_in_most_trials() -> None:
    assert coverage(range(60), (SMALL,)) >= 51 / 60


def test_a_design_that_is_not_drawn_for_each_room_is_noticed() -> None:
    assert false_alarms(range(30), (ShopSize(8, 7, 2.0),), by_hour) > 9 / 60


@pytest.mark.full
@pytest.mark.timeout(1800)
def test_the_error_rates_of_a_thousand_shops_are_the_stated_ones() -> None:
    alarms, covered = false_alarms(range(1000), SIZES), coverage(range(1_000_000, 1_001_000), SIZES)
    print(f"false alarms {alarms:.1%} of 1000, true +5 % inside the interval {covered:.1%} of 1000")
    assert 0.036 <= alarms <= 0.064
    assert 0.93 <= covered <= 0.97
