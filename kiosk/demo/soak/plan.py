"""The plan of a soak test: which faults happen when. The script (YAML) is a cycle that is repeated until the end.

Keys of the script: says (one sentence), cycle_s (length of a cycle), faults, a list of
  {at_s: 20, fault: reader-lost, for_s: 6, which: 1}     `fault` is a value of `FaultKind`
  {at_s: 90, fault: strangers, for_s: 4, flood: silent}  kinds of floods: `kiosk.demo.soak.strangers`
`which` chooses a reader or a terminal, counted from 0 (default 0). A run that is shorter than a cycle plays the whole
cycle: the times `at_s` are shortened in proportion, the lengths `for_s` are not.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, unique
from typing import Any, Final

MIN_CYCLE_S: Final = 10.0
MAX_FAULT_S: Final = 60.0
_KEYS: Final = frozenset({"at_s", "fault", "for_s", "which", "flood"})


class PlanError(Exception):
    """A script with mistakes; the text lists all of them."""


@unique
class FaultKind(Enum):
    """What goes wrong, from `Fault.at_s` for `Fault.for_s` seconds.

    READER_LOST: a reader's connections end and new ones are refused. READER_SILENT: it keeps them and sends nothing.
    TERMINAL_SILENT: no request reaches one terminal. TERMINAL_REPLY_LOST: it carries the next charge out, the reply is
    lost. DISK_FULL: no file of the store can be written. DATABASE_LOCKED: another program holds the store's database.
    CLOCK_AHEAD and CLOCK_BACK: the store's time of day is two hours wrong. NETWORK_CUT: the mirrors behind the relay
    do not reach the store. STRANGERS: a flood.
    """

    READER_LOST = "reader-lost"
    READER_SILENT = "reader-silent"
    TERMINAL_SILENT = "terminal-silent"
    TERMINAL_REPLY_LOST = "terminal-reply-lost"
    DISK_FULL = "disk-full"
    DATABASE_LOCKED = "database-locked"
    CLOCK_AHEAD = "clock-ahead"
    CLOCK_BACK = "clock-back"
    NETWORK_CUT = "network-cut"
    STRANGERS = "strangers"


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault. Times in seconds from the beginning of the run."""

    kind: FaultKind
    at_s: float
    for_s: float
    which: int = 0
    flood: str = ""

    @property
    def end_s(self) -> float:
        return self.at_s + self.for_s

    @property
    def title(self) -> str:
        """For progress lines."""
        return f"{self.kind.value} {self.flood}".strip()


@dataclass(frozen=True, slots=True)
class FaultScript:
    """The faults of one cycle."""

    cycle_s: float
    faults: tuple[Fault, ...]

    def timeline(self, run_s: float, calm_s: float) -> tuple[Fault, ...]:
        """The faults of a run in order; none reaches into the last `calm_s` seconds."""
        factor, cycles = min(1.0, run_s / self.cycle_s), max(1, int(run_s / self.cycle_s))
        planned = (
            Fault(f.kind, round(number * self.cycle_s + f.at_s * factor, 3), f.for_s, f.which, f.flood)
            for number in range(cycles)
            for f in self.faults
        )
        return tuple(sorted((f for f in planned if f.end_s <= run_s - calm_s), key=lambda f: f.at_s))


def parse(value: Any, floods: frozenset[str]) -> FaultScript:
    """The script from parsed YAML; `floods` are the known kinds of floods. Raises PlanError."""
    if not isinstance(value, dict) or not isinstance(value.get("faults"), list):
        raise PlanError("a script is an object with `says`, `cycle_s` and the list `faults`")
    wrong = [f"unknown key {key!r}" for key in sorted(set(map(str, value)) - {"says", "cycle_s", "faults"})]
    cycle_s = _number(value.get("cycle_s"), "cycle_s", MIN_CYCLE_S, 86_400.0, wrong)
    faults = []
    for number, given in enumerate(value["faults"], 1):
        mistakes: list[str] = []
        fault = _fault(given, cycle_s, floods, mistakes)
        wrong += [f"fault {number}: {mistake}" for mistake in mistakes]
        if fault is not None:
            faults.append(fault)
    if wrong:
        raise PlanError("\n".join(wrong))
    return FaultScript(cycle_s, tuple(faults))


def _fault(given: Any, cycle_s: float, floods: frozenset[str], wrong: list[str]) -> Fault | None:
    if not isinstance(given, dict):
        wrong.append("is not an object")
        return None
    wrong += [f"unknown key {key!r}" for key in sorted(set(map(str, given)) - _KEYS)]
    kind = _kind(given.get("fault"), wrong)
    at_s = _number(given.get("at_s"), "at_s", 0.0, cycle_s, wrong)
    for_s = _number(given.get("for_s"), "for_s", 0.1, MAX_FAULT_S, wrong)
    which = int(_number(given.get("which", 0), "which", 0, 1000, wrong))
    flood = str(given.get("flood", ""))
    if (flood in floods) is not (kind is FaultKind.STRANGERS):
        wrong.append(f"`flood` of {FaultKind.STRANGERS.value} is one of {', '.join(sorted(floods))}")
    return None if wrong or kind is None else Fault(kind, at_s, for_s, which, flood)


def _kind(name: Any, wrong: list[str]) -> FaultKind | None:
    try:
        return FaultKind(name)
    except ValueError:
        wrong.append(f"`fault` is one of {', '.join(kind.value for kind in FaultKind)}")
        return None


def _number(given: Any, key: str, least: float, most: float, wrong: list[str]) -> float:
    if isinstance(given, bool) or not isinstance(given, int | float) or not least <= given <= most:
        wrong.append(f"`{key}` is a number from {least:g} to {most:g}")
        return least
    return float(given)
