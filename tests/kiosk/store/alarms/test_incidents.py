"""When an alarm is told: once at its begin, once at its end, and never in a storm."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.clock import US
from kiosk.store.alarms.incidents import (
    COLLECT_US,
    GAP_US,
    GONE_US,
    AlarmMessage,
    Fault,
    Incidents,
    Turn,
)
from kiosk.store.fleet.problems import FleetProblem

AFTER_S = 120
ROUND_S = 5
MIRRORS = tuple(Fault(FleetProblem.MIRROR_LOST, str(n)) for n in range(40))
ONE = MIRRORS[0]
BEGIN_S = AFTER_S + COLLECT_US // US


class Shop:
    """Looks every five seconds; `told` are all messages."""

    def __init__(self) -> None:
        self.incidents, self.now_s, self.told = Incidents(AFTER_S * US), 0, list[AlarmMessage]()

    def runs(self, seconds: float, *faults: Fault, watching: bool = True) -> list[AlarmMessage]:
        """The messages of this time, with these faults."""
        new = list[AlarmMessage]()
        for _ in range(round(seconds / ROUND_S)):
            self.now_s += ROUND_S
            new += self.incidents.look(
                frozenset(faults), steady_us=self.now_s * US, at_us=self.now_s * US, watching=watching,
                new_id=f"i{self.now_s}",
            )  # fmt: skip
        self.told += new
        return new

    @property
    def turns(self) -> list[tuple[str, int]]:
        return [(message.turn.value, len(message.faults)) for message in self.told]


def test_one_message_at_the_begin_and_one_at_the_end() -> None:
    shop = Shop()
    assert shop.runs(BEGIN_S, ONE) == []
    assert shop.runs(3600, ONE) != []
    shop.runs(3600)
    assert shop.turns == [("begin", 1), ("end", 1)]
    assert shop.told[0].incident == shop.told[1].incident
    assert shop.told[0].message_id != shop.told[1].message_id


def test_forty_mirrors_behind_one_switch_are_one_message() -> None:
    shop = Shop()
    for count in range(1, 41, 13):  # their last reports are spread over a quarter of a minute
        shop.runs(ROUND_S, *MIRRORS[:count])
    shop.runs(3600, *MIRRORS)
    shop.runs(3600)
    assert shop.turns == [("begin", 40), ("end", 40)]


def test_what_lasts_for_a_moment_is_not_told() -> None:
    shop = Shop()
    for _ in range(50):
        shop.runs(AFTER_S - ROUND_S, ONE)
        shop.runs(ROUND_S)
    assert shop.told == []


def test_a_mirror_that_comes_and_goes_is_one_incident() -> None:
    shop = Shop()
    shop.runs(600, ONE)
    for _ in range(50):
        shop.runs(GONE_US // US - 2 * ROUND_S)
        shop.runs(300, ONE)
    assert shop.turns == [("begin", 1)]
    shop.runs(3600)
    assert shop.turns == [("begin", 1), ("end", 1)]


def test_further_faults_are_collected_for_ten_minutes() -> None:
    shop = Shop()
    shop.runs(300, ONE)
    for count in range(2, 12):
        shop.runs(60, *MIRRORS[:count])
    shop.runs(GAP_US // US, *MIRRORS[:11])
    assert [turn for turn, _ in shop.turns] == ["begin"] * 3, "the first, and two of what came in 20 minutes"
    assert sum(count for _, count in shop.turns) == 11


def test_the_same_switch_dies_again_while_one_mirror_stays_dead() -> None:
    shop = Shop()
    shop.runs(600, *MIRRORS)
    shop.runs(3600, ONE)
    shop.runs(600, *MIRRORS)
    assert shop.turns == [("begin", 40), ("begin", 39)]


def test_nothing_is_told_at_night_and_what_stands_is_told_before_the_shop_opens() -> None:
    shop = Shop()
    shop.runs(8 * 3600, *MIRRORS, watching=False)
    assert shop.told == []
    shop.runs(COLLECT_US // US + 2 * ROUND_S, *MIRRORS)
    assert shop.turns == [("begin", 40)]
    shop.runs(3600, watching=False)
    assert shop.turns == [("begin", 40)], "the end waits for the morning too"
    shop.runs(GONE_US // US + 2 * ROUND_S)
    assert shop.turns == [("begin", 40), ("end", 40)]


def test_another_version_is_no_alarm() -> None:
    shop = Shop()
    shop.runs(3600, Fault(FleetProblem.MIRROR_VERSION, "1"))
    assert shop.told == []


STEPS = st.lists(
    st.tuples(st.integers(1, 130), st.frozensets(st.sampled_from(MIRRORS[:4])), st.booleans()), max_size=15
)


@settings(max_examples=25, deadline=None)
@given(STEPS)
def test_whatever_happens_begins_and_ends_match_and_are_few(
    steps: list[tuple[int, frozenset[Fault], bool]],
) -> None:
    shop = Shop()
    for rounds, faults, watching in steps:
        shop.runs(rounds * ROUND_S, *faults, watching=watching)
    shop.runs(3600)
    assert judged(shop.told) == []


def judged(told: list[AlarmMessage]) -> list[str]:
    """What is wrong with a list of messages at whose end nothing stands."""
    begun = {m.incident: m for m in told if m.turn is Turn.BEGIN}
    ended = {m.incident: m for m in told if m.turn is Turn.END}
    wrong = [f"{i}: no end" for i in begun.keys() - ended.keys()] + [
        f"{i}: no begin" for i in ended.keys() - begun.keys()
    ]
    if len(begun) + len(ended) != len(told):
        wrong.append("a message was told twice")
    times = sorted(m.at_us for m in begun.values())
    wrong += ["a storm" for a, b in pairwise(times) if b - a < GAP_US]
    return wrong


@pytest.mark.parametrize(
    "planted",
    [
        (("a", Turn.BEGIN, 0),),
        (("a", Turn.BEGIN, 0), ("b", Turn.BEGIN, 5), ("a", Turn.END, 9), ("b", Turn.END, 9)),
        (("a", Turn.BEGIN, 0), ("a", Turn.END, 5), ("a", Turn.END, 9)),
        (("a", Turn.END, 5),),
    ],
    ids=["no end", "storm", "twice", "no begin"],
)
def test_planted_faults_are_found(planted: tuple[tuple[str, Turn, int], ...]) -> None:
    assert judged([AlarmMessage(i, turn, (ONE,), at_s * US, 0) for i, turn, at_s in planted])
