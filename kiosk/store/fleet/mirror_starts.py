"""Counts how often the program of a room's mirror was started lately, so that a crash loop is seen."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from typing import Final

from kiosk.clock import US

MAX_COUNTED: Final = 200
"""Starts that are kept for a room; the oldest goes first."""


@dataclass(frozen=True, slots=True)
class StartLimit:
    """More than `count` starts within `within_s` seconds are too many."""

    count: int = 4
    within_s: int = 1800


class MirrorStarts:
    """The starts of one room's mirror. `now_us`: a monotonic clock. Not safe from several threads."""

    def __init__(self, limit: StartLimit) -> None:
        self._limit = limit
        self._began_us: OrderedDict[str, int] = OrderedDict()

    def report(self, process: str, up_s: int, now_us: int) -> None:
        """A report of a process that has run for `up_s` seconds. `process`: its stamp; empty in earlier versions, which
        are not counted."""
        if not process:
            return
        self._began_us.setdefault(process, now_us - up_s * US)
        # an old process that still reports is not forgotten, else it would be counted again
        self._began_us.move_to_end(process)
        while len(self._began_us) > MAX_COUNTED:
            self._began_us.popitem(last=False)

    def count(self, now_us: int) -> int:
        """Starts within the limit's time."""
        since_us = now_us - self._limit.within_s * US
        return sum(began_us > since_us for began_us in self._began_us.values())

    def too_many(self, now_us: int) -> bool:
        """Whether there were more than the limit allows."""
        return self.count(now_us) > self._limit.count
