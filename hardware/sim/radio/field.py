"""Tags in the field of a simulated reader: times and RSSI of their reads. Time and seed are arguments."""

from __future__ import annotations

import heapq
import random
from dataclasses import dataclass
from math import inf

from hardware.llrp.encoding.messages import TagReportData

# range of read rates of a tag on a garment
_MIN_RATE_HZ = 4.0
_MAX_RATE_HZ = 25.0
# variation of RSSI between reads by bodies and fabric: standard deviation, and correlation from read to read
_FADING_DB = 3.0
_FADING_CORRELATION = 0.8
# reads that were due earlier than this are dropped
_MAX_DELAY_S = 0.2
# persistence of the inventoried flag of session 1
_SESSION_1_S = (0.5, 5.0)
# after so long without power the flags of sessions 2 and 3 are lost
_UNPOWERED_S = 2.0


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag in front of an antenna; `rate_hz` None: a random rate from 4 to 25 reads per second."""

    epc: str
    antenna: int = 1
    rssi_dbm: float = -55.0
    rate_hz: float | None = None


@dataclass(slots=True)
class _Placed:
    tag: Tag
    rate_hz: float
    fading_db: float = 0.0
    # silent until then, because its inventoried flag is set
    silent_until: float = 0.0


class TagField:
    """All tags in the range of one reader. Not thread-safe."""

    def __init__(self, seed: int = 0) -> None:
        self._random = random.Random(seed)
        self._placed: dict[tuple[str, int], _Placed] = {}
        # heap: due time, sequence number (so that equal times compare), tag
        self._due: list[tuple[float, int, _Placed]] = []
        self._count = 0
        self._read_at = 0.0

    def place(self, tag: Tag, now: float) -> None:
        """Adds a tag, or replaces the tag with this EPC and antenna. One EPC may be read by several antennas."""
        self.remove(tag.epc, tag.antenna)
        rate = tag.rate_hz or self._random.uniform(_MIN_RATE_HZ, _MAX_RATE_HZ)
        placed = _Placed(tag, rate)
        self._placed[tag.epc, tag.antenna] = placed
        self._schedule(placed, now)

    def remove(self, epc: str, antenna: int | None = None) -> int:
        """Removes a tag from one antenna or from all; returns how many entries were removed."""
        gone = [key for key in self._placed if key[0] == epc] if antenna is None else [(epc, antenna)]
        return sum(self._placed.pop(key, None) is not None for key in gone)

    def tags(self) -> tuple[Tag, ...]:
        return tuple(placed.tag for placed in self._placed.values())

    def next_due(self) -> float | None:
        """When the next read is due, on the clock of `place`."""
        return self._due[0][0] if self._due else None

    def read(
        self, now: float, stamp_us: int, antennas: frozenset[int] | None = None, session: int = 0
    ) -> list[TagReportData]:
        """The reads due until `now`, in order; `stamp_us` is the timestamp of `now`. `antennas` None: all.

        In `session` 1 a tag that was read is silent for 0.5 to 5 s, in sessions 2 and 3 while it has power
        (EPC Gen2, clause 6.3.2.2: persistence of the inventoried flags).
        """
        if now - self._read_at > _UNPOWERED_S:
            for placed in self._placed.values():
                placed.silent_until = 0.0
        self._read_at = now
        reads = []
        while self._due and self._due[0][0] <= now:
            at, _, placed = heapq.heappop(self._due)
            tag = placed.tag
            if self._placed.get((tag.epc, tag.antenna)) is not placed:
                continue
            # reads that were due while nothing was read are dropped
            at = max(at, now - _MAX_DELAY_S)
            self._schedule(placed, at)
            placed.fading_db = (
                _FADING_CORRELATION * placed.fading_db + self._random.gauss(0, _FADING_DB) * 0.6
            )
            is_silent = session > 0 and at < placed.silent_until
            if not is_silent and (antennas is None or tag.antenna in antennas):
                if session:
                    placed.silent_until = at + (self._random.uniform(*_SESSION_1_S) if session == 1 else inf)
                signal = max(-90, min(-10, round(tag.rssi_dbm + placed.fading_db)))
                reads.append(TagReportData(tag.epc, tag.antenna, signal, stamp_us - round(1e6 * (now - at))))
        return reads

    def _schedule(self, placed: _Placed, after: float) -> None:
        self._count += 1
        pause = self._random.uniform(0.5, 1.5) / placed.rate_hz
        heapq.heappush(self._due, (after + pause, self._count, placed))
