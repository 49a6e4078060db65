"""Simulated associates who answer the clues that they are shown, to see whether the ranking learns from it.

`python -m tests.kiosk.core.clues.simulated_associates` prints the share of useful clues in the first and the last third
of the visits, with learning and without, and the 95 % interval of the difference over simulated shops.

Assumptions: each source has its own share of useful clues, drawn anew for every shop (uniform, 5 to 95 %), since nobody
knows it before; an associate answers four of ten clues and is right in nine of ten answers; a member has 4 to 10 facts.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from statistics import fmean, stdev
from typing import Final

from kiosk.core.clues.clue import Clue, ClueKind, ClueSource, Why
from kiosk.core.clues.fact import Fact
from kiosk.core.clues.freshness import DAY_US
from kiosk.core.clues.selection import Moment, select
from kiosk.core.clues.trust import NO_ANSWERS, NO_TRUST, Counts, Trust, Verdict

NOW_US: Final = 1_790_000_000_000_000
ANSWERS, RIGHT = 0.4, 0.9
SOURCES: Final = tuple(ClueSource)


@dataclass(frozen=True, slots=True)
class Gain:
    """Shares of useful clues, and what learning gains in the last third of the visits over no learning.

    `low` and `high`: 95 % interval of the mean gain over the simulated shops (normal approximation)."""

    first: float
    last: float
    without: float
    low: float
    high: float


def facts_of_member(rng: random.Random) -> list[Fact]:
    """What is known of one member: each of another source and style, of the last days."""
    sources = rng.sample(SOURCES, rng.randint(4, 10))
    return [
        Fact(
            ClueKind.BOUGHT, source, f"s{number}", (), NOW_US - rng.randint(0, 5) * DAY_US, style=f"s{number}"
        )
        for number, source in enumerate(sources)
    ]


def day(rng: random.Random, visits: int, *, learns: bool) -> list[float]:
    """A shop: the share of useful clues on the card of each visit."""
    worth = {source: rng.uniform(0.05, 0.95) for source in SOURCES}
    counts: dict[tuple[ClueSource, Why], Counts] = {}
    shares = []
    for _ in range(visits):
        trust = Trust(counts, {}) if learns else NO_TRUST
        shown = select(facts_of_member(rng), Moment(NOW_US), trust)
        useful = [rng.random() < worth[clue.source] for clue in shown]
        shares.append(fmean(useful))
        for clue, is_useful in zip(shown, useful, strict=True):
            if rng.random() < ANSWERS:
                counts = _answered(counts, clue, is_useful == (rng.random() < RIGHT))
    return shares


def _answered(
    counts: dict[tuple[ClueSource, Why], Counts], clue: Clue, said_useful: bool
) -> dict[tuple[ClueSource, Why], Counts]:
    key = (clue.source, clue.why)
    verdict = Verdict.USEFUL if said_useful else Verdict.WRONG
    return {**counts, key: counts.get(key, NO_ANSWERS).plus(verdict)}


def gain(shops: int, visits: int, seed: int, *, learns: bool = True) -> Gain:
    """Compares the same shops with learning and without. `learns` False: the planted fault."""
    third = visits // 3
    first, last, without, gains = [], [], [], []
    for shop in range(shops):
        learned = day(random.Random(f"{seed} {shop}"), visits, learns=learns)
        plain = day(random.Random(f"{seed} {shop}"), visits, learns=False)
        first.append(fmean(learned[:third]))
        last.append(fmean(learned[-third:]))
        without.append(fmean(plain[-third:]))
        gains.append(last[-1] - first[-1])
    spread = 1.96 * stdev(gains) / shops**0.5
    return Gain(fmean(first), fmean(last), fmean(without), fmean(gains) - spread, fmean(gains) + spread)


def report(found: Gain) -> str:
    """One line for people."""
    return (
        f"useful clues: first third {found.first:.3f}, last third {found.last:.3f} (without learning "
        f"{found.without:.3f}); rise {found.low:+.3f} to {found.high:+.3f} (95 %)"
    )


if __name__ == "__main__":
    print(report(gain(60, 300, 1)))
