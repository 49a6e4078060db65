"""Estimate of the minutes that an answer takes, from the last measured answer times of the same kind and hour."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

MINUTE_US = 60_000_000
DEFAULT_MINUTES = 3
"""Estimate while nothing was measured."""
MAX_MINUTES = 15
"""Largest estimate; at this value the mirror shows that it takes longer."""
MAX_MEASUREMENTS = 20
"""For each kind and hour."""
MIN_MEASUREMENTS = 5
"""With fewer of a kind and hour, the estimate is that of the kind, then of the hour, then of all."""


@dataclass(frozen=True, slots=True)
class AnswerTime:
    """A measured answer: microseconds from a request's arrival to the piece, or the associate, at the door.

    `kind`: `ServiceRequest.kind_key`. `hour` is that of the arrival, 0 to 23 in the shop's time zone; None where it is
    not known.
    """

    duration_us: int
    kind: str | None = None
    hour: int | None = None


_Key = tuple[str | None, int | None]
_NONE: Final[Mapping[str, int]] = {}


class AnswerTimes:
    """The last `MAX_MEASUREMENTS` answer times of each kind in each hour of the day, of each kind, hour, and of all."""

    def __init__(self, times: Iterable[AnswerTime] = (), promised: Mapping[str, int] = _NONE) -> None:
        """`promised`: minutes by kind that are told as long as too few answers of the kind were measured."""
        self._promised = promised
        self._times_us: dict[_Key, deque[int]] = {}
        for each in times:
            self.add(each)

    def add(self, time: AnswerTime) -> None:
        for key in {(time.kind, time.hour), (time.kind, None), (None, time.hour), (None, None)}:
            kept = self._times_us.setdefault(key, deque(maxlen=MAX_MEASUREMENTS))
            kept.append(max(0, time.duration_us))

    def minutes(self, kind: str | None = None, hour: int | None = None) -> int:
        """Third quartile of the last answer times in whole minutes, rounded up, between 1 and `MAX_MINUTES`; what is
        promised for the kind, where it has too few.

        None stands for all kinds, or all hours.
        """
        times_us = self._enough((kind, hour), (kind, None))
        if not times_us and kind is not None and kind in self._promised:
            return self._promised[kind]
        times_us = times_us or self._enough((None, hour)) or self._times_us.get((None, None), ())
        if not times_us:
            return DEFAULT_MINUTES
        ordered = sorted(times_us)
        third_quartile = ordered[min(len(ordered) - 1, (3 * len(ordered)) // 4)]
        return min(MAX_MINUTES, max(1, -(-third_quartile // MINUTE_US)))

    def _enough(self, *keys: _Key) -> Sequence[int]:
        """The times of the first of these of which enough were measured; none if there is none."""
        found = (self._times_us.get(key, ()) for key in keys)
        return next((times_us for times_us in found if len(times_us) >= MIN_MEASUREMENTS), ())
