"""What the proof commands share: their options, when they end, and the file to which a soak adds its counts.

A command plays rounds. Round n of a seed is always the same programme, so a soak that was ended goes on with the round
after the last one that is in its file. The file is written after each round: a killed soak loses one round at most.
"""

from __future__ import annotations

import argparse
import fcntl
import json
import os
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

VIOLATIONS = "violations"
"""The count that decides about the exit code."""


def options(description: str, prog: str) -> argparse.ArgumentParser:
    """A parser with the options of every proof command."""
    parser = argparse.ArgumentParser(prog=prog, description=description)
    parser.add_argument("--n", type=int, default=0, help="how many to run; 0: until the minutes have passed")
    parser.add_argument("--seed", type=int, default=1, help="the same seed runs the same programmes")
    parser.add_argument("--minutes", type=float, default=0.0, help="no new round after so many; 0: no limit")
    parser.add_argument(
        "--counts", type=Path, help="JSON file to which the counts are added; a run goes on there"
    )
    return parser


@dataclass(slots=True)
class Soak:
    """One run of a proof command; `unit` is the count that `n` limits."""

    unit: str
    n: int = 0
    seed: int = 1
    minutes: float = 0.0
    counts: Path | None = None
    total: Counter[str] = field(default_factory=Counter)
    """The counts of this run."""

    @classmethod
    def of(cls, given: argparse.Namespace, unit: str) -> Soak:
        """From the options of `options`; without a limit it runs 100."""
        n = given.n or (0 if given.minutes else 100)
        return cls(unit, n, given.seed, given.minutes, given.counts)

    def rounds(self) -> Iterator[int]:
        """The number of each round that is still to be played."""
        end_s = time.monotonic() + self.minutes * 60 if self.minutes else None
        number = _next_round(self.counts, self.seed)
        while (not self.n or self.total[self.unit] < self.n) and (end_s is None or time.monotonic() < end_s):
            yield number
            number += 1

    def left(self) -> int:
        """How many may still be run; a large number without a limit."""
        return self.n - self.total[self.unit] if self.n else 1 << 30

    def add(self, number: int, counts: Mapping[str, int]) -> None:
        """Adds what a round has counted."""
        self.total.update(counts)
        if self.counts is not None:
            add_to(self.counts, self.seed, number, counts)

    def conclude(self, notes: Sequence[str] = (), **facts: Any) -> int:
        """Prints one JSON line; 1 if there are violations, else 0."""
        line: dict[str, Any] = {"seed": self.seed, **facts, **self.total}
        line.setdefault(VIOLATIONS, 0)
        if notes:
            line["notes"] = list(notes)
        print(json.dumps(line), flush=True)
        return 1 if line[VIOLATIONS] else 0


def add_to(file: Path, seed: int, number: int, counts: Mapping[str, int]) -> None:
    """Adds the counts of one round to a file, which other processes may write at the same time."""
    with _locked(file):
        known = read(file)
        total = Counter(known["total"])
        total.update(counts)
        known["total"] = dict(total)
        known["rounds"] += 1
        known["next"][str(seed)] = max(number + 1, known["next"].get(str(seed), 0))
        fresh = file.with_name(f"{file.name}.new")
        fresh.write_text(json.dumps(known, indent=1) + "\n", encoding="utf-8")
        fresh.replace(file)


def read(file: Path) -> dict[str, Any]:
    """`total` (the counts), `rounds`, and `next` (the first round of each seed that is not in them)."""
    empty: dict[str, Any] = {"total": {}, "rounds": 0, "next": {}}
    return json.loads(file.read_text(encoding="utf-8")) if file.exists() else empty


def _next_round(file: Path | None, seed: int) -> int:
    return int(read(file)["next"].get(str(seed), 0)) if file is not None else 0


@contextmanager
def _locked(file: Path) -> Iterator[None]:
    file.parent.mkdir(parents=True, exist_ok=True)
    lock = os.open(file.with_name(f"{file.name}.lock"), os.O_WRONLY | os.O_CREAT, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
    finally:
        os.close(lock)
