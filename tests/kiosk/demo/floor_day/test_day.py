"""A simulated day: nobody is forgotten, and a claim without a lease is found."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.core.domain.floor.plan import row_plan
from kiosk.core.domain.ids import RoomId
from kiosk.demo.floor_day.behaviour import ROOM_STEPS_M, STOCK_M
from kiosk.demo.floor_day.day import Day, DayPlan
from kiosk.demo.floor_day.measures import MAX_FIRST_ANSWER_S, DayResult, Served, quantile, result_of
from kiosk.demo.floor_day.store_floor import Rules

ROOMS = tuple(RoomId(str(n + 1)) for n in range(20))
ROW = row_plan(ROOMS, ROOM_STEPS_M[0], STOCK_M)
SHORT = DayPlan(ROW, associates=8, requests=60, seed=3)


def played(plan: DayPlan, rules: Rules, folder: Path) -> DayResult:
    folder.mkdir(exist_ok=True)
    return Day(plan, rules, folder).play()


def test_nobody_is_forgotten_and_the_same_seed_is_the_same_day(tmp_path: Path) -> None:
    first = played(SHORT, Rules.STORE, tmp_path / "first")
    assert (first.requests, first.violations) == (60, ())
    assert played(SHORT, Rules.STORE, tmp_path / "again") == first


def test_planted_fault_a_claim_without_lease_forgets_requests(tmp_path: Path) -> None:
    assert played(SHORT, Rules.NO_LEASE, tmp_path).forgotten > 0


@pytest.mark.full
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_whole_saturday(tmp_path: Path, seed: int) -> None:
    plan = DayPlan(ROW, associates=8, requests=600, seed=seed)
    assert played(plan, Rules.STORE, tmp_path).violations == ()


@pytest.mark.full
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_pick_lists_save_a_part_of_the_way(tmp_path: Path, seed: int) -> None:
    """Rooms 3 m apart, where associates are busy. Mean of eight seeds: 6 % of the way."""
    plan = DayPlan(row_plan(ROOMS, ROOM_STEPS_M[1], STOCK_M), associates=8, requests=600, seed=seed)
    with_lists, served = (played(plan, rules, tmp_path) for rules in (Rules.STORE, Rules.FIRST_COME))
    assert with_lists.walked_m <= 0.97 * served.walked_m
    assert with_lists.first_answer_p90_s <= MAX_FIRST_ANSWER_S
    assert with_lists.forgotten == 0


def test_each_limit_is_judged() -> None:
    good = [Served(5.0, 60.0)] * 20
    assert result_of(good, 0, 0).violations == ()
    assert result_of([*good, Served(None, None)], 0, 0).violations == ("1 forgotten",)
    late = result_of([Served(31.0, 121.0)] * 20, 0, 0).violations
    assert [words.split()[0] for words in late] == ["first", "at"]


@pytest.mark.parametrize(
    ("values", "share", "found"), [((), 0.5, 0.0), ((1.0,), 0.9, 1.0), ((3.0, 1.0, 2.0), 0.5, 2.0)]
)
def test_quantiles(values: tuple[float, ...], share: float, found: float) -> None:
    assert quantile(values, share) == found
