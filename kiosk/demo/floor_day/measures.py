"""What a simulated day is judged by."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

MAX_FIRST_ANSWER_S: Final = 30.0
"""Longest 90th percentile of the time from a request to the first named answer."""
MAX_AT_DOOR_S: Final = 120.0
"""Longest median of the time from a request to the piece, or the associate, at the door."""


@dataclass(frozen=True, slots=True)
class Served:
    """One request: seconds from its arrival to the first answer and to the door; None: never."""

    answered_s: float | None
    at_door_s: float | None


@dataclass(frozen=True, slots=True)
class DayResult:
    """The measures of a day. Times are in seconds over the requests that have them."""

    requests: int
    forgotten: int
    """Never at the door, although somebody was on the floor until half an hour after the last request."""
    first_answer_p90_s: float
    at_door_p50_s: float
    at_door_p90_s: float
    released: int
    """Claims that ended without the associate's doing."""
    escalations: int
    walked_m: int
    """Metres that all associates walked."""
    late: int
    """At the door later than the minutes that the last claim promised."""

    @property
    def violations(self) -> tuple[str, ...]:
        """What is not as it should be."""
        found = []
        if self.forgotten:
            found.append(f"{self.forgotten} forgotten")
        if self.first_answer_p90_s > MAX_FIRST_ANSWER_S:
            found.append(f"first answer p90 {self.first_answer_p90_s} s, at most {MAX_FIRST_ANSWER_S:g} s")
        if self.at_door_p50_s > MAX_AT_DOOR_S:
            found.append(f"at the door p50 {self.at_door_p50_s} s, at most {MAX_AT_DOOR_S:g} s")
        return tuple(found)

    def as_json(self) -> dict[str, Any]:
        """For the result line."""
        return {name: getattr(self, name) for name in self.__slots__} | {"violations": list(self.violations)}


def result_of(
    served: Sequence[Served], released: int, escalations: int, walked_m: float = 0.0, late: int = 0
) -> DayResult:
    """The measures of a day from its requests."""
    answers = [s.answered_s for s in served if s.answered_s is not None]
    doors = [s.at_door_s for s in served if s.at_door_s is not None]
    return DayResult(
        requests=len(served),
        forgotten=len(served) - len(doors),
        first_answer_p90_s=quantile(answers, 0.9),
        at_door_p50_s=quantile(doors, 0.5),
        at_door_p90_s=quantile(doors, 0.9),
        released=released,
        escalations=escalations,
        walked_m=round(walked_m),
        late=late,
    )


def quantile(values: Sequence[float], share: float) -> float:
    """The smallest value that at least this share of the values do not exceed, rounded to 0.1; 0 for none."""
    ordered = sorted(values)
    if not ordered:
        return 0.0
    return round(ordered[min(len(ordered) - 1, int(share * len(ordered)))], 1)
