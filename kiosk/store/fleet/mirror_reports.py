"""The last report of each room's mirror, and what follows from it: well, frozen, lost, or not heard yet."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from enum import Enum, unique
from threading import Lock
from typing import Final

from kiosk.clock import US, Clocks
from kiosk.core.domain.ids import RoomId
from kiosk.core.domain.status.mirror_status import REPORT_EVERY_S, MirrorStatus
from kiosk.store.fleet.mirror_starts import MirrorStarts, StartLimit

LOST_AFTER_US: Final = round(4 * REPORT_EVERY_S) * US
"""A mirror without a report for so long is lost; after the store's start each has this time too."""
MAX_VERSION: Final = 40
_MAX_NUMBER: Final = 2**53
_SKEW_LIMIT_US: Final = 100 * 366 * 24 * 3600 * US


@unique
class MirrorCondition(Enum):
    """`STARTING`: the store was started a moment ago. `EARLIER`: it is connected and sends no reports, as earlier
    versions do. `UNPAIRED`: no mirror was paired for this room."""

    OK = "ok"
    FROZEN = "frozen"
    LOST = "lost"
    STARTING = "starting"
    EARLIER = "earlier"
    UNPAIRED = "unpaired"


@dataclass(frozen=True, slots=True)
class MirrorHealth:
    """The mirror of a room. `age_us`: of the last report, None without one. `skew_us`: the mirror's clock minus the
    store's when that report came; the way of the report is contained in it. `starts`: starts of its program lately, as
    far as the store knows them; `restarting`: they are too many."""

    condition: MirrorCondition
    status: MirrorStatus | None = None
    age_us: int | None = None
    skew_us: int = 0
    starts: int = 0
    restarting: bool = False


@dataclass(frozen=True, slots=True)
class _Report:
    status: MirrorStatus
    came_us: int
    skew_us: int


_UNPAIRED: Final = MirrorHealth(MirrorCondition.UNPAIRED)
_STARTS: Final = StartLimit()


class MirrorReports:
    """Keeps one report of each configured room, or of each stand, in memory. Safe from any thread.

    `paired`: the rooms for which a mirror was paired; `connected`: whether a room's mirror has an event stream open.
    """

    def __init__(
        self, rooms: Iterable[RoomId], paired: Callable[[], Collection[str]],
        connected: Callable[[RoomId], bool], clocks: Clocks, starts: StartLimit = _STARTS,
    ) -> None:  # fmt: skip
        self._paired, self._connected, self._clocks = paired, connected, clocks
        self._last: dict[RoomId, _Report | None] = dict.fromkeys(rooms)
        self._starts = {room: MirrorStarts(starts) for room in self._last}
        self._since_us = clocks.steady_us()
        self._lock = Lock()

    def report(self, room: RoomId, status: MirrorStatus) -> None:
        """Takes a report. That of a room that is not configured is left out."""
        skew_us = status.at_us - self._clocks.now_us()
        skew_us = max(-_SKEW_LIMIT_US, min(skew_us, _SKEW_LIMIT_US))
        with self._lock:
            if room in self._last:
                now_us = self._clocks.steady_us()
                self._last[room] = _Report(status, now_us, skew_us)
                self._starts[room].report(status.process, status.up_s, now_us)

    def health(self) -> dict[RoomId, MirrorHealth]:
        """The mirror of each room now."""
        paired, now_us = frozenset(self._paired()), self._clocks.steady_us()
        with self._lock:
            last = dict(self._last)
            starts = {
                room: (each.count(now_us), each.too_many(now_us)) for room, each in self._starts.items()
            }
        return {
            room: self._of(room, report, starts[room], now_us) if room in paired else _UNPAIRED
            for room, report in last.items()
        }

    def _of(
        self, room: RoomId, report: _Report | None, starts: tuple[int, bool], now_us: int
    ) -> MirrorHealth:
        if report is None:
            waiting = now_us - self._since_us < LOST_AFTER_US
            missing = MirrorCondition.EARLIER if self._connected(room) else MirrorCondition.LOST
            return MirrorHealth(MirrorCondition.STARTING if waiting else missing)
        age_us = now_us - report.came_us
        condition = MirrorCondition.OK if report.status.frame.fault is None else MirrorCondition.FROZEN
        if age_us >= LOST_AFTER_US:
            condition = MirrorCondition.LOST
        return MirrorHealth(condition, report.status, age_us, report.skew_us, *starts)


def is_plausible(status: MirrorStatus) -> bool:
    """Whether texts and numbers of a report have the lengths that a mirror sends."""
    frame = status.frame
    numbers = (status.at_us, status.up_s, status.free_mb, frame.count, frame.age_ms, frame.picture_age_ms)
    return (
        len(status.version) <= MAX_VERSION
        and len(frame.picture) <= 8
        and len(frame.page) <= 20
        and len(status.process) <= 8
        and all(0 <= number <= _MAX_NUMBER for number in numbers)
    )
